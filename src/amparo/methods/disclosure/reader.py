"""The attacker of releases: whoever has every table that was ever published, and a linear programme.

Written apart from what protects, on purpose: it reads released files only, sets up its own equations from them, and
never sees a reason for anything. It knows that counts are not negative, that sums are sums, the rounding base or the
greatest noise that a table declares, and, when it is told, what an insider knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil, inf
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.disclosure.extra import highs, integral
from amparo.methods.disclosure.frame import TOTAL, Frame, Key, Relation

_SLACK = 1e-6
_PATIENCE = 20.0  # seconds for one number in whole children
_FAR = 1e6  # where nothing else ends what a push may do
_PUSHES = 12
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int32]]


class Contradiction(Exception):
    """No table at all fits what was published."""


@dataclass(frozen=True)
class Inferred:
    """All that can be said of a number: it lies between `low` and `high` (inf: no end). `name` says which it is."""

    key: Key
    name: str
    low: float
    high: float
    hidden: bool


@dataclass(frozen=True)
class Fact:
    """Something published: what the cell counts, and between what its count must lie; nothing at all when hidden."""

    key: Key
    name: str
    low: float
    high: float


def facts_of(release: Mapping[str, Any], frame: Frame, name: str) -> Iterator[Fact]:
    """What one released file says, cell by cell. Raises `Invalid` for a file that is no release."""
    for table in release.get("tables") or []:
        kind, where = table.get("kind", "exact"), table.get("where") or {}
        limits = {
            each: tuple(sorted({p for code in codes for p in frame.part(each, code)})) for each, codes in where.items()
        }
        for cell in table["cells"]:
            codes = {each: cell[each] for each in frame.variables if each in cell}
            words = f"{name} {table.get('id', '')}: " + ", ".join(codes.values())
            yield Fact(frame.key(codes, limits), words, *_ends(kind, cell.get("value"), table, cell))


def _ends(kind: str, value: Any, table: Mapping[str, Any], cell: Mapping[str, Any]) -> tuple[float, float]:
    if kind == "interval":
        high = cell.get("high")
        return float(cell.get("low") or 0), inf if high is None else float(high)
    if value is None:
        return 0.0, inf
    if kind not in {"exact", "round", "perturb"}:
        raise Invalid({"release": f"There is no kind of table {kind}."})
    away = {"exact": 0, "round": int(table.get("base", 1)) - 1, "perturb": int(table.get("max", 0))}[kind]
    return max(0.0, value - away), float(value + away)


@dataclass(frozen=True)
class Aim:
    """A number that he goes for. `enough`: he is left in doubt enough if it can be so low, and so high.

    `harmless`: an interval that tells nothing although it is short; it is only asked of what he can truly infer.
    """

    key: Key
    name: str
    enough: Callable[[float, float], bool]
    harmless: Callable[[float, float], bool] = lambda _low, _high: False


@dataclass
class Reader:
    """What follows from `facts`, and from `relations` between populations. `whole`: children are whole.

    Raises `Contradiction` once it is asked.
    """

    frame: Frame
    facts: Sequence[Fact]
    whole: bool = False
    relations: Sequence[Relation] = ()
    _mixed: Any = None

    def __post_init__(self) -> None:
        self.classes = [self._classes(axis, len(codes)) for axis, codes in enumerate(self.frame.variables.values())]
        self._holder = [np.zeros(len(codes), dtype=int) for codes in self.frame.variables.values()]
        for holder, parts in zip(self._holder, self.classes, strict=True):
            for number, part in enumerate(parts):
                holder[list(part)] = number
        self.shape = [len(parts) for parts in self.classes]
        self.count = int(np.prod(self.shape))
        self.solver = self._programme()

    def _classes(self, axis: int, size: int) -> list[tuple[int, ...]]:
        """Codes that stand in the same cells of every fact cannot be told apart."""
        marks: list[list[int]] = [[] for _ in range(size)]
        parts = {fact.key[axis] for fact in self.facts} | {
            key[axis] for relation in self.relations for key in (*relation.more, *relation.less)
        }
        for number, part in enumerate(parts):
            for place in part:
                marks[place].append(number)
        alike: dict[tuple[int, ...], list[int]] = {}
        for place, mark in enumerate(marks):
            alike.setdefault(tuple(mark), []).append(place)
        return [tuple(places) for places in alike.values()]

    def inside(self, key: Key) -> Places:
        """The unknowns that a cell is the sum of."""
        parts = [np.unique(holder[list(part)]) for holder, part in zip(self._holder, key, strict=True)]
        return np.ravel_multi_index(np.ix_(*parts), self.shape).ravel().astype(np.int32)

    def divides(self, key: Key) -> bool:
        """Does the cell hold only some codes that nobody can tell apart? Then it may be empty."""
        held = [{int(each) for each in holder[list(part)]} for holder, part in zip(self._holder, key, strict=True)]
        return any(
            sum(len(parts[each]) for each in found) > len(part)
            for parts, found, part in zip(self.classes, held, key, strict=True)
        )

    def _programme(self) -> Any:
        solver = highs()
        self.least, self.most = np.zeros(self.count), np.full(self.count, inf)
        limits: dict[Key, tuple[float, float]] = {}
        rows: list[tuple[float, float, Places]] = []
        for fact in self.facts:
            low, high = limits.get(fact.key, (0.0, inf))
            limits[fact.key] = max(low, fact.low), min(high, fact.high)
        for key, (low, high) in limits.items():
            if low > high:
                raise Contradiction
            if (low, high) != (0.0, inf):
                rows.append((low, high, self.inside(key)))
        for low, high, places in rows:
            if len(places) == 1:
                self.least[places], self.most[places] = max(low, self.least[places[0]]), min(high, self.most[places[0]])
        solver.addVars(self.count, self.least, self.most)
        for low, high, places in rows:
            if len(places) > 1:
                solver.addRow(low, high, len(places), places, np.ones(len(places)))
        for relation in self.relations:
            self._relate(solver, relation)
        return solver

    def _relate(self, solver: Any, relation: Relation) -> None:
        """A row for each combination of the codes that hold apart: the more less the less is not negative."""
        split = [
            parts if name in relation.each else [None]
            for name, parts in zip(self.frame.variables, self.classes, strict=True)
        ]
        for at in product(*split):
            weights: dict[int, float] = {}
            for keys, sign in ((relation.more, 1.0), (relation.less, -1.0)):
                for key in keys:
                    part = tuple(own if one is None else one for own, one in zip(key, at, strict=True))
                    for place in self.inside(part).tolist():
                        weights[place] = weights.get(place, 0.0) + sign
            places = np.array(list(weights), dtype=np.int32)
            solver.addRow(0.0, inf, len(places), places, np.array(list(weights.values())))

    def bounds(self, key: Key) -> tuple[float, float]:
        """The least and the greatest number that a cell can have."""
        return self.end(key, 1)[0], self.end(key, -1)[0]

    def end(self, key: Key, sign: int) -> tuple[float, Numbers | None]:
        """The least (`sign` 1) or the greatest (-1) number, and a table in which it is so."""
        if sign > 0 and self.divides(key):
            return 0.0, None
        places = self.inside(key)
        found, table = self._solved(self.solver, places, sign)
        if self.whole and table is not None:
            if np.abs(table - np.round(table)).max(initial=0) > _SLACK:
                self._mixed = self._mixed or integral(self.solver, seconds=_PATIENCE)
                found, table = self._solved(self._mixed, places, sign)
            found = float(ceil(sign * found - _SLACK)) * sign
        return found, table

    def pushed(self, weight: Numbers) -> Numbers | None:
        """A table that fits, with the unknowns pushed as they are weighed; None when it is not of whole children."""
        kept = np.arange(self.count, dtype=np.int32)
        self.solver.changeColsBounds(self.count, kept, self.least, np.minimum(self.most, _FAR))
        table = self._answer(self.solver, kept, weight)[1]
        self.solver.changeColsBounds(self.count, kept, self.least, self.most)
        torn = table is None or (self.whole and np.abs(table - np.round(table)).max(initial=0) > _SLACK)
        return None if torn else table

    def _solved(self, solver: Any, places: Places, sign: int) -> tuple[float, Numbers | None]:
        found, table = self._answer(solver, places, np.full(len(places), float(sign)))
        return (inf if sign < 0 else 0.0, None) if table is None else (sign * found, table)

    def _answer(self, solver: Any, places: Places, costs: Numbers) -> tuple[float, Numbers | None]:
        from highspy import HighsModelStatus as Status

        solver.changeColsCost(len(places), places, costs)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        solver.changeColsCost(len(places), places, np.zeros(len(places)))
        if status in {Status.kUnbounded, Status.kUnboundedOrInfeasible}:
            return -inf, None
        if status == Status.kInfeasible:
            raise Contradiction
        if status == Status.kTimeLimit:  # what is proved so far holds, and no table is told
            return float(info.mip_dual_bound), np.zeros(self.count)
        return float(info.objective_function_value), np.array(solver.getSolution().col_value)


@dataclass
class Hunt:
    """All aims at once: each table that fits is held to all of them, and only what is still in doubt is solved for."""

    reader: Reader
    aims: Sequence[Aim]

    def __post_init__(self) -> None:
        inside = [self.reader.inside(aim.key) for aim in self.aims]
        self._places = np.concatenate([np.zeros(0, np.int32), *inside])
        self._starts = np.cumsum([0, *(len(each) for each in inside)])[:-1]
        self.low, self.high = np.full(len(self.aims), inf), np.full(len(self.aims), -inf)
        self._split = np.array([self.reader.divides(aim.key) for aim in self.aims], dtype=bool)

    def open(self, *, seed: int = 1) -> Iterator[Inferred]:
        """The aims that he infers too closely, and what he infers."""
        self._scatter(np.random.default_rng(seed))
        for number, aim in enumerate(self.aims):
            if self._in_doubt(number) and not self._left(number):
                low, high = self.low[number], self.high[number]
                if not aim.harmless(low, high):
                    yield Inferred(aim.key, aim.name, float(low), float(high), hidden=True)

    def _scatter(self, random: np.random.Generator) -> None:
        """Push everything at random: a cheap way to many tables that fit."""
        for _ in range(_PUSHES):
            doubt = [number for number in range(len(self.aims)) if self._in_doubt(number)]
            if len(doubt) < _PUSHES:
                return
            weight = np.zeros(self.reader.count)
            for number in doubt:
                weight[self._inside(number)] += random.uniform(-1, 1)
            self._note(self.reader.pushed(weight))

    def _in_doubt(self, number: int) -> bool:
        return not self.aims[number].enough(self.low[number], self.high[number])

    def _left(self, number: int) -> bool:
        """Is it wide enough after all? Its ends are exact when this says no."""
        for sign in (1, -1):
            end, table = self.reader.end(self.aims[number].key, sign)
            self._note(table)
            (self.low if sign > 0 else self.high)[number] = end
            if not self._in_doubt(number):
                return True
        return False

    def _inside(self, number: int) -> Places:
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._places)
        return self._places[self._starts[number] : end]

    def _note(self, table: Numbers | None) -> None:
        if table is None or not table.any():
            return
        sums = np.add.reduceat(table[self._places], self._starts)
        self.low = np.minimum(self.low, np.where(self._split, 0, sums))
        self.high = np.maximum(self.high, sums)


def infer(frame: Frame, facts: Sequence[Fact], *, order: int | None = None, whole: bool = False) -> Iterator[Inferred]:
    """What a reader can say of every number that was hidden or changed, and of every margin of the finest codes."""
    reader = Reader(frame, facts, whole=whole)
    for key, (name, hidden) in targets(reader, order).items():
        yield Inferred(key, name, *reader.bounds(key), hidden)


def targets(reader: Reader, order: int | None) -> dict[Key, tuple[str, bool]]:
    """What he goes for: its name, and whether somebody published it hidden or changed."""
    frame, facts = reader.frame, reader.facts
    exact = {fact.key for fact in facts if fact.low == fact.high}
    aims = {fact.key: (fact.name, True) for fact in facts if fact.key not in exact}
    everything = [tuple(range(len(codes))) for codes in frame.variables.values()]
    choices = [
        parts if name == frame.apart else [whole, *(part for part in parts if part != whole)]
        for name, whole, parts in zip(frame.variables, everything, reader.classes, strict=True)
    ]
    for key in product(*choices):
        fine = sum(
            part != whole and name != frame.apart
            for name, part, whole in zip(frame.variables, key, everything, strict=True)
        )
        if all(key) and key not in aims and key not in exact and (order is None or fine <= order):
            aims[key] = (named(frame, key), False)
    return aims


def named(frame: Frame, key: Key) -> str:
    """The codes of a cell, in words that a statistician finds again in the table."""
    words = []
    for (name, codes), part in zip(frame.variables.items(), key, strict=True):
        if len(part) < len(codes):
            known = [each for each in frame.groups.get(name, {}) if frame.part(name, each) == part]
            words.append(known[0] if known else "+".join(codes[place] for place in part))
    return ", ".join(words) or TOTAL
