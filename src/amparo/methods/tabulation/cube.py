"""Dense cubes: every cell of a short list of axes counted once, so that a table costs the same however many children.

An array has an axis a dimension and a place a code. Axes of which each unit has one code add up; an axis of which it
may have several has a place of its own for the total, for such a total is no sum. Beside the counts stand the sums of
the record keys, in whole numbers of 32 bits that wrap around as the keys do.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.tabulation.asking import TOTAL, Question, plan, time_shown
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.grid import Grid
from amparo.methods.tabulation.indicators import TIMES, Catalogue

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
            not several[axis] or (len(codes) == 1 and axis not in question.by) for axis, codes in question.where.items()
        )

    def grid(self, question: Question) -> Grid:
        """The table, without looking at a single child. Raises `Invalid` for a question that it does not answer."""
        if not self.answers(question):
            raise Invalid({"by": "This cube does not answer that question."})
        numbers, keys = (self._reduced(each, question) for each in (self.numbers, self.keys))
        codes = []
        for place, axis in enumerate(question.by):
            at = self.axes.index(axis)
            asked = question.where.get(axis)
            here = [code for code in self.codes[at] if asked is None or code in asked]
            if question.totals and not self.several[at]:
                numbers, keys = (_with_total(each, place) for each in (numbers, keys))
            elif self.several[at] and not question.totals:
                numbers, keys = (each.take(range(len(here)), axis=place) for each in (numbers, keys))
            codes.append((*here, TOTAL) if question.totals else tuple(here))
        return Grid(question.by, tuple(codes), numbers.astype(np.int64), keys.astype(np.int64))

    def _reduced(self, array: Counts, question: Question) -> Counts:
        """Only the axes of the question, in its order; an axis of several codes keeps the place of its total."""
        dropped = []
        for at, axis in enumerate(self.axes):
            if axis in question.where:
                asked = question.where[axis]
                array = array.take([place for place, code in enumerate(self.codes[at]) if code in asked], axis=at)
            elif axis not in question.by and self.several[at]:
                array = array.take([array.shape[at] - 1], axis=at)
            if axis not in question.by:
                dropped.append(at)
        array = array.sum(axis=tuple(dropped), dtype=np.uint32)
        kept = [axis for axis in self.axes if axis in question.by]
        return array.transpose([kept.index(axis) for axis in question.by])

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


def build(engine: Duck, indicator: str, axes: tuple[str, ...], catalogue: Catalogue) -> Cube:
    """Count every cell, with and without each axis of several codes."""
    asked = plan(Question(indicator, axes, totals=False), catalogue)
    several = tuple(not part.single for part in asked.by)
    parts = list(_parts(engine, indicator, axes, several, catalogue))
    codes = tuple(tuple(sorted(set().union(*(part.codes.get(axis, ()) for part in parts)))) for axis in axes)
    shape = [len(each) + more for each, more in zip(codes, several, strict=True)]
    numbers, keys = np.zeros(shape, dtype=np.uint32), np.zeros(shape, dtype=np.uint32)
    for part in parts:
        index = tuple(part.index(axis, each) for axis, each in zip(axes, codes, strict=True))
        numbers[index], keys[index] = part.numbers, part.keys
    return Cube(indicator, axes, codes, several, numbers, keys)


@dataclass(frozen=True)
class _Part:
    """The cells of some axes: of each its codes, and for each cell which of them."""

    codes: Mapping[str, list[str]]
    places: Mapping[str, np.ndarray[Any, Any]]
    numbers: np.ndarray[Any, Any]
    keys: np.ndarray[Any, Any]

    def index(self, axis: str, codes: tuple[str, ...]) -> Any:
        """The place of each cell on an axis of the cube; the last for an axis that was left out."""
        if axis not in self.codes:
            return len(codes)
        at = {code: place for place, code in enumerate(codes)}
        return np.array([at[code] for code in self.codes[axis]], dtype=np.intp)[self.places[axis]]


def _parts(
    engine: Duck, indicator: str, axes: tuple[str, ...], several: tuple[bool, ...], catalogue: Catalogue
) -> Iterator[_Part]:
    for left_out in product(*([False, True] if each else [False] for each in several)):
        kept = tuple(axis for axis, out in zip(axes, left_out, strict=True) if not out)
        asked = plan(Question(indicator, kept, totals=False), catalogue)
        for found in engine.columns(asked):
            codes, places = {}, {}
            for place, part in enumerate(asked.by):
                codes[part.code], places[part.code] = _coded(found[f"d{place}"].combine_chunks(), part.kind)
            yield _Part(codes, places, found["number"].to_numpy(), found["key"].to_numpy())


def _coded(column: Any, kind: str) -> tuple[list[str], np.ndarray[Any, Any]]:
    """The codes of a column and which of them each row has."""
    coded = column if hasattr(column, "indices") else column.dictionary_encode()
    codes = [time_shown(kind, each) if kind in TIMES else each for each in coded.dictionary.to_pylist()]
    return codes, coded.indices.to_numpy(zero_copy_only=False).astype(np.intp)


def _with_total(array: Counts, place: int) -> Counts:
    return np.concatenate([array, array.sum(axis=place, keepdims=True, dtype=np.uint32)], axis=place)
