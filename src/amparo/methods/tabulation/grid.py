"""A table as a dense array: what pages lay out, noise is added to and files are written from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.methods.disclosure.cellkey import NoiseTable, perturb
from amparo.methods.extra import arrow
from amparo.methods.tabulation.asking import TOTAL, Cell, Question, Table

Whole = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Grid:
    """`codes`: of each dimension in the order of its axis; with totals the last is `TOTAL`."""

    by: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    numbers: Whole
    keys: Whole

    def perturbed(self, noise: NoiseTable) -> "Grid":
        """The same with the noise of the cell-key method in every cell, totals too."""
        return Grid(self.by, self.codes, perturb(self.keys, self.numbers, noise), np.zeros_like(self.keys))

    def part(self, question: Question) -> "Grid":
        """Of a grid with all totals, the cells of a question by some of its dimensions and for one code of others."""
        fixed = {axis: codes[0] for axis, codes in question.where.items()}
        index = tuple(
            slice(None) if axis in question.by else codes.index(fixed.get(axis, TOTAL))
            for axis, codes in zip(self.by, self.codes, strict=True)
        )
        kept = [axis for axis in self.by if axis in question.by]
        order = [kept.index(axis) for axis in question.by]
        numbers, keys = (each[index].transpose(order) for each in (self.numbers, self.keys))
        return Grid(question.by, tuple(self.codes[self.by.index(axis)] for axis in question.by), numbers, keys)

    def table(self) -> Table:
        """Cell by cell; those without anybody are left out."""
        cells = {}
        for place in np.argwhere(self.numbers).tolist():
            at = tuple(place)
            coordinate = tuple(codes[axis] for codes, axis in zip(self.codes, at, strict=True))
            cells[coordinate] = Cell(int(self.numbers[at]), int(self.keys[at]))
        return Table(self.by, cells)

    def columns(self) -> Any:
        """As an Arrow table, a row for each cell that has anybody: a column a dimension, and `number`."""
        pa = arrow()
        there = np.flatnonzero(self.numbers)
        places = np.unravel_index(there, self.numbers.shape)
        found = {
            name: pa.DictionaryArray.from_arrays(at.astype(np.int32), list(codes))
            for name, codes, at in zip(self.by, self.codes, places, strict=True)
        }
        return pa.table(found | {"number": self.numbers.reshape(-1)[there].astype(np.int64)})


def grid_of(table: Table, *, totals: bool = False) -> Grid:
    """A table of an engine as a grid; `totals`: with a place for them though nobody is counted."""
    last = {TOTAL} if totals else set()
    codes = tuple(
        tuple(sorted({place[axis] for place in table.cells} | last, key=lambda code: (code == TOTAL, code)))
        for axis in range(len(table.by))
    )
    shape = [len(each) for each in codes]
    numbers, keys = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    at = [{code: place for place, code in enumerate(each)} for each in codes]
    for coordinate, cell in table.cells.items():
        index = tuple(where[code] for where, code in zip(at, coordinate, strict=True))
        numbers[index], keys[index] = cell.number, cell.key
    return Grid(table.by, codes, numbers, keys)
