"""The usual engine: every code a small whole number, a table one pass over a few arrays.

The codes of a row are the digits of one number (a mixed radix); counting is counting how often each number occurs.
What a unit may have several of (incidents, lists of codes) is first brought to one row for each unit and combination.
Those rows are kept, for the next question is mostly about them again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod
from threading import RLock
from typing import Any, Final

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.tabulation.asking import Part, Plan, Question, Table, time_code
from amparo.methods.tabulation.coding import Column, Whole, coded, mixed, spread
from amparo.methods.tabulation.cube import Cube
from amparo.methods.tabulation.grid import Grid
from amparo.methods.tabulation.indicators import CHILD, INCIDENT, TIMES
from amparo.methods.tabulation.schema import CODES, columns

MOST_CELLS: Final = 1 << 23  # of one table, margins too: twice 32 MB
_KEPT: Final = 32_000_000  # rows that are kept for the next question

Read = Callable[[str, str], Any]  # table, column: an Arrow array


@dataclass(frozen=True)
class Rows:
    """What is counted: places in the source and among the incidents, and the unit of each row.

    The rows of a unit follow one another. `known`: columns that were brought to these rows already.
    """

    own: Whole
    unit: Whole
    incident: Whole | None = None
    known: dict[str, Column] = field(default_factory=dict)

    def taken(self, at: Whole) -> "Rows":
        """Only some rows, or some of them several times."""
        known = {code: Column(each.codes, each.places[at]) for code, each in self.known.items()}
        incident = None if self.incident is None else self.incident[at]
        return Rows(self.own[at], self.unit[at], incident, known)


class Arrays:
    """A snapshot's tables, read column by column when a question needs them. Gives counts, not quartiles."""

    def __init__(self, read: Read) -> None:
        self._read, self._lock = read, RLock()
        self._columns: dict[tuple[str, str], Column] = {}
        self._numbers: dict[tuple[str, str], Whole] = {}
        self._rows: dict[tuple[Any, ...], Rows] = {}
        self._cubes: dict[tuple[Any, ...], Cube] = {}
        self._incidents: tuple[Whole, Whole, Whole] | None = None

    def count(self, asked: Plan) -> Table:
        """The table. Raises `Invalid` as `cube` does."""
        return self.grid(asked).table()

    def grid(self, asked: Plan) -> Grid:
        """The table as a dense array. Raises `Invalid` as `cube` does."""
        by = tuple(part.code for part in asked.by)
        return self.cube(asked).grid(Question(asked.indicator.code, by, totals=asked.totals))

    def cube(self, asked: Plan) -> Cube:
        """The finest cells and, where totals are asked, those for which an axis of several codes is left out.

        Raises `Invalid` for a table of too many cells, and for an indicator that gives quartiles.
        """
        if asked.indicator.of:
            raise Invalid({"engine": "This engine counts and gives no quartiles. Ask duckdb."})
        by, where = tuple(part.code for part in asked.by), tuple((part.code, codes) for part, codes in asked.asked)
        named = (asked.indicator.code, by, where, asked.totals)
        with self._lock:
            if named not in self._cubes:
                self._cubes[named] = self._cube(asked)
                _shortened(self._cubes, MOST_CELLS, lambda each: each.cells)
            return self._cubes[named]

    def close(self) -> None:
        """Let go of everything."""
        for kept in (self._columns, self._numbers, self._rows, self._cubes):
            kept.clear()
        self._incidents = None

    def _cube(self, asked: Plan) -> Cube:
        several = asked.several()
        codes = [each.codes for each in self._digits(asked, several)]
        shape = [len(each) + (place in several) for place, each in enumerate(codes)]
        if (cells := prod(len(each) + 1 for each in codes)) > MOST_CELLS:
            said = f"A table of {cells:,} cells is too large: leave a dimension out, or ask for fewer codes."
            raise Invalid({"by": said})
        numbers, keys = np.zeros(shape, dtype=np.uint32), np.zeros(shape, dtype=np.uint32)
        for length in range(len(several) + 1) if asked.totals else [len(several)]:
            for kept in combinations(several, length):
                index = tuple(
                    len(each) if place in several and place not in kept else slice(len(each))
                    for place, each in enumerate(codes)
                )
                found = numbers[index].shape
                numbers[index], keys[index] = (each.reshape(found) for each in self._tallied(asked, kept))
        axes, over = tuple(part.code for part in asked.by), tuple(not part.single for part in asked.by)
        return Cube(asked.indicator.code, axes, tuple(codes), over, numbers, keys)

    def _tallied(self, asked: Plan, kept: Sequence[int]) -> tuple[Whole, Whole]:
        """How many units have each combination, and the sums of their record keys, which wrap around as keys do."""
        rows, digits = self._distinct(asked, kept), self._digits(asked, kept)
        code, unit = mixed(digits, len(rows.own)), rows.unit
        conditions = [self._at(rows, asked, part).holding(codes) for part, codes in asked.asked if part.single]
        if conditions:
            here = np.flatnonzero(np.logical_and.reduce(conditions))
            code, unit = code[here], unit[here]
        cells = prod(len(each.codes) for each in digits)
        keys = np.zeros(cells, dtype=np.uint32)
        np.add.at(keys, code, self._number(asked.indicator.unit, "key")[unit])
        return np.bincount(code, minlength=cells).astype(np.uint32), keys

    def _digits(self, asked: Plan, kept: Sequence[int]) -> list[Column]:
        rows = self._distinct(asked, kept)
        return [self._at(rows, asked, part) for place, part in enumerate(asked.by) if part.single or place in kept]

    def _distinct(self, asked: Plan, kept: Sequence[int]) -> Rows:
        """One row for each unit and combination of the codes of the dimensions that are kept."""
        parts = sorted((asked.by[place] for place in kept), key=lambda part: part.code)
        filters = [(part, codes) for part, codes in asked.asked if not part.single]
        named = (
            asked.indicator.code, tuple((part.code, codes) for part, codes in filters), *(part.code for part in parts),
        )  # fmt: skip
        if named not in self._rows:
            self._keep(named, self._made(asked, parts, filters))
        return self._rows[named]

    def _made(self, asked: Plan, parts: Sequence[Part], filters: Sequence[tuple[Part, tuple[str, ...]]]) -> Rows:
        source, rows = asked.indicator.source, self._population(asked)
        tables = {part.table for part in (*parts, *(part for part, _codes in filters))}
        incidents = source != INCIDENT and INCIDENT in tables
        if incidents:
            rows = self._with_incidents(rows, source)
        for part, codes in filters:
            rows = rows.taken(np.flatnonzero(self._column(part).holding(codes)[self._index(rows, asked, part)]))
        for part in parts:
            rows = self._spread(rows, asked, part)
        if asked.indicator.unit != source or incidents or any(part.kind == CODES for part in parts):
            rows = rows.taken(first(rows.unit, [self._at(rows, asked, part) for part in parts]))
        return rows

    def _population(self, asked: Plan) -> Rows:
        """The rows of the source that belong, those of a unit together."""
        named = (asked.indicator.code,)
        if named not in self._rows:
            own = self._belonging(asked)
            if asked.indicator.unit == asked.indicator.source:
                self._keep(named, Rows(own, own))
            else:
                unit = self._child(asked.indicator.source)[own]
                order = sorting(unit)
                self._keep(named, Rows(own[order], unit[order]))
        return self._rows[named]

    def _belonging(self, asked: Plan) -> Whole:
        indicator = asked.indicator
        same = indicator.unit == indicator.source
        size = len(self._number(indicator.unit, "key") if same else self._child(indicator.source))
        whole = np.ones(size, dtype=bool)
        if indicator.moment:
            whole &= ~self._coded(indicator.source, indicator.moment).holding([""])
        for table, column, codes in asked.fixed:
            here = self._coded(table, column).holding(codes)
            whole &= here if table == indicator.source else here[self._child(indicator.source)]
        return np.flatnonzero(whole).astype(np.int32)

    def _with_incidents(self, rows: Rows, source: str) -> Rows:
        """Each row once for each incident of its child; once with the incident that says so where there is none."""
        order, starts, lengths = self._of_each_child()
        child = rows.own if source == CHILD else self._child(source)[rows.own]
        at, place = spread(np.maximum(lengths, 1)[child], starts[child])
        incident = np.append(order, len(order))[place]
        incident[(lengths == 0)[child][at]] = len(order)
        return Rows(rows.own[at], rows.unit[at], incident)

    def _of_each_child(self) -> tuple[Whole, Whole, Whole]:
        """The incidents child by child: their order, and of each child where they start and how many they are."""
        if self._incidents is None:
            child = self._child(INCIDENT)
            lengths = np.bincount(child, minlength=len(self._number(CHILD, CHILD)))
            self._incidents = sorting(child).astype(np.int32), np.cumsum(lengths) - lengths, lengths
        return self._incidents

    def _spread(self, rows: Rows, asked: Plan, part: Part) -> Rows:
        """Each row once for each code that it has of a dimension of several codes a row."""
        column = self._column(part)
        if column.starts is None:
            return rows
        here = self._index(rows, asked, part)
        at, place = spread(np.diff(column.starts)[here], column.starts[here])
        rows = rows.taken(at)
        rows.known[part.code] = Column(column.codes, column.places[place]).seen()
        return rows

    def _at(self, rows: Rows, asked: Plan, part: Part) -> Column:
        """A column brought to these rows, with the codes that they have."""
        if part.code not in rows.known:
            column = self._column(part)
            rows.known[part.code] = Column(column.codes, column.places[self._index(rows, asked, part)]).seen()
        return rows.known[part.code]

    def _index(self, rows: Rows, asked: Plan, part: Part) -> Whole:
        """Of these rows, the places in the table of a dimension."""
        source = asked.indicator.source
        if part.table == source:
            return rows.own
        if part.table == CHILD:
            return self._child(source)[rows.own]
        assert rows.incident is not None
        return rows.incident

    def _column(self, part: Part) -> Column:
        """Of the incident of a child that has none, nothing is recorded."""
        found = self._coded(part.table, part.column)
        if part.kind in TIMES:
            return found.renamed(lambda month: time_code(part.kind, int(month)) if month else "")
        return found.and_one() if part.table == INCIDENT else found

    def _coded(self, table: str, column: str) -> Column:
        if (table, column) not in self._columns:
            self._columns[table, column] = coded(self._read(table, column), columns(table)[column])
        return self._columns[table, column]

    def _number(self, table: str, column: str) -> Whole:
        """Numbers of rows and record keys."""
        if (table, column) not in self._numbers:
            found = self._read(table, column).to_numpy()
            if column == CHILD and table != CHILD:
                found = places_of(found, self._number(CHILD, CHILD))
            self._numbers[table, column] = found.astype(np.uint32 if column == "key" else np.int32)
        return self._numbers[table, column]

    def _child(self, table: str) -> Whole:
        """Of each row of a table, which row of `child` its child is."""
        return self._number(table, CHILD)

    def _keep(self, named: tuple[Any, ...], rows: Rows) -> None:
        self._rows[named] = rows
        _shortened(self._rows, _KEPT, lambda each: len(each.own))


