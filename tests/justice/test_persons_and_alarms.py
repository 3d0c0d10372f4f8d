"""Persons responsible in codes, alleged until a judgment (J3); a child victim is never an offender (W3)."""

import pytest

from amparo.audit.models import Event
from amparo.cases import actions as cases
from amparo.cases import erasure
from amparo.cases import queries as case_queries
from amparo.cases.models import Share
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import IMPORTER
from amparo.justice import actions, counted, queries
from amparo.justice.facts import persons, sanctions
from amparo.justice.models import ChildSanction, PersonOfConcern
from amparo.organisation.queries import notices_for
from amparo.vault.compartments import Compartment
from amparo.vault.keys.models import SubjectKey
from amparo.vault.models import Sealed
from amparo.vault.reveal import reveal
from tests.cases.build import as_read, open_case, share
from tests.justice.build import ago, judged, open_proceeding

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "Zephyrine Noticeboard"


def note(case, **more) -> PersonOfConcern:
    given = {"category": "intermediary", "relationship": "employer"} | more
    return actions.note_person(by=IMPORTER, case=case, **given)


def test_a_person_is_alleged_until_a_judgment_says_otherwise(house):
    case = open_case(house, "NORTH")
    open_one = note(case, proceeding=open_proceeding(house, case))
    assert open_one.status == "alleged"
    for verdict in ("convicted", "acquitted"):
        with pytest.raises(Conflict, match="alleged until a judgment"):
            actions.judge_person(by=IMPORTER, person=open_one, verdict=verdict)
        with pytest.raises(Conflict, match="alleged until a judgment"):
            actions.judge_person(by=IMPORTER, person=note(case), verdict=verdict)


def test_a_conviction_and_an_acquittal_are_said_of_whom_they_concern(house):
    case = open_case(house, "NORTH")
    proceeding = judged(house, case, "convicted")
    one, other = note(case, proceeding=proceeding), note(case, proceeding=proceeding)
    actions.judge_person(by=IMPORTER, person=one, verdict="convicted")
    actions.judge_person(by=IMPORTER, person=other, verdict="acquitted")
    assert (one.status, other.status) == ("convicted", "acquitted")
    with pytest.raises(Conflict, match="is convicted"):
        actions.judge_person(by=IMPORTER, person=one, verdict="convicted")


def test_nobody_is_convicted_by_an_acquittal(house):
    case = open_case(house, "NORTH")
    person = note(case, proceeding=judged(house, case, "acquitted"))
    with pytest.raises(Conflict):
        actions.judge_person(by=IMPORTER, person=person, verdict="convicted")
    with pytest.raises(Invalid):
        actions.judge_person(by=IMPORTER, person=person, verdict="unknown")


@pytest.mark.parametrize("child", [{"category": "other_child"}, {"relationship": "peer"}])
def test_another_child_is_never_called_an_offender(house, child):
    case = open_case(house, "NORTH")
    person = note(case, proceeding=judged(house, case, "convicted"), **child)
    with pytest.raises(Conflict, match="never called an offender"):
        actions.judge_person(by=IMPORTER, person=person, verdict="convicted")


def test_codes_are_of_their_lists_and_the_proceeding_is_of_the_case(house):
    case = open_case(house, "NORTH")
    elsewhere = open_proceeding(house, open_case(house, "SOUTH"))
    for wrong in ({"category": "x"}, {"relationship": "x"}, {"number": 0}, {"number": 1000}, {"proceeding": elsewhere}):
        with pytest.raises(Invalid):
            note(case, **wrong)
    assert not PersonOfConcern.objects.exists()


