"""Letters come in, answers and status words go out; killed between any two steps, nothing is lost or doubled (D1)."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from nacl.public import PublicKey, SealedBox

from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import Refused
from amparo.common.types import OPERATOR, WORKER
from amparo.directory.actions import add_help_line
from amparo.intake import actions, exchange, keys, queries
from amparo.intake.models import Message, Report, Unreadable, Watch
from amparo.intake.postbox import desk, door, sealing
from amparo.intake.postbox.models import Board, Inbound, Outbound, Thread
from amparo.organisation import actions as organisation
from amparo.organisation.queries import notices_for
from amparo.vault.keys.models import SystemKey
from amparo.vault.models import Sealed
from tests.intake.build import CONTACT, TOLD, officer, watched

pytestmark = pytest.mark.django_db(databases="__all__")
LETTER = {"told": TOLD, "contact": CONTACT, "worries": ["hurts"], "urgency": "urgent"}


@pytest.fixture(autouse=True)
def _open_door(house):
    watched(house)
    run()


def run() -> dict[str, int]:
    return exchange.run(by=WORKER)


def tell(**said):
    return door.tell(LETTER | said, form=str(uuid4()))


def spoil(sealed: bytes) -> None:
    Inbound.objects.update(sealed=sealed)


def test_a_report_is_told_at_the_door_answered_at_the_desk_and_read_with_the_code(house):
    receipt = tell()
    assert run() == {"taken": 1, "sent": 0, "shown": 1}
    report, by = Report.objects.get(), officer(house)
    assert (report.urgency, report.worries) == ("urgent", ["hurts"])
    actions.claim(by=by, report=report)
    [said] = queries.conversation(by=by, report=report, purpose="triage")
    assert said.told == TOLD
    actions.answer(by=by, report=report, text="We are reading what you told.")
    assert run() == {"taken": 0, "sent": 1, "shown": 1}
    found = door.come_back(receipt.text)
    assert (found.status, [answer.text for answer in found.answers]) == ("answered", ["We are reading what you told."])
    door.write(receipt.text, "One more neutral sentence.", form=str(uuid4()))
    run()
    texts = [said.told for said in queries.conversation(by=by, report=report, purpose="triage")]
    assert texts == [TOLD, "We are reading what you told.", "One more neutral sentence."]


def test_a_second_round_does_nothing(house):
    tell()
    run()
    before = Event.objects.count()
    assert run() == {"taken": 0, "sent": 0, "shown": 0}
    assert Event.objects.count() == before


def test_every_status_word_reaches_the_reporter(house):
    receipt = tell()
    run()
    report, by = Report.objects.get(), officer(house)

    def shown() -> str:
        run()
        return Thread.objects.get().status

    assert shown() == "received"
    actions.claim(by=by, report=report)
    assert shown() == "being_read"
    actions.triage(by=by, report=report, urgency="normal")
    actions.close(by=by, report=report, reason="answered", outcome="advice_given")
    assert shown() == "closed"
    door.write(receipt.text, "And one more.", form=str(uuid4()))
    assert shown() == "received"


def test_a_withdrawal_comes_in(house):
    receipt = tell()
    run()
    door.withdraw(receipt.text, form=str(uuid4()))
    run()
    assert queries.timeline(Report.objects.get())[0].code == "reporter_withdrew"


STEPS = [
    (actions, "receive"), (desk, "pulled"), (desk, "push"), (actions, "answer_sent"),
    (desk, "set_status"), (actions, "word_shown"), (actions, "receive_more"),
]  # fmt: skip


class Killed(BaseException):
    """Like a kill: no handler of ours catches it."""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
def test_killed_before_or_after_any_step_the_next_round_loses_and_doubles_nothing(
    house, monkeypatch, module, step, when
):
    receipt = tell()
    run()
    report = Report.objects.get()
    actions.claim(by=officer(house), report=report)
    actions.answer(by=officer(house), report=report, text="An answer.")
    door.write(receipt.text, "More words.", form=str(uuid4()))
    tell(told="A second report.")
    real = getattr(module, step)

    def killed(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(module, step, killed)
        run()
    run()
    assert Report.objects.count() == 2
    assert Message.objects.count() == 4
    assert not Inbound.objects.filter(pulled_on=None).exists()
    assert Outbound.objects.count() == 1
    assert not Message.objects.filter(incoming=False, sent_at=None).exists()
    assert not Report.objects.filter(word_due=True).exists()
    found = door.come_back(receipt.text)
    assert (found.status, [answer.text for answer in found.answers]) == ("answered", ["An answer."])
    assert Unreadable.objects.count() == 0


def test_killed_between_vault_and_main_the_words_come_in_whole_the_next_time(house, monkeypatch):
    tell()
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr("amparo.intake.arrival.Report.save", lambda *_a, **_k: (_ for _ in ()).throw(Killed))
        run()
    assert not Report.objects.exists()
    run()
    report = actions.claim(by=officer(house), report=Report.objects.get())
    assert queries.conversation(by=officer(house), report=report, purpose="triage")[0].told == TOLD


@pytest.mark.parametrize(
    ("sealed", "reason"),
    [
        (lambda _key: b"nonsense", "not_unsealed"),
        (lambda _key: sealing.seal(sealing.new_pair()[1], b"{}"), "not_unsealed"),
        (lambda key: SealedBox(PublicKey(key)).encrypt(b""), "not_unsealed"),
        (lambda key: sealing.seal(key, b"no JSON"), "not_understood"),
        (lambda key: sealing.seal(key, b'{"told": ""}'), "not_understood"),
        (lambda key: sealing.seal(key, json.dumps({"told": TOLD, "not_to": ["NORTH", "SOUTH", "OMB"]}).encode()), "nobody_to_take"),
    ],
)  # fmt: skip
def test_a_letter_that_cannot_be_taken_is_set_aside_sealed_and_those_behind_it_come_in(house, sealed, reason):
    tell()
    spoil(sealed(keys.public_key()))
    tell()
    assert run()["taken"] == 2
    [aside] = Unreadable.objects.all()
    assert (aside.reason, bytes(aside.sealed) != b"") == (reason, True)
    assert Report.objects.count() == 1
    assert run()["taken"] == 0
    notices = [notice.code for notice in notices_for(house.actor("supervisor", "NORTH"))]
    assert notices.count("letter_set_aside") == 1


def test_of_a_letter_that_hides_a_file_nothing_is_kept(house):
    tell()
    hidden = json.dumps({"told": "data:image/png;base64,AAAA"}).encode()
    spoil(sealing.seal(keys.public_key(), hidden))
    run()
    [aside] = Unreadable.objects.all()
    assert (aside.reason, bytes(aside.sealed)) == ("hidden_file", b"")
    assert not Sealed.objects.exists()


def test_what_is_written_after_a_letter_that_was_set_aside_is_set_aside_with_it(house):
    receipt = tell()
    spoil(b"nonsense")
    run()
    door.write(receipt.text, "More.", form=str(uuid4()))
    run()
    assert sorted(Unreadable.objects.values_list("reason", flat=True)) == ["no_report", "not_unsealed"]


def test_a_thread_that_is_gone_is_told_to_the_desk_and_not_tried_again(house):
    tell()
    run()
    report = actions.claim(by=officer(house), report=Report.objects.get())
    actions.answer(by=officer(house), report=report, text="An answer.")
    Inbound.objects.all().delete()
    Thread.objects.all().delete()
    assert run()["sent"] == 0
    report.refresh_from_db()
    assert (report.thread, report.word_due) == (None, False)
    assert queries.timeline(report)[0].code == "reporter_gone"
    assert run() == {"taken": 0, "sent": 0, "shown": 0}


def test_the_board_says_what_the_door_needs_and_is_written_only_when_it_changed(house, monkeypatch):
    add_help_line(by=OPERATOR, name="Example line", number="555 0100", hours="08-20", languages=["en", "ar"])
    run()
    shown = door.board()
    assert shown["open"] is True
    assert shown["help_lines"] == [
        {"name": "Example line", "number": "555 0100", "hours": "08-20", "languages": "English, العربية", "place": ""}
    ]
    assert shown["agencies"] == [["NORTH", "North office"], ["OMB", "Ombudsperson"], ["SOUTH", "South office"]]
    assert set(shown["labels"]) == {"reporter_kind", "worry", "urgency", "channel_back"}
    assert set(shown["labels"]["worry"]["hurts"]) == {"ar", "en", "es", "fr", "ru", "zh"}
    assert ["LM", "Lumeria"] in shown["places"]
    assert shown["hours"] == {"danger_now": 1, "urgent": 24, "normal": 72}
    monkeypatch.setattr(desk, "publish_board", lambda _board: pytest.fail("nothing changed"))
    run()


def test_the_door_closes_when_somebody_who_answers_leaves(house):
    Watch.objects.filter(urgency="urgent").delete()
    run()
    assert door.board()["open"] is False
    with pytest.raises(door.Closed):
        tell()


def test_what_was_told_before_the_door_closed_still_comes_in(house):
    tell()
    with clock.stopped(clock.now() + timedelta(days=1)):
        organisation.end_post(by=OPERATOR, post=house.people["intake_officer", "NORTH"].memberships.get())
    with clock.stopped(clock.now() + timedelta(days=2)):
        assert run()["taken"] == 1
    assert Report.objects.count() == 1


def test_the_private_intake_key_is_kept_wrapped_and_made_once(house):
    assert keys.public_key() == keys.public_key()
    [kept] = SystemKey.objects.all()
    assert keys.unseal(sealing.seal(keys.public_key(), b"words")) == b"words"
    assert len(bytes(kept.wrapped)) > 64
    assert Board.objects.get().content["intake_key"]


def test_only_the_worker_exchanges(house):
    for by in (officer(house), house.actor("administrator", "NORTH"), OPERATOR):
        with pytest.raises(Refused):
            exchange.run(by=by)


def test_nothing_told_is_in_a_log_an_audit_row_or_an_error(house, caplog):
    caplog.set_level(logging.DEBUG)
    tell()
    run()
    report = actions.claim(by=officer(house), report=Report.objects.get())
    actions.answer(by=officer(house), report=report, text="An answer marked quillfeather.")
    run()
    tell(told="quillfeather " * 3)
    spoil_last = Inbound.objects.filter(pulled_on=None)
    spoil_last.update(sealed=b"quillfeather")
    run()
    heard = caplog.text + str(list(Event.objects.values())) + str(list(Report.objects.values()))
    assert "quillfeather" not in heard
    assert CONTACT not in heard
