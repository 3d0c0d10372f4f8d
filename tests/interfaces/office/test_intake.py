"""The queue and the page of a report (D1, D5, X1)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from amparo.audit.models import Event
from amparo.common import clock
from amparo.intake import actions
from amparo.intake.models import Message, Report
from tests.intake.build import CONTACT, TOLD, claimed, receive, triaged, watched

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _watched(house):
    watched(house)


def statements(client, path) -> list[str]:
    """What the database was asked for one page, without the marks of transactions."""
    captured: list[str] = []
    contexts = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault", "keys", "door")]
    for context in contexts:
        context.__enter__()
    assert client.get(path).status_code == 200
    for context in contexts:
        context.__exit__(None, None, None)
        captured += [query["sql"] for query in context.captured_queries]
    return [sql for sql in captured if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK"))]


def references(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">(R-[^<]+)</a>', page.text)


def test_the_queue_shows_clocks_in_codes_overdue_first_and_no_words(house, sign_in):
    with clock.stopped(clock.now() - timedelta(hours=80)):
        late = receive()
    soon, far = receive(urgency="danger_now"), receive()
    page = sign_in("intake_officer", "NORTH").get("/reports/")
    assert references(page) == [late.reference, soon.reference, far.reference]
    assert page.text.count('<span class="late">') == 1
    assert TOLD not in page.text
    assert CONTACT not in page.text


def test_the_queue_of_another_agency_is_empty_and_says_what_to_do(house, sign_in):
    receive()
    client = sign_in("intake_officer", "SOUTH")
    page = client.get("/reports/")
    assert references(page) == []
    assert "taken in by hand" in page.text
    assert "Clear the filter" in client.get("/reports/?status=closed").text


def test_the_next_page_begins_where_this_one_ends(house, sign_in):
    made = {receive().reference for _ in range(23)}
    client = sign_in("intake_officer", "NORTH")
    first = client.get("/reports/")
    second = client.get(f"/reports/{first.context['next']}")
    assert (len(references(first)), len(references(second))) == (20, 3)
    assert set(references(first)) | set(references(second)) == made


@pytest.mark.parametrize("nonsense", ["?due=x&last=y", "?due=2026-01-01T00:00:00Z", "?due=2026-01-01&last=1", "?status=x", "?urgency=%00"])  # fmt: skip
def test_nonsense_in_the_address_is_not_an_error(house, sign_in, nonsense):
    assert sign_in("intake_officer", "NORTH").get(f"/reports/{nonsense}").status_code == 200


@pytest.mark.parametrize("role", ["case_worker", "statistician", "administrator", "auditor", "police"])
def test_a_role_without_reports_is_told_so_in_words(house, sign_in, role):
    report, client = receive(), sign_in(role, "NORTH")
    assert client.get("/reports/").status_code == 403
    assert client.get("/reports/new/").status_code == 403
    assert client.get(f"/reports/{report.id}/").status_code == 404


def test_an_unclaimed_report_shows_codes_only_and_its_words_stay_closed(house, sign_in):
    report, client = receive(), sign_in("intake_officer", "NORTH")
    page = client.get(f"/reports/{report.id}/")
    assert "Claim this report" in page.text
    assert "Open what was told" not in page.text
    opened = client.post(f"/reports/{report.id}/told/", {"purpose": "triage"})
    assert opened.status_code == 409
    assert TOLD not in opened.text


def test_a_report_is_claimed_opened_judged_classified_answered_and_closed_on_its_pages(house, sign_in):
    report, client = receive(), sign_in("intake_officer", "NORTH")
    home = f"/reports/{report.id}/"

    def act(step: str, **given):
        answer = client.post(f"{home}{step}/", given, follow=True)
        assert answer.redirect_chain == [(home, 302)], answer.text
        return answer

    assert "The report is yours" in act("claim").text
    opened = client.post(f"{home}told/", {"purpose": "triage"})
    assert TOLD in opened.text
    assert CONTACT not in opened.text
    assert Event.objects.filter(verb="vault:narrative_revealed", purpose="triage").count() == 1
    assert CONTACT in client.post(f"{home}contact/", {"purpose": "contact"}).text
    act("triage", urgency="danger_now")
    act("classify", forms=["grooming", "online"], setting="online")
    once = str(uuid4())
    act("answer", id=once, text="We read what you told.")
    page = act("close", reason="answered", outcome="advice_given")
    assert "Register the child" not in page.text
    report.refresh_from_db()
    assert (report.status, report.forms, report.urgency) == ("closed", ["grooming", "online"], "danger_now")
    again = client.post(f"{home}close/", {"reason": "answered", "outcome": "advice_given"})
    assert again.status_code == 409
    assert "closed" in again.text


def test_posting_twice_is_harmless(house, sign_in):
    report, client = receive(), sign_in("intake_officer", "NORTH")
    home, once = f"/reports/{report.id}/", str(uuid4())
    for step, given in (
        ("claim", {}),
        ("triage", {"urgency": "urgent"}),
        ("classify", {"forms": ["grooming"]}),
        ("answer", {"id": once, "text": "We read it."}),
    ):
        assert client.post(f"{home}{step}/", given).status_code == 302
        again = client.post(f"{home}{step}/", given)
        assert again.status_code == 409, step
    assert Message.objects.filter(incoming=False).count() == 1


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(house, sign_in):
    report = claimed(house)
    client, home = sign_in("intake_officer", "NORTH"), f"/reports/{report.id}/"
    for step, given in (
        ("told", {"purpose": ""}),
        ("triage", {"urgency": "x"}),
        ("classify", {"setting": "home"}),
        ("close", {"reason": "answered"}),
    ):
        assert client.post(f"{home}{step}/", given).status_code == 422, step
    kept = client.post(f"{home}answer/", {"id": str(uuid4()), "text": "See data:image/png;base64,AA here."})
    assert kept.status_code == 422
    assert "looks like a file" in kept.text
    assert "See data:image/png" in kept.text
    assert client.get(f"{home}claim/").status_code == 405


def test_a_report_is_forwarded_from_a_list_that_leaves_out_whom_it_must_not_reach(house, sign_in):
    report = triaged(house, about_agency="SOUTH")
    client, path = sign_in("intake_officer", "NORTH"), f"/reports/{report.id}/forward/"
    page = client.get(path)
    assert "Ombudsperson" in page.text
    assert "South office" not in page.text
    wrong = client.post(path, {"agency": str(house.agencies["SOUTH"].id), "reason": "other_place"})
    assert wrong.status_code == 422
    done = client.post(path, {"agency": str(house.agencies["OMB"].id), "reason": "other_mandate"}, follow=True)
    assert done.redirect_chain == [("/reports/", 302)]
    assert client.get(f"/reports/{report.id}/").status_code == 404


def test_a_report_by_telephone_is_taken_in_with_one_sentence(house, sign_in):
    client = sign_in("intake_officer", "NORTH")
    page = client.get("/reports/new/")
    given = {"id": str(page.context["form"]["id"].value()), "agency": str(house.agencies["NORTH"].id),
             "told": TOLD, "urgency": "urgent", "worries": ["hurts"], "place": "LM-NORTH", "not_to": ["SOUTH"]}  # fmt: skip
    done = client.post("/reports/new/", given, follow=True)
    report = Report.objects.get()
    assert report.reference in done.text
    assert (report.urgency, report.worries, report.place) == ("urgent", ["hurts"], house.places["NORTH"])
    assert client.post("/reports/new/", given).status_code == 409
    assert client.post("/reports/new/", given | {"id": str(uuid4()), "told": ""}).status_code == 422
    hidden = client.post("/reports/new/", given | {"id": str(uuid4()), "contact": "data:image/png;base64,AA"})
    assert hidden.status_code == 422
    assert "looks like a file" in hidden.text
    assert Report.objects.count() == 1


def test_forbidden_absent_walled_and_about_my_agency_are_the_same_to_the_byte(house, sign_in):
    theirs = triaged(house)
    actions.forward(
        by=house.actor("intake_officer", "NORTH"), report=theirs, agency=house.agencies["SOUTH"], reason="other_place"
    )
    about, walled = receive(about_agency="NORTH"), receive(not_to=("NORTH",))
    client = sign_in("intake_officer", "NORTH")
    paths = [f"/reports/{id}/" for id in (theirs.id, about.id, walled.id, uuid4())]
    answers = [client.get(path) for path in paths] + [client.post(f"{path}claim/") for path in paths]
    answers += [client.post(f"{path}told/", {"purpose": "triage"}) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert client.get("/no-such-page/").content == answers[0].content


def test_a_supervisor_reads_and_releases_and_does_not_answer(house, sign_in):
    report, client = claimed(house), sign_in("supervisor", "NORTH")
    home = f"/reports/{report.id}/"
    assert "Give it back" in client.get(home).text
    assert TOLD in client.post(f"{home}told/", {"purpose": "supervision"}).text
    assert client.post(f"{home}answer/", {"id": str(uuid4()), "text": "No."}).status_code == 403
    assert client.post(f"{home}contact/", {"purpose": "supervision"}).status_code == 403
    assert client.post(f"{home}release/").status_code == 302
    assert Report.objects.get().status == "new"


def test_pages_ask_the_database_no_more_than_their_caps(house, sign_in):
    report = triaged(house)
    for _ in range(25):
        receive()
    client = sign_in("intake_officer", "NORTH")
    client.get("/reports/")  # the code lists are read once a process
    client.get(f"/reports/{report.id}/")
    assert len(statements(client, "/reports/")) <= 6
    assert len(statements(client, f"/reports/{report.id}/")) <= 8


def test_codes_are_shown_in_the_readers_language_and_direction(house, sign_in):
    report, client = triaged(house), sign_in("intake_officer", "NORTH")
    for path in ("/reports/", f"/reports/{report.id}/", "/reports/new/"):
        page = client.get(path, headers={"accept-language": "ar"})
        assert 'dir="rtl"' in page.text
        assert page.text.count("<script") == page.text.count('<script src="/static/') == 1
        assert " style=" not in page.text
