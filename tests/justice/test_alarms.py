"""A child victim is never an offender: an alarm runs a clock, is followed until it is mended, and is counted (W3)."""

from datetime import timedelta

import pytest

from amparo.access import walls
from amparo.cases.models import Moment, Task
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER, WORKER
from amparo.justice import actions, alarms
from amparo.justice.models import ChildSanction
from amparo.organisation.models import Notice
from tests.cases.build import open_case
from tests.justice.build import ago

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def case(house):
    return open_case(house, "NORTH")


def raised(house, case, *, sanction: str = "detained", by_agency: str = "SOUTH") -> ChildSanction:
    return actions.raise_alarm(
        by=IMPORTER, case=case, sanction=sanction, on=ago(5), agency=house.agencies[by_agency]
    )  # fmt: skip


def told(code: str) -> set[tuple[str, str]]:
    """Which role, or person, heard of what kind of record."""
    return set(Notice.objects.filter(code=code).values_list("role", "kind"))


def test_supervisor_worker_legal_focal_point_and_every_auditor_hear_at_once(house, case):
    alarm = raised(house, case)
    assert told("child_sanctioned") == {
        ("supervisor", "case"), ("", "case"), ("legal_focal_point", "alarm"), ("auditor", "case"),
    }  # fmt: skip
    focal = Notice.objects.get(role="legal_focal_point")
    assert (focal.record, focal.reference, focal.agency) == (alarm.id, case.reference, house.agencies["NORTH"])
    assert alarm.speak_by - alarm.raised_at == timedelta(days=1)


def test_what_was_done_starts_the_clock_anew_until_it_is_mended(house, case):
    alarm, focal = raised(house, case), house.actor("legal_focal_point", "NORTH")
    before = alarm.speak_by
    actions.follow_up(by=focal, alarm=alarm, step="lawyer_found")
    assert alarm.speak_by > before
    assert Task.objects.filter(record=alarm.id, done_at=None).get().due_at == alarm.speak_by
    actions.mend(by=focal, alarm=alarm, on=ago(0))
    alarm.refresh_from_db()
    assert (alarm.lifted_on, alarm.speak_by) == (ago(0), None)
    assert not Task.objects.filter(record=alarm.id, done_at=None).exists()
    assert list(Moment.objects.filter(record=alarm.id).order_by("id").values_list("code", "term")) == [
        ("child_sanctioned", "detained"), ("alarm_followed", "lawyer_found"), ("sanction_lifted", "detained"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="lifted already"):
        actions.follow_up(by=focal, alarm=alarm, step="lawyer_found")


def test_an_alarm_that_nobody_answered_is_told_again_once_for_each_time(house, case):
    alarm = raised(house, case)
    assert alarms.find_unanswered(by=WORKER) == []
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert alarms.find_unanswered(by=WORKER) == [alarm]
        assert alarms.find_unanswered(by=WORKER) == []
    assert ("legal_focal_point", "alarm") in told("alarm_unanswered")
    actions.follow_up(by=house.actor("legal_focal_point", "NORTH"), alarm=alarm, step="authority_told")
    with clock.stopped(clock.now() + timedelta(days=9)):
        assert alarms.find_unanswered(by=WORKER) == [alarm]


def test_a_mended_alarm_runs_no_clock(house, case):
    alarm = raised(house, case)
    actions.lift_sanction(by=IMPORTER, sanction=alarm)
    with clock.stopped(clock.now() + timedelta(days=90)):
        assert alarms.find_unanswered(by=WORKER) == []


def test_it_is_followed_where_the_case_is_and_nowhere_else(house, case):
    alarm, elsewhere = raised(house, case), raised(house, open_case(house, "SOUTH"))
    for role in ("legal_focal_point", "supervisor"):
        assert alarms.standing(by=house.actor(role, "NORTH")) == [alarm]
        with pytest.raises(Refused) as refused:
            alarms.alarm(by=house.actor(role, "NORTH"), id=elsewhere.id)
        assert not refused.value.visible
    with pytest.raises(Refused):
        alarms.standing(by=house.actor("case_worker", "NORTH"))


def test_a_wall_hides_the_alarm_too(house, case):
    alarm = raised(house, case)
    focal = house.people["legal_focal_point", "NORTH"]
    walls.Wall.objects.create(
        against_kind="person", against=focal.id, record=case.id, reason="threat", raised_at=clock.now(),
        raised_by=IMPORTER.id,
    )  # fmt: skip
    assert alarms.standing(by=house.actor("legal_focal_point", "NORTH")) == []
    with pytest.raises(Refused):
        alarms.alarm(by=house.actor("legal_focal_point", "NORTH"), id=alarm.id)


def test_the_legal_focal_point_opens_no_case_and_no_name(house, case):
    from amparo.cases import queries

    raised(house, case)
    with pytest.raises(Refused):
        queries.case(by=house.actor("legal_focal_point", "NORTH"), id=case.id)


def test_alarms_are_counted_by_agency_and_region_for_those_who_count(house, case):
    raised(house, case)
    actions.lift_sanction(by=IMPORTER, sanction=raised(house, case))
    actions.raise_alarm(by=IMPORTER, case=open_case(house, "SOUTH"), sanction="charged", on=ago(2))
    assert [tuple(vars(row).values()) for row in alarms.counts(by=house.actor("statistician", "NORTH"))] == [
        ("", "South region", "charged", 1, 1),
        ("South office", "South region", "detained", 2, 1),
    ]
    for role in ("legal_focal_point", "supervisor", "reviewer"):
        with pytest.raises(Refused):
            alarms.counts(by=house.actor(role, "NORTH"))


@pytest.mark.parametrize("step", ["", "shrugged"])
def test_only_what_is_in_the_list_was_done(house, case, step):
    with pytest.raises(Invalid):
        actions.follow_up(by=house.actor("supervisor", "NORTH"), alarm=raised(house, case), step=step)
