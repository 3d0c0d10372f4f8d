"""A case is shared part by part, each for its own time, on a yes and within its limits (C4); Primero's scenarios 8, 9."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.access.decisions import decide, permitted
from amparo.access.permissions import Permission
from amparo.audit.models import Event
from amparo.cases import actions, queries
from amparo.cases.models import Scope, Share, living
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.ids import new_id
from amparo.common.types import OPERATOR
from amparo.organisation.actions import found_agency
from amparo.vault.compartments import Compartment
from tests.cases.build import open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")
OPENS = {Compartment.IDENTITY: Permission.REVEAL_IDENTITY, Compartment.HEALTH: Permission.REVEAL_HEALTH}


def opened(by, case) -> set[str]:
    return {part for part, permission in OPENS.items() if decide(by=by, permission=permission, record=case).allowed}


def listed(by) -> set[str]:
    return {row.reference for row in queries.cases(by=by).rows}


def test_each_share_opens_its_own_part_for_its_own_time(house):
    """An identity share until January and a health share until March: in February only health."""
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", Compartment.IDENTITY, days=31)
    share(house, case, "SOUTH", Compartment.HEALTH, days=90)
    provider = house.actor("service_provider", "SOUTH")
    assert opened(provider, case) == {Compartment.IDENTITY, Compartment.HEALTH}
    with clock.stopped(clock.now() + timedelta(days=45)):
        assert opened(provider, case) == {Compartment.HEALTH}
        assert listed(provider) == {case.reference}
    with clock.stopped(clock.now() + timedelta(days=91)):
        assert opened(provider, case) == set()
        assert listed(provider) == set()


def test_a_later_shorter_share_does_not_shorten_an_earlier_one(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH", Compartment.IDENTITY, days=60)
    share(house, case, "SOUTH", Compartment.HEALTH, days=2)
    with clock.stopped(clock.now() + timedelta(days=30)):
        assert opened(house.actor("service_provider", "SOUTH"), case) == {Compartment.IDENTITY}


def test_ending_one_share_ends_its_part_at_once_and_no_other(house):
    case = open_case(house, "NORTH")
    identity = share(house, case, "SOUTH", Compartment.IDENTITY)
    health = share(house, case, "SOUTH", Compartment.HEALTH)
    by, provider = house.actor("case_worker", "NORTH"), house.actor("service_provider", "SOUTH")
    actions.revoke(by=by, share=identity)
    assert opened(provider, case) == {Compartment.HEALTH}
    assert listed(provider) == {case.reference}
    actions.revoke(by=by, share=health)
    assert opened(provider, case) == set()
    assert listed(provider) == set()


def test_a_share_ends_once(house):
    case = open_case(house, "NORTH")
    by, shared = house.actor("case_worker", "NORTH"), share(house, case, "SOUTH")
    actions.revoke(by=by, share=shared)
    ended = Event.objects.filter(verb="case:share_revoked").count()
    with pytest.raises(Conflict):
        actions.revoke(by=by, share=shared)
    assert Event.objects.filter(verb="case:share_revoked").count() == ended == 1


def test_only_who_works_on_the_case_ends_a_share(house):
    case = open_case(house, "NORTH")
    shared = share(house, case, "SOUTH")
    for role, agency in (("service_provider", "SOUTH"), ("case_worker", "SOUTH"), ("police", "NORTH")):
        with pytest.raises(Refused):
            actions.revoke(by=house.actor(role, agency), share=shared)
    assert Share.objects.filter(living(clock.now())).count() == 1


def test_sharing_again_after_an_end_opens_only_what_is_shared_now(house):
    case = open_case(house, "NORTH")
    actions.revoke(by=house.actor("supervisor", "NORTH"), share=share(house, case, "SOUTH", Compartment.IDENTITY))
    share(house, case, "SOUTH", Compartment.HEALTH)
    assert opened(house.actor("service_provider", "SOUTH"), case) == {Compartment.HEALTH}
    assert Scope.objects.filter(case=case, kind="share").count() == 1


def test_the_limits_of_the_consent_are_kept_with_the_share(house):
    case = open_case(house, "NORTH")
    shared = share(house, case, "SOUTH", limits=["not_to_family", "this_service_only"])
    assert Share.objects.get(id=shared.id).limit_codes == ["not_to_family", "this_service_only"]
    with pytest.raises(Invalid):
        share(house, case, "SOUTH", limits=["nonsense"])


@pytest.mark.parametrize(
    ("limit", "part"), [("no_names", Compartment.IDENTITY), ("no_health_facts", Compartment.HEALTH)]
)
def test_a_limit_keeps_its_part_closed(house, limit, part):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="keeps one of these parts closed"):
        share(house, case, "SOUTH", part, limits=[limit])
    assert Share.objects.count() == 0


def test_a_consent_that_does_not_reach_to_the_police_is_not_stretched(house):
    case = open_case(house, "NORTH")
    house.agencies["POL"] = found_agency(
        by=OPERATOR, code="POL", name="Police", kind="police", place=house.places["SOUTH"]
    )
    with pytest.raises(Invalid, match="does not reach"):
        share(house, case, "POL", limits=["not_to_police"])


def test_a_case_is_not_shared_through_a_wall(house):
    case = open_case(house, "NORTH")
    actions.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=case, against_kind="agency",
        against=house.agencies["SOUTH"].id, reason="threat",
    )  # fmt: skip
    with pytest.raises(Invalid, match="wall"):
        share(house, case, "SOUTH")


@pytest.mark.parametrize("consent", ["not_asked", "unknown"])
def test_what_nobody_asked_is_no_consent(house, consent):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="Ask first"):
        share(house, case, "SOUTH", consent=consent)
    assert share(house, case, "SOUTH", consent="not_required_by_law").consent == "not_required_by_law"


def test_no_limits_stands_alone(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="no limits, or these"):
        share(house, case, "SOUTH", limits=["none", "not_abroad"])


@pytest.mark.parametrize("days", [0, -1])
def test_a_share_ends_on_a_day_to_come(house, days):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        share(house, case, "SOUTH", days=days)


def test_nobody_shares_a_case_with_its_own_agency(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid):
        share(house, case, "NORTH")


def test_what_a_record_asked_for_ends_with_it_and_nothing_else(house):
    from amparo.cases.sharing import end_asked_by

    case, asker = open_case(house, "NORTH"), new_id()
    actions.share(
        by=house.actor("case_worker", "NORTH"), case=case, agency=house.agencies["SOUTH"],
        compartments=[Compartment.IDENTITY], purpose="referral", consent="given",
        until=clock.now() + timedelta(days=5), asked_by=asker,
    )  # fmt: skip
    share(house, case, "SOUTH", Compartment.HEALTH)
    end_asked_by(asker)
    assert opened(house.actor("service_provider", "SOUTH"), case) == {Compartment.HEALTH}


def test_a_list_narrowed_by_the_assessment_tells_nothing_to_those_it_is_shared_with(house):
    from amparo.cases import ledger

    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    ledger.assessed(case, schooling="attends", housing="relatives")
    only = queries.Filter(schooling="attends", housing="relatives")
    assert [row.case_id for row in queries.cases(by=house.actor("case_worker", "NORTH"), only=only).rows] == [case.id]
    assert queries.cases(by=house.actor("police", "SOUTH"), only=only).rows == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    walk=st.lists(st.tuples(st.sampled_from(["identity", "health", "end"]), st.integers(1, 9)), max_size=7),
    later=st.integers(0, 9),
)
def test_the_scope_lives_exactly_as_long_as_some_share(house, walk, later):
    """Any walk of shares and ends, looked at on any later day."""
    case, began = open_case(house, "NORTH"), clock.now()
    for day, (step, days) in enumerate(walk):
        with clock.stopped(began + timedelta(hours=day + 1)):
            living_ones = Share.objects.filter(living(clock.now()), case=case).order_by("shared_at")
            if step != "end":
                share(house, case, "SOUTH", Compartment(step), days=days)
            elif living_ones:
                actions.revoke(by=house.actor("supervisor", "NORTH"), share=living_ones[0])
    with clock.stopped(began + timedelta(days=later, hours=12)):
        provider = house.actor("service_provider", "SOUTH")
        alive = list(Share.objects.filter(living(clock.now()), case=case))
        assert opened(provider, case) == {part for each in alive for part in each.parts}
        rows = Scope.objects.filter(permitted(by=provider, permission=Permission.CASE_READ), case=case)
        assert rows.exists() == bool(alive)
