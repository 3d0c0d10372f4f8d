"""Dense cubes: every cell of a short list of axes counted once, so that a table costs the same however many children.

An array has an axis a dimension and a place a code. Axes of which each unit has one code add up; an axis of which it
may have several has a place of its own for the total, for such a total is no sum. Beside the counts stand the sums of
the record keys, in whole numbers of 32 bits that wrap around as the keys do.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.tabulation.asking import TOTAL, Question
from amparo.methods.tabulation.grid import Grid

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

    def holds(self, question: Question) -> bool:
        """Is each cell of the answer, totals too, a cell of `whole`? Then nothing need be added up."""
        return self.answers(question) and question.totals and all(
            len(codes) == 1 and axis not in question.by and codes[0] in self.codes[self.axes.index(axis)]
            for axis, codes in question.where.items()
        )  # fmt: skip

    @cached_property
    def whole(self) -> Grid:
        """Every cell, and every total over any axes."""
        return self._added_up(Question(self.indicator, self.axes))

    def grid(self, question: Question) -> Grid:
        """The table, without looking at a single child. Raises `Invalid` for a question that it does not answer."""
        if not self.answers(question):
            raise Invalid({"by": "This cube does not answer that question."})
        return self.whole.part(question) if self.holds(question) else self._added_up(question)

    def _added_up(self, question: Question) -> Grid:
        numbers, keys = (self._margins(self._reduced(each, question), question) for each in (self.numbers, self.keys))
        codes = []
        for axis in question.by:
            asked = question.where.get(axis)
            here = tuple(code for code in self.codes[self.axes.index(axis)] if asked is None or code in asked)
            codes.append((*here, TOTAL) if question.totals else here)
        return Grid(question.by, tuple(codes), numbers, keys)

    def _margins(self, array: Counts, question: Question) -> Counts:
        """With a place for the total on every axis, or on none."""
        several = [self.several[self.axes.index(axis)] for axis in question.by]
        if not question.totals:
            return array[tuple(slice(-1) if each else slice(None) for each in several)]
        if all(several):
            return array
        whole = np.empty([size + (not each) for size, each in zip(array.shape, several, strict=True)], dtype=np.uint32)
        whole[tuple(slice(size) for size in array.shape)] = array
        for place, size in enumerate(array.shape):
            if not several[place]:
                lines = np.moveaxis(whole, place, 0)
                np.sum(lines[:size], axis=0, dtype=np.uint32, keepdims=True, out=lines[size:])
        return whole

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
        array = array.sum(axis=tuple(dropped), dtype=np.uint32) if dropped else array
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
