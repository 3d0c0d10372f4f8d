"""A wall before a report that became no case comes down by another hand, and is seen only by those who may (X1)."""

import pytest

from amparo.audit.models import Event
from amparo.cases import actions, queries
from amparo.common.errors import Conflict, NotFound, Refused
from amparo.intake.walls import walls_before
from tests.intake.build import receive, watched

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def report(house):
    """Held by NORTH; its reporter does not want SOUTH told."""
    watched(house)
    return receive(not_to=("SOUTH",))


def test_a_supervisor_of_whoever_holds_the_report_sees_its_walls_and_lifts_one(house, report):
    by = house.actor("supervisor", "NORTH")
    _report, (wall,) = walls_before(by=by, report=report.id)
    assert (wall.name, wall.reason) == ("South office", "reporter_request")
    actions.lift_wall(by=by, id=wall.id)
    assert walls_before(by=by, report=report.id) == (report, [])
    event = Event.objects.filter(verb="wall:lifted").get()
    assert (event.kind, event.record, event.actor) == ("report", report.id, by.id)
    with pytest.raises(Conflict, match="already"):
        actions.lift_wall(by=by, id=wall.id)


def test_an_auditor_sees_by_its_reference_that_a_wall_stands_before_a_report_and_lifts_it(house, report):
    auditor = house.actor("auditor", "NORTH")
    (row,) = queries.walls_standing(by=auditor)
    assert row.reference == report.reference
    actions.lift_wall(by=auditor, id=row.id)
    assert queries.walls_standing(by=auditor) == []


@pytest.mark.parametrize("role", ["intake_officer", "case_worker", "administrator", "police"])
def test_nobody_else_of_the_same_agency_sees_or_lifts_one(house, report, role):
    _report, (wall,) = walls_before(by=house.actor("supervisor", "NORTH"), report=report.id)
    by = house.actor(role, "NORTH")
    for act in (lambda: walls_before(by=by, report=report.id), lambda: actions.lift_wall(by=by, id=wall.id)):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("role", ["supervisor", "auditor"])
def test_whoever_is_kept_out_does_not_learn_that_there_is_a_wall(house, report, role):
    _report, (wall,) = walls_before(by=house.actor("supervisor", "NORTH"), report=report.id)
    by = house.actor(role, "SOUTH")
    for act in (lambda: walls_before(by=by, report=report.id), lambda: actions.lift_wall(by=by, id=wall.id)):
        with pytest.raises(Refused) as refused:
            act()
        assert not refused.value.visible
    wall.refresh_from_db()
    assert wall.lifted_at is None


def test_whoever_raised_a_wall_does_not_lift_it(house, report):
    by = house.actor("supervisor", "NORTH")
    _report, (wall,) = walls_before(by=by, report=report.id)
    wall.raised_by = by.id
    wall.save(update_fields=["raised_by"])
    with pytest.raises(Conflict, match="ask another"):
        actions.lift_wall(by=by, id=wall.id)


def test_before_a_report_that_is_not_there_stands_no_wall(house):
    with pytest.raises(NotFound):
        walls_before(by=house.actor("auditor", "NORTH"), report=house.agencies["NORTH"].id)