def _shortened(kept: dict[tuple[Any, ...], Any], most: int, size: Callable[[Any], int]) -> None:
    """Let go of the eldest, but never of the last that was kept."""
    while len(kept) > 1 and sum(map(size, kept.values())) > most:
        del kept[next(iter(kept))]


def first(unit: Whole, digits: Sequence[Column]) -> Whole:
    """The rows that say what no earlier row of their unit says. Rows of a unit follow one another."""
    said, fresh = mixed(digits, len(unit)), np.ones(len(unit), dtype=bool)
    back, at = 1, np.arange(1, len(unit))
    while len(at := at[(at >= back) & (unit[at] == unit[at - back])]):
        fresh[at[said[at] == said[at - back]]] = False
        at, back = at[fresh[at]], back + 1
    return np.flatnonzero(fresh)


def sorting(numbers: Whole) -> Whole:
    """The order of whole numbers below 2**32, equal ones as they come: by the low 16 bits, then by the high."""
    low = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    return low[np.argsort((numbers >> 16).astype(np.uint16)[low], kind="stable")]


def places_of(numbers: Whole, among: Whole) -> Whole:
    """Where each number stands among others, which are all different; a snapshot's are mostly 0, 1, 2 …"""
    if len(among) and among[0] == 0 and among[-1] == len(among) - 1 and (np.diff(among) == 1).all():
        return numbers
    order = np.argsort(among)
    return order[np.searchsorted(among, numbers, sorter=order)]
