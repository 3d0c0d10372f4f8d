"""A system of an agency: who makes it, who answers for it, what its key opens, and when it opens nothing (X1, T12)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.access.decisions import decide, permitted
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.access.policy import MACHINES, POLICY
from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.cases import queries as cases
from amparo.cases.models import Scope
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.ids import new_id
from amparo.common.types import Actor, Post
from amparo.organisation import actions as organisation
from amparo.organisation.machines import actions, keys, queries
from amparo.organisation.machines.entering import NotLetIn, enter
from amparo.organisation.machines.models import MachineKey
from amparo.organisation.models import Membership, Notice
from tests.cases.build import open_case
from tests.organisation.machines.build import machine

pytestmark = pytest.mark.django_db(databases="__all__")


def refused(token: str) -> tuple[int, str]:
    """The status of the answer, and why, as the record has it."""
    with pytest.raises(NotLetIn) as caught:
        enter(token)
    last = Event.objects.order_by("-seq").first()
    return caught.value.status, last.detail.get("why", "") if last.verb == "machine:refused" else ""


def test_a_key_opens_in_one_role_of_one_agency_and_nothing_beyond_what_was_ticked(house):
    made, token = machine(house)
    actor = enter(token)
    assert (actor.kind, actor.id, actor.owner) == ("machine", made.id, house.people["supervisor", "NORTH"].id)
    assert actor.posts == (Post("service_provider", house.agencies["NORTH"].id, house.teams["NORTH"].id),)
    assert actor.only == {"referral.list", "day.read", "organisation.read"}
    assert decide(by=actor, permission=Permission.REFERRAL_LIST).allowed
    assert not decide(by=actor, permission=Permission.CASE_LIST).allowed


def test_only_a_keyed_hash_of_the_key_is_kept_and_the_record_names_the_system(house):
    made, token = machine(house)
    key = MachineKey.objects.get()
    assert key.digest == keys.digest(token) != token
    kept = [*MachineKey.objects.values(), *Event.objects.values(), *Notice.objects.values()]
    assert token.rpartition("_")[2] not in str(kept)
    told = Event.objects.get(verb="machine:made")
    assert (told.record, told.detail["allowed"]) == (made.id, "referral.list")
    notice = Notice.objects.get(code="machine_made")
    assert (notice.person_id, notice.reference) == (made.owner_id, made.reference)


@pytest.mark.parametrize("role", [each for each in Role.values if each != "administrator"])
def test_nobody_but_an_administrator_makes_a_system(house, role):
    with pytest.raises(Refused):
        actions.make(
            by=house.actor(role, "NORTH", fresh=True), agency=house.agencies["NORTH"], name="Demo", role="police",
            owner=house.people["supervisor", "NORTH"], allowed=["case.list"], days=30, ceiling=5,
        )  # fmt: skip


def test_an_administrator_who_did_not_just_give_the_second_factor_makes_none_and_yet_shuts_one_out(house):
    made, token = machine(house)
    stale = house.actor("administrator", "NORTH")
    with pytest.raises(Refused, match="second factor"):
        actions.renew(by=stale, machine=made, days=30)
    actions.revoke(by=stale, machine=made)
    assert refused(token) == (401, "revoked")
    with pytest.raises(Conflict):
        actions.revoke(by=stale, machine=made)
    with pytest.raises(Conflict):
        actions.renew(by=house.actor("administrator", "NORTH", fresh=True), machine=made, days=30)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"owner": ("supervisor", "SOUTH")}, "owner"),
        ({"allowed": ["case.write"]}, "allowed"),
        ({"allowed": ["reveal.identity"]}, "allowed"),
        ({"allowed": ["report.list"]}, "allowed"),  # not a service provider's
        ({"allowed": []}, "allowed"),
        ({"days": 366}, "days"),
        ({"days": 0}, "days"),
        ({"ceiling": 0}, "ceiling"),
    ],
)
def test_a_system_that_should_not_be_is_not_made(house, wrong, field):
    given = {"owner": ("supervisor", "NORTH"), "allowed": ["referral.list"], "days": 30, "ceiling": 5} | wrong
    given["owner"] = house.people[given["owner"]]
    with pytest.raises(Invalid) as caught:
        actions.make(
            by=house.actor("administrator", "NORTH", fresh=True), agency=house.agencies["NORTH"], name="Demo",
            role=Role.SERVICE_PROVIDER, **given,
        )  # fmt: skip
    assert set(caught.value.fields) == {field}
    assert not MachineKey.objects.exists()


def test_a_key_ends_on_its_day(house, monkeypatch):
    _made, token = machine(house, days=30)
    later = clock.now() + timedelta(days=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert refused(token) == (401, "ended")


def test_a_new_key_leaves_the_old_one_a_day(house, monkeypatch):
    made, old = machine(house)
    new = actions.renew(by=house.actor("administrator", "NORTH", fresh=True), machine=made, days=90)
    assert enter(old).id == enter(new).id == made.id
    assert enter(old).session != enter(new).session  # the record tells them apart
    later = clock.now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert refused(old) == (401, "ended")
    assert enter(new).id == made.id


def test_a_system_stands_still_when_nobody_answers_for_it_or_its_agency_is_closed(house):
    made, token = machine(house)
    locked = organisation.lock(by=house.actor("administrator", "NORTH"), person=made.owner)
    assert refused(token) == (401, "owner")
    organisation.unlock(by=house.actor("administrator", "NORTH"), person=locked)
    assert enter(token).id == made.id
    Membership.objects.filter(person=made.owner).update(
        to_date=clock.today() - timedelta(days=1), from_date="2020-01-01"
    )
    assert refused(token) == (401, "owner")


@pytest.mark.parametrize("wrong", ["", "amparo", "amparo_0000_x", "amparo_00000000000{}_" + "a" * 43, "\0", "é" * 64])
def test_what_is_no_key_opens_nothing_and_writes_nothing(house, wrong):
    machine(house)
    before = Event.objects.count()
    assert refused(wrong) == (401, "")
    assert Event.objects.count() == before


def test_a_key_with_another_secret_is_refused_and_recorded_under_its_system(house):
    made, token = machine(house)
    assert refused(token[:-1] + ("A" if token[-1] != "A" else "B")) == (401, "secret")
    event = Event.objects.order_by("-seq").first()
    assert (event.actor_kind, event.actor, event.outcome) == ("machine", made.id, "refused")


def test_a_system_asks_as_often_a_day_as_it_may_and_tomorrow_again(house, monkeypatch):
    _made, token = machine(house, ceiling=2)
    assert [enter(token).kind, enter(token).kind] == ["machine", "machine"]
    assert refused(token) == (429, "ceiling")
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert enter(token).kind == "machine"


def test_a_system_reads_its_teams_cases_in_codes_and_never_a_name(house):
    case = open_case(house, "NORTH")
    other = open_case(house, "SOUTH")
    _made, token = machine(house, role=Role.SUPERVISOR, allowed=["case.list", "case.read"])
    actor = enter(token)
    assert {row.case_id for row in Scope.objects.filter(permitted(by=actor, permission=Permission.CASE_READ))} == {
        case.id
    }
    assert not decide(by=actor, permission=Permission.CASE_READ, record=other).allowed
    assert not decide(by=actor, permission=Permission.CASE_WRITE, record=case).allowed
    assert not decide(by=actor, permission=Permission.REVEAL_IDENTITY, record=case).allowed
    with pytest.raises(Refused):
        cases.find_by_name(by=actor, written="Demo")


def test_a_wall_before_the_owner_stands_before_the_system_too(house):
    case = open_case(house, "NORTH")
    made, token = machine(house, role=Role.SUPERVISOR, allowed=["case.list", "case.read"])
    Wall.objects.create(
        record=case.id, against=made.owner_id, reason="conflict", raised_at=clock.now(), raised_by=new_id()
    )
    actor = enter(token)
    assert not decide(by=actor, permission=Permission.CASE_READ, record=case).allowed
    assert not Scope.objects.filter(permitted(by=actor, permission=Permission.CASE_READ)).exists()
    assert cases.cases(by=actor).rows == []
    with pytest.raises(Refused):
        cases.case(by=actor, id=case.id)


def test_nothing_that_a_machine_may_do_opens_the_vault_or_needs_two_people():
    closed = ("reveal.", "wall.", "erasure.", "export.", "glass.", "child.", "contact.", "pair.", "audit.", "machine.")
    assert not any(each.startswith(closed) or each.endswith((".check", ".review", ".approve")) for each in MACHINES)
    assert queries.may_be_given("administrator") == queries.may_be_given("auditor") == frozenset()


@given(only=st.frozensets(st.sampled_from(list(Permission))), role=st.sampled_from(Role.values))
def test_whatever_a_system_was_given_it_does_no_more_than_machines_and_its_role_do(only, role):
    post = Post(role, new_id(), new_id())
    system, person = Actor("machine", new_id(), (post,), only=only), Actor("person", new_id(), (post,))
    for permission in Permission:
        if POLICY[permission].kind == "" and decide(by=system, permission=permission).allowed:
            assert permission in only & MACHINES
            assert decide(by=person, permission=permission).allowed
