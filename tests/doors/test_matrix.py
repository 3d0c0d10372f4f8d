"""Every role at every door, before every kind of record (X1)."""

import csv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import itemgetter
from random import Random

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.access.roles import Role
from amparo.config.routes import ANYONE, ROUTES, SIGNED_IN
from tests.doors import expectations
from tests.doors.expectations import ASKERS, DOORS, ENTRANCE, MATRIX, MAY, ONESELF, OPEN, RELATIONS, ROLES
from tests.doors.forms import body_of, path_of
from tests.doors.world import World, build, client_of

pytestmark = pytest.mark.django_db(databases="__all__")
TABLE = [tuple(row) for row in csv.reader(MATRIX.read_text().splitlines())]
MATRIX_ROWS = [(row[0], row[1], row[2], dict(zip(ASKERS, map(int, row[3:]), strict=True))) for row in TABLE[1:]]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all these tests, and gone with them: each request is undone by itself."""
    with django_db_blocker.unblock(), undone():
        yield build()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is rolled back, in every database."""
    with ExitStack() as stack:
        for alias in settings.DATABASES:
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, True, using=alias)
        yield


def ask(client: Client, world: World, route: str, method: str, relation: str):
    """One request, undone afterwards in every database."""
    more = {"headers": {"host": settings.PUBLIC_HOST}} if route.startswith("public:") else {}
    path = path_of(route, world, relation)
    with undone():
        if method == "GET":
            return client.get(path, **more)
        body = body_of(route, world, relation)
        if method == "POST" and route.startswith("api:"):
            return client.post(path, body, content_type="application/json")
        return client.post(path, body, **more) if method == "POST" else client.generic(method, path, **more)


def test_the_matrix_is_what_the_hand_written_table_says():
    assert list(expectations.rows()) == TABLE


def test_every_route_stands_in_the_matrix():
    assert {row[0] for row in TABLE[1:]} | set(ONESELF) | set(ENTRANCE) == set(ROUTES)
    assert all(ROUTES[route] in {ANYONE, SIGNED_IN} for route in [*ONESELF, *ENTRANCE])
    assert all(ROUTES[route] == ANYONE for route, _method in OPEN)


def test_the_hand_written_table_names_the_roles_and_permissions_that_there_are():
    assert set(Role.values) == set(ROLES)
    assert set(MAY) - set(Permission) == {"referral.withdraw"}  # `care.write` on the referral's case


@pytest.mark.parametrize("asker", ASKERS)
def test_a_door_answers_each_asker_as_the_matrix_says(world, asker):
    """And what may not be known, what is walled and what is not there are the same to the byte, headers and all."""
    wrong = wrong_answers(world, asker, drawn)
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
@pytest.mark.parametrize("asker", ASKERS)
def test_a_door_answers_each_asker_whatever_the_record(world, asker):
    wrong = wrong_answers(world, asker, lambda rows, _asker: rows)
    assert not wrong, "\n".join(wrong)


def drawn(rows: list, asker: str) -> list:
    """Of half the doors all records, of the others one and what is absent; every asker draws other doors."""
    chance = Random(f"{rows[0][:2]} {asker}")
    one = chance.choice(rows)
    return rows if chance.random() < 0.5 else [row for row in rows if row is one or row[2] == "absent"]


def wrong_answers(world, asker, which) -> list[str]:
    client = client_of(world, asker)
    wrong = []
    for (route, method), rows in groupby(MATRIX_ROWS, key=itemgetter(0, 1)):
        hidden = {}
        for *_door, relation, expected in which(list(rows), asker):
            given = ask(client, world, route, method, relation)
            if given.status_code != expected[asker]:
                wrong.append(f"{method} {route} ({relation}): {given.status_code}, not {expected[asker]}")
            if given.status_code == 404:
                hidden[relation] = (given.content, tuple(given.headers.items()))
            if asker in {"nobody", "password_only"}:
                break  # the gatekeeper knows no record
        wrong += [
            f"{method} {route}: {each} is not like absent"
            for each in hidden
            if hidden[each] != hidden.get("absent", hidden[each])
        ]
    return wrong


def test_whoever_is_not_signed_in_with_both_factors_is_sent_to_give_them(world):
    for asker, where in (("nobody", "/sign-in/"), ("password_only", "/second-factor/totp/activate/")):
        client = client_of(world, asker)
        sent = {ask(client, world, route, "GET", "own").headers.get("Location") for route in DOORS}
        assert sent == {where, None}  # the API answers 401 in words


@pytest.mark.parametrize("asker", ["nobody", "supervisor", "administrator"])
def test_no_door_knows_another_method(world, asker):
    client = client_of(world, asker)
    for route in set(DOORS) - {"api:openapi-json"}:  # it describes itself to whatever method
        for method in ("PUT", "PATCH", "DELETE"):
            assert ask(client, world, route, method, "own").status_code in {302, 401, 403, 405}, (route, method)


@pytest.mark.parametrize("route", ONESELF)
def test_ones_own_sign_in_is_for_those_who_are_signed_in(world, route):
    stranger = client_of(world, "nobody")
    path = reverse(
        route,
        "amparo.config.urls_office",
        kwargs={"pk": 1} if "webauthn" in route and route[4:8] in {"remo", "edit"} else {},
    )
    given = stranger.get(path)
    assert (given.status_code, given.headers["Location"]) == (302, "/sign-in/")


@pytest.mark.parametrize("permission", [each for each in MAY if each in POLICY and POLICY[each].kind])
@pytest.mark.parametrize("role", ROLES)
def test_the_policy_decides_of_each_record_as_the_table_says(world, role, permission):
    kind = POLICY[Permission(permission)].kind
    actor = world.house.actor(role, "NORTH", fresh=True)
    decided = {
        relation
        for relation in RELATIONS[kind]
        if (kind, relation) in world.records
        and decide(by=actor, permission=Permission(permission), record=world.records[kind, relation]).allowed
    }
    assert decided == set(MAY[permission].get(role, "").split())


@pytest.mark.parametrize("permission", [each for each in MAY if each in POLICY and not POLICY[each].kind])
@pytest.mark.parametrize("role", ROLES)
def test_the_policy_decides_without_a_record_as_the_table_says(world, role, permission):
    decision = decide(by=world.house.actor(role, "NORTH", fresh=True), permission=Permission(permission))
    assert decision.allowed == (MAY[permission].get(role) == "*")
