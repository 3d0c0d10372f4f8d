"""The door's own chain: who did what to which letter, with no address, no words and no moment finer than a day."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, time
from uuid import UUID

from amparo.audit import chain
from amparo.common import clock
from amparo.common.types import Actor
from amparo.intake.postbox.models import DoorEvent

DOOR = "door"


def event(
    by: Actor, verb: str, record: UUID | None = None, *, outcome: str = "done", ids: Iterable[UUID] | None = None
) -> int:
    """Add a link inside the act's transaction; returns its number. `verb` is ``kind:verb``, as at the desk."""
    listed = sorted(map(str, ids)) if ids is not None else None
    columns = {
        "actor_kind": by.kind,
        "actor": by.id,
        "verb": verb,
        "kind": verb.partition(":")[0],
        "record": record,
        "outcome": outcome,
        "count": None if listed is None else len(listed),
        "ids_hash": "" if listed is None else hashlib.sha256("".join(listed).encode()).hexdigest(),
    }
    # A child who is watched could be found by the minute in which a letter came.
    with clock.stopped(datetime.combine(clock.today(), time.min, tzinfo=UTC)):
        return chain.append(DoorEvent, DOOR, columns).seq


def verify(*, expected_head: tuple[int, str] | None = None) -> chain.Verdict:
    """Walk the door's chain from its first link."""
    return chain.verify(DoorEvent, DOOR, expected_head=expected_head)


def head() -> tuple[int, str]:
    """The door's last link, for a witness."""
    return chain.head(DoorEvent, DOOR)
