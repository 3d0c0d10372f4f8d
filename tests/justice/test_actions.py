"""A proceeding goes from complaint to reparation, says why when it does not, and is found when it stands still (J1)."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.audit.models import Event
from amparo.cases import queries as cases
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER, WORKER
from amparo.justice import actions, queries
from amparo.justice.facts import stages
from amparo.justice.models import Proceeding, Stage
from amparo.justice.states import ENDS, NEEDS_REASON, OUTCOMES, STAGES, may_follow
from amparo.organisation.queries import notices_for
from amparo.vocabulary.queries import codes
from tests.cases.build import as_read, open_case
from tests.justice.build import WAY, ago, judged, open_proceeding

pytestmark = pytest.mark.django_db(databases="__all__")


def move(proceeding: Proceeding, stage: str, days: int, **more) -> Stage:
    return actions.move(by=IMPORTER, proceeding=proceeding, stage=stage, on=ago(days), **more)


def test_the_rules_name_only_codes_that_the_lists_have(house):
    assert set(STAGES) == codes("proceeding_stage") == set(OUTCOMES)
    named = NEEDS_REASON | ENDS | {outcome for outcomes in OUTCOMES.values() for outcome in outcomes}
    assert named | {"pending"} == codes("proceeding_outcome")


def test_a_proceeding_walks_from_complaint_to_reparation(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    for number, stage in enumerate(WAY):
        move(proceeding, stage, 90 - 10 * number)
    move(proceeding, "reparation", 20, outcome="convicted")
    ended = actions.end_proceeding(by=IMPORTER, proceeding=proceeding, outcome="reparation_paid", on=ago(5))
    assert (ended.status, ended.outcome, ended.ended_on) == ("ended", "reparation_paid", ago(5))
    assert [(row.stage, row.began_on, row.ended_on, row.outcome) for row in Stage.objects.order_by("number")] == [
        ("complaint", ago(100), ago(90), "moved_on"),
        ("investigation", ago(90), ago(80), "moved_on"),
        ("prosecution", ago(80), ago(70), "moved_on"),
        ("trial", ago(70), ago(60), "moved_on"),
        ("judgment", ago(60), ago(20), "convicted"),
        ("reparation", ago(20), ago(5), "reparation_paid"),
    ]


def test_where_no_complaint_is_needed_the_investigation_begins_by_itself(house):
    case = open_case(house, "NORTH")
    assert open_proceeding(house, case, stage="investigation").stage == "investigation"
    with pytest.raises(Invalid, match="complaint or an investigation"):
        open_proceeding(house, case, stage="trial")


@pytest.mark.parametrize("stage", ["complaint", "trial", "judgment", "reparation"])
def test_no_stage_is_left_out(house, stage):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    move(proceeding, "investigation", 90)
    with pytest.raises(Conflict, match="there is no"):
        move(proceeding, stage, 80)
    assert Stage.objects.count() == 2


@pytest.mark.parametrize(("days", "told"), [(-1, "future"), (91, "before")])
def test_no_day_lies_in_the_future_or_before_what_it_follows(house, days, told):
    proceeding = open_proceeding(house, open_case(house, "NORTH"), days=90)
    with pytest.raises(Invalid, match=told):
        move(proceeding, "investigation", days)
    with pytest.raises(Invalid, match=told):
        actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome="ended", reason="withdrawn", on=ago(days))
    assert Stage.objects.get().ended_on is None


@pytest.mark.parametrize("outcome", sorted(NEEDS_REASON & OUTCOMES["investigation"]))
def test_what_was_broken_off_says_why(house, outcome):
    proceeding = open_proceeding(house, open_case(house, "NORTH"), stage="investigation")
    with pytest.raises(Invalid, match="why"):
        actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome=outcome)
    with pytest.raises(Invalid):
        actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome=outcome, reason="because")
    stage = actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome=outcome, reason="statements_inconsistent")
    assert (stage.outcome, stage.reason) == (outcome, "statements_inconsistent")


def test_a_complaint_is_not_a_judgment(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    with pytest.raises(Invalid, match="does not end so"):
        actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome="convicted")
    with pytest.raises(Invalid, match="does not end so"):
        actions.end_proceeding(by=IMPORTER, proceeding=proceeding, outcome="convicted")


def test_what_only_moved_on_does_not_end_a_proceeding(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    with pytest.raises(Conflict, match="Nothing has been decided"):
        actions.end_proceeding(by=IMPORTER, proceeding=proceeding, outcome="moved_on")
    assert Stage.objects.get().ended_on is None  # the refusal took the stage's end back with it


def test_a_suspended_investigation_is_taken_up_again_and_an_appeal_is_tried(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"), stage="investigation")
    actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome="suspended", reason="no_resources", on=ago(90))
    with pytest.raises(Conflict):
        move(proceeding, "prosecution", 80)
    move(proceeding, "investigation", 80)
    for number, stage in enumerate(("prosecution", "trial", "judgment")):
        move(proceeding, stage, 70 - number)
    move(proceeding, "trial", 60, outcome="acquitted", reason="evidence_insufficient")
    assert list(Stage.objects.order_by("number").values_list("stage", flat=True)) == [
        "investigation", "investigation", "prosecution", "trial", "judgment", "trial",
    ]  # fmt: skip


def test_after_no_charges_nothing_follows_but_the_end(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"), stage="investigation")
    actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome="no_charges", reason="evidence_delayed", on=ago(50))
    with pytest.raises(Conflict):
        move(proceeding, "prosecution", 40)
    with pytest.raises(Conflict, match="ended already"):
        actions.end_stage(by=IMPORTER, proceeding=proceeding, outcome="ended", reason="dismissed")
    ended = actions.end_proceeding(by=IMPORTER, proceeding=proceeding)
    assert (ended.outcome, ended.reason) == ("no_charges", "evidence_delayed")
    for again in (actions.end_proceeding, actions.end_stage):
        with pytest.raises(Conflict, match="is ended"):
            again(by=IMPORTER, proceeding=proceeding, outcome="ended", reason="dismissed")


def test_two_who_move_the_same_stage_make_one_next_stage(house):
    proceeding = open_proceeding(house, open_case(house, "NORTH"))
    stale = Proceeding.objects.get()
    move(proceeding, "investigation", 90)
    with pytest.raises(Conflict):
        move(stale, "investigation", 90)
    assert Stage.objects.count() == 2


def test_a_proceeding_that_stands_still_is_found_once_and_asks_why(house, settings):
    case = open_case(house, "NORTH")
    proceeding, other = open_proceeding(house, case), open_proceeding(house, open_case(house, "SOUTH"), days=1)
    settings.STALLED_AFTER = {"complaint": 30, "investigation": 60}
    assert [each.id for each in actions.find_stalled(by=WORKER)] == [proceeding.id]
    assert actions.find_stalled(by=WORKER) == []
    assert "ask_why_stalled" in [task.code for task in cases.open_tasks(case)]
    for role in ("supervisor", "case_worker"):
        assert "proceeding_stalled" in [notice.code for notice in notices_for(house.actor(role, "NORTH"))]
        assert notices_for(house.actor(role, "SOUTH")) == []
    assert cases.timeline(as_read(house, case))[0].code == "proceeding_stalled"
    move(proceeding, "investigation", 1)
    assert "ask_why_stalled" not in [task.code for task in cases.open_tasks(case)]
    with clock.stopped(clock.now() + timedelta(days=61)):
        assert {each.id for each in actions.find_stalled(by=WORKER)} == {proceeding.id, other.id}


def test_exactly_at_the_last_day_nothing_stalls(house, settings):
    settings.STALLED_AFTER = {"complaint": 30}
    open_proceeding(house, open_case(house, "NORTH"), days=30)
    assert actions.find_stalled(by=WORKER) == []
    with clock.stopped(clock.now() + timedelta(days=1)):
        assert len(actions.find_stalled(by=WORKER)) == 1


def test_only_the_system_looks_for_stalls(house):
    with pytest.raises(Refused):
        actions.find_stalled(by=house.actor("supervisor", "NORTH"))


def test_every_stage_is_counted_with_its_days_and_its_reason(house):
    case = open_case(house, "NORTH")
    proceeding = open_proceeding(house, case, days=100)
    move(proceeding, "investigation", 60)
    actions.end_proceeding(
        by=IMPORTER, proceeding=proceeding, outcome="ended", reason="settled_with_family", on=ago(50)
    )
    rows = [(row["stage"], row["outcome"], row["reason"], row["days"], row["child"]) for row in stages()]
    assert rows == [
        ("complaint", "moved_on", "", 40, str(case.child_id)),
        ("investigation", "ended", "settled_with_family", 10, str(case.child_id)),
    ]


def test_each_act_tells_counting_what_was_and_what_is(house, monkeypatch):
    told = []
    monkeypatch.setattr(facts, "_listeners", [lambda kind, changes: told.extend((kind, *each) for each in changes)])
    proceeding = judged(house, open_case(house, "NORTH"), "convicted")
    kinds = [(before and before["stage"], after["stage"]) for kind, _id, before, after in told if kind == "proceeding"]
    assert kinds == [
        (None, "complaint"),
        ("complaint", "investigation"),
        ("investigation", "prosecution"),
        ("prosecution", "trial"),
        ("trial", "judgment"),
    ]
    actions.end_proceeding(by=IMPORTER, proceeding=proceeding)
    assert (told[-1][2]["outcome"], told[-1][3]["outcome"]) == ("pending", "convicted")


def test_each_act_leaves_one_audit_row_of_its_own(house):
    case = open_case(house, "NORTH")
    before = Event.objects.count()
    proceeding = open_proceeding(house, case)
    move(proceeding, "investigation", 90)
    assert [event.verb for event in Event.objects.order_by("seq")[before:]] == [
        "proceeding:opened",
        "proceeding:moved",
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_walk_the_stages_stand_in_order_and_the_proceeding_says_where(house, data):
    proceeding = open_proceeding(house, open_case(house, "NORTH"), days=100)
    day = 100
    for _ in range(data.draw(st.integers(0, 10))):
        day = max(0, day - data.draw(st.integers(-3, 12)))
        outcome = data.draw(st.sampled_from(sorted(codes("proceeding_outcome"))))
        reason = data.draw(st.sampled_from(["", "withdrawn"]))
        act = data.draw(st.sampled_from(["move", "end_stage", "end"]))
        try:
            if act == "move":
                move(proceeding, data.draw(st.sampled_from(STAGES)), day, outcome=outcome, reason=reason)
            else:
                verb = actions.end_stage if act == "end_stage" else actions.end_proceeding
                verb(by=IMPORTER, proceeding=proceeding, outcome=outcome, reason=reason, on=ago(day))
        except (Conflict, Invalid):
            pass
    proceeding.refresh_from_db()
    rows = list(proceeding.stages.order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    for one, following in itertools.pairwise(rows):
        assert one.began_on <= one.ended_on <= following.began_on
        assert following.stage in may_follow(one.stage, one.outcome)
    assert rows[-1].stage == proceeding.stage
    assert all(row.reason for row in rows if row.outcome in NEEDS_REASON)
    assert proceeding.status == "open" or (proceeding.outcome, proceeding.reason) == (rows[-1].outcome, rows[-1].reason)
    assert len(queries.of_case(by=house.actor("case_worker", "NORTH"), id=proceeding.case_id).tracks) == 1
