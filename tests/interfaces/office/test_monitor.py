"""The monitor's desk: one person writes, a second one reads, and then it is public (M2, M3)."""

import pytest
from django.conf import settings
from django.test import Client

from amparo.monitoring.models import Assessment, Entry
from tests.monitoring.build import lumeria

pytestmark = pytest.mark.django_db(databases="__all__")
ANSWER = {
    "state": "XLM", "question": "L01", "role": "nhri", "answer": "met", "valid_from": "2020-01-01",
    "confidence": "high", "title": "A made-up act", "pinpoint": "section 1",
}  # fmt: skip
LINE = {
    "state": "XLM", "kind": "follow_up", "subject": "115i", "progress": "started", "role": "mandate",
    "title": "A register", "source": "A made-up plan",
}  # fmt: skip


@pytest.fixture
def public(house) -> Client:
    lumeria()
    return Client(headers={"host": settings.PUBLIC_HOST})


def test_an_answer_is_written_by_one_read_by_another_and_then_public(sign_in, public):
    editor, second = sign_in("monitor_editor", "NORTH"), sign_in("reviewer", "SOUTH")
    sent = editor.post("/monitor/new/", ANSWER)
    found = Assessment.objects.get()
    assert (sent.status_code, sent["Location"], found.status) == (302, f"/monitor/{found.id}/", "submitted")
    assert "a second person must review it" in editor.get(f"/monitor/{found.id}/").text
    assert "A made-up act" not in public.get("/states/XLM/").text
    assert f"/monitor/{found.id}/" in second.get("/monitor/").text
    second.post(f"/monitor/{found.id}/review/", {"agree": "yes"})
    assert "A made-up act, section 1" in public.get("/states/XLM/").text


def test_what_is_sent_back_is_handed_over_again(sign_in, public):
    editor, second = sign_in("monitor_editor", "NORTH"), sign_in("reviewer", "SOUTH")
    editor.post("/monitor/new/", ANSWER)
    found = Assessment.objects.get()
    second.post(f"/monitor/{found.id}/review/", {"agree": "no"})
    editor.post(f"/monitor/{found.id}/submit/")
    found.refresh_from_db()
    assert found.status == "submitted"


@pytest.mark.parametrize(
    ("path", "given", "words"),
    [
        ("/monitor/new/", ANSWER | {"title": ""}, "An answer needs something that it rests on"),
        ("/monitor/new/", ANSWER | {"answer": "banned"}, "Choose one of: met, partly"),
        ("/monitor/new/", ANSWER | {"question": "X99"}, "X99"),
        ("/monitor/lines/new/", LINE | {"subject": ""}, "A follow-up names a recommendation"),
        ("/monitor/lines/new/", LINE | {"progress": "sent"}, "Choose one of: not_begun"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(sign_in, public, path, given, words):
    page = sign_in("monitor_editor", "NORTH").post(path, given)
    assert page.status_code == 422
    assert words in page.text
    assert (Assessment.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_line_is_read_by_a_second_person_and_then_public(sign_in, public):
    editor, second = sign_in("monitor_editor", "NORTH"), sign_in("reviewer", "SOUTH")
    assert editor.post("/monitor/lines/new/", LINE)["Location"] == "/monitor/"
    line = Entry.objects.get()
    assert "A register" in second.get("/monitor/").text
    second.post(f"/monitor/lines/{line.id}/review/", {"agree": "yes"})
    assert "A register" in public.get("/states/XLM/").text


GRID = "/monitor/grid/?state=XLM&section=E&role=nhri"
SHARED = {"title": "A made-up plan", "valid_from": "2022-01-01", "confidence": "high"}


def test_a_section_is_filled_in_on_one_page_and_waits_for_a_second_person(sign_in, public):
    editor = sign_in("monitor_editor", "NORTH")
    assert "E01 Officials" in editor.get(GRID).text
    sent = editor.post(GRID, SHARED | {"E01_answer": "met", "E01_pinpoint": "p. 3", "E03_answer": "partly"})
    assert (sent.status_code, sent["Location"]) == (302, "/monitor/")
    found = [(each.question, each.answer, each.status) for each in Assessment.objects.order_by("question")]
    assert found == [("E01", "met", "submitted"), ("E03", "partly", "submitted")]
    assert Assessment.objects.get(question="E01").evidence.get().pinpoint == "p. 3"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"E01_answer": "met", "E02_answer": "banned"}, "banned"),
        ({"E01_answer": "met", "title": ""}, "An answer needs something that it rests on"),
        ({}, "Fill in at least one answer"),
        ({"E01_answer": "met", "valid_from": "2999-01-01"}, "It began by today"),
    ],
)
def test_a_section_with_a_wrong_cell_keeps_nothing(sign_in, public, given, words):
    page = sign_in("monitor_editor", "NORTH").post(GRID, SHARED | given)
    assert (page.status_code, words in page.text, Assessment.objects.count()) == (422, True, 0)


