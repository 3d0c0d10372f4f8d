"""The pages of a child's case (C1, X1)."""

import csv
from datetime import UTC, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from amparo.audit.models import Event
from amparo.cases import actions
from amparo.cases.queries import FILE_COLUMNS
from amparo.vocabulary.queries import label
from tests.cases.build import NAME, open_case, share
from tests.cases.test_walls import colleague

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


def test_the_list_says_how_many_and_offers_what_to_do_when_empty(house, sign_in):
    open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    assert "1 of 1, newest first." in client.get("/cases/").text
    empty = client.get("/cases/?status=closed&region=LM/&age=9&whose=mine")
    assert "Clear the filter" in empty.text


def test_a_name_is_found_in_the_body_of_a_form_and_shown_for_a_purpose_in_one_row(house, sign_in):
    mine = [open_case(house, "NORTH") for _ in range(2)]
    client = sign_in("case_worker", "NORTH")
    closed = client.post("/cases/find/", {"written": NAME, "purpose": ""})
    assert all(case.reference in closed.text for case in mine)
    assert f">{NAME}" not in closed.text
    before = Event.objects.count()
    opened = client.post("/cases/find/", {"written": NAME, "purpose": "verification"})
    assert NAME in opened.text
    rows = list(Event.objects.order_by("seq")[before:])
    assert [(row.verb, row.count) for row in rows] == [("case:searched", 2), ("vault:identity_revealed", 2)]
    assert "None of your own cases" in client.post("/cases/find/", {"written": "Nobody Atall"}).text


@pytest.mark.parametrize(
    ("page", "told", "moment"),
    [
        ("risk", {"risk": "medium"}, "risk_judged"),
        ("close", {"reason": "goals_reached"}, "case_closed"),
        ("missing", {"since_0": "2026-01-05", "since_1": "10:30"}, "child_missing"),
        ("placement/new", {"address": "A house for a test"}, "placement_set"),
        (
            "incidents",
            {"form": "grooming", "setting": "online", "relationship": "unknown", "age": "12"},
            "incident_recorded",
        ),
    ],
)
def test_each_act_has_its_page_and_leaves_its_line(house, sign_in, page, told, moment):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    assert client.get(f"/cases/{case.id}/{page}/").status_code == 200
    empty = client.post(f"/cases/{case.id}/{page}/", {})
    assert empty.status_code == 422
    assert empty.context["form"].errors
    assert client.post(f"/cases/{case.id}/{page}/", told).status_code == 302
    assert case.moments.order_by("-id").first().code == moment


def test_a_supervisor_gives_a_case_to_a_worker_of_the_team_and_not_to_themselves(house, sign_in):
    case = open_case(house, "NORTH", worker=False)
    client = sign_in("supervisor", "NORTH")
    worker = house.people["case_worker", "NORTH"]
    strange = client.post(f"/cases/{case.id}/assign/", {"worker": str(house.people["case_worker", "SOUTH"].id)})
    assert strange.status_code == 422
    assert client.post(f"/cases/{case.id}/assign/", {"worker": str(worker.id)}).status_code == 302
    case.refresh_from_db()
    assert case.worker == worker


