"""The five small files that know no domain word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.common import clock, facts, ids
from amparo.common.errors import Conflict
from amparo.common.types import Actor, LifeCycle, Post, moves

DOOR = LifeCycle(
    "door", "shut", moves(open=("shut", "open"), shut=("open ajar", "shut"), push=("open", "ajar")),
    "This door is {status}; that is not possible now.", {"shut": "quite shut", "open": "open", "ajar": "ajar"},
)  # fmt: skip


def test_a_stopped_clock_stands_still_and_goes_on_afterwards():
    then = datetime(2024, 2, 29, 12, tzinfo=UTC)
    with clock.stopped(then):
        assert (clock.now(), clock.today()) == (then, then.date())
        with clock.stopped(then + timedelta(days=1)):
            assert clock.today().day == 1
        assert clock.now() == then
    assert clock.now() > then


def test_a_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.stopped(datetime(2024, 1, 1)):  # noqa: DTZ001
        pass


def test_a_reference_is_short_readable_and_random():
    made = {ids.new_reference("C") for _ in range(500)}
    assert len(made) == 500
    assert all(len(each) == 11 and not set(each[2:]) & set("ILOU") for each in made)


@given(st.lists(st.sampled_from(["open", "shut", "push"])))
def test_a_life_cycle_allows_exactly_its_table(verbs):
    status = DOOR.start
    for verb in verbs:
        if verb in DOOR.possible(status):
            status = DOOR.after(status, verb)
        else:
            with pytest.raises(Conflict):
                DOOR.after(status, verb)


def test_what_is_not_possible_is_said_in_words():
    with pytest.raises(Conflict, match=r"This door is quite shut; that is not possible now."):
        DOOR.after("shut", "push")


def test_a_change_of_facts_reaches_every_listener_and_no_change_reaches_none(monkeypatch):
    heard = []
    monkeypatch.setattr(facts, "_listeners", [])
    facts.subscribe(lambda *told: heard.append(told))
    one = ids.new_id()
    facts.changed("case", one, before={"risk": "low"}, after={"risk": "low"})
    facts.changed("case", one, before=None, after={"risk": "low"})
    assert heard == [("case", [facts.Change(one, None, {"risk": "low"})])]


def test_a_listener_subscribes_once(monkeypatch):
    monkeypatch.setattr(facts, "_listeners", [])

    def listener(*_told: object) -> None:
        return None

    facts.subscribe(listener)
    facts.subscribe(listener)
    assert facts._listeners == [listener]


def test_an_actor_knows_where_each_role_holds():
    one, two, team = ids.new_id(), ids.new_id(), ids.new_id()
    actor = Actor("person", ids.new_id(), (Post("supervisor", one, team), Post("police", two)))
    assert actor.agencies_as("supervisor") == {one}
    assert actor.teams_as("supervisor") == actor.teams == {team}
    assert actor.agencies == {one, two}
