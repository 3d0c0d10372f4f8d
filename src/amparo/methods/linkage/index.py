"""The intake check: have we met this child? An inverted index of keys, and the best candidates scored with the weights.

Kept in SQLite, so that it works on any laptop: each record's keys, and each record as it is compared. A question looks
up its own keys, takes the records that share the rarest of them, and compares those alone. Everything is held by the
one connection; nothing is read from the records' database.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from math import log2
from pathlib import Path
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.linkage.comparisons import levels, otherwise_named
from amparo.methods.linkage.frozen import kept, thawed
from amparo.methods.linkage.keys import keys
from amparo.methods.linkage.learning import ANSWERS, Floats, Model
from amparo.methods.linkage.people import Person
from amparo.methods.linkage.rarity import RARE, named_words

BEST = 120  # candidates that are compared
SHOWN = 10
_COMMON = 3_000  # records; a key that more share is passed over
_CHUNK = 20_000
_TABLES = """
create table if not exists met (key integer, rid integer, primary key (key, rid)) without rowid;
create table if not exists record (rid integer primary key, id text, kept text);
create table if not exists about (of text);
create table if not exists name (place integer, key text, n integer, primary key (place, key)) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be of the same child; `score` is the chance of it, `answer` the likeliest of `ANSWERS`.

    Where the given name is another one altogether, `answer` is the likeliest of the others.
    """

    id: str
    score: float
    answer: str
    levels: tuple[int, ...]


class Index:
    """An index of records; in memory, or kept in a file, which then holds names as the records do.

    `of` says which records it is of. Raises `Invalid` where the file was made of others.
    """

    def __init__(self, path: Path | None = None, *, of: str = "") -> None:
        self.db = sqlite3.connect(path or ":memory:")
        try:
            self.db.executescript(_TABLES)
        except sqlite3.DatabaseError:
            raise Invalid({"index": "This file is no index of `amparo link check`."}) from None
        self._know(of)
        self._common: dict[tuple[int, str], int] = {}
        self.records = self._size()

    def add(self, people: Iterable[Person]) -> None:
        """Take records in. May be called again for more of them."""
        flow = iter(people)
        while chunk := list(islice(flow, _CHUNK)):
            self._insert(chunk)
        self.db.commit()
        self.records = self._size()
        self._common = {(place, key): n for place, key, n in self.db.execute("select place, key, n from name")}

    def met(self, asked: Person, model: Model, *, shown: int = SHOWN) -> list[Candidate]:
        """The records most likely of the same child, the likeliest first."""
        asked = self._rare(replace(asked))
        near = self._near(keys(asked))
        rows = self.db.execute(f"select id, kept from record where rid in ({','.join(map(str, near))})")  # noqa: S608 - numbers
        pairs = [(id, levels(asked, self._rare(thawed(text)))) for id, text in rows]
        if not pairs:
            return []
        answers = model.answers(np.array([found for _, found in pairs], np.int8))
        best = np.lexsort((-answers[:, 1] - answers[:, 2], -answers[:, 0]))[:shown].tolist()
        return [
            Candidate(pairs[at][0], float(answers[at, 0]), _told(answers[at], pairs[at][1]), pairs[at][1])
            for at in best
        ]

    def _know(self, of: str) -> None:
        found = self.db.execute("select of from about").fetchone()
        if found is None:
            self.db.execute("insert into about values (?)", (of,))
        elif found[0] != of:
            raise Invalid({"index": "This index was made of other records, or they have changed; name another file."})

    def _near(self, asked: list[int]) -> list[int]:
        """Up to `BEST` records that share keys with the question: the more and the rarer, the sooner."""
        bits: dict[int, float] = defaultdict(float)
        for key in asked:
            found = self.db.execute("select rid from met where key = ? limit ?", (key, _COMMON + 1)).fetchall()
            if len(found) <= _COMMON:
                worth = log2((self.records + 1) / (len(found) + 1)) if found else 0.0
                for (rid,) in found:
                    bits[rid] += worth
        return sorted(bits, key=lambda rid: (-bits[rid], rid))[:BEST]

    def _rare(self, one: Person) -> Person:
        """The same record, which now says how rare its names are here."""
        one.rare = tuple(self._rarity(place, key) for place, key in _named(one))
        return one

    def _rarity(self, place: int, key: str) -> int:
        number = self._common.get((place, key), 0)
        return sum(number < share * self.records for share in RARE) if key else 0

    def _insert(self, chunk: list[Person]) -> None:
        start = self._size()
        rows: list[tuple[Any, ...]] = []
        names: dict[tuple[int, str], int] = defaultdict(int)
        for rid, one in enumerate(chunk, start):
            rows.append((rid, one.id, kept(one)))
            for place, key in _named(one):
                names[place, key] += 1
        self.db.executemany("insert into record values (?, ?, ?)", rows)
        met = sorted((key, rid) for rid, one in enumerate(chunk, start) for key in keys(one))
        self.db.executemany("insert or ignore into met values (?, ?)", met)
        self.db.executemany(
            "insert into name values (?, ?, ?) on conflict (place, key) do update set n = n + excluded.n",
            [(place, key, n) for (place, key), n in names.items() if key],
        )

    def _size(self) -> int:
        return int(self.db.execute("select coalesce(max(rid), -1) + 1 from record").fetchone()[0])


def _named(one: Person) -> list[tuple[int, str]]:
    return list(enumerate(named_words(one)))


def _told(answers: Floats, found: tuple[int, ...]) -> str:
    from_ = int(otherwise_named(found))
    return ANSWERS[from_ + int(answers[from_:].argmax())]
