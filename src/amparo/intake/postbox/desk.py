"""What the desk may do with the postbox: hang out its board, fetch letters, bring answers. Each is safe to repeat."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from amparo.common import clock
from amparo.common.errors import Invalid, NotFound
from amparo.common.types import WORKER
from amparo.intake.postbox import sealing
from amparo.intake.postbox.models import STATUSES, Board, Inbound, Outbound, Thread
from amparo.intake.postbox.record import DOOR, event


@dataclass(frozen=True)
class Letter:
    """A sealed letter as the door holds it; `first` opens a thread."""

    id: UUID
    thread: UUID
    seq: int
    first: bool
    received_on: date
    sealed: bytes


def publish_board(board: dict[str, Any]) -> None:
    """Replace what the door shows: ``open, intake_key, help_lines, labels, places, agencies, demo``."""
    Board.objects.update_or_create(id=1, defaults={"content": board})


def waiting(limit: int = 100) -> list[Letter]:
    """Letters that the desk has not pulled, oldest first."""
    rows = Inbound.objects.filter(pulled_on__isnull=True).order_by("number")[:limit]
    return [
        Letter(row.id, row.thread_id, row.seq, row.seq == 1, row.received_on, bytes(row.sealed or b"")) for row in rows
    ]


@transaction.atomic(using=DOOR)
def pulled(ids: list[UUID]) -> None:
    """The desk has these letters: wipe them here."""
    letters = Inbound.objects.filter(id__in=ids, pulled_on__isnull=True)
    if found := list(letters.values_list("id", flat=True)):
        letters.update(sealed=None, pulled_on=clock.today())
        event(WORKER, "letter:pulled", ids=found)


def push(thread: UUID, message: UUID, text: str) -> None:
    """Put an answer where only the receipt opens it. Raises `NotFound` when the thread is gone."""
    key = Thread.objects.filter(id=thread).values_list("public_key", flat=True).first()
    if key is None:
        raise NotFound
    sealed = sealing.seal(bytes(key), text.encode())
    with transaction.atomic(using=DOOR):
        if Outbound.objects.filter(id=message).exists():
            return
        number = event(WORKER, "answer:pushed", message)
        Outbound.objects.create(id=message, number=number, thread_id=thread, written_on=clock.today(), sealed=sealed)


def set_status(thread: UUID, word: str) -> None:
    """What became of it, in one of the words that the door can say. Raises `NotFound` when the thread is gone."""
    if word not in STATUSES:
        raise Invalid({"status": f"The door has no word {word}."})
    if not Thread.objects.filter(id=thread).update(status=word):
        raise NotFound
