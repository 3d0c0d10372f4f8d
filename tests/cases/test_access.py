"""Who may meet which case: by need, not by rank (X1, C1); Primero's scenarios 1, 2, 11."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.decisions import decide, permitted
from amparo.access.permissions import Permission
from amparo.access.policy import MACHINES, POLICY
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.cases import actions, queries, questions
from amparo.cases.models import Case, Scope
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.types import IMPORTER, Actor, Post
from amparo.organisation.queries import notices_for
from amparo.vault.compartments import Compartment
from tests.cases.build import open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")
ON_CASES = [permission for permission in Permission if POLICY[permission].kind == "case"]


def references(by: Actor) -> set[str]:
    return {row.reference for row in queries.cases(by=by).rows}


def test_a_worker_lists_their_own_cases_and_no_others(house):
    mine, theirs, nobodys = (
        open_case(house, "NORTH"),
        open_case(house, "SOUTH"),
        open_case(house, "NORTH", worker=False),
    )
    assert references(house.actor("case_worker", "NORTH")) == {mine.reference}
    assert references(house.actor("supervisor", "NORTH")) == {mine.reference, nobodys.reference}
    assert references(house.actor("case_worker", "SOUTH")) == {theirs.reference}


def test_what_is_forbidden_and_what_is_not_there_answer_alike(house):
    theirs = open_case(house, "SOUTH")
    by = house.actor("case_worker", "NORTH")
    with pytest.raises(Refused) as forbidden:
        queries.case(by=by, id=theirs.id)
    assert not forbidden.value.visible
    with pytest.raises(NotFound):
        queries.case(by=by, id=uuid4())


def test_a_refused_look_is_recorded_with_the_case_and_the_rule(house):
    theirs = open_case(house, "SOUTH")
    by = house.actor("case_worker", "NORTH")
    with pytest.raises(Refused):
        queries.case(by=by, id=theirs.id)
    last = Event.objects.latest("seq")
    assert (last.outcome, last.actor, last.record) == ("refused", by.id, theirs.id)


def test_the_look_itself_is_recorded_once(house):
    case = open_case(house, "NORTH")
    by = house.actor("case_worker", "NORTH")
    before = Event.objects.count()
    queries.case(by=by, id=case.id)
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("seq").verb == "case:read"


def test_a_shared_case_opens_until_its_last_moment_and_not_after(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", days=3)
    provider = house.actor("service_provider", "SOUTH")
    assert references(provider) == {case.reference}
    with clock.stopped(clock.now() + timedelta(days=4)):
        assert references(provider) == set()
        assert not decide(by=provider, permission=Permission.CASE_READ, record=case).allowed


def test_a_revoked_share_is_gone_at_once(house):
    case = open_case(house, "NORTH")
    shared = share(house, case, "SOUTH")
    actions.revoke(by=house.actor("case_worker", "NORTH"), share=shared)
    assert references(house.actor("police", "SOUTH")) == set()


def test_a_share_shows_only_the_compartments_it_names(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", Compartment.HEALTH)
    provider, police = house.actor("service_provider", "SOUTH"), house.actor("police", "SOUTH")
    assert decide(by=provider, permission=Permission.REVEAL_HEALTH, record=case).allowed
    assert not decide(by=provider, permission=Permission.REVEAL_IDENTITY, record=case).allowed
    assert not decide(by=police, permission=Permission.REVEAL_HEALTH, record=case).allowed


@pytest.mark.parametrize("part", [Compartment.MATCHING, Compartment.REPORTER])
def test_some_compartments_are_never_shared(house, part):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        share(house, case, "SOUTH", part)


@pytest.mark.parametrize("consent", ["refused", "withdrawn", "nonsense"])
def test_nothing_is_shared_against_a_no(house, consent):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        share(house, case, "SOUTH", consent=consent)
    assert references(house.actor("service_provider", "SOUTH")) == set()


def test_a_wall_removes_the_case_from_list_page_and_counter(house):
    seen, walled = open_case(house, "NORTH"), open_case(house, "NORTH")
    supervisor = house.actor("supervisor", "NORTH")
    other = Actor("person", uuid4(), (Post(Role.SUPERVISOR, house.agencies["NORTH"].id, house.teams["NORTH"].id),))
    assert queries.counted(by=other) == {"not_assessed": 2}
    actions.raise_wall(by=supervisor, case=walled, against_kind="person", against=other.id, reason="threat")
    assert references(other) == {seen.reference}
    assert queries.counted(by=other) == {"not_assessed": 1}
    assert queries.counted(by=supervisor) == {"not_assessed": 2}
    with pytest.raises(Refused) as refused:
        queries.case(by=other, id=walled.id)
    assert not refused.value.visible


def test_a_wall_against_the_cases_own_agency_is_refused(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="leave the child alone"):
        actions.raise_wall(
            by=house.actor("supervisor", "NORTH"),
            case=case,
            against_kind="agency",
            against=case.agency_id,
            reason="threat",
        )


def test_broken_glass_opens_one_case_for_an_hour_and_tells_at_once(house):
    case, other = open_case(house, "SOUTH"), open_case(house, "SOUTH")
    by = house.actor("case_worker", "NORTH", fresh=True)
    actions.break_glass_by_reference(by=by, reference=case.reference, reason="danger_to_life", note="A call came in.")
    assert queries.case(by=by, id=case.id).id == case.id
    with pytest.raises(Refused):
        queries.case(by=by, id=other.id)
    with pytest.raises(Refused):
        actions.judge_risk(by=by, case=case, risk="low")
    for person in (
        house.actor("case_worker", "SOUTH"),
        house.actor("supervisor", "SOUTH"),
        house.actor("auditor", "NORTH"),
    ):
        assert "glass_broken" in [notice.code for notice in notices_for(person)]
    with clock.stopped(clock.now() + timedelta(minutes=61)), pytest.raises(Refused):
        queries.case(by=by, id=case.id)


def test_glass_does_not_break_without_a_fresh_second_factor_nor_through_a_wall(house):
    case = open_case(house, "SOUTH")
    told = {"reference": case.reference, "reason": "danger_to_life", "note": "A call came in."}
    with pytest.raises(Refused):
        actions.break_glass_by_reference(by=house.actor("case_worker", "NORTH"), **told)
    by = house.actor("case_worker", "NORTH", fresh=True)
    actions.raise_wall(
        by=house.actor("supervisor", "SOUTH"),
        case=case,
        against_kind="person",
        against=by.id,
        reason="threat",
    )
    with pytest.raises(Refused) as walled:
        actions.break_glass_by_reference(by=by, **told)
    assert not walled.value.visible
    with pytest.raises(NotFound):
        actions.break_glass_by_reference(by=by, **told | {"reference": "C-0000-0000"})


def test_glass_opens_in_the_post_that_may_break_it_whatever_other_posts_there_are(house):
    case = open_case(house, "SOUTH")
    north, south = house.agencies["NORTH"].id, house.agencies["SOUTH"].id
    for worker, auditor in ((north, south), (south, north)):
        posts = (Post(Role.STATISTICIAN, auditor), Post(Role.CASE_WORKER, worker))
        person = house.people["statistician", "NORTH" if auditor == north else "SOUTH"].id
        by = Actor("person", person, posts, second_factor_at=clock.now())
        actions.break_glass_by_reference(
            by=by, reference=case.reference, reason="danger_to_life", note="A call came in."
        )
        assert queries.case(by=by, id=case.id).id == case.id


def test_nobody_takes_a_case_by_assigning_it_to_themselves(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Conflict):
        actions.assign(by=house.actor("supervisor", "NORTH"), case=case, worker=house.people["supervisor", "NORTH"])


def test_a_case_is_assigned_only_within_its_team(house):
    case = open_case(house, "NORTH", worker=False)
    by = house.actor("supervisor", "NORTH")
    with pytest.raises(Invalid):
        actions.assign(by=by, case=case, worker=house.people["case_worker", "SOUTH"])
    actions.assign(by=by, case=case, worker=house.people["case_worker", "NORTH"])
    assert references(house.actor("case_worker", "NORTH")) == {case.reference}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_record_and_the_whole_table_are_decided_alike(house, data):
    """Random people and systems, shares (some ended), walls, also before who answers for a system: `decide` on each case
    equals membership in `permitted`'s rows.
    """
    draw = data.draw
    cases = [open_case(house, draw(st.sampled_from(["NORTH", "SOUTH"])), worker=draw(st.booleans())) for _ in range(3)]
    posts = tuple(
        Post(
            draw(st.sampled_from(Role.values)),
            house.agencies[code].id,
            draw(st.sampled_from([None, house.teams[code].id])),
        )
        for code in draw(st.lists(st.sampled_from(["NORTH", "SOUTH"]), min_size=1, max_size=2))
    )
    person = draw(st.sampled_from(list(house.people.values())))
    by = draw(st.sampled_from([
        Actor("person", person.id, posts, second_factor_at=draw(st.sampled_from([None, clock.now()]))),
        Actor("machine", uuid4(), posts[:1], owner=person.id, only=MACHINES),
    ]))  # fmt: skip
    for case in cases:
        other = "SOUTH" if case.agency_id == house.agencies["NORTH"].id else "NORTH"
        for _ in range(draw(st.integers(0, 3))):
            parts = draw(st.lists(st.sampled_from([Compartment.IDENTITY, Compartment.HEALTH]), unique=True))
            shared = share(house, case, other, *parts, days=draw(st.sampled_from([1, 30])))
            if draw(st.booleans()):
                actions.revoke(by=IMPORTER, share=shared)
        if draw(st.booleans()):
            against = draw(st.sampled_from([*sorted(by.people), *(post.agency for post in posts)]))
            from amparo.access.models import Wall

            Wall.objects.get_or_create(
                against=against, record=draw(st.sampled_from([case.id, case.child_id])), lifted_at=None,
                defaults={"against_kind": "person", "reason": "threat", "raised_at": clock.now(), "raised_by": uuid4()},
            )  # fmt: skip
    with clock.stopped(clock.now() + timedelta(days=2)):
        for permission in ON_CASES:
            rows = set(Scope.objects.filter(permitted(by=by, permission=permission)).values_list("case_id", flat=True))
            alone = {case.id for case in cases if decide(by=by, permission=permission, record=case).allowed}
            assert rows & {case.id for case in cases} == alone, permission
        _asked_by_questions_made_once(by, cases)


def _asked_by_questions_made_once(by: Actor, cases: list[Case]) -> None:
    """The list and the page of a case ask what was compiled for anybody, and are answered as the policy would."""
    readable = permitted(by=by, permission=Permission.CASE_READ)
    expected = list(questions.first(Scope.objects.filter(readable)))
    assert questions.readable(by, {}, questions.first) == expected
    assert questions.number_of(by, {}) == Scope.objects.filter(readable).count()
    of_one = [row for row in expected if row.reference == cases[0].reference]
    assert questions.readable(by, {"reference__startswith": cases[0].reference}, questions.first) == of_one
    for case in cases:
        may = {each for each in ON_CASES if decide(by=by, permission=each, record=case).allowed}
        if Permission.CASE_READ in may:
            assert queries.case(by=by, id=case.id).may == may
        else:
            with pytest.raises(Refused):
                queries.case(by=by, id=case.id)
