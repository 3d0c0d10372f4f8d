"""A hash chain in an ordinary table: each row carries the hash of the row before it.

Whoever alters, removes, inserts or swaps a row breaks every hash after it. Cutting off the end leaves a shorter but
sound chain; only a head noted elsewhere (`head`) shows that, so heads are given to witnesses.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from amparo.audit.link import Link
from amparo.common import clock

FIRST = "0" * 64
COVERED = (
    "seq", "at", "actor_kind", "actor", "session", "verb", "kind", "record",
    "purpose", "rule", "outcome", "count", "ids_hash", "detail", "previous",
)  # fmt: skip
# One lock for all chains of a database: PostgreSQL's writers must queue before they read the last link.
LOCK = 0x414D5041


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many links are sound, and the first that is not."""

    links: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def digest(values: tuple[Any, ...]) -> str:
    """SHA-256 over the canonical JSON of the columns in the order of `COVERED`."""
    seq, at, *rest = values
    text = json.dumps([seq, at.isoformat(), *rest], default=str, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def append(model: type[Link], using: str, columns: dict[str, Any]) -> Link:
    """Add a link. Must be called inside the transaction of the act, so that both stand or neither.

    Two statements (and, on PostgreSQL, a lock that ends with the transaction). SQLite's transactions are IMMEDIATE,
    so a second writer is already waiting before it could read the same last link.
    """
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("An audit row is written in its act's own transaction.")
    _queue(using)
    last = model._default_manager.using(using).order_by("-seq").values_list("seq", "hash").first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, FIRST)
    link = model(seq=seq, at=clock.now(), previous=previous, **columns)
    link.hash = digest(tuple(getattr(link, name) for name in COVERED))
    link.save(using=using, force_insert=True)
    return link


def verify(model: type[Link], using: str, *, expected_head: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain and name the first broken link; `expected_head` is a (seq, hash) a witness kept."""
    previous, seq = FIRST, 0
    rows = model._default_manager.using(using).order_by("seq").values_list(*COVERED, "hash")
    for *values, stored in rows.iterator(chunk_size=5000):
        seq += 1
        if values[0] != seq:
            return Verdict(seq - 1, previous, seq, f"link {seq} is missing")
        if values[-1] != previous:
            return Verdict(seq - 1, previous, seq, f"link {seq} does not follow link {seq - 1}")
        if digest(tuple(values)) != stored:
            return Verdict(seq - 1, previous, seq, f"link {seq} was altered")
        if expected_head and expected_head[0] == seq and expected_head[1] != stored:
            return Verdict(seq - 1, previous, seq, f"link {seq} is not the one the witness holds")
        previous = stored
    if expected_head and expected_head[0] > seq:
        return Verdict(seq, previous, seq + 1, f"the chain ends at {seq}; the witness holds link {expected_head[0]}")
    return Verdict(seq, previous)


def head(model: type[Link], using: str) -> tuple[int, str]:
    """The last link's number and hash, for a witness outside this machine to keep."""
    return model._default_manager.using(using).order_by("-seq").values_list("seq", "hash").first() or (
        0,
        FIRST,
    )


def _queue(using: str) -> None:
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
