"""The door of the API: JSON in, JSON out, no file, no trace, no redirect (X3)."""

import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from amparo.cases import actions
from amparo.config.routes import ANYONE, ROUTES, SIGNED_IN
from amparo.interfaces.api.api import api
from tests.cases.build import NAME, open_case
from tests.interfaces.api.asking import API, get, post

pytestmark = pytest.mark.django_db(databases="__all__")


def is_problem(answer, status: int) -> bool:
    return (answer.status_code, answer.headers["content-type"], set(answer.json())) == (
        status,
        "application/json",
        {"reason", "fields"},
    )


def test_every_operation_needs_a_permission_by_name():
    names = {f"api:{pattern.name}" for pattern in api._get_urls()} - {"api:api-root"}
    assert len(names) >= 30
    assert {name for name in ROUTES if name.startswith("api:")} == names
    assert not {ANYONE, SIGNED_IN} & {ROUTES[name] for name in names}


def test_whoever_is_not_signed_in_is_told_so_in_json(house):
    client = Client(headers={"host": settings.OFFICE_HOST})
    assert all(is_problem(get(client, path), 401) for path in ("/me", "/cases", "/openapi.json"))
    assert is_problem(post(client, "/glass", {}), 401)


def test_one_factor_is_not_enough(house, sign_in):
    assert is_problem(get(sign_in("case_worker", "NORTH", factor=False), "/me"), 401)


def test_the_public_host_has_no_api(house):
    assert Client(headers={"host": settings.PUBLIC_HOST}).get(f"{API}/me").status_code == 404


def test_nothing_changes_without_the_form_token(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.handler.enforce_csrf_checks = True
    assert is_problem(post(client, f"/cases/{case.id}/risk", {"risk": "high"}), 403)
    token = get(client, "/me").json()["form_token"]
    assert post(client, f"/cases/{case.id}/risk", {"risk": "high"}, **{"X-CSRFToken": token}).status_code == 200


def test_forbidden_walled_and_absent_are_the_same_to_the_byte(house, sign_in):
    theirs, walled = open_case(house, "SOUTH"), open_case(house, "NORTH")
    actions.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=walled, against_kind="person",
        against=house.people["case_worker", "NORTH"].id, reason="threat",
    )  # fmt: skip
    client = sign_in("case_worker", "NORTH")
    for path in ("/cases/{}", "/cases/{}/time-line", "/cases/{}/justice"):
        answers = [get(client, path.format(id)) for id in (theirs.id, walled.id, uuid4(), "no-identifier")]
        assert all(is_problem(answer, 404) for answer in answers)
        assert len({answer.content for answer in answers}) == 1
    assert get(client, "/no-such-path").content == answers[0].content


def test_what_may_be_read_and_not_done_is_forbidden_with_a_reason(house, sign_in):
    client = sign_in("supervisor", "NORTH")
    answer = get(client, "/looks")
    assert is_problem(answer, 403)
    assert answer.json()["reason"] == "This is not possible: your role does not include it."


def test_another_method_or_a_slash_too_many_is_answered_in_json(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    assert is_problem(client.put(f"{API}/cases"), 405)
    assert is_problem(post(client, "/cases"), 405)
    for path in (API, f"{API}/", f"{API}/docs", f"{API}/cases/"):
        assert is_problem(client.get(path), 404)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_that_is_no_json_is_refused(house, sign_in, kind):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    answer = client.post(f"{API}/cases/{case.id}/risk", data="risk=high", content_type=kind)
    assert is_problem(answer, 415)


def test_a_body_over_sixty_four_kilobytes_is_refused_unread(house, sign_in):
    client = sign_in("case_worker", "NORTH")
    body = {"reference": "x", "reason": "other", "note": "word " * 14_000}
    assert is_problem(post(client, "/glass", body), 413)


@pytest.mark.parametrize(
    "body",
    [
        b"{", b'{"note": NaN}', b"\xff\xfe{}", b"[" * 60_000, b'"\\ud800"', b'{"note": "a\\u0000b"}', b"1" * 6_000,
        '{"note": 1}'.encode("utf-16"),
    ],
    ids=["half", "nan", "not-utf8", "deep", "half-a-character", "nul", "endless-number", "utf-16"],
)  # fmt: skip
def test_broken_json_is_refused(house, sign_in, body):
    client = sign_in("case_worker", "NORTH")
    answer = client.post(f"{API}/glass", data=body, content_type="application/json")
    assert is_problem(answer, 400)


@pytest.mark.parametrize(
    "hidden", ["data:image/png;base64,AAAA", "Ab3dEf6hIj9kLm" * 60, "see DATA:video/mp4;base64,xyz"]
)
def test_a_file_hidden_in_words_is_refused_wherever_it_stands(house, sign_in, hidden):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    for body in (
        {"form": "grooming", "narrative": hidden},
        {"form": "grooming", hidden: 1},
        {"form": "grooming", "more": [{"deep": [hidden]}]},
    ):
        answer = post(client, f"/cases/{case.id}/incidents", body)
        assert is_problem(answer, 422)
        assert hidden not in answer.text
    assert case.incidents.count() == 0


def test_a_wrong_shape_is_said_by_field_and_not_repeated(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    answer = post(client, f"/cases/{case.id}/incidents", {"form": 7, "age": NAME, "name_of_child": NAME})
    assert is_problem(answer, 422)
    assert set(answer.json()["fields"]) == {"form", "age", "name_of_child"}
    assert NAME not in answer.text


def test_a_rule_that_is_broken_is_said_by_field(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    answer = post(client, f"/cases/{case.id}/incidents", {"form": "grooming", "age": 30})
    assert is_problem(answer, 422)
    assert "0 to 17" in answer.json()["fields"]["age"]


def test_the_document_is_for_those_at_the_desk_and_names_every_operation(house, sign_in):
    document = get(sign_in("administrator", "NORTH"), "/openapi.json").json()
    operations = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}
    assert operations == {pattern.name for pattern in api._get_urls()} - {"api-root", "openapi-json"}
    assert json.dumps(document, sort_keys=True) == json.dumps(api.get_openapi_schema(), sort_keys=True)
