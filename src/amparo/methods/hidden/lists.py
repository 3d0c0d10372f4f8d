"""Lists of the same kind of people, and how they overlap: the one input of multiple systems estimation.

A *history* says on which lists a person is: a bit mask, bit ``j`` for list ``j``. Nobody has history 0 in the data:
those people are what is to be estimated.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.hidden.cautions import Caution, caution
from amparo.methods.hidden.types import Floats

MOST_LISTS = 10  # 1,023 histories and 56 terms; beyond that nearly every history is empty, and merging lists says more
MOST_PEOPLE = 10**9
SET = "set"
PARTITION = "partition"  # one drawing of uncertain links: the same people, put together in another way
COUNT = "count"


@dataclass(frozen=True)
class Lists:
    """How many people have each history. `counts[h - 1]` is the number with history `h`, for `h` from 1."""

    names: tuple[str, ...]
    counts: Floats
    order: tuple[int, ...] = ()  # the histories as the file's lines name them: resampling draws in this order

    @property
    def observed(self) -> int:
        return int(self.counts.sum())

    @property
    def histories(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return np.arange(1, 2 ** len(self.names))

    def on(self, *lists: int) -> int:
        """How many people are on all of these lists at once."""
        mask = sum(1 << each for each in lists)
        return int(self.counts[(self.histories & mask) == mask].sum())

    def without(self, dropped: int) -> "Lists":
        """The table as if list `dropped` did not exist: those who are on no other list are lost from it."""
        kept = [each for each in range(len(self.names)) if each != dropped]
        return self._moved(tuple(self.names[each] for each in kept), [(each,) for each in kept])

    def merged(self, one: int, other: int) -> "Lists":
        """The table with two lists taken as one."""
        kept = [each for each in range(len(self.names)) if each not in {one, other}]
        names = (*(self.names[each] for each in kept), f"{self.names[one]}+{self.names[other]}")
        return self._moved(names, [*((each,) for each in kept), (one, other)])

    def only_on(self, known: int) -> "Lists":
        """The people of one list only, as the other lists see them: their true number is known, `on(known)`."""
        kept = self.histories & (1 << known) > 0
        return Lists(self.names, np.where(kept, self.counts, 0)).without(known)

    def _moved(self, names: tuple[str, ...], parts: Sequence[tuple[int, ...]]) -> "Lists":
        moved = np.zeros(2 ** len(names))
        for history, count in zip(self.histories.tolist(), self.counts, strict=True):
            bits = (any(history >> part & 1 for part in group) << place for place, group in enumerate(parts))
            moved[sum(bits)] += count
        return Lists(names, moved[1:])


@dataclass(frozen=True)
class Table:
    """One table of a file: its lists, its strata (empty when none were asked for), and what to know about it.

    `draws`: the lists under each drawing of uncertain links (else empty); `lists` is the first of them. A stratum is a
    table of its own, with its own drawings.
    """

    set: str
    lists: Lists
    strata: dict[tuple[str, ...], "Table"] = field(default_factory=dict)
    strata_columns: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()
    draws: tuple[Lists, ...] = ()

    @property
    def every(self) -> tuple[Lists, ...]:
        """What the methods are asked about: each drawing of the links, or the lists as they are."""
        return self.draws or (self.lists,)


def read(lines: Iterable[str], *, strata: Sequence[str] = (), count: str = COUNT) -> list[Table]:
    """The tables in a CSV file whose first line names its columns.

    A 0/1 column is a list. A column `count` says how many people share a line; without it, each line is a person. A
    column `set` makes one table for each of its values; columns named in `strata` divide a table. A column `partition`
    numbers drawings of uncertain links: the same people, each time put together in another way. Raises `Invalid`,
    naming the line or the column.
    """
    return _Reader(lines, tuple(strata), count).tables()


class _Reader:
    def __init__(self, lines: Iterable[str], strata: tuple[str, ...], count: str) -> None:
        reader = csv.reader(lines)
        head = [name.strip() for name in next(reader, [])]
        self.strata, self.count = strata, count
        self.rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(map(str.strip, row))]
        self._check_shape(head)
        self.at = {name: place for place, name in enumerate(head)}
        self.lists = [name for name in head if name not in {SET, PARTITION, count, *strata}]
        if len(self.lists) < 2:  # noqa: PLR2004 - two lists are the least that can overlap
            raise _wrong("At least two lists are needed: with one list nothing tells how many it misses.")
        if len(self.lists) > MOST_LISTS:
            raise _wrong(
                f"{len(self.lists)} lists are too many: {2 ** len(self.lists) - 1:,} overlaps, nearly all of them "
                f"empty. Up to {MOST_LISTS} are feasible, 4 to 6 are usual; merge lists of the same kind."
            )

    def _check_shape(self, head: list[str]) -> None:
        double = next((name for name in head if head.count(name) > 1), None)
        if not head or not all(head) or double is not None:
            said = f"two columns are named {double}" if double else "each column needs a name"
            raise _wrong(f"Line 1: {said}.")
        missing = [name for name in self.strata if name not in head]
        if missing:
            raise _wrong(f"Line 1 names no column {', '.join(missing)}.")
        short = next((line for line, row in self.rows if len(row) != len(head)), None)
        if short is not None:
            raise _wrong(f"Line {short}: it has not as many columns as line 1.")
        if not self.rows:
            raise _wrong("There are no people in this file.")

    def tables(self) -> list[Table]:
        sets: dict[str, list[tuple[int, list[str]]]] = {}
        for line, row in self.rows:
            sets.setdefault(row[self.at[SET]] if SET in self.at else "", []).append((line, row))
        return [self._drawn(name, rows) for name, rows in sets.items()]

    def _drawn(self, name: str, rows: list[tuple[int, list[str]]]) -> Table:
        if PARTITION not in self.at:
            return self._table(name, rows)
        drawings: dict[str, list[tuple[int, list[str]]]] = {}
        for line, row in rows:
            drawings.setdefault(row[self.at[PARTITION]], []).append((line, row))
        tables = [self._table(name, each) for each in drawings.values()]
        keys = sorted({key for each in tables for key in each.strata})
        strata = {key: self._everywhere(key, [each.strata for each in tables]) for key in keys}
        return replace(tables[0], strata=strata, draws=tuple(each.lists for each in tables))

    def _everywhere(self, key: tuple[str, ...], drawings: Sequence[dict[tuple[str, ...], Table]]) -> Table:
        """A stratum with its drawings; in some there may be nobody."""
        nobody = Lists(tuple(self.lists), np.zeros(2 ** len(self.lists) - 1))
        draws = tuple(each[key].lists if key in each else nobody for each in drawings)
        return Table("", draws[0], draws=draws)

    def _table(self, name: str, rows: list[tuple[int, list[str]]]) -> Table:
        seen: dict[tuple[tuple[str, ...], int], int] = {}
        twice = 0
        strata: dict[tuple[str, ...], Lists] = {}
        for line, row in rows:
            stratum = tuple(row[self.at[each]] for each in self.strata)
            history = sum(self._on(line, row, each) << place for place, each in enumerate(self.lists))
            if history == 0:
                raise _wrong(f"Line {line}: this person is on no list; how many are so is what is to be estimated.")
            number = self._count(line, row)
            twice += seen.setdefault((stratum, history), line) != line
            found = strata.setdefault(stratum, Lists(tuple(self.lists), np.zeros(2 ** len(self.lists) - 1)))
            found.counts[history - 1] += number
        order = tuple(dict.fromkeys(history for _, history in seen))
        whole = Lists(tuple(self.lists), np.sum([each.counts for each in strata.values()], axis=0), order)
        told = list(about(whole, name))
        if twice and self.count in self.at:
            told.append(caution("added", more=twice))
        for stratum, each in strata.items():
            if self.strata and not each.observed:
                raise _wrong(f"There is nobody in {', '.join(stratum)}: leave this stratum out or join it to another.")
        parts = {stratum: Table("", each) for stratum, each in sorted(strata.items())} if self.strata else {}
        return Table(name, whole, parts, self.strata, tuple(told))

    def _on(self, line: int, row: list[str], name: str) -> bool:
        given = row[self.at[name]]
        if given not in {"0", "1"}:
            raise _wrong(
                f"Line {line}, column {name}: “{_short(given)}” is neither 0 nor 1. A list has 1 for who is on it; "
                "other columns are strata, and must be named as such."
            )
        return given == "1"

    def _count(self, line: int, row: list[str]) -> int:
        if self.count not in self.at:
            return 1
        given = row[self.at[self.count]]
        if not (given.isascii() and given.isdigit()) or int(given) > MOST_PEOPLE:
            raise _wrong(f"Line {line}, column {self.count}: a count is a whole number, 0 or more.")
        return int(given)


def about(lists: Lists, name: str = "") -> Iterator[Caution]:
    """What to know of a table before it is estimated. Raises `Invalid` where it, or one of its lists, is empty."""
    where = f" in {name}" if name else ""
    if not lists.observed:
        raise _wrong(f"There are no people{where}: every count is 0.")
    sizes = [lists.on(each) for each in range(len(lists.names))]
    if lists.observed and any(size == 0 for size in sizes):
        empty = ", ".join(label for label, size in zip(lists.names, sizes, strict=True) if size == 0)
        raise _wrong(f"Nobody{where} is on list {empty}: leave this column out.")
    for label, size in zip(lists.names, sizes, strict=True):
        if size == lists.observed:
            yield caution("everybody", list=label)
    for one, label in enumerate(lists.names):
        for other in range(one):
            both = lists.on(one, other)
            if both == sizes[one] == sizes[other]:
                yield caution("same", one=lists.names[other], other=label)


def _wrong(sentence: str) -> Invalid:
    return Invalid({"file": sentence})


def _short(text: str) -> str:
    """No more of a cell than shows what kind of thing it is: it may be a person's data in the wrong column."""
    return text if len(text) <= 3 else f"{text[:1]}…"  # noqa: PLR2004 - "0.5", "yes", "2": nobody's name
