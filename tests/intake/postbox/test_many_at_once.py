"""Many people at the door at once: nothing lost, no number twice, no gap (security notes 8.1)."""

import threading
from uuid import uuid4

import pytest
from django.db import connections

from amparo.intake.postbox import desk, door, locks, receipts, record
from amparo.intake.postbox.models import Inbound, Thread, Tries
from tests.intake.postbox.conftest import LETTER

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def at_once(workers: int, act) -> list[BaseException]:
    failed: list[BaseException] = []
    start = threading.Barrier(workers)

    def work(number: int) -> None:
        try:
            start.wait()
            act(number)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_eight_people_with_ten_reports_each_lose_nothing(postbox):
    codes: list[str] = []

    def tell(_number: int) -> None:
        codes.extend(door.tell(LETTER, form=uuid4().hex).digits for _ in range(10))

    assert at_once(8, tell) == []
    assert len(set(codes)) == 80
    assert list(Inbound.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 81))
    assert record.verify().links == 80
    assert len(desk.waiting(limit=1000)) == 80


def test_letters_of_one_thread_at_once_get_numbers_without_gaps(postbox):
    code = door.tell(LETTER, form="first").digits
    assert at_once(4, lambda number: door.write(code, "More.", form=f"sheet {number}")) == []
    assert [letter.seq for letter in desk.waiting()] == [1, 2, 3, 4, 5]


def test_one_sheet_sent_by_many_at_once_is_taken_once(postbox):
    failed = at_once(6, lambda _number: door.tell(LETTER, form="the same sheet"))
    assert [type(error) for error in failed] == [door.AlreadyTold] * 5
    assert Thread.objects.count() == 1


def test_tries_at_once_are_all_counted(postbox):
    code = receipts.Receipt("000000", "1234567890123").text
    failed = at_once(8, lambda _number: door.come_back(code))
    kinds = sorted(type(error).__name__ for error in failed)
    assert kinds == ["TooManyTries"] * 3 + ["WrongCode"] * 5
    assert Tries.objects.get().count == 5


def test_the_slow_derivation_is_never_inside_a_transaction(postbox, monkeypatch):
    inside: list[bool] = []
    derive = locks._derive

    def watched(secret: str, salt: bytes) -> tuple[bytes, bytes]:
        inside.append(connections["door"].in_atomic_block)
        return derive(secret, salt)

    monkeypatch.setattr(locks, "_derive", watched)
    code = door.tell(LETTER, form="first").digits
    door.write(code, "More.", form="second")
    assert inside == [False, False]
