"""The desk fetches letters and brings answers; whatever is repeated happens once (D1, D5)."""

from uuid import uuid4

import pytest

from amparo.common.errors import Invalid, NotFound
from amparo.intake.postbox import desk, door
from amparo.intake.postbox.models import Board, DoorEvent, Inbound, Outbound
from tests.intake.postbox.conftest import LETTER, board

pytestmark = pytest.mark.django_db(databases="__all__")


def told(number: int) -> None:
    door.tell(LETTER, form=f"sheet {number}")


def test_letters_wait_oldest_first_and_no_more_than_asked(postbox):
    for number in range(4):
        told(number)
    numbers = list(Inbound.objects.order_by("number").values_list("id", flat=True))
    assert [letter.id for letter in desk.waiting()] == numbers
    assert [letter.id for letter in desk.waiting(limit=2)] == numbers[:2]


def test_a_pulled_letter_is_wiped_and_waits_no_more(postbox):
    told(1)
    told(2)
    first, second = desk.waiting()
    desk.pulled([first.id])
    assert [letter.id for letter in desk.waiting()] == [second.id]
    assert Inbound.objects.get(id=first.id).sealed is None


def test_pulling_again_or_the_unknown_changes_nothing(postbox):
    told(1)
    ids = [letter.id for letter in desk.waiting()]
    for again in (ids, ids, [], [uuid4()]):
        desk.pulled(again)
    assert DoorEvent.objects.filter(verb="letter:pulled").count() == 1


def test_an_answer_brought_twice_is_there_once(postbox):
    told(1)
    (letter,) = desk.waiting()
    message = uuid4()
    desk.push(letter.thread, message, "Hello.")
    desk.push(letter.thread, message, "Hello.")
    assert Outbound.objects.count() == 1
    assert DoorEvent.objects.filter(verb="answer:pushed").count() == 1


def test_a_thread_that_is_gone_is_said_to_be_gone(postbox):
    with pytest.raises(NotFound):
        desk.push(uuid4(), uuid4(), "Hello.")
    with pytest.raises(NotFound):
        desk.set_status(uuid4(), "answered")


def test_the_door_says_only_words_that_it_has(postbox):
    told(1)
    with pytest.raises(Invalid):
        desk.set_status(desk.waiting()[0].thread, "lost")


def test_a_new_board_replaces_the_old_one(postbox):
    desk.publish_board(board(postbox.public, open=False))
    assert Board.objects.count() == 1
    assert door.board()["open"] is False
