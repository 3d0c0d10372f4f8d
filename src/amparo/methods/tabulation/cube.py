"""Dense cubes: every cell of a short list of axes counted once, so that a table costs the same however many children.

An array has an axis a dimension and a place a code. Axes of which each unit has one code add up; an axis of which it
may have several has a place of its own for the total, for such a total is no sum. Beside the counts stand the sums of
the record keys, in whole numbers of 32 bits that wrap around as the keys do.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.tabulation.asking import TOTAL, Cell, Plan, Question, Table, plan
from amparo.methods.tabulation.engines import Engine
from amparo.methods.tabulation.indicators import Catalogue

# Axes of the maintained cubes, the finest that people ask for together. Anything else is asked of the snapshot.
CUBES: Mapping[str, tuple[str, ...]] = {
    "children_identified": ("year", "age", "sex", "region", "form"),
    "children_served": ("year", "age_group", "sex", "region", "service"),
    "children_recovered": ("year", "age_group", "sex", "region", "form"),
    "incidents_recorded": ("year", "form", "setting", "region", "sex"),
    "reports_received": ("year", "region", "urgency", "channel", "report_outcome"),
    "proceedings_opened": ("year", "region", "stage", "proceeding_outcome", "sex"),
    "children_treated_as_offenders": ("year", "region", "sex", "age_group", "sanction"),
}
Counts = np.ndarray[Any, np.dtype[np.uint32]]


@dataclass(frozen=True)
class Cube:
    """`codes`: of each axis, in its order. `several`: the axes whose last place is their total."""

    indicator: str
    axes: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    several: tuple[bool, ...]
    numbers: Counts
    keys: Counts

    @property
    def cells(self) -> int:
        return int(self.numbers.size)

    def answers(self, question: Question) -> bool:
        """Can this question be read off? A filter on an axis of several codes is for the snapshot, unless it is one
        code of an axis that is not broken down: a unit in two codes would be counted twice.
        """
        if question.indicator != self.indicator or not {*question.by, *question.where} <= set(self.axes):
            return False
        several = dict(zip(self.axes, self.several, strict=True))
        return all(
            not several[axis] or (len(codes) == 1 and axis not in question.by)
            for axis, codes in question.where.items()
        )

    def table(self, question: Question) -> Table:
        """The table, without looking at a single child. Raises `Invalid` for a question that it does not answer."""
        if not self.answers(question):
            raise Invalid({"by": "This cube does not answer that question."})
        numbers, keys = (self._reduced(each, question) for each in (self.numbers, self.keys))
        cells: dict[tuple[str, ...], Cell] = {}
        for left_out in self._margins(question):
            self._read(cells, numbers, keys, question, left_out)
        return Table(question.by, cells)

    def _reduced(self, array: Counts, question: Question) -> Counts:
        """Only the axes of the question, in its order."""
        for axis, codes in question.where.items():
            at = self.axes.index(axis)
            chosen = [place for place, code in enumerate(self.codes[at]) if code in codes]
            array = array.take(chosen, axis=at)
        dropped = []
        for at, axis in enumerate(self.axes):
            if axis not in question.by:
                if self.several[at] and axis not in question.where:
                    array = array.take([array.shape[at] - 1], axis=at)
                dropped.append(at)
        array = array.sum(axis=tuple(dropped), dtype=np.uint32)
        kept = [axis for axis in self.axes if axis in question.by]
        return array.transpose([kept.index(axis) for axis in question.by])

    def _margins(self, question: Question) -> Iterator[frozenset[int]]:
        places = range(len(question.by))
        for length in places if question.totals else []:
            yield from (frozenset(each) for each in combinations(places, length))
        yield frozenset(places) if question.totals else frozenset()

    def _read(
        self, cells: dict[tuple[str, ...], Cell], numbers: Counts, keys: Counts, question: Question, out: frozenset[int]
    ) -> None:
        labels: list[Sequence[str]] = []
        whole = []
        for place, axis in enumerate(question.by):
            at = self.axes.index(axis)
            codes = self._codes(at, question)
            several = self.several[at]
            if place in out:
                labels.append([TOTAL])
                numbers, keys = (_margin(each, place, several=several) for each in (numbers, keys))
            else:
                labels.append(codes)
            whole.append(slice(0, len(labels[-1])))
        numbers, keys = numbers[tuple(whole)], keys[tuple(whole)]
        for where in np.argwhere(numbers):
            index = tuple(where.tolist())
            coordinate = tuple(each[place] for each, place in zip(labels, index, strict=True))
            cells[coordinate] = Cell(int(numbers[index]), int(keys[index]))

    def _codes(self, at: int, question: Question) -> Sequence[str]:
        asked = question.where.get(self.axes[at])
        return [code for code in self.codes[at] if asked is None or code in asked]

    def packed(self) -> bytes:
        """As bytes that are the same for the same cube."""
        out = io.BytesIO()
        text = {"axes": self.axes, "several": self.several, "indicator": self.indicator}
        codes = {f"codes_{at}": np.array(each, dtype=str) for at, each in enumerate(self.codes)}
        np.savez(out, allow_pickle=False, numbers=self.numbers, keys=self.keys, **codes,
                 **{name: np.array(value) for name, value in text.items()})  # fmt: skip
        return out.getvalue()


def unpacked(packed: bytes) -> Cube:
    """A cube that was packed."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as told:
        axes = tuple(told["axes"].tolist())
        codes = tuple(tuple(told[f"codes_{at}"].tolist()) for at in range(len(axes)))
        several = tuple(told["several"].tolist())
        return Cube(str(told["indicator"]), axes, codes, several, told["numbers"], told["keys"])


