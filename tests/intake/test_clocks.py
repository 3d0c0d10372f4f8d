"""No report is left lying: what nobody judges in time rises to an independent agency (D5)."""

from datetime import timedelta

import pytest

from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Refused
from amparo.common.types import OPERATOR, WORKER
from amparo.intake import actions, queries
from amparo.intake.models import Report, Watch
from amparo.organisation import actions as organisation
from amparo.organisation.queries import notices_for
from tests.intake.build import claimed, officer, receive, triaged, watched

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _watched(house):
    watched(house)


def escalated(after: timedelta) -> int:
    with clock.stopped(clock.now() + after):
        return actions.escalate_overdue(by=WORKER)


def seen(house, agency: str, role: str = "intake_officer") -> set[str]:
    return {row.reference for row in queries.queue(by=house.actor(role, agency)).rows}


@pytest.mark.parametrize(("urgency", "hours"), [("danger_now", 1), ("urgent", 24), ("normal", 72)])
def test_a_report_rises_when_its_time_is_past_and_not_before(house, urgency, hours):
    report = receive(urgency=urgency)
    assert escalated(timedelta(hours=hours, minutes=-1)) == 0
    assert escalated(timedelta(hours=hours, minutes=1)) == 1
    report.refresh_from_db()
    assert (report.agency, report.risen_to) == (house.agencies["NORTH"], house.agencies["OMB"])


def test_it_rises_once_both_agencies_see_it_and_both_are_told(house):
    report = receive()
    assert seen(house, "OMB") == set()
    assert [escalated(timedelta(hours=73)), escalated(timedelta(hours=200))] == [1, 0]
    assert seen(house, "NORTH") == seen(house, "OMB") == {report.reference}
    for agency in ("NORTH", "OMB"):
        for role in ("intake_officer", "supervisor"):
            codes = [notice.code for notice in notices_for(house.actor(role, agency))]
            assert codes.count("report_rose") == 1, (agency, role)
    assert queries.timeline(report)[0].code == "report_rose"
    assert Event.objects.latest("seq").verb != "report:rose"  # the lists above were looks after it
    assert Event.objects.filter(verb="report:rose", record=report.id).count() == 1


def test_a_claim_that_led_to_nothing_ends_and_the_independent_agency_may_take_it_up(house):
    report = claimed(house)
    assert escalated(timedelta(hours=73)) == 1
    report.refresh_from_db()
    assert (report.status, report.claimed_by) == ("new", None)
    with pytest.raises(Refused):
        actions.triage(by=officer(house), report=report, urgency="urgent")
    actions.claim(by=officer(house, "OMB"), report=report)
    actions.triage(by=officer(house, "OMB"), report=report, urgency="danger_now")
    assert queries.timeline(report)[0].agency == house.agencies["OMB"]


def test_what_was_judged_in_time_does_not_rise(house):
    triaged(house)
    assert escalated(timedelta(days=30)) == 0


def test_a_report_never_rises_to_the_agency_it_is_about_but_to_the_next_independent_one(house):
    report = receive(about_agency="OMB")
    other = organisation.found_agency(
        by=OPERATOR, code="ZZZ", name="Another body", kind="nhri", place=house.places["NORTH"],
        takes_reports=True, independent=True,
    )  # fmt: skip
    person = organisation.add_person(by=OPERATOR, username="officer.zzz", name="Demo officer")
    organisation.give_post(by=OPERATOR, person=person, role="intake_officer", agency=other)
    assert escalated(timedelta(hours=73)) == 1
    report.refresh_from_db()
    assert report.risen_to == other
    assert seen(house, "OMB") == set()


def test_with_nobody_above_it_stays_and_its_own_supervisor_is_told(house):
    report = receive(about_agency="OMB")
    assert [escalated(timedelta(hours=73)), escalated(timedelta(hours=99))] == [1, 0]
    report.refresh_from_db()
    assert (report.agency, report.risen_to) == (house.agencies["NORTH"], None)
    assert "report_overdue" in [notice.code for notice in notices_for(house.actor("supervisor", "NORTH"))]
    assert seen(house, "OMB") == set()


def test_it_is_lost_from_a_first_owner_that_a_wall_keeps_from_it(house):
    report = receive()
    Report.objects.update(about_agency=house.agencies["NORTH"])
    assert escalated(timedelta(hours=73)) == 1
    report.refresh_from_db()
    assert (report.agency, report.risen_to) == (house.agencies["OMB"], None)
    assert seen(house, "NORTH") == set()


def test_a_forwarded_report_has_its_clock_anew_and_may_rise_again(house):
    report = receive()
    escalated(timedelta(hours=73))
    report.refresh_from_db()
    by = officer(house)
    actions.claim(by=by, report=report)
    actions.triage(by=by, report=report, urgency="normal")
    actions.forward(by=by, report=report, agency=house.agencies["SOUTH"], reason="other_place")
    assert (report.risen_to, report.risen_at) == (None, None)
    assert [escalated(timedelta(hours=71)), escalated(timedelta(hours=73))] == [0, 1]
    assert seen(house, "SOUTH") == seen(house, "OMB") == {report.reference}


def test_only_the_worker_runs_the_clocks(house):
    for by in (officer(house), house.actor("administrator", "NORTH"), OPERATOR):
        with pytest.raises(Refused):
            actions.escalate_overdue(by=by)


def test_the_door_is_open_while_every_urgency_has_a_staffed_owner_and_a_staffed_independent_body(house):
    assert queries.why_closed() == []
    assert queries.door_is_open()
    with clock.stopped(clock.now() + timedelta(days=1)):
        post = house.people["intake_officer", "NORTH"].memberships.get()
        organisation.end_post(by=OPERATOR, post=post)
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert not queries.door_is_open()
        assert queries.why_closed()[0].endswith("North office has no intake officer today.")


def test_the_door_is_closed_without_a_watch_and_says_for_which_urgency(house):
    Watch.objects.filter(urgency="urgent").delete()
    assert [words.partition(": ")[2] for words in queries.why_closed()] == ["no agency is named to answer."]


def test_a_supervisor_alone_is_enough_to_rise_to_but_not_to_answer(house):
    with clock.stopped(clock.now() + timedelta(days=1)):
        organisation.end_post(by=OPERATOR, post=house.people["intake_officer", "OMB"].memberships.get())
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert queries.door_is_open()
        actions.set_watch(
            by=OPERATOR, urgency="urgent", owner=house.agencies["SOUTH"], escalation=house.agencies["OMB"]
        )
        assert queries.door_is_open()
    house.agencies["SOUTH"].takes_reports = False
    house.agencies["SOUTH"].save()
    assert [words.partition(": ")[2] for words in queries.why_closed()] == ["South office takes no reports."]
