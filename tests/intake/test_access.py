"""Who may meet which report: by agency and claim, never through a wall (X1, T1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.decisions import decide, permitted
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.types import IMPORTER, WORKER, Actor, Post
from amparo.intake import queries
from amparo.intake.models import Report
from tests.intake.build import CONTACT, officer, receive, watched

pytestmark = pytest.mark.django_db(databases="__all__")
ON_REPORTS = [permission for permission in Permission if POLICY[permission].kind == "report"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_report_and_the_whole_table_are_decided_alike(house, data):
    """Random people, holders, claims, walls: `decide` on each report equals membership in `permitted`'s rows."""
    draw = data.draw
    codes = ["NORTH", "SOUTH"]
    if "OMB" not in house.agencies:
        watched(house)
    ids = {code: house.agencies[code].id for code in codes}
    posts = tuple(
        Post(draw(st.sampled_from(Role.values)), ids[code], draw(st.sampled_from([None, house.teams[code].id])))
        for code in draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2))
    )
    person = draw(st.sampled_from(list(house.people.values())))
    by = draw(st.sampled_from([Actor("person", person.id, posts), Actor("person", person.id), WORKER, IMPORTER]))
    reports = []
    for _ in range(3):
        report = receive()
        claimer = draw(st.sampled_from([None, person.id, house.people["intake_officer", "SOUTH"].id]))
        about, risen = draw(st.sampled_from([None, *codes])), draw(st.sampled_from([None, *codes]))
        Report.objects.filter(id=report.id).update(
            agency_id=ids[draw(st.sampled_from(codes))], about_agency_id=about and ids[about],
            risen_to_id=risen and ids[risen], risen_at=clock.now() if risen else None, claimed_by_id=claimer,
            claimed_at=clock.now() if claimer else None, status="claimed" if claimer else "new",
        )  # fmt: skip
        if draw(st.booleans()):
            Wall.objects.create(
                against_kind="person", against=draw(st.sampled_from([person.id, *ids.values()])), record=report.id,
                reason="threat", raised_at=clock.now(), raised_by=uuid4(),
                **draw(st.sampled_from([{}, {"lifted_at": clock.now(), "lifted_by": uuid4()}])),
            )  # fmt: skip
        reports.append(Report.objects.get(id=report.id))
    for permission in ON_REPORTS:
        rows = set(Report.objects.filter(permitted(by=by, permission=permission)).values_list("id", flat=True))
        for report in reports:
            assert decide(by=by, permission=permission, record=report).allowed == (report.id in rows), permission


def test_the_queue_shows_the_longest_overdue_first_then_what_is_due_soonest(house):
    watched(house)
    now, made = clock.now(), {}
    for name, urgency, ago in (
        ("soon", "danger_now", 0),
        ("late", "normal", 80),
        ("later", "normal", 75),
        ("far", "normal", 0),
    ):
        with clock.stopped(now - timedelta(hours=ago)):
            made[receive(urgency=urgency).reference] = name
    page = queries.queue(by=officer(house))
    assert [made[row.reference] for row in page.rows] == ["late", "later", "soon", "far"]
    assert [row.late for row in page.rows] == [True, True, False, False]
    assert queries.waiting(by=officer(house)) == {"new": 4}


def test_the_queue_is_narrowed_and_paged_by_key(house):
    watched(house)
    made = {receive(urgency="urgent" if number % 2 else "normal").reference for number in range(45)}
    by, seen, after = officer(house), [], None
    while True:
        page = queries.queue(by=by, after=after)
        seen += [row.reference for row in page.rows]
        if (after := page.after) is None:
            break
    assert len(seen) == 45
    assert set(seen) == made
    assert {row.urgency for row in queries.queue(by=by, only=queries.Filter(urgency="urgent")).rows} == {"urgent"}
    assert queries.queue(by=by, only=queries.Filter(status="closed")).rows == []


def test_a_list_of_reports_leaves_one_row_and_no_words_in_the_record(house):
    watched(house)
    receive()
    before = Event.objects.count()
    queries.queue(by=officer(house))
    assert Event.objects.count() == before + 1
    assert CONTACT not in str(list(Event.objects.values()))


def test_a_walled_person_sees_it_in_no_list_and_no_count(house):
    watched(house)
    report, by = receive(), officer(house)
    assert queries.waiting(by=by) == {"new": 1}
    Wall.objects.create(
        against_kind="person",
        against=by.id,
        record=report.id,
        reason="threat",
        raised_at=clock.now(),
        raised_by=uuid4(),
    )
    assert queries.queue(by=by).rows == []
    assert queries.waiting(by=by) == {}