def test_a_closed_case_opens_again_with_a_reason_and_until_then_takes_nothing(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.post(f"/cases/{case.id}/close/", {"reason": "goals_reached"})
    refused = client.post(f"/cases/{case.id}/risk/", {"risk": "low"})
    assert "Open it again first" in refused.text
    client.post(f"/cases/{case.id}/reopen/", {"reason": "new_information"})
    assert client.post(f"/cases/{case.id}/risk/", {"risk": "low"}).status_code == 302


def test_what_was_told_opens_for_a_purpose_only_and_never_on_the_page_of_codes(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    said = "A neutral sentence marked quillfeather."
    told = {"form": "grooming", "setting": "online", "relationship": "unknown", "narrative": said}
    client.post(f"/cases/{case.id}/incidents/", told)
    incident = case.incidents.get()
    assert said not in client.get(f"/cases/{case.id}/incidents/").text
    address = f"/cases/{case.id}/incidents/{incident.id}/words/"
    assert client.post(address, {}).status_code == 422
    assert said in client.post(address, {"purpose": "hearing"}).text
    assert client.post(f"/cases/{case.id}/incidents/{uuid4()}/words/", {"purpose": "hearing"}).status_code == 404


def test_a_missing_child_shows_at_the_head_of_every_tab_until_found(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.post(f"/cases/{case.id}/missing/", {"since_0": "2026-01-05", "since_1": "10:30"})
    assert "This child is missing." in client.get(f"/cases/{case.id}/incidents/").text
    assert client.post(f"/cases/{case.id}/found/").status_code == 302
    assert "This child is missing." not in client.get(f"/cases/{case.id}/").text


def test_where_the_child_lives_never_shows_before_it_is_opened(house, sign_in):
    case = open_case(house, "NORTH")
    client = sign_in("case_worker", "NORTH")
    client.post(
        f"/cases/{case.id}/placement/new/", {"address": "Quillfeather Lane 7", "provider": "Quillfeather House"}
    )
    for page in ("", "placement/", "access/", "looks/", "incidents/"):
        assert "uillfeather" not in client.get(f"/cases/{case.id}/{page}").text
    assert "uillfeather" not in client.get("/cases/").text


def test_how_it_came_about_and_for_what_are_ticked_and_shown_in_words(house, sign_in):
    case, client = open_case(house, "NORTH"), sign_in("case_worker", "NORTH")
    told = {"form": "grooming", "setting": "unknown", "relationship": "peer", "how": ["debt", "deception"]}
    page = f"/cases/{case.id}/incidents/"
    assert client.post(page, told | {"consideration": ["money"]}).status_code == 302
    shown = client.get(page).text
    for words in ("How it came about", "Debt; Deception", "Given or promised", "Money", "Between children"):
        assert words in shown
    wrong = client.post(page, told | {"how": ["debt", "unknown"]})
    assert (wrong.status_code, "stand alone" in wrong.text) == (422, True)


def test_a_supervisor_takes_the_list_as_a_file_of_codes(house, sign_in):
    mine, walled, theirs = open_case(house, "NORTH"), open_case(house, "NORTH"), open_case(house, "SOUTH")
    against = {"against_kind": "person", "against": house.people["supervisor", "NORTH"].id}
    actions.raise_wall(by=colleague(house), case=walled, reason="threat", **against)
    answer = sign_in("supervisor", "NORTH").get("/cases/file/?status=open")
    head, *rows = csv.reader(answer.text.splitlines())
    assert head == list(FILE_COLUMNS)
    assert [row[0] for row in rows] == [mine.reference]
    assert theirs.reference not in answer.text
    assert NAME not in answer.text
    event = Event.objects.filter(verb="case:exported").get()
    assert (event.count, bool(event.ids_hash)) == (1, True)


def test_the_spreadsheet_holds_what_the_file_holds(house, sign_in):
    mine, theirs = open_case(house, "NORTH"), open_case(house, "SOUTH")
    answer = sign_in("supervisor", "NORTH").get("/cases/sheet/?status=open")
    head, *rows = load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    assert head == FILE_COLUMNS
    assert [row[0] for row in rows] == [mine.reference]
    assert abs(rows[0][6].replace(tzinfo=UTC) - mine.opened_at) < timedelta(seconds=1)
    assert theirs.reference not in str(rows)
    event = Event.objects.filter(verb="case:exported").get()
    assert (event.count, bool(event.ids_hash)) == (1, True)


@pytest.mark.parametrize("kind", ["file", "sheet"])
def test_a_filter_that_cannot_be_read_gives_no_file(house, sign_in, kind):
    open_case(house, "NORTH")
    answer = sign_in("supervisor", "NORTH").get(f"/cases/{kind}/?age=old")
    assert answer.status_code == 422
    assert "C-" not in answer.text


@pytest.mark.parametrize("kind", ["file", "sheet"])
def test_a_worker_takes_no_list_as_a_file(house, sign_in, kind):
    client = sign_in("case_worker", "NORTH")
    assert client.get(f"/cases/{kind}/").status_code == 403
    assert f"/cases/{kind}/" not in client.get("/cases/").text
