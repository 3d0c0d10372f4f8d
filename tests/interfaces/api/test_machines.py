"""A system of an agency asks the API with its key: no cookie, no session, no form token (T12)."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from amparo.access.roles import Role
from amparo.audit.models import Event
from amparo.organisation.machines.models import MachineKey
from tests.cases.build import open_case
from tests.interfaces.api.asking import API
from tests.organisation.machines.build import machine

pytestmark = pytest.mark.django_db(databases="__all__")


def system(token: str) -> Client:
    return Client(headers={"host": settings.OFFICE_HOST, "authorization": f"Bearer {token}"}, enforce_csrf_checks=True)


@pytest.fixture
def reader(house):
    """A system that reads the cases of NORTH's first team."""
    return machine(house, role=Role.SUPERVISOR, allowed=["case.list", "case.read"])


def test_a_system_says_who_it_is_without_a_cookie(reader):
    made, token = reader
    given = system(token).get(f"{API}/me")
    assert given.json()["id"] == str(made.id)
    assert given.json()["permissions"] == ["case.list", "day.read", "organisation.read"]
    assert given.json()["form_token"] == ""
    assert not given.cookies


def test_what_a_system_reads_stands_in_the_record_under_its_reference(house, reader, sign_in):
    made, token = reader
    case = open_case(house, "NORTH")
    assert system(token).get(f"{API}/cases/{case.id}").json()["reference"] == case.reference
    event = Event.objects.filter(verb="case:read").latest("seq")
    assert (event.actor_kind, event.actor, event.record) == ("machine", made.id, case.id)
    looks = sign_in("supervisor", "NORTH").get(f"/cases/{case.id}/looks/").text
    assert made.reference in looks
    assert made.reference in sign_in("auditor", "NORTH").get("/record/").text


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/cases/{case}/identity", {"purpose": "care"}, 403),
        ("/cases/{case}/close", {"reason": "moved"}, 403),
        ("/cases/find", {"name": "Demo"}, 403),
        ("/cases/{other}/identity", {"purpose": "care"}, 404),
    ],
)
def test_what_it_was_not_given_is_refused_and_recorded(house, reader, path, body, status):
    ids = {"case": open_case(house, "NORTH").id, "other": open_case(house, "SOUTH").id}
    given = system(reader[1]).post(f"{API}{path.format(**ids)}", body, content_type="application/json")
    assert given.status_code == status
    last = Event.objects.latest("seq")
    assert (last.actor_kind, last.outcome) == ("machine", "refused")


def test_another_agencys_case_is_absent_to_it(house, reader):
    assert system(reader[1]).get(f"{API}/cases/{open_case(house, 'SOUTH').id}").status_code == 404


def test_an_intake_system_brings_a_report_in(house):
    _made, token = machine(house, role=Role.INTAKE_OFFICER, allowed=["report.take_in"])
    body = {"key": "1f0c8ee7-7f1c-4d52-9b1e-6b8a0f4f3a55", "channel": "telephone", "told": "A synthetic sentence."}
    given = system(token).post(f"{API}/reports/take-in", body, content_type="application/json")
    assert given.status_code in {201, 422}, given.content
    assert "form token" not in given.text


@pytest.mark.parametrize("header", ["Bearer ", "Bearer amparo_000000000000_" + "a" * 43, "bearer nonsense"])
def test_a_key_that_is_none_is_answered_alike_and_says_nothing(reader, header):
    given = Client(headers={"host": settings.OFFICE_HOST, "authorization": header}).get(f"{API}/me")
    assert (given.status_code, given.json()["reason"]) == (
        401, "This key opens nothing. Ask whoever answers for this system.",
    )  # fmt: skip


def test_a_key_opens_no_page_and_a_wrong_key_is_not_made_good_by_a_session(house, reader, sign_in):
    assert system(reader[1]).get("/cases/").status_code == 302
    client = sign_in("supervisor", "NORTH")
    assert client.get(f"{API}/me").status_code == 200
    assert client.get(f"{API}/me", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_too_many_requests_of_a_day_are_429(house):
    _made, token = machine(house, ceiling=1)
    assert system(token).get(f"{API}/me").status_code == 200
    assert system(token).get(f"{API}/me").status_code == 429


def test_a_request_of_a_system_costs_four_statements_more_than_nothing(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        system(reader[1]).get(f"{API}/vocabulary")


def test_no_log_ever_has_a_key(house, reader, caplog):
    _made, token = reader
    caplog.set_level(logging.DEBUG)
    for path in ("/me", "/nothing-here", f"/cases/{open_case(house, 'NORTH').id}"):
        system(token).get(f"{API}{path}")
        system(token[:-1]).get(f"{API}{path}")
    secret = token.rpartition("_")[2][:-1]
    assert secret not in caplog.text + str(list(Event.objects.values()))
    assert MachineKey.objects.get().used_at
