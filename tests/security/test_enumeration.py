"""What an answer costs tells nothing: measured in derivations and statements, which unlike seconds are the same twice."""

from contextlib import ExitStack, suppress
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.cases import actions
from amparo.intake.postbox import door, locks, receipts
from tests.cases.build import open_case
from tests.doors.world import client_of
from tests.intake.postbox.conftest import LETTER, postbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(databases="__all__")


def counted(ask, *databases: str) -> dict[str, int]:
    """How many statements of which kind `ask` costs."""
    with ExitStack() as stack:
        seen = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in databases]
        ask()
        stack.pop_all().close()
    kinds = [query["sql"].split(" ", 1)[0] for each in seen for query in each.captured_queries]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def test_a_wrong_secret_and_an_absent_locator_cost_the_same_at_the_door(postbox, monkeypatch):  # noqa: F811
    receipt = door.tell(LETTER, form=str(uuid4()))
    derived = []
    derive = locks._derive
    monkeypatch.setattr(locks, "_derive", lambda secret, salt: derived.append(1) or derive(secret, salt))

    def come(code: str) -> dict[str, int]:
        def ask() -> None:
            with suppress(door.WrongCode):
                door.come_back(code)

        return counted(ask, "door")

    other = receipts.Receipt(receipt.locator, str((int(receipt.secret) + 1) % 10**13).zfill(13)).text
    absent = receipts.Receipt(str((int(receipt.locator) + 1) % 10**6).zfill(6), receipt.secret).text
    come(other), come(absent)  # each locator's first try is counted in a row of its own
    wrong, nowhere = come(other), come(absent)
    assert wrong == nowhere
    assert len(derived) == 4


def test_a_known_and_an_unknown_name_cost_the_same_derivations(house, monkeypatch, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # other tests take a cheap one
    person = house.people["police", "NORTH"]
    person.set_password("four quiet words here")
    person.save()
    derived = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *told: derived.append(1) or encode(*told))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *told: derived.append(1) or verify(*told))
    costs = []
    for name in (person.username, "nobody.at.all"):
        derived.clear()
        client = Client(headers={"host": settings.OFFICE_HOST})
        client.post("/sign-in/", {"login": name, "password": "wrong, wrong, wrong"})
        costs.append(len(derived))
    assert costs[0] == costs[1] > 0


@pytest.mark.parametrize("path", ["/cases/{}/", "/cases/{}/care/", "/api/v1/cases/{}", "/api/v1/cases/{}/care"])
def test_a_case_that_one_may_not_know_costs_at_most_its_refusal_more_than_none(house, path):
    """The body is the same to the byte; a refused look leaves its row, which an absent record cannot."""
    theirs, walled = open_case(house, "SOUTH"), open_case(house, "NORTH")
    against = house.people["case_worker", "NORTH"].id
    told = {"against_kind": "person", "against": against, "reason": "threat"}
    actions.raise_wall(by=house.actor("supervisor", "NORTH"), case=walled, **told)
    client = client_of(SimpleNamespace(house=house), "case_worker")
    answers = [client.get(path.format(each)) for each in (theirs.id, walled.id, uuid4())]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, tuple(answer.headers.items())) for answer in answers}) == 1


def test_an_unknown_reference_and_a_walled_one_break_no_glass_alike(house):
    walled = open_case(house, "SOUTH")
    told = {"against_kind": "agency", "against": house.agencies["NORTH"].id, "reason": "threat"}
    actions.raise_wall(by=house.actor("supervisor", "SOUTH"), case=walled, **told)
    client = client_of(SimpleNamespace(house=house), "case_worker")
    given = {"reason": "danger_to_life", "note": "A neutral sentence."}
    answers = [
        client.post("/api/v1/glass", given | {"reference": reference}, content_type="application/json")
        for reference in (walled.reference, "C-0000-0000")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content