def build(engine: Engine, indicator: str, axes: tuple[str, ...], catalogue: Catalogue) -> Cube:
    """Count every cell, once without and once with each axis of several codes."""
    asked = plan(Question(indicator, axes, totals=False), catalogue)
    several = tuple(not part.single for part in asked.by)
    tables = list(_finest(engine, asked, axes, several, catalogue))
    codes = tuple(
        tuple(sorted({place[at] for table in tables for place in table if place[at] != TOTAL}))
        for at in range(len(axes))
    )
    shape = [len(each) + more for each, more in zip(codes, several, strict=True)]
    numbers, keys = np.zeros(shape, dtype=np.uint32), np.zeros(shape, dtype=np.uint32)
    at = [{code: place for place, code in enumerate(each)} | {TOTAL: len(each)} for each in codes]
    for table in tables:
        if table:
            index = tuple(np.array([at[axis][code] for code in column]) for axis, column in enumerate(zip(*table, strict=True)))
            numbers[index] = [cell.number for cell in table.values()]
            keys[index] = [cell.key for cell in table.values()]
    return Cube(indicator, axes, codes, several, numbers, keys)


def _finest(
    engine: Engine, asked: Plan, axes: tuple[str, ...], several: tuple[bool, ...], catalogue: Catalogue
) -> Iterator[dict[tuple[str, ...], Cell]]:
    """The finest cells for each way of leaving axes of several codes out."""
    for left_out in product(*([False, True] if each else [False] for each in several)):
        kept = tuple(axis for axis, out in zip(axes, left_out, strict=True) if not out)
        found = engine.count(plan(Question(asked.indicator.code, kept, totals=False), catalogue))
        yield {_placed(coordinate, left_out): cell for coordinate, cell in found.cells.items()}


def _placed(coordinate: tuple[str, ...], left_out: tuple[bool, ...]) -> tuple[str, ...]:
    codes = iter(coordinate)
    return tuple(TOTAL if out else next(codes) for out in left_out)


def _margin(array: Counts, place: int, *, several: bool) -> Counts:
    if several:
        return array.take([array.shape[place] - 1], axis=place)
    return array.sum(axis=place, keepdims=True, dtype=np.uint32)