def test_a_reviewer_agrees_to_several_at_once_or_to_none(sign_in, public):
    editor, second = sign_in("monitor_editor", "NORTH"), sign_in("reviewer", "SOUTH")
    editor.post(GRID, SHARED | {"E01_answer": "met", "E02_answer": "partly", "E03_answer": "not_met"})
    assert "A made-up plan" in second.get("/monitor/queue/").text
    assert "A made-up plan" not in editor.get("/monitor/queue/").text  # one's own are not for oneself
    ids = [str(each.id) for each in Assessment.objects.order_by("question")]
    assert second.post("/monitor/queue/", {"agree": "yes"}).status_code == 422
    assert editor.post("/monitor/queue/", {"agree": "yes", "answers": ids}).status_code == 403
    assert second.post("/monitor/queue/", {"agree": "yes", "answers": ids[:2]}).status_code == 302
    assert [each.status for each in Assessment.objects.order_by("question")] == ["published", "published", "submitted"]
    again = second.post("/monitor/queue/", {"agree": "yes", "answers": ids})
    assert (again.status_code, Assessment.objects.filter(status="published").count()) == (422, 2)


PROVISION = {
    "state": "XLM", "offence": "", "element": "limitation", "answer": "from_act", "years": "10", "law": "A made-up act",
    "pinpoint": "section 9", "in_force_on": "2015-01-01",
}  # fmt: skip


def test_a_provision_is_written_read_by_another_and_then_public(sign_in, public):
    editor, second = sign_in("monitor_editor", "NORTH"), sign_in("reviewer", "SOUTH")
    address = editor.post("/monitor/law/new/", PROVISION)["Location"]
    assert "a second person must review it" in editor.get(address).text
    assert "section 9" not in public.get("/states/XLM/").text
    assert address in second.get("/monitor/").text
    second.post(f"{address}review/", {"agree": "yes"})
    page = public.get("/states/XLM/").text
    assert "A made-up act, section 9" in page and "10 years, from the act" in page
    told = public.get("/states/XLM/state.json").json()["law"]
    assert [(each["element"], each["years"], each["in_force_on"]) for each in told] == [
        ("limitation", 10, "2015-01-01")
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [({"years": ""}, "needs this number of years"), ({"answer": "given"}, "Choose one of: never"), ({"law": ""}, "")],
)
def test_a_wrong_provision_is_said_at_its_field(sign_in, public, more, words):
    page = sign_in("monitor_editor", "NORTH").post("/monitor/law/new/", PROVISION | more)
    assert (page.status_code, words in page.text) == (422, True)


def test_a_report_for_a_visit_is_there_as_pdf_and_word(public):
    for form, begin in (("pdf", b"%PDF"), ("docx", b"PK")):
        made = public.get(f"/states/XLM/report.{form}?lang=ar")
        assert (made.status_code, made.content.startswith(begin)) == (200, True)
        assert f".{form}" in made["Content-Disposition"]
