"""A child is registered once, also from a report, however often the form is sent (C1, D5)."""

from uuid import uuid4

import pytest

from amparo.access.models import Wall
from amparo.cases import actions, queries
from amparo.cases.models import Case
from amparo.common.errors import Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.intake.models import Report
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.models import Child
from amparo.organisation.queries import notices_for
from amparo.vault.models import Sealed
from tests.cases.build import open_case, share
from tests.intake.build import officer, receive, triaged, watched

pytestmark = pytest.mark.django_db(databases="__all__")
WHO = Identity(given="Quillonia", family="Testperson")


def register(house, by, *, id=None, report=None, agency="NORTH") -> Case:
    return actions.register(
        by=by, team=house.teams[agency], identity=WHO, facts=ChildFacts(birth_year=2014), id=id or uuid4(),
        report=report,
    )  # fmt: skip


def test_whoever_works_in_the_team_becomes_the_worker(house):
    by = house.actor("case_worker", "NORTH")
    case = register(house, by)
    assert case.worker_id == by.id
    assert queries.case(by=by, id=case.id).status == "open"


def test_an_intake_officers_case_waits_for_a_worker_and_the_supervisor_knows(house):
    case = register(house, house.actor("intake_officer", "NORTH"))
    assert case.worker is None
    notices = notices_for(house.actor("supervisor", "NORTH"))
    assert [(each.code, each.reference) for each in notices] == [("case_waits", case.reference)]


def test_the_same_form_sent_twice_is_one_child_one_case_and_one_sealed_identity(house):
    by, id = house.actor("case_worker", "NORTH"), uuid4()
    first, second = register(house, by, id=id), register(house, by, id=id)
    assert first == second
    assert (Child.objects.count(), Case.objects.count(), Sealed.objects.count()) == (1, 1, 2)


def test_nobody_registers_into_a_team_of_others(house):
    with pytest.raises(Invalid, match="team of your own"):
        register(house, house.actor("case_worker", "NORTH"), agency="SOUTH")
    with pytest.raises(Refused):
        register(house, house.actor("police", "NORTH"))
    assert Child.objects.count() == 0


def test_a_report_becomes_a_case_and_its_reporter_learns_so(house):
    watched(house)
    report = triaged(house)
    case = register(house, officer(house), report=report)
    report.refresh_from_db()
    assert (case.report, report.case, report.status) == (report.id, case.id, "accepted")
    assert report.case_reference == case.reference


def test_a_report_sent_to_the_form_twice_is_accepted_once(house):
    watched(house)
    report, id = triaged(house), uuid4()
    first = register(house, officer(house), report=report, id=id)
    again = register(house, officer(house), report=Report.objects.get(id=report.id), id=id)
    assert first == again
    assert Case.objects.count() == 1


def test_an_unclaimed_report_becomes_no_case_and_leaves_no_child(house):
    watched(house)
    report = receive()
    with pytest.raises(Refused):
        register(house, officer(house), report=report)
    assert (Child.objects.count(), Case.objects.count()) == (0, 0)


def test_an_agency_that_the_reporter_wanted_kept_out_never_meets_the_child_either(house):
    watched(house)
    report = triaged(house, not_to=("SOUTH",))
    case = register(house, officer(house), report=report)
    assert Wall.objects.filter(record=case.child_id).values_list("against", "reason").get() == (
        house.agencies["SOUTH"].id, "reporter_request",
    )  # fmt: skip
    with pytest.raises(Invalid):
        share(house, case, "SOUTH")


@pytest.mark.parametrize("outside", ["another agency's child", "another agency's team", "walled"])
def test_nobody_opens_a_case_of_a_child_of_others_or_behind_a_wall(house, outside):
    kept = open_case(house, "SOUTH" if outside == "another agency's child" else "NORTH")
    team = house.teams["SOUTH" if outside == "another agency's team" else "NORTH"]
    by = house.actor("intake_officer", "NORTH")
    if outside == "walled":
        actions.raise_wall(by=house.actor("supervisor", "NORTH"), case=kept, against_kind="person", against=by.id,
                           reason="threat")  # fmt: skip
    actions.close(by=IMPORTER, case=kept, reason="duplicate")
    with pytest.raises(Refused if outside == "walled" else Invalid):
        actions.open_case(by=by, child=kept.child, team=team)
    assert Case.objects.count() == 1
