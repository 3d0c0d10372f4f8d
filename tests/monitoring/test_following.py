"""What is done with a State: followed up, due, overdue, and never overwritten (M3-M8)."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.ids import new_id
from amparo.monitoring import following, queries
from amparo.monitoring.models import Entry
from amparo.monitoring.recommended import recommended
from amparo.monitoring.rubric.editions import rubric
from tests.monitoring.build import answered, lumeria

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def state(house):
    return lumeria()


def entered(house, state, *, agree=True, **more):
    told = {
        "kind": "follow_up",
        "subject": "115i",
        "progress": "started",
        "title": "A register",
        "source": "A made-up plan",
    }
    made = following.enter(by=house.actor("monitor_editor", "NORTH"), state=state, **(told | more))
    return following.review_entry(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=agree)


def test_sixteen_recommendations_are_checked_by_questions_that_there_are():
    assert len(recommended()) == 16
    asked = {id for each in recommended().values() for id in each.checked_by}
    assert asked <= set(rubric().questions)
    assert {each.addressee for each in recommended().values()} == {"state", "un", "community"}
    assert all(len(each.titles) == 6 and all(each.titles.values()) for each in recommended().values())


def test_a_newer_follow_up_of_a_role_takes_the_place_of_the_older_which_is_kept(house, state):
    first = entered(house, state)
    entered(house, state, progress="done")
    entered(house, state, role="state", progress="done")
    assert {(each.role, each.progress) for each in queries.entries(state)} == {("mandate", "done"), ("state", "done")}
    first.refresh_from_db()
    assert (first.status, first.superseded_at is not None, Entry.objects.count()) == ("published", True, 3)


def test_a_communication_asks_for_a_reply_in_sixty_days_and_is_overdue_after(house, state):
    sent = entered(
        house, state, kind="communication", subject="", progress="sent", title="A letter", happened_on=date(2026, 1, 1)
    )
    assert sent.due_on == date(2026, 3, 2)
    assert queries.due(date(2026, 3, 1)) == []
    assert queries.due(date(2026, 3, 2)) == [sent]
    entered(
        house,
        state,
        kind="communication",
        subject="",
        progress="replied",
        title="A letter",
        happened_on=date(2026, 2, 1),
    )
    assert queries.due(date(2999, 1, 1)) == []


def test_what_is_due_within_thirty_days_stands_at_the_desk(house, state):
    today = clock.today()
    late = entered(house, state, due_on=today - timedelta(days=1))
    soon = entered(house, state, subject="115a", due_on=today + timedelta(days=30))
    entered(house, state, subject="115b", due_on=today + timedelta(days=31))
    told = queries.desk(by=house.actor("monitor_editor", "NORTH")).due
    assert [(each, is_late) for each, _name, is_late in told] == [(late, True), (soon, False)]


def test_practices_are_found_by_their_words(house, state):
    made = entered(
        house,
        state,
        kind="practice",
        subject="",
        progress="described",
        title="Teachers learn to listen",
        text="One day.",
    )
    assert queries.practices("listen teachers") == [made]
    assert queries.practices("football") == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"progress": "finished"}, "progress"), ({"kind": "party"}, "progress"), ({"subject": ""}, "subject"),
        ({"subject": "116b"}, "subject"), ({"subject": "UPR-none"}, "subject"), ({"title": " "}, "title"),
        ({"source": ""}, "title"), ({"role": "friend"}, "title"), ({"text": "x" * 5000}, "text"),
        ({"text": "data:image/png;base64,iVBORw0KGgo"}, "text"),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_refused_by_field(house, state, more, field):
    with pytest.raises(Invalid) as wrong:
        entered(house, state, **more)
    assert list(wrong.value.fields) == [field]


def test_a_second_person_decides_once_and_nobody_else(house, state):
    editor = house.actor("monitor_editor", "NORTH")
    made = following.enter(by=editor, state=state, kind="visit", progress="agreed", title="A visit", source="A letter")
    with pytest.raises(Refused, match="a second person"):
        following.review_entry(by=editor, id=made.id, agree=True)
    with pytest.raises(Refused):
        following.review_entry(by=house.actor("supervisor", "SOUTH"), id=made.id, agree=True)
    refused = following.review_entry(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=False)
    assert (refused.status, queries.entries(state)) == ("refused", [])
    with pytest.raises(Conflict):
        following.review_entry(by=house.actor("reviewer", "SOUTH"), id=made.id, agree=True)
    with pytest.raises(NotFound):
        following.review_entry(by=house.actor("reviewer", "SOUTH"), id=new_id(), agree=True)


def test_the_states_page_shows_each_recommendation_with_answers_follow_up_and_what_is_overdue(house, state):
    answered(house, state, "D01", "partly")
    entered(house, state, due_on=date(2020, 1, 1), lead="Ministry <of> made-up things")
    entered(house, state, kind="agreement", subject="", progress="signed", title="A made-up pact", partners=["XLM"])
    page = Client(headers={"host": settings.PUBLIC_HOST}).get("/states/XLM/").text
    assert "partly met: 1" in page
    assert "Ministry &lt;of&gt; made-up things" in page
    assert "overdue" in page
    assert "A made-up pact" in page
    assert page.count("115(") >= 13
