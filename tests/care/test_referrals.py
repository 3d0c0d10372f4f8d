"""A service is asked, answered, delivered, and nothing is lost between two actors (C4); Primero's 8 to 14."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.decisions import decide, permitted
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.care import actions, queries, referring
from amparo.care.hearing import Heard
from amparo.care.models import ChildView, Referral
from amparo.cases import actions as cases
from amparo.cases import queries as case_queries
from amparo.cases.models import Share, living
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound, Refused
from amparo.common.ids import new_id
from amparo.common.types import IMPORTER, OPERATOR, WORKER, Actor, Post
from amparo.organisation.actions import end_post, found_agency
from amparo.organisation.queries import holders, notices_for
from amparo.vault.compartments import Compartment
from tests.care.build import in_days, offer, plan
from tests.cases.build import as_read, open_case

pytestmark = pytest.mark.django_db(databases="__all__")
ON_REFERRALS = [permission for permission in Permission if POLICY[permission].kind == "referral"]


def tasks(case) -> list[str]:
    return [task.code for task in case_queries.open_tasks(case)]


def told(by) -> list[str]:
    return [notice.code for notice in notices_for(by)]


def may(by, permission, record) -> bool:
    return decide(by=by, permission=permission, record=record).allowed


def test_whoever_is_asked_meets_the_case_at_once_and_only_the_parts_that_were_named(house):
    case, provider = open_case(house, "NORTH"), house.actor("service_provider", "SOUTH")
    assert not may(provider, Permission.CASE_READ, case)
    referral = offer(house, case, compartments=[Compartment.HEALTH], limits=["this_service_only"])
    assert may(provider, Permission.CASE_READ, case)
    assert may(provider, Permission.REVEAL_HEALTH, case)
    assert not may(provider, Permission.REVEAL_IDENTITY, case)
    assert "referral_offered" in told(provider)
    shown = queries.referral(by=provider, id=referral.id)
    assert (shown.share.consent, shown.share.limit_codes) == ("given", ["this_service_only"])


@pytest.mark.parametrize("consent", ["refused", "withdrawn", "nonsense", ""])
def test_no_referral_without_consent_and_then_nothing_of_it_is_kept(house, consent):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        offer(house, case, consent=consent)
    assert (Referral.objects.count(), Share.objects.count(), ChildView.objects.count()) == (0, 0, 0)
    assert not may(house.actor("service_provider", "SOUTH"), Permission.CASE_READ, case)
    assert "await_referral" not in tasks(case)


def test_accepted_then_delivered_marks_the_step_and_closes_the_case_to_the_provider(house):
    case, by, provider = (
        open_case(house, "NORTH"),
        house.actor("case_worker", "NORTH"),
        house.actor("service_provider", "SOUTH"),
    )
    step = actions.add_step(
        by=by, goal=plan(case).goals.get(), service="psychological", due=in_days(20), agency=house.agencies["SOUTH"]
    )
    referral = offer(house, case, step=step)
    assert "await_referral" in tasks(case)
    referring.accept_referral(by=provider, referral=referral)
    assert "await_referral" not in tasks(case)
    assert may(provider, Permission.CASE_READ, case)
    referring.report_delivery(by=provider, referral=referral, outcome="ongoing")
    assert (referral.status, may(provider, Permission.CASE_READ, case)) == ("accepted", True)
    referring.report_delivery(by=provider, referral=referral, outcome="delivered", note="Ten meetings took place.")
    step.refresh_from_db()
    assert (referral.status, step.outcome, step.done_at is not None) == ("delivered", "delivered", True)
    assert not may(provider, Permission.CASE_READ, case)
    assert not may(provider, Permission.REVEAL_IDENTITY, case)
    assert told(by) == ["referral_ended", "referral_goes_on", "referral_accepted", "plan_approved"]
    assert "Ten meetings" not in str([*Referral.objects.values(), *Event.objects.values()])


def test_declined_tells_the_reason_and_closes_the_case_at_once(house):
    case, by, provider = (
        open_case(house, "NORTH"),
        house.actor("case_worker", "NORTH"),
        house.actor("service_provider", "SOUTH"),
    )
    referral = offer(house, case)
    referring.decline_referral(by=provider, referral=referral, reason="no_place")
    assert not may(provider, Permission.CASE_READ, case)
    assert (referral.status, referral.decline_reason) == ("declined", "no_place")
    assert "referral_declined" in told(by)
    assert next((m.code, m.term) for m in case_queries.timeline(as_read(house, case))) == (
        "referral_declined",
        "no_place",
    )


def test_withdrawn_closes_the_case_at_once_and_the_provider_is_told(house):
    case, provider = open_case(house, "NORTH"), house.actor("service_provider", "SOUTH")
    referral = offer(house, case)
    referring.withdraw_referral(by=house.actor("supervisor", "NORTH"), referral=referral)
    assert not may(provider, Permission.CASE_READ, case)
    assert "referral_withdrawn" in told(provider)


def test_ending_one_referral_leaves_what_another_opened(house):
    case, provider = open_case(house, "NORTH"), house.actor("service_provider", "SOUTH")
    one = offer(house, case, compartments=[Compartment.IDENTITY])
    offer(house, case, service="legal", compartments=[Compartment.NARRATIVE])
    referring.decline_referral(by=provider, referral=one, reason="no_staff")
    assert may(provider, Permission.REVEAL_NARRATIVE, case)
    assert not may(provider, Permission.REVEAL_IDENTITY, case)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("delivered_in_part", "delivered"), ("unavailable", "not_delivered"), ("child_declined", "not_delivered")],
)
def test_what_was_not_delivered_is_not_counted_as_delivered(house, outcome, status):
    referral = offer(house, open_case(house, "NORTH"))
    provider = house.actor("service_provider", "SOUTH")
    referring.accept_referral(by=provider, referral=referral)
    referring.report_delivery(by=provider, referral=referral, outcome=outcome)
    assert Referral.objects.get().status == status


def test_whoever_is_not_asked_cannot_answer_and_nothing_moves(house):
    referral = offer(house, open_case(house, "NORTH"))
    for role, agency in (
        ("service_provider", "NORTH"),
        ("case_worker", "NORTH"),
        ("case_worker", "SOUTH"),
        ("police", "SOUTH"),
    ):
        by = house.actor(role, agency)
        for act in (
            lambda by=by: referring.accept_referral(by=by, referral=referral),
            lambda by=by: referring.decline_referral(by=by, referral=referral, reason="no_place"),
            lambda by=by: referring.report_delivery(by=by, referral=referral, outcome="delivered"),
        ):
            with pytest.raises(Refused):
                act()
    with pytest.raises(Refused):
        referring.withdraw_referral(by=house.actor("service_provider", "SOUTH"), referral=referral)
    referral.refresh_from_db()
    assert referral.status == "offered"
    assert Share.objects.filter(living(clock.now())).count() == 1


def test_only_an_agency_where_somebody_provides_services_today_is_asked(house):
    case = open_case(house, "NORTH")
    house.agencies["EMPTY"] = found_agency(
        by=OPERATOR, code="EMPTY", name="Empty office", kind="ngo", place=house.places["SOUTH"]
    )
    with pytest.raises(Invalid, match="Nobody in this agency provides services today"):
        offer(house, case, "EMPTY")
    assert [agency.code for agency in queries.providers(case)] == ["SOUTH"]
    for post in holders(Role.SERVICE_PROVIDER, agency=house.agencies["SOUTH"].id):
        end_post(by=OPERATOR, post=post)
    with clock.stopped(clock.now() + timedelta(days=1)):
        with pytest.raises(Invalid):
            offer(house, case)
        assert queries.providers(case) == []


def test_a_service_is_asked_of_an_agency_once_at_a_time(house):
    case = open_case(house, "NORTH")
    first = offer(house, case)
    with pytest.raises(Conflict, match="already"):
        offer(house, case)
    referring.decline_referral(by=house.actor("service_provider", "SOUTH"), referral=first, reason="no_place")
    assert offer(house, case).reference != first.reference


def test_two_answers_at_once_the_second_is_told(house):
    referral = offer(house, open_case(house, "NORTH"))
    provider = house.actor("service_provider", "SOUTH")
    also = Referral.objects.select_related("case").get(id=referral.id)
    referring.accept_referral(by=provider, referral=referral)
    with pytest.raises(Conflict, match="meanwhile"):
        referring.decline_referral(by=provider, referral=also, reason="no_place")
    assert (Referral.objects.get().status, Share.objects.filter(living(clock.now())).count()) == ("accepted", 1)


def test_an_ended_referral_does_not_move(house):
    referral = offer(house, open_case(house, "NORTH"))
    provider = house.actor("service_provider", "SOUTH")
    referring.decline_referral(by=provider, referral=referral, reason="no_place")
    for act in (
        lambda: referring.accept_referral(by=provider, referral=referral),
        lambda: referring.report_delivery(by=provider, referral=referral, outcome="delivered"),
        lambda: referring.withdraw_referral(by=house.actor("case_worker", "NORTH"), referral=referral),
    ):
        with pytest.raises(Conflict):
            act()


@pytest.mark.parametrize(
    "wrong", [{"service": "nonsense"}, {"until": -1}, {"until": 400}, {"limits": ["nonsense"]}, {"agency": "NORTH"}]
)
def test_bad_input_is_refused(house, wrong):
    case = open_case(house, "NORTH")
    if "until" in wrong:
        wrong = {"until": in_days(wrong["until"])}
    agency = wrong.get("agency", "SOUTH")
    with pytest.raises(Invalid):
        offer(house, case, agency, **{name: value for name, value in wrong.items() if name != "agency"})
    assert Referral.objects.count() == 0


def test_nobody_refers_from_a_case_that_is_not_theirs_or_is_closed(house):
    case = open_case(house, "NORTH")
    for role, agency in (("case_worker", "SOUTH"), ("service_provider", "SOUTH"), ("intake_officer", "NORTH")):
        with pytest.raises(Refused):
            offer(house, case, by=house.actor(role, agency))
    cases.close(by=IMPORTER, case=case, reason="duplicate")
    with pytest.raises(Conflict):
        offer(house, case)


def test_what_nobody_answers_in_three_days_is_told_to_both_sides_once(house):
    case, by, provider = (
        open_case(house, "NORTH"),
        house.actor("case_worker", "NORTH"),
        house.actor("service_provider", "SOUTH"),
    )
    offer(house, case)
    answered = offer(house, case, service="legal")
    referring.accept_referral(by=provider, referral=answered)
    with pytest.raises(Refused):
        referring.remind_of_unanswered(by=by)
    assert referring.remind_of_unanswered(by=WORKER) == 0
    with clock.stopped(clock.now() + timedelta(hours=73)):
        assert referring.remind_of_unanswered(by=WORKER) == 1
        assert referring.remind_of_unanswered(by=WORKER) == 0
        assert told(by).count("referral_unanswered") == told(provider).count("referral_unanswered") == 1
        assert "await_referral" in [task.code for task in case_queries.my_day(by=by).overdue]


def test_the_inbox_has_two_sides_and_only_ones_own(house):
    north, south = open_case(house, "NORTH"), open_case(house, "SOUTH")
    out, back = offer(house, north), offer(house, south, "NORTH", by=house.actor("case_worker", "SOUTH"))

    def inbox(role, agency, **asked):
        return [row.reference for row in queries.referrals(by=house.actor(role, agency), **asked).rows]

    assert inbox("service_provider", "SOUTH", asked_of_me=True) == [out.reference]
    assert inbox("service_provider", "SOUTH", asked_of_me=False) == []
    assert inbox("case_worker", "NORTH", asked_of_me=False) == [out.reference]
    assert inbox("case_worker", "NORTH", asked_of_me=True) == []
    assert inbox("service_provider", "NORTH", asked_of_me=True) == [back.reference]
    referring.decline_referral(by=house.actor("service_provider", "SOUTH"), referral=out, reason="no_place")
    assert inbox("service_provider", "SOUTH", asked_of_me=True) == []
    assert inbox("service_provider", "SOUTH", asked_of_me=True, ended=True) == [out.reference]
    with pytest.raises(Refused):
        queries.referrals(by=house.actor("police", "SOUTH"), asked_of_me=True)


@pytest.mark.parametrize("ended", [False, True])
def test_the_inbox_pages_by_key_without_losing_or_repeating_any(house, ended):
    by, provider = house.actor("case_worker", "NORTH"), house.actor("service_provider", "SOUTH")
    made = []
    with clock.stopped(clock.now()):  # all at one moment: the identifier breaks the tie
        for _ in range(23):
            made.append(offer(house, open_case(house, "NORTH"), by=by))
            if ended:
                referring.decline_referral(by=provider, referral=made[-1], reason="no_place")
        first = queries.referrals(by=provider, asked_of_me=True, ended=ended)
        second = queries.referrals(by=provider, asked_of_me=True, ended=ended, after=first.after)
    assert (len(first.rows), len(second.rows), second.after) == (20, 3, None)
    assert {row.id for row in first.rows + second.rows} == {each.id for each in made}
    assert (first.for_me, first.for_others) == ((0, 0) if ended else (23, 0))


def test_a_wall_hides_the_referral_too(house):
    case = open_case(house, "NORTH")
    referral = offer(house, case)
    provider = house.actor("service_provider", "SOUTH")
    cases.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="person", against=provider.id, reason="threat"
    )
    assert queries.referrals(by=provider, asked_of_me=True).rows == []
    with pytest.raises(Refused) as refused:
        queries.referral(by=provider, id=referral.id)
    assert not refused.value.visible
    with pytest.raises(NotFound):
        queries.referral(by=provider, id=new_id())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_referral_and_the_whole_table_are_decided_alike(house, data):
    """Random posts, walls, glass and ends: `decide` on each referral equals membership in `permitted`'s rows."""
    draw = data.draw
    made = []
    for _ in range(3):
        home, other = draw(st.sampled_from([("NORTH", "SOUTH"), ("SOUTH", "NORTH")]))
        case = open_case(house, home, worker=draw(st.booleans()))
        made.append(offer(house, case, other, by=house.actor("supervisor", home)))
        if draw(st.booleans()):
            referring.withdraw_referral(by=IMPORTER, referral=made[-1])
    posts = tuple(
        Post(
            draw(st.sampled_from(Role.values)),
            house.agencies[code].id,
            draw(st.sampled_from([None, house.teams[code].id])),
        )
        for code in draw(st.lists(st.sampled_from(["NORTH", "SOUTH"]), min_size=1, max_size=2))
    )
    by = Actor("person", draw(st.sampled_from(list(house.people.values()))).id, posts, second_factor_at=clock.now())
    for referral in made:
        if draw(st.booleans()) and may(by, Permission.CASE_GLASS, referral.case):
            cases.break_glass(by=by, case=referral.case, reason="danger_to_life", note="A call came in.")
        if draw(st.booleans()):
            from amparo.access.models import Wall

            record = draw(st.sampled_from([referral.case_id, referral.case.child_id]))
            Wall.objects.create(
                against=draw(st.sampled_from([by.id, posts[0].agency])), record=record, against_kind="person",
                reason="threat", raised_at=clock.now(), raised_by=new_id(),
            )  # fmt: skip
    for permission in ON_REFERRALS:
        rows = set(Referral.objects.filter(permitted(by=by, permission=permission)).values_list("id", flat=True))
        alone = {each.id for each in made if may(by, permission, each)}
        assert rows & {each.id for each in made} == alone, permission


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(st.sampled_from(["accept", "decline", "ongoing", "delivered", "unavailable", "withdraw"]), max_size=5)
)
def test_the_share_lives_exactly_as_long_as_the_referral(house, walk):
    case, provider = open_case(house, "NORTH"), house.actor("service_provider", "SOUTH")
    referral = offer(house, case, heard=Heard("too_young"))
    for step in walk:
        try:
            if step == "accept":
                referring.accept_referral(by=provider, referral=referral)
            elif step == "decline":
                referring.decline_referral(by=provider, referral=referral, reason="too_far")
            elif step == "withdraw":
                referring.withdraw_referral(by=house.actor("case_worker", "NORTH"), referral=referral)
            else:
                referring.report_delivery(by=provider, referral=referral, outcome=step)
        except Conflict:
            pass
    assert may(provider, Permission.CASE_READ, case) == (referral.status in {"offered", "accepted"})
    assert ("await_referral" in tasks(case)) == (referral.status == "offered")


def test_a_case_does_not_close_over_an_open_referral(house):
    case = open_case(house, "NORTH")
    referral = offer(house, case)
    with pytest.raises(Conflict, match="referral"):
        cases.close(by=house.actor("case_worker", "NORTH"), case=case, reason="duplicate")
    referring.withdraw_referral(by=house.actor("case_worker", "NORTH"), referral=referral)
    assert cases.close(by=house.actor("case_worker", "NORTH"), case=case, reason="duplicate").status == "closed"
