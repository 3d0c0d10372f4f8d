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
