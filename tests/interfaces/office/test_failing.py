"""When something fails nothing is shown, nothing is said of it, and no look goes unrecorded (X1)."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from amparo.audit import chain
from amparo.audit.models import Event
from amparo.config.logs import Placed
from amparo.vault import cipher
from tests.cases.build import NAME, open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def fail(*_args, **_more):
    raise DatabaseError(f"UNIQUE constraint failed: {NAME}")


@pytest.fixture
def client(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("get", "/cases/", {}),
        ("get", "/cases/{id}/", {}),
        ("post", "/cases/find/", {"written": NAME, "purpose": "care_planning"}),
        ("post", "/cases/{id}/identity/", {"purpose": "care_planning"}),
        ("get", "/api/v1/cases", {}),
        ("get", "/", {}),
    ],
)
def test_a_look_that_cannot_be_recorded_shows_nothing_and_opens_nothing(house, client, monkeypatch, method, path, sent):
    case = open_case(house, "NORTH")
    path = path.format(id=case.id)
    assert case.reference in getattr(client, method)(path, sent).text or "identity" in path
    monkeypatch.setattr(chain, "append", fail)
    monkeypatch.setattr(cipher, "unseal", lambda *_: pytest.fail("opened although nothing was recorded"))
    answer = getattr(client, method)(path, sent)
    assert answer.status_code == 500
    assert case.reference not in answer.text
    assert "Something went wrong here" in answer.text
    assert NAME not in answer.text
    assert answer.headers["Content-Type"].startswith("application/json" if "/api/" in path else "text/html")


def test_the_log_of_an_error_has_its_kind_and_place_and_not_its_words():
    try:
        fail()
    except DatabaseError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Internal Server Error", None, sys.exc_info()
        )
    line = Placed("%(levelname)s %(message)s").format(record)
    assert "DatabaseError" in line
    assert "fail:" in line
    assert NAME not in line


def test_the_settings_write_the_log_so():
    assert settings.LOGGING["formatters"]["plain"]["class"] == "amparo.config.logs.Placed"


def test_a_request_for_another_host_or_with_too_much_gets_a_plain_page(client):
    assert "We cannot read what was sent" in Client(headers={"host": "elsewhere.example"}).get("/").text
    answer = client.post("/cases/find/", {"written": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert (answer.status_code, "We cannot read what was sent" in answer.text) == (400, True)


def test_a_route_that_is_refused_leaves_its_row(house, sign_in):
    client = sign_in("administrator", "NORTH")
    assert client.get("/cases/").status_code == 403
    row = Event.objects.latest("seq")
    assert (row.verb, row.outcome, row.actor) == (
        "refused:office:cases", "refused", house.people["administrator", "NORTH"].id,
    )  # fmt: skip
