"""Writing the record. The only writer of `Event`."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from amparo.audit import chain
from amparo.audit.entering import SHOWN
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.types import Actor

MAIN = "default"
Detail = Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class Act:
    """What is particular to one of many like acts: the record, the codes, and when it was done (None: now)."""

    record: UUID
    detail: Detail = field(default_factory=dict)
    at: datetime | None = None


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
    detail: Detail | None = None,
) -> Event:
    """Add the link that says `by` did `verb` (``kind:verb``, past tense) to a record, or looked at it.

    `ids` are the records that were shown together: the link carries them with their number and a hash, and the
    database enters each in `Shown`, so that the look-log of every one of them tells of the list.
    `detail` holds codes and numbers, never a word that a person typed.
    """
    listed = sorted({str(each) for each in ids}) if ids is not None else None
    columns = _columns(by, verb, kind, purpose=purpose, rule=rule, outcome=outcome) | {
        "record": record_id,
        "count": None if listed is None else len(listed),
        "ids_hash": "" if listed is None else hashlib.sha256("".join(listed).encode()).hexdigest(),
        "detail": dict(detail or {}) | ({SHOWN: [each.replace("-", "") for each in listed]} if listed else {}),
    }
    event = chain.append(Event, MAIN, columns)
    assert isinstance(event, Event)
    return event


def record_each(by: Actor, verb: str, kind: str, acts: Iterable[Act], *, rule: str = "") -> None:
    """Add a link for each of many like acts, as `record` would one by one: two statements for all of them."""
    same = _columns(by, verb, kind, rule=rule) | {"count": None, "ids_hash": ""}
    now = clock.now()
    chain.append_many(
        Event, MAIN,
        ({**same, "record": act.record, "detail": dict(act.detail), "at": act.at or now} for act in acts),
    )  # fmt: skip


def verify(*, expected_head: tuple[int, str] | None = None) -> chain.Verdict:
    """Walk the desk's chain from its first link."""
    return chain.verify(Event, MAIN, expected_head=expected_head)


def head() -> tuple[int, str]:
    """The desk's last link, for a witness."""
    return chain.head(Event, MAIN)


def _columns(
    by: Actor, verb: str, kind: str, *, purpose: str = "", rule: str = "", outcome: str = "done"
) -> dict[str, Any]:
    return {
        "actor_kind": by.kind,
        "actor": by.id,
        "session": by.session,
        "verb": verb,
        "kind": kind,
        "purpose": purpose,
        "rule": rule,
        "outcome": outcome,
    }
