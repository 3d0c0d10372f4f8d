"""The pages of a child's case (C1, X1)."""

from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from amparo.audit.models import Event
from amparo.cases import actions
from amparo.vocabulary.queries import label
from tests.cases.build import NAME, open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")


def statements(client, path) -> list[str]:
    """What the database was asked for one page, without the marks of transactions."""
    captured: list[str] = []
    contexts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault", "keys")]
    for context in contexts:
        context.__enter__()
    assert client.get(path).status_code == 200
    for context in contexts:
        context.__exit__(None, None, None)
        captured += [query["sql"] for query in context.captured_queries]
    return [sql for sql in captured if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"))]


def test_a_worker_finds_their_case_in_the_list_without_its_name(house, sign_in):
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    answer = sign_in("case_worker", "NORTH").get("/cases/")
    assert mine.reference in answer.text
    assert theirs.reference not in answer.text
    assert NAME not in answer.text


def test_the_case_page_keeps_the_child_closed_until_a_purpose_is_given(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    page = client.get(f"/cases/{case.id}/")
    assert case.reference in page.text
    assert NAME not in page.text
    opened = client.post(f"/cases/{case.id}/identity/", {"purpose": "care_planning"})
    assert NAME in opened.text
    last = Event.objects.latest("seq")
    assert (last.verb, last.purpose, last.record) == ("vault:identity_revealed", "care_planning", case.id)


def test_without_a_purpose_nothing_opens_and_nothing_is_decrypted(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    answer = client.post(f"/cases/{case.id}/identity/", {"purpose": ""})
    assert answer.status_code == 422
    assert NAME not in answer.text


def test_a_share_without_identity_does_not_open_it(house, sign_in):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    client = sign_in("service_provider", "SOUTH")
    assert client.get(f"/cases/{case.id}/").status_code == 200
    answer = client.post(f"/cases/{case.id}/identity/", {"purpose": "referral"})
    assert answer.status_code == 403
    assert "this part of the case is not shared with your agency" in answer.text


def test_forbidden_absent_and_walled_are_the_same_to_the_byte(house, sign_in):
    theirs, walled = open_case(house, "SOUTH"), open_case(house, "NORTH")
    actions.raise_wall(
        by=house.actor("supervisor", "NORTH"), case=walled, against_kind="person",
        against=house.people["case_worker", "NORTH"].id, reason="threat",
    )  # fmt: skip
    client = sign_in("case_worker", "NORTH")
    answers = [client.get(f"/cases/{id}/") for id in (theirs.id, walled.id, uuid4())]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert client.get("/no-such-page/").content == answers[0].content


@pytest.mark.parametrize("role", ["statistician", "monitor_editor", "administrator", "auditor"])
def test_a_role_without_cases_is_told_so_in_words(house, sign_in, role):
    answer = sign_in(role, "NORTH").get("/cases/")
    assert answer.status_code == 403
    assert "your role does not include it" in answer.text


def test_the_record_of_looks_is_the_auditors_alone(house, sign_in):
    assert sign_in("auditor", "NORTH").get("/record/").status_code == 200
    assert sign_in("supervisor", "NORTH").get("/record/").status_code == 403


def test_glass_breaks_from_the_page_and_shows_the_case(house, sign_in):
    case = open_case(house, "SOUTH")
    client = sign_in("case_worker", "NORTH")
    told = {"reference": case.reference, "reason": "danger_to_life", "note": "A call came in."}
    answer = client.post("/glass/", told, follow=True)
    assert answer.status_code == 200
    assert case.reference in answer.text


def test_the_next_page_begins_where_this_one_ends(house, sign_in):
    made = {open_case(house, "NORTH").reference for _ in range(23)}
    client = sign_in("case_worker", "NORTH")
    first = client.get("/cases/")
    second = client.get(f"/cases/{first.context['next']}")
    one = {row.reference for row in first.context["page"].rows}
    two = {row.reference for row in second.context["page"].rows}
    assert (len(one), len(two)) == (20, 3)
    assert one | two == made


@pytest.mark.parametrize("nonsense", ["?at=x&case=y", "?at=2026-01-01T00:00:00Z", "?risk=nonsense", "?status=%00"])
def test_nonsense_in_the_address_is_not_an_error(house, sign_in, nonsense):
    open_case(house, "NORTH")
    assert sign_in("case_worker", "NORTH").get(f"/cases/{nonsense}").status_code == 200


def test_pages_ask_the_database_no_more_than_their_caps(house, sign_in):
    case = open_case(house, "NORTH")
    for _ in range(25):
        open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.get(f"/cases/{case.id}/")  # the code lists are read once a process
    client.get("/cases/")
    assert len(statements(client, "/cases/")) <= 6
    assert len(statements(client, "/")) <= 6
    assert len(statements(client, f"/cases/{case.id}/")) <= 8


def test_codes_are_shown_in_words_and_in_the_readers_language(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    actions.judge_risk(by=house.actor("case_worker", "NORTH"), case=case, risk="high")
    page = client.get(f"/cases/{case.id}/")
    assert "Act for the child" in page.text
    assert "respond_to_risk" not in page.text
    arabic = client.get(f"/cases/{case.id}/", headers={"accept-language": "ar"})
    assert 'dir="rtl"' in arabic.text
    assert label("risk_level", "high", "ar") in arabic.text


def test_the_time_line_tells_only_of_cases_that_may_be_read(house, sign_in):
    assert sign_in("police", "NORTH").get("/cases/").status_code == 200
    assert "No case matches" in sign_in("police", "SOUTH").get("/cases/").text
