"""Telling, and coming back with the code (D1)."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from amparo.common import clock
from amparo.intake.postbox import desk, door, locks, receipts, record
from amparo.intake.postbox.models import Board, DoorEvent, Inbound, Thread, Tries
from tests.intake.postbox.conftest import LETTER, board

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def told(**changes) -> receipts.Receipt:
    return door.tell(LETTER | changes, form=uuid4().hex)


def wrong(receipt: receipts.Receipt) -> str:
    secret = str((int(receipt.secret) + 1) % 10**13).zfill(13)
    return receipts.Receipt(receipt.locator, secret).text


def test_what_was_told_reaches_the_desk_word_for_word(postbox):
    told(told="أحتاج إلى شخص أتحدث معه 🌱")
    (letter,) = desk.waiting()
    assert json.loads(postbox.opened(letter)) == LETTER | {"told": "أحتاج إلى شخص أتحدث معه 🌱"}
    assert (letter.seq, letter.first, letter.received_on) == (1, True, clock.today())


def test_the_code_opens_an_empty_conversation_at_first(postbox):
    assert door.come_back(told().text) == door.Conversation("received", False, [])


def test_an_answer_is_read_with_the_code(postbox):
    receipt = told()
    (letter,) = desk.waiting()
    desk.push(letter.thread, uuid4(), "Thank you. We are here.")
    desk.set_status(letter.thread, "answered")
    found = door.come_back(receipt.digits)
    assert (found.status, [answer.text for answer in found.answers]) == ("answered", ["Thank you. We are here."])


def test_one_code_opens_one_thread_only(postbox):
    mine, theirs = told(), told()
    for letter in desk.waiting():
        desk.push(letter.thread, uuid4(), str(letter.thread))
    assert door.come_back(mine.text).answers != door.come_back(theirs.text).answers


def test_more_can_be_written_and_carries_the_next_number(postbox):
    receipt = told()
    door.write(receipt.text, "One more thing.", form="second")
    door.write(receipt.text, "And another.", form="third")
    letters = desk.waiting()
    assert [(letter.seq, letter.first) for letter in letters] == [(1, True), (2, False), (3, False)]
    assert len({letter.thread for letter in letters}) == 1
    assert json.loads(postbox.opened(letters[1])) == {"told": "One more thing."}


def test_a_person_may_withdraw_and_the_desk_hears_of_it(postbox):
    receipt = told()
    door.withdraw(receipt.text, form="stop")
    assert json.loads(postbox.opened(desk.waiting()[1])) == {"withdraw": True}
    assert door.come_back(receipt.text).withdrawn


def test_one_sheet_is_taken_once(postbox):
    door.tell(LETTER, form="the same sheet")
    with pytest.raises(door.AlreadyTold):
        door.tell(LETTER, form="the same sheet")
    assert (Thread.objects.count(), Inbound.objects.count(), DoorEvent.objects.count()) == (1, 1, 1)


def test_a_later_sheet_is_taken_once_too(postbox):
    receipt = told()
    door.write(receipt.text, "More.", form="again")
    with pytest.raises(door.AlreadyTold):
        door.write(receipt.text, "More.", form="again")
    assert [letter.seq for letter in desk.waiting()] == [1, 2]


def test_a_letter_that_holds_its_own_code_is_not_taken(postbox):
    receipt = told()
    with pytest.raises(door.OwnCode):
        door.write(receipt.text, f"My code is {receipt.text}, keep it.", form="f")
    door.write(receipt.text, "The parcel has the number 4000 1234 5678 9010.", form="g")
    assert len(desk.waiting()) == 2


def test_a_first_letter_never_holds_the_code_it_is_given(postbox, monkeypatch):
    codes = iter([receipts.Receipt("111111", "1234567890123"), receipts.Receipt("222222", "3210987654321")])
    monkeypatch.setattr(receipts, "new", lambda: next(codes))
    assert told(told="The number was 1234567890123.").locator == "222222"


def test_a_locator_that_is_taken_is_not_given_again(postbox, monkeypatch):
    first, second = receipts.Receipt("111111", "1" * 13), receipts.Receipt("222222", "2" * 13)
    codes = iter([first, receipts.Receipt("111111", "3" * 13), second])
    monkeypatch.setattr(receipts, "new", lambda: next(codes))
    assert told() == first
    assert told() == second


@pytest.mark.parametrize("content", [None, {}, {"open": False}])
def test_where_nobody_reads_nothing_is_taken(db, content):
    if content is not None:
        desk.publish_board(content)
    with pytest.raises(door.Closed):
        told()
    assert Thread.objects.count() == 0


def test_a_door_that_closes_takes_no_more_letters_and_still_shows_answers(postbox):
    receipt = told()
    desk.publish_board(board(postbox.public, open=False))
    with pytest.raises(door.Closed):
        door.write(receipt.text, "More.", form="f")
    assert door.come_back(receipt.text).status == "received"


@pytest.mark.parametrize("typed", ["", "1234", "0000 0000 0000 0000 0001", "nonsense"])
def test_what_is_no_code_opens_nothing_and_is_no_try(postbox, typed):
    with pytest.raises(door.WrongCode):
        door.come_back(typed)
    assert Tries.objects.count() == 0


def test_a_wrong_secret_and_an_absent_locator_are_refused_with_the_same_words(postbox):
    receipt = told()
    absent = receipts.Receipt(str((int(receipt.locator) + 1) % 10**6).zfill(6), receipt.secret)
    reasons = []
    for code in (wrong(receipt), absent.text):
        with pytest.raises(door.WrongCode) as refused:
            door.come_back(code)
        reasons.append(refused.value.reason)
    assert reasons[0] == reasons[1]
    assert (
        list(DoorEvent.objects.order_by("-seq").values_list("verb", "outcome")[:2])
        == [("thread:refused", "refused")] * 2
    )


def test_an_absent_locator_costs_one_derivation_like_a_present_one(postbox, monkeypatch):
    receipt = told()
    derived = []
    derive = locks._derive
    monkeypatch.setattr(locks, "_derive", lambda secret, salt: derived.append(len(salt)) or derive(secret, salt))
    for code in (receipt.text, wrong(receipt), receipts.Receipt("000000", "9" * 13).text):
        with suppress(door.WrongCode):
            door.come_back(code)
    assert derived == [16, 16, 16]


def test_the_sixth_try_of_an_hour_is_refused_even_with_the_right_code(postbox):
    receipt = told()
    with clock.stopped(NOON):
        for _ in range(5):
            with pytest.raises(door.WrongCode):
                door.come_back(wrong(receipt))
        for code in (wrong(receipt), receipt.text):
            with pytest.raises(door.TooManyTries):
                door.come_back(code)
        assert door.come_back(told().text).status == "received"
    with clock.stopped(NOON + timedelta(hours=1)):
        assert door.come_back(receipt.text).status == "received"


def test_an_absent_locator_rests_after_five_tries_as_a_present_one_does(postbox):
    absent = receipts.Receipt("000000", "9" * 13).text
    with clock.stopped(NOON):
        for _ in range(5):
            with pytest.raises(door.WrongCode):
                door.come_back(absent)
        with pytest.raises(door.TooManyTries):
            door.come_back(absent)


def test_the_right_code_may_be_used_as_often_as_one_likes(postbox):
    receipt = told()
    for _ in range(8):
        door.come_back(receipt.text)


def test_tries_of_past_hours_are_forgotten(postbox):
    receipt = told()
    with clock.stopped(NOON), pytest.raises(door.WrongCode):
        door.come_back(wrong(receipt))
    with clock.stopped(NOON + timedelta(hours=2)):
        door.come_back(receipt.text)
    assert Tries.objects.count() == 0


def test_no_moment_finer_than_a_day_is_kept(postbox):
    with clock.stopped(datetime(2026, 5, 4, 13, 37, 42, tzinfo=UTC)):
        receipt = told()
        door.come_back(receipt.text)
        desk.push(desk.waiting()[0].thread, uuid4(), "Hello.")
    assert {event.at for event in DoorEvent.objects.all()} == {datetime(2026, 5, 4, tzinfo=UTC)}


def test_the_record_of_the_door_holds_acts_and_ids_and_nothing_else(postbox):
    receipt = told(told="marked words", contact="marked contact")
    door.write(receipt.text, "marked more", form="f")
    rows = list(DoorEvent.objects.order_by("seq"))
    assert [row.verb for row in rows] == ["letter:received", "thread:opened", "letter:received"]
    assert {row.actor_kind for row in rows} == {"door"}
    kept = str([vars(row) for row in rows])
    assert not [mark for mark in ("marked", receipt.secret, receipt.locator) if mark in kept]
    assert record.verify().links == 3


@pytest.mark.parametrize("change", ["UPDATE postbox_doorevent SET verb = 'x'", "DELETE FROM postbox_doorevent"])
def test_the_database_itself_refuses_to_change_the_record(postbox, change):
    told()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using="door"),
        connections["door"].cursor() as cursor,
    ):
        cursor.execute(change)


def test_nothing_of_a_letter_or_a_code_is_kept_in_clear(postbox):
    receipt = told(told="marked words", contact="marked contact")
    kept = str([vars(row) for model in (Thread, Inbound, Tries, Board) for row in model.objects.all()])
    assert not [mark for mark in ("marked", receipt.secret, receipt.digits) if mark in kept]


def test_another_pepper_opens_nothing(postbox, settings):
    receipt = told()
    settings.DOOR_PEPPER = lambda: "another pepper"
    with pytest.raises(door.WrongCode):
        door.come_back(receipt.text)
