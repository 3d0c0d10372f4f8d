"""A hash chain in an ordinary table: each row carries the hash of the row before it.

The order of acts is the order of numbers. A link's time is when the act was done, as whoever wrote it said: an import,
or the demonstration, writes down today what was done years ago, and a machine's clock may be set back. `verify` counts
such links instead of calling them broken.

Whoever alters, removes, inserts or swaps a row breaks every hash after it. Cutting off the end leaves a shorter but
sound chain; only a head noted elsewhere (`head`) shows that, so heads are given to witnesses.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from amparo.audit import rows
from amparo.audit.asking import Question
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
    """What `verify` found: how many links are sound, the first that is not, and how many bear an earlier time than
    the link before them.
    """

    links: int
    head: str
    broken_at: int | None = None
    why: str = ""
    dated_back: int = 0

    @property
    def sound(self) -> bool:
        return self.broken_at is None


_canonical = json.JSONEncoder(default=str, sort_keys=True, separators=(",", ":")).encode


def digest(values: tuple[Any, ...]) -> str:
    """SHA-256 over the canonical JSON of the columns in the order of `COVERED`."""
    seq, at, *rest = values
    return hashlib.sha256(_canonical([seq, at.isoformat(), *rest]).encode()).hexdigest()


def append(model: type[Link], using: str, columns: dict[str, Any]) -> Link:
    """Add a link. Must be called inside the transaction of the act, so that both stand or neither.

    Two statements: SQLite's transactions are IMMEDIATE, so a second writer is already waiting before it could read the
    same last link; on PostgreSQL the first statement waits for a lock that ends with the transaction.
    """
    seq, previous = _last(model, using)
    link = model(seq=seq + 1, at=clock.now(), previous=previous, **columns)
    link.hash = digest(tuple(getattr(link, name) for name in COVERED))
    rows.insert([link])
    return link


def append_many(model: type[Link], using: str, many: Iterable[dict[str, Any]]) -> None:
    """Add a link for each of many acts, in their order, as `append` does; each brings its `at`."""
    (seq, previous), links = _last(model, using), []
    for columns in many:
        seq += 1
        link = {"seq": seq, "previous": previous, **columns}
        values = tuple([link[name] for name in COVERED])
        previous = digest(values)
        links.append((*values, previous))
    rows.insert_values(model, [*COVERED, "hash"], links)


def _last(model: type[Link], using: str) -> tuple[int, str]:
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("An audit row is written in its act's own transaction.")
    if connections[using].vendor == "postgresql":
        return _queue(model, using)
    return next(iter(_last_link(model, using)()), (0, FIRST))


@cache
def _last_link(model: type[Link], using: str) -> Question[tuple[int, str]]:
    return Question(lambda: _links(model, using)[:1])


def _links(model: type[Link], using: str) -> "QuerySet[Link, tuple[int, str]]":
    return model._default_manager.using(using).order_by("-seq").values_list("seq", "hash")


def verify(model: type[Link], using: str, *, expected_head: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain and name the first broken link; `expected_head` is a (seq, hash) a witness kept."""
    previous, seq, dated_back, last = FIRST, 0, 0, None
    found = model._default_manager.using(using).order_by("seq").values_list(*COVERED, "hash")
    for *values, stored in found.iterator(chunk_size=5000):
        seq += 1
        if values[0] != seq:
            return Verdict(seq - 1, previous, seq, f"link {seq} is missing")
        if values[-1] != previous:
            return Verdict(seq - 1, previous, seq, f"link {seq} does not follow link {seq - 1}")
        if digest(tuple(values)) != stored:
            return Verdict(seq - 1, previous, seq, f"link {seq} was altered")
        if expected_head and expected_head[0] == seq and expected_head[1] != stored:
            return Verdict(seq - 1, previous, seq, f"link {seq} is not the one the witness holds")
        dated_back += last is not None and values[1] < last
        previous, last = stored, values[1]
    if expected_head and expected_head[0] > seq:
        return Verdict(seq, previous, seq + 1, f"the chain ends at {seq}; the witness holds link {expected_head[0]}")
    return Verdict(seq, previous, dated_back=dated_back)


def head(model: type[Link], using: str) -> tuple[int, str]:
    """The last link's number and hash, for a witness outside this machine to keep."""
    return _links(model, using).first() or (0, FIRST)


def _queue(model: type[Link], using: str) -> tuple[int, str]:
    """PostgreSQL: wait for the other writers, then read the last link, in one message to the server.

    Two commands, for the second must see what the others wrote while the first one waited.
    """
    table = model._meta.db_table
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock({LOCK}); "  # noqa: S608 - our own names
            f"SELECT seq, encode(hash, 'hex') FROM {table} ORDER BY seq DESC LIMIT 1"
        )
        cursor.nextset()
        return cursor.fetchone() or (0, FIRST)