def test_a_name_lies_in_the_vault_and_opens_to_police_and_prosecutor_only(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    person = note(case, name=NAME)
    look = {"subject": person, "pointer": person.identity, "compartment": Compartment.INVESTIGATION}
    for role in ("police", "prosecutor"):
        assert reveal(by=house.actor(role, "SOUTH"), purpose="referral", **look) == NAME
    for role, agency in (("case_worker", "NORTH"), ("supervisor", "NORTH"), ("police", "NORTH"), ("auditor", "SOUTH")):
        with pytest.raises(Refused):
            reveal(by=house.actor(role, agency), purpose="referral", **look)
    assert Sealed.objects.get(id=person.identity).compartment == "investigation"
    assert NAME not in str([*PersonOfConcern.objects.values(), *Event.objects.values(), *persons()])


def test_adults_and_children_are_counted_apart_and_a_child_has_no_status(house):
    case, other = open_case(house, "NORTH"), open_case(house, "SOUTH")
    note(case, number=2)
    note(other)
    note(case, category="coach", proceeding=judged(house, case, "convicted"))
    actions.judge_person(by=IMPORTER, person=PersonOfConcern.objects.get(category="coach"), verdict="convicted")
    note(case, relationship="peer", number=3)
    note(other, category="other_child")
    found = counted.persons(by=house.actor("statistician", "NORTH"))
    assert [tuple(vars(each).values()) for each in found.adults] == [
        ("coach", "convicted", 1), ("intermediary", "alleged", 3)
    ]  # fmt: skip
    assert [tuple(vars(each).values()) for each in found.children] == [("employer", "", 1), ("peer", "", 3)]
    assert Event.objects.latest("seq").verb == "person:counted"


@pytest.mark.parametrize("role", ["case_worker", "supervisor", "reviewer", "legal_focal_point"])
def test_who_does_not_count_sees_no_count_of_persons(house, role):
    with pytest.raises(Refused):
        counted.persons(by=house.actor(role, "NORTH"))


def test_a_child_treated_as_an_offender_alarms_those_who_can_speak_up(house):
    case = open_case(house, "NORTH")
    actions.raise_alarm(by=house.actor("case_worker", "NORTH"), case=case, sanction="detained", on=ago(3))
    for role, agency in (("supervisor", "NORTH"), ("case_worker", "NORTH"), ("auditor", "NORTH"), ("auditor", "SOUTH")):
        assert [notice.code for notice in notices_for(house.actor(role, agency))] == ["child_sanctioned"]
    for role, agency in (("supervisor", "SOUTH"), ("police", "NORTH"), ("administrator", "NORTH")):
        assert notices_for(house.actor(role, agency)) == []
    line = case_queries.timeline(as_read(house, case))[0]
    assert (line.code, line.term) == ("child_sanctioned", "detained")
    assert "speak_up_for_child" in [task.code for task in case_queries.open_tasks(case)]
    assert [(row["sanction"], row["lifted"]) for row in sanctions()] == [("detained", None)]


def test_an_alarm_is_over_when_it_is_lifted_and_stays_counted(house):
    case = open_case(house, "NORTH")
    alarm = actions.raise_alarm(by=IMPORTER, case=case, sanction="charged", on=ago(9))
    with pytest.raises(Invalid, match="before"):
        actions.lift_sanction(by=IMPORTER, sanction=alarm, on=ago(10))
    actions.lift_sanction(by=IMPORTER, sanction=alarm, on=ago(1))
    assert "speak_up_for_child" not in [task.code for task in case_queries.open_tasks(case)]
    with pytest.raises(Conflict):
        actions.lift_sanction(by=IMPORTER, sanction=alarm)
    assert len(list(sanctions())) == 1


@pytest.mark.parametrize("wrong", [{"sanction": "x"}, {"sanction": "returned", "on": ago(-1)}])
def test_an_alarm_needs_a_code_and_a_day_that_has_come(house, wrong):
    with pytest.raises(Invalid):
        actions.raise_alarm(by=IMPORTER, case=open_case(house, "NORTH"), **wrong)
    assert not ChildSanction.objects.exists()


def test_police_and_prosecutor_see_justice_only_while_the_case_is_shared(house):
    case = open_case(house, "NORTH")
    proceeding = open_proceeding(house, case)
    police = house.actor("police", "SOUTH")
    for look in (
        lambda: queries.of_case(by=police, id=case.id),
        lambda: queries.proceeding(by=police, id=proceeding.id),
    ):
        with pytest.raises(Refused) as refused:
            look()
        assert not refused.value.visible
    share(house, case, "SOUTH")
    assert queries.of_case(by=police, id=case.id).tracks[0].proceeding == proceeding
    actions.move(by=police, proceeding=proceeding, stage="investigation")
    with pytest.raises(Refused) as provider:
        queries.of_case(by=house.actor("service_provider", "SOUTH"), id=case.id)
    assert provider.value.visible  # who reads the case may know that there is a tab not for them
    cases.revoke(by=IMPORTER, share=Share.objects.get())
    with pytest.raises(Refused):
        actions.move(by=police, proceeding=proceeding, stage="prosecution")


def test_a_wall_closes_justice_too(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    proceeding, person = open_proceeding(house, case), note(case)
    police = house.actor("police", "SOUTH")
    cases.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="person", against=police.id, reason="threat"
    )
    for look, id in (
        (queries.of_case, case.id),
        (queries.proceeding, proceeding.id),
        (queries.person, person.id),
    ):
        with pytest.raises(Refused) as walled:
            look(by=police, id=id)
        assert not walled.value.visible


def test_what_is_not_there_is_not_found(house):
    by = house.actor("case_worker", "NORTH")
    for look in (queries.of_case, queries.proceeding, queries.person, queries.sanction):
        with pytest.raises(NotFound):
            look(by=by, id=house.agencies["NORTH"].id)


def test_who_is_of_concern_is_erased_with_the_child(house):
    case, other = open_case(house, "NORTH"), open_case(house, "NORTH")
    person, kept = note(case, name=NAME), note(other, name=NAME)
    cases.close(by=IMPORTER, case=case, reason="transferred")
    asked = erasure.request_erasure(by=house.actor("supervisor", "NORTH"), case=case, reason="person_asked")
    erasure.confirm_erasure(by=house.actor("supervisor", "SOUTH"), erasure=asked)
    assert SubjectKey.objects.get(subject=person.id).wrapped is None
    assert SubjectKey.objects.get(subject=kept.id).wrapped is not None
