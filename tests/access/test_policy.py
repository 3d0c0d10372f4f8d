"""One policy decides for one record and for a whole table alike (X1)."""

import pytest
from django.db.models import Q

from amparo.access import predicates
from amparo.access.decisions import decide, permitted
from amparo.access.permissions import Permission
from amparo.access.policy import NEVER, POLICY
from amparo.access.roles import Role
from amparo.common.types import WORKER, Actor, Post

pytestmark = pytest.mark.django_db(databases="__all__")


def test_every_permission_has_its_rule():
    assert set(POLICY) == set(Permission)


def test_every_fact_that_the_policy_names_is_registered():
    for permission, rule in POLICY.items():
        for line in rule.lines:
            for name in line:
                assert predicates.find(rule.kind, name).name == name, permission
    for kind, names in NEVER.items():
        assert all(predicates.find(kind, name) for name in names)


def test_no_line_lets_the_administrator_near_a_child():
    near = ("report.", "case.", "reveal.", "care.", "justice.", "child.", "export.", "wall.", "erasure.")
    for permission, rule in POLICY.items():
        if permission.startswith(near):
            assert not any("administrator" in line for line in rule.lines), permission


def test_the_police_never_open_health_and_care_never_opens_the_investigation():
    assert not any("police" in line for line in POLICY[Permission.REVEAL_HEALTH].lines)
    assert not any(
        "case_worker" in line or "supervisor" in line for line in POLICY[Permission.REVEAL_INVESTIGATION].lines
    )


def test_broken_glass_opens_neither_placement_nor_a_pen():
    for permission in (
        Permission.REVEAL_PLACEMENT,
        Permission.CASE_WRITE,
        Permission.CARE_WRITE,
        Permission.CASE_CLOSE,
    ):
        assert not any("behind_broken_glass" in line for line in POLICY[permission].lines)


def test_somebody_without_a_post_may_nothing():
    nobody = Actor("person", WORKER.id)
    for permission in Permission:
        if POLICY[permission].kind == "":
            assert not decide(by=nobody, permission=permission).allowed
    assert permitted(by=nobody, permission=Permission.CASE_READ) == Q(pk__in=[])


def test_a_refusal_says_in_words_what_is_missing(house):
    decision = decide(by=house.actor("police", "NORTH"), permission=Permission.ORGANISATION_WRITE)
    assert decision.reason == "This is not possible: your role does not include it."


def test_a_second_factor_given_six_minutes_ago_is_no_longer_fresh(house):
    stale, fresh = house.actor("supervisor", "NORTH"), house.actor("supervisor", "NORTH", fresh=True)
    assert not decide(by=stale, permission=Permission.EXPORT_REQUEST).allowed
    assert decide(by=fresh, permission=Permission.EXPORT_REQUEST).allowed


def test_the_rights_of_two_posts_never_add_up(house):
    """A supervisor in the north who is a statistician in the south supervises nothing in the south."""
    north, south = house.agencies["NORTH"], house.agencies["SOUTH"]
    both = Actor(
        "person", house.people["supervisor", "NORTH"].id,
        (Post(Role.SUPERVISOR, north.id, house.teams["NORTH"].id), Post(Role.STATISTICIAN, south.id, house.teams["SOUTH"].id)),
    )  # fmt: skip
    from tests.cases.build import open_case

    theirs = open_case(house, "SOUTH")
    assert not decide(by=both, permission=Permission.CASE_READ, record=theirs).allowed
