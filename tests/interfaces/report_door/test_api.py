"""The same acts for programs (docs/reference/door-api.md)."""

import json
from uuid import uuid4

import pytest

from amparo.intake.postbox import desk, receipts
from amparo.intake.postbox.models import Thread
from tests.interfaces.report_door.conftest import FULL, board

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_report_gets_its_code_and_the_code_opens_it(visitor, postbox):
    response = visitor.call(
        "/api/reports", {"told": "One sentence.", "danger": "soon", "not_to": ["MIN"], "child_age": 9}
    )
    assert response.status_code == 201
    receipt = response.json()["receipt"]
    (letter,) = [json.loads(postbox.opened(each)) for each in desk.waiting()]
    assert (letter["told"], letter["urgency"], letter["not_to"], letter["child_age"]) == (
        "One sentence.", "urgent", ["MIN"], 9,
    )  # fmt: skip
    assert visitor.call("/api/threads", {"code": receipt}).json() == {
        "status": "received", "withdrawn": False, "answers": [],
    }  # fmt: skip


def test_answers_come_with_their_day(visitor):
    receipt = visitor.call("/api/reports", {"told": "One sentence."}).json()["receipt"]
    desk.push(desk.waiting()[0].thread, uuid4(), "Thank you.")
    (answer,) = visitor.call("/api/threads", {"code": receipt}).json()["answers"]
    assert answer["text"] == "Thank you."
    assert len(answer["on"]) == 10


def test_more_is_written_and_withdrawn(visitor, postbox):
    receipt = visitor.call("/api/reports", {"told": "One sentence."}).json()["receipt"]
    assert visitor.call("/api/threads/messages", {"code": receipt, "told": "More."}).status_code == 201
    assert visitor.call("/api/threads/messages", {"code": receipt, "withdraw": True}).status_code == 201
    letters = [json.loads(postbox.opened(each)) for each in desk.waiting()]
    assert letters[1:] == [{"told": "More."}, {"withdraw": True}]
    assert visitor.call("/api/threads", {"code": receipt}).json()["withdrawn"] is True


@pytest.mark.parametrize(
    ("content", "field"),
    [({}, "told"), ({"told": ""}, "told"), ({"told": None}, "told"), ({"told": "x " * 5001}, "told"),
     ({"told": "One.", "place": "XX"}, "place"), ({"told": "One.", "child_age": 18}, "child_age"),
     ({"told": "One.", "picture": "x"}, "picture"), ({"told": "One.", "worries": ["x"]}, "worries"),
     ({"told": "One.", "worries": "hurts"}, "worries"), ({"told": "One.", "where": "x" * 301}, "where")],
)  # fmt: skip
def test_what_does_not_fit_names_its_field(visitor, content, field):
    response = visitor.call("/api/reports", content)
    assert response.status_code == 422
    assert list(response.json()["fields"]) == [field]
    assert Thread.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [b" ", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"told": {"a": 1}}', b'{"told": [["a"]]}', b'{"told": 1.5}',
     b"[" * 100_000, b'{"told": ' + b"[" * 64 + b"]" * 64 + b"}", b'{"told": "\\ud800"}', b'{"told": "\\u0000"}',
     b'{"told": "One.", "not_to": ["\\udfff"]}', b'{"\\ud800": "One."}'],
)  # fmt: skip
def test_what_is_no_flat_object_of_words_is_refused(visitor, body):
    response = visitor.send_raw(body, "application/json", "/api/reports")
    assert response.status_code == 400
    assert response.json()["help_lines"] == FULL["help_lines"]
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("path", ["/api/reports", "/api/threads", "/api/threads/messages"])
def test_nothing_is_read_with_get(visitor, path):
    assert visitor.get(path).status_code == 405


def test_a_wrong_code_is_refused_alike_and_then_rests(visitor):
    receipt = receipts.read(visitor.call("/api/reports", {"told": "One."}).json()["receipt"])
    wrong = receipts.Receipt(receipt.locator, receipt.secret[::-1]).text
    answers = [
        visitor.call("/api/threads", {"code": code})
        for code in (wrong, "1234", receipts.Receipt("0" * 6, "1" * 13).text)
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(422, answers[0].content)}
    for _ in range(4):
        visitor.call("/api/threads/messages", {"code": wrong, "told": "x"})
    assert visitor.call("/api/threads", {"code": receipt.text}).status_code == 429


def test_a_message_with_its_own_code_is_refused(visitor):
    receipt = visitor.call("/api/reports", {"told": "One."}).json()["receipt"]
    response = visitor.call("/api/threads/messages", {"code": receipt, "told": f"Code {receipt}"})
    assert (response.status_code, list(response.json()["fields"])) == (422, ["told"])


@pytest.mark.parametrize("content", [{}, {"told": "x"}, {"code": "1", "other": "x"}])
def test_a_thread_is_opened_by_a_code_and_nothing_else(visitor, content):
    assert visitor.call("/api/threads", content).status_code == 422


def test_where_nobody_reads_a_program_is_told_whom_to_call(visitor, postbox):
    desk.publish_board(board(postbox.public, **FULL, open=False))
    response = visitor.call("/api/reports", {"told": "One."})
    assert response.status_code == 503
    assert response.json()["help_lines"] == FULL["help_lines"]


def test_errors_are_said_in_the_language_asked_for(visitor):
    response = visitor.client.post(
        "/api/reports", {"told": ""}, content_type="application/json", headers={"accept-language": "fr"}
    )
    assert response.json()["fields"] == {"told": "Écris une phrase, s’il te plaît."}
