"""Where the child lives stays sealed; a missing child is noticed at once (C9, X1)."""

from datetime import timedelta

import pytest
from django.db import connection

from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.cases import actions, queries
from amparo.cases.models import Case
from amparo.cases.safety import Placement
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.organisation.queries import notices_for
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal
from tests.cases.build import as_read, open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")
CANARY = "Quillfeather Lane 7"
HOUSE = Placement(address=CANARY, provider="Quillfeather House", contact="synthetic-contact-55")


def placed(house) -> Case:
    case = open_case(house, "NORTH")
    return actions.set_placement(by=house.actor("case_worker", "NORTH"), case=case, placement=HOUSE)


def opened(case: Case, by) -> dict[str, str]:
    return reveal(
        by=by, subject=case, pointer=case.placement, compartment=Compartment.PLACEMENT, purpose="care_planning"
    )


def everything_in_main() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_no_row_outside_the_vault_says_where_a_child_lives_or_who_runs_the_place(house):
    case = placed(house)
    assert opened(case, house.actor("case_worker", "NORTH", fresh=True))["address"] == CANARY
    assert "uillfeather" not in everything_in_main()
    assert queries.timeline(as_read(house, case))[0].code == "placement_set"


def test_it_opens_only_to_a_fresh_second_factor_and_a_share_that_names_it(house):
    case = placed(house)
    with pytest.raises(Refused) as stale:
        opened(case, house.actor("case_worker", "NORTH"))
    assert "fresh_second_factor" in stale.value.rule
    share(house, case, "SOUTH", Compartment.IDENTITY)
    provider = house.actor("service_provider", "SOUTH", fresh=True)
    with pytest.raises(Refused):
        opened(case, provider)
    share(house, case, "SOUTH", Compartment.PLACEMENT)
    assert opened(case, provider)["provider"] == "Quillfeather House"
    with pytest.raises(Refused):
        opened(case, house.actor("police", "SOUTH", fresh=True))


def test_a_placement_says_where_and_belongs_to_an_open_case(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        actions.set_placement(by=IMPORTER, case=case, placement=Placement(address="  "))
    actions.close(by=IMPORTER, case=case, reason="duplicate")
    with pytest.raises(Conflict, match="Open it again first"):
        actions.set_placement(by=IMPORTER, case=case, placement=HOUSE)


def test_those_who_only_share_a_case_do_not_write_where_the_child_lives(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", Compartment.PLACEMENT)
    with pytest.raises(Refused):
        actions.set_placement(by=house.actor("service_provider", "SOUTH"), case=case, placement=HOUSE)


def told(house, role: str, agency: str) -> list[str]:
    return [notice.code for notice in notices_for(house.actor(role, agency))]


def test_a_missing_child_sets_the_clock_to_an_hour_and_tells_everybody_concerned(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    actions.report_missing(by=house.actor("case_worker", "NORTH"), case=case, since=clock.now() - timedelta(hours=3))
    assert (case.risk, queries.open_tasks(case)[0].code) == ("high", "find_child")
    assert case.respond_by <= clock.now() + timedelta(hours=1)
    assert "child_missing" in told(house, "supervisor", "NORTH")
    assert "child_missing" in told(house, "police", "SOUTH")
    assert "child_missing" not in told(house, "service_provider", "SOUTH")
    assert "child_missing" not in told(house, "police", "NORTH")
    assert Event.objects.latest("seq").verb == "case:child_missing"


def test_a_missing_childs_case_does_not_close_and_a_found_childs_risk_is_judged_anew(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    actions.report_missing(by=by, case=case, since=clock.now())
    with pytest.raises(Conflict, match="missing"):
        actions.close(by=by, case=case, reason="goals_reached")
    case.refresh_from_db()
    with pytest.raises(Conflict):
        actions.report_missing(by=by, case=case, since=clock.now())
    actions.report_found(by=by, case=case)
    assert "find_child" not in [task.code for task in queries.open_tasks(case)]
    assert "assess_risk" in [task.code for task in queries.open_tasks(case)]
    with pytest.raises(Conflict):
        actions.report_found(by=by, case=case)


def test_nobody_goes_missing_in_the_future(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        actions.report_missing(by=IMPORTER, case=case, since=clock.now() + timedelta(hours=1))


def test_what_a_person_may_on_a_case_is_told_with_the_case(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", Compartment.IDENTITY)
    worker = queries.case(by=house.actor("case_worker", "NORTH"), id=case.id).may
    provider = queries.case(by=house.actor("service_provider", "SOUTH"), id=case.id).may
    assert {Permission.CASE_WRITE, Permission.CASE_LOOKS} <= worker
    assert Permission.REVEAL_PLACEMENT not in worker
    assert {Permission.CASE_READ, Permission.REVEAL_IDENTITY} <= provider
    assert not provider & {
        Permission.CASE_WRITE,
        Permission.CASE_LOOKS,
        Permission.REVEAL_HEALTH,
        Permission.CASE_SHARE,
    }
