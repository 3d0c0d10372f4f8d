"""Writing the record. The only writer of `Event`."""

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

from amparo.audit import chain
from amparo.audit.models import Event
from amparo.common.types import Actor

MAIN = "default"


def record(
    by: Actor,
    verb: str,
    kind: str,
    record_id: UUID | None = None,
    *,
    purpose: str = "",
    rule: str = "",
    outcome: str = "done",
    ids: Iterable[UUID] | None = None,
    detail: Mapping[str, str | int | bool | None] | None = None,
) -> Event:
    """Add the link that says `by` did `verb` (``kind:verb``, past tense) to a record, or looked at it.

    `ids` are the records of a list that was shown: their number and a hash of them are kept, not the ids.
    `detail` holds codes and numbers, never a word that a person typed.
    """
    listed = sorted(str(each) for each in ids) if ids is not None else None
    columns = {
        "actor_kind": by.kind,
        "actor": by.id,
        "session": by.session,
        "verb": verb,
        "kind": kind,
        "record": record_id,
        "purpose": purpose,
        "rule": rule,
        "outcome": outcome,
        "count": None if listed is None else len(listed),
        "ids_hash": "" if listed is None else hashlib.sha256("".join(listed).encode()).hexdigest(),
        "detail": dict(detail or {}),
    }
    event = chain.append(Event, MAIN, columns)
    assert isinstance(event, Event)
    return event


def verify(*, expected_head: tuple[int, str] | None = None) -> chain.Verdict:
    """Walk the desk's chain from its first link."""
    return chain.verify(Event, MAIN, expected_head=expected_head)


def head() -> tuple[int, str]:
    """The desk's last link, for a witness."""
    return chain.head(Event, MAIN)
