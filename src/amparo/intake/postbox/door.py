"""What anybody at the door may do: tell, come back with the code, write more, withdraw. No account, no name asked."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from amparo.common import clock
from amparo.common.errors import AmparoError, Conflict
from amparo.common.ids import new_id
from amparo.common.types import DOOR as BY
from amparo.intake.postbox import locks, receipts, sealing
from amparo.intake.postbox.models import Board, Inbound, Outbound, Thread, Tries
from amparo.intake.postbox.receipts import Receipt
from amparo.intake.postbox.record import DOOR, event

TRIES_AN_HOUR = 5
_ATTEMPTS = 20  # A million locators: even with half of them taken, twenty in a row are once in a million.


class Closed(AmparoError):
    """Nobody reads what comes in, so nothing is taken."""


class AlreadyTold(AmparoError):
    """The same form was sent before; it is kept once."""


class WrongCode(AmparoError):
    """No thread opens with this. It is not said which part is wrong."""


class TooManyTries(AmparoError):
    """The locator rests for the hour, even for the right code."""


class OwnCode(AmparoError):
    """The letter gives its own code away."""


@dataclass(frozen=True)
class Answer:
    """An answer of the desk, opened."""

    on: date
    text: str


@dataclass(frozen=True)
class Conversation:
    """What a person finds who comes back."""

    status: str
    withdrawn: bool
    answers: list[Answer]


def board() -> dict[str, Any]:
    """What the desk hung out; an empty and closed one when there is none."""
    content = Board.objects.filter(id=1).values_list("content", flat=True).first()
    return dict(content or {"open": False})


def tell(letter: dict[str, Any], *, form: str) -> Receipt:
    """Take a first letter. `form` names the sheet it was written on; one sheet is taken once.

    Raises `Closed`, or `AlreadyTold`.
    """
    key, text = _intake_key(), json.dumps(letter, ensure_ascii=False)
    return _new_thread(lambda row: _receive(row, key, text, form), not_in=text, form=form)


def keep_help(text: str) -> Receipt:
    """A code behind which there is only `text`: whom to call. Nothing was told, and the desk hears nothing of it.

    Whoever is made to show a code may show such a one. It is opened, shown, sealed and written to as every thread is;
    the first thing that is ever written to it is a report like any other.
    """
    return _new_thread(lambda row: _answer(row, text))


def _new_thread(fill: Callable[[Thread], None], *, not_in: str = "", form: str = "") -> Receipt:
    """A thread and its code, made and filled in one transaction. Raises `AlreadyTold`, or `Conflict`."""
    for _ in range(_ATTEMPTS):
        receipt = receipts.new()
        if receipts.told_in(receipt, not_in):
            continue
        private, public = sealing.new_pair()
        lock = locks.make(receipt.secret, private)
        row = Thread(locator=receipt.locator, public_key=public, created_on=clock.today(), **vars(lock))
        try:
            with transaction.atomic(using=DOOR):
                row.save(force_insert=True)
                fill(row)
        except IntegrityError:
            _refuse_a_second(form)
            continue
        return receipt
    raise Conflict("No code is free now. Try again in a minute.")


def _answer(thread: Thread, text: str) -> None:
    """An answer that nobody had to write."""
    message = new_id()
    number = event(BY, "answer:pushed", message)
    sealed = sealing.seal(bytes(thread.public_key), text.encode())
    Outbound.objects.create(id=message, number=number, thread=thread, written_on=clock.today(), sealed=sealed)
    Thread.objects.filter(id=thread.id).update(status="answered")


def come_back(code: str) -> Conversation:
    """What is there for whoever holds the code. Raises `WrongCode` or `TooManyTries`."""
    thread, private, _receipt = _open(code)
    rows = Outbound.objects.filter(thread=thread).order_by("number")
    public = bytes(thread.public_key)
    answers = [Answer(row.written_on, sealing.unseal(private, public, bytes(row.sealed)).decode()) for row in rows]
    return Conversation(thread.status, thread.withdrawn_on is not None, answers)


def write(code: str, text: str, *, form: str, language: str = "") -> None:
    """Take a later letter; behind a code for help only it is the first.

    Raises `Closed`, `WrongCode`, `TooManyTries`, `OwnCode` or `AlreadyTold`.
    """
    key = _intake_key()
    thread, _private, receipt = _open(code)
    if receipts.told_in(receipt, text):
        raise OwnCode("The message holds your own code.")
    first = {} if thread.letters else {"urgency": "normal", "language": language}
    _add(thread, key, {"told": text} | first, form)


def withdraw(code: str, *, form: str) -> None:
    """Ask the desk to stop; where nothing was told there is nothing to stop.

    Raises `Closed`, `WrongCode`, `TooManyTries` or `AlreadyTold`.
    """
    key = _intake_key()
    thread, _private, _receipt = _open(code)
    if thread.letters:
        _add(thread, key, {"withdraw": True}, form, withdrawn_on=clock.today())
    else:
        Thread.objects.filter(id=thread.id).update(withdrawn_on=clock.today())


def _add(thread: Thread, key: bytes, letter: dict[str, Any], form: str, **changes: Any) -> None:
    try:
        with transaction.atomic(using=DOOR):
            _receive(thread, key, json.dumps(letter, ensure_ascii=False), form)
            if changes:
                Thread.objects.filter(id=thread.id).update(**changes)
    except IntegrityError:
        _refuse_a_second(form)
        raise


def _receive(thread: Thread, key: bytes, text: str, form: str) -> None:
    """Seal and keep a letter. The counter is raised in place, so that two at once get two numbers."""
    Thread.objects.filter(id=thread.id).update(letters=F("letters") + 1)
    seq = Thread.objects.values_list("letters", flat=True).get(id=thread.id)
    letter = Inbound(thread=thread, seq=seq, form=locks.keyed_hash(form), received_on=clock.today())
    letter.sealed = sealing.seal(key, text.encode())
    letter.number = event(BY, "letter:received", letter.id)
    letter.save(force_insert=True)


def _refuse_a_second(form: str) -> None:
    if Inbound.objects.filter(form=locks.keyed_hash(form)).exists():
        raise AlreadyTold("This was sent before. It is here, once.") from None


def _intake_key() -> bytes:
    content = board()
    if not content.get("open"):
        raise Closed("Nobody is reading now.")
    return b64decode(content["intake_key"])


def _open(code: str) -> tuple[Thread, bytes, Receipt]:
    """The thread and its private key. Whatever is wrong costs the same time and leaves the same trace."""
    receipt = receipts.read(code)
    if receipt is None:
        raise WrongCode("This code does not open anything.")
    _count_a_try(receipt.locator)
    thread = Thread.objects.filter(locator=receipt.locator).first()
    lock = locks.Lock(bytes(thread.salt), bytes(thread.verifier), bytes(thread.wrapped_key)) if thread else None
    private = locks.unlock(lock, receipt.secret)
    with transaction.atomic(using=DOOR):
        if thread is None or private is None:
            event(BY, "thread:refused", thread.id if thread else None, outcome="refused")
        else:
            event(BY, "thread:opened", thread.id)
            Tries.objects.filter(locator=receipt.locator).delete()
    if thread is None or private is None:
        raise WrongCode("This code does not open anything.")
    return thread, private, receipt


def _count_a_try(locator: str) -> None:
    """Five an hour, counted in place for every locator, used or not: a count must not tell which are."""
    hour = int(clock.now().timestamp() // 3600)
    with transaction.atomic(using=DOOR):
        Tries.objects.filter(hour__lt=hour).delete()
        Tries.objects.bulk_create([Tries(locator=locator, hour=hour)], ignore_conflicts=True)
        left = Tries.objects.filter(locator=locator, count__lt=TRIES_AN_HOUR)
        counted = left.update(count=F("count") + 1)
    if not counted:
        raise TooManyTries("Try again in an hour.")
