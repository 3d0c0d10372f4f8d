"""The attacker of releases: whoever has every table that was ever published, and a linear programme.

Written apart from what protects, on purpose: it reads released files only, sets up its own equations from them, and
never sees a reason for anything. It knows that counts are not negative, that sums are sums, the rounding base or the
greatest noise that a table declares, and, when it is told, what an insider knows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import ceil, floor, inf
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.disclosure.extra import highs
from amparo.methods.disclosure.frame import TOTAL, Frame, Key

_SLACK = 1e-6


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


@dataclass
class Reader:
    """What follows from `facts`. `known`: more facts, of an insider. `whole`: children are whole."""

    frame: Frame
    facts: Sequence[Fact]
    whole: bool = False
    atoms: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.classes = [self._classes(axis, len(codes)) for axis, codes in enumerate(self.frame.variables.values())]
        self._holder = [{place: part for part in parts for place in part} for parts in self.classes]
        for key in product(*self.classes):
            self.atoms[key] = len(self.atoms)
        self.solver = self._programme()

    def _classes(self, axis: int, size: int) -> list[tuple[int, ...]]:
        """Codes that stand in the same cells of every fact cannot be told apart."""
        marks: list[list[int]] = [[] for _ in range(size)]
        for number, part in enumerate({fact.key[axis] for fact in self.facts}):
            for place in part:
                marks[place].append(number)
        alike: dict[tuple[int, ...], list[int]] = {}
        for place, mark in enumerate(marks):
            alike.setdefault(tuple(mark), []).append(place)
        return [tuple(places) for places in alike.values()]

    def _inside(self, key: Key) -> list[int]:
        parts = [list(dict.fromkeys(self._holder[axis][place] for place in part)) for axis, part in enumerate(key)]
        return [self.atoms[each] for each in product(*parts)]

    def _programme(self) -> Any:
        from highspy import HighsVarType

        solver = highs(seconds=20 if self.whole else None)
        count = len(self.atoms)
        solver.addVars(count, np.zeros(count), np.full(count, inf))
        limits: dict[Key, tuple[float, float]] = {}
        for fact in self.facts:
            low, high = limits.get(fact.key, (0.0, inf))
            limits[fact.key] = max(low, fact.low), min(high, fact.high)
        for key, (low, high) in limits.items():
            if low > high:
                raise Contradiction
            if (low, high) != (0.0, inf):
                inside = np.array(self._inside(key), dtype=np.int32)
                solver.addRow(low, high, len(inside), inside, np.ones(len(inside)))
        if self.whole:
            kinds = np.full(count, int(HighsVarType.kInteger), dtype=np.uint8)
            solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
            solver.setOptionValue("mip_rel_gap", 0.0)
        return solver

    def bounds(self, key: Key) -> tuple[float, float]:
        """The least and the greatest number that a cell can have. Raises `Contradiction`."""
        inside = np.array(self._inside(key), dtype=np.int32)
        covered = sum(np.prod([len(part) for part in atom], dtype=float) for atom in self._atoms(inside))
        part_only = covered > np.prod([len(part) for part in key], dtype=float)  # some of an indivisible class
        low = 0.0 if part_only else self._end(inside, 1.0)
        return low, -self._end(inside, -1.0)

    def _atoms(self, places: Iterable[int]) -> Iterator[Key]:
        keys = list(self.atoms)
        return (keys[place] for place in places)

    def _end(self, inside: Any, sign: float) -> float:
        from highspy import HighsModelStatus as Status

        count = len(inside)
        self.solver.changeColsCost(count, inside, np.full(count, sign))
        self.solver.run()
        status = self.solver.getModelStatus()
        info = self.solver.getInfo()
        found = info.mip_dual_bound if self.whole else info.objective_function_value
        self.solver.changeColsCost(count, inside, np.zeros(count))
        if status in {Status.kUnbounded, Status.kUnboundedOrInfeasible}:
            return -inf if sign < 0 else 0.0
        if status == Status.kInfeasible:
            raise Contradiction
        return float(found)


def infer(frame: Frame, facts: Sequence[Fact], *, order: int | None = None, whole: bool = False) -> Iterator[Inferred]:
    """What a reader can say of every number that was hidden or changed, and of every margin of the finest codes."""
    reader = Reader(frame, facts, whole=whole)
    for key, (name, hidden) in _aims(frame, facts, reader, order).items():
        low, high = reader.bounds(key)
        if whole and high < inf:
            low, high = ceil(low - _SLACK), floor(high + _SLACK)
        yield Inferred(key, name, low, high, hidden)


def _aims(frame: Frame, facts: Sequence[Fact], reader: Reader, order: int | None) -> dict[Key, tuple[str, bool]]:
    exact = {fact.key for fact in facts if fact.low == fact.high}
    aims = {fact.key: (fact.name, True) for fact in facts if fact.key not in exact}
    everything = [tuple(range(len(codes))) for codes in frame.variables.values()]
    choices = [
        [whole, *(part for part in parts if part != whole)]
        for whole, parts in zip(everything, reader.classes, strict=True)
    ]
    for key in product(*choices):
        fine = sum(part != whole for part, whole in zip(key, everything, strict=True))
        if key not in aims and key not in exact and (order is None or fine <= order):
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
