"""A table as a dense array: what pages lay out, noise is added to and files are written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from amparo.methods.disclosure.cellkey import NoiseTable, perturb
from amparo.methods.extra import arrow
from amparo.methods.tabulation.asking import TOTAL, Cell, Table

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

    def table(self) -> Table:
        """Cell by cell; those without anybody are left out."""
        cells = {}
        for place in np.argwhere(self.numbers).tolist():
            at = tuple(place)
            coordinate = tuple(codes[axis] for codes, axis in zip(self.codes, at, strict=True))
            cells[coordinate] = Cell(int(self.numbers[at]), int(self.keys[at]))
        return Table(self.by, cells)

    def columns(self) -> Any:
        """As an Arrow table: a column a dimension, and `number`; every combination has its row."""
        pa = arrow()
        found = {}
        for axis, (name, codes) in enumerate(zip(self.by, self.codes, strict=True)):
            shape = [1] * len(self.by)
            shape[axis] = len(codes)
            places = np.broadcast_to(np.arange(len(codes), dtype=np.int32).reshape(shape), self.numbers.shape)
            found[name] = pa.DictionaryArray.from_arrays(places.ravel(), list(codes))
        return pa.table(found | {"number": self.numbers.ravel()})

    def ordered(self, orders: Sequence[Sequence[str]]) -> "Grid":
        """With the codes of each dimension in a given order; those that it does not name come after, the total last."""
        numbers, keys, codes = self.numbers, self.keys, []
        for axis, (here, order) in enumerate(zip(self.codes, orders, strict=True)):
            rank = {code: place for place, code in enumerate(order)}
            places = sorted(range(len(here)), key=lambda at: _rank(here[at], rank))
            numbers, keys = numbers.take(places, axis=axis), keys.take(places, axis=axis)
            codes.append(tuple(here[at] for at in places))
        return Grid(self.by, tuple(codes), numbers, keys)


def _rank(code: str, rank: dict[str, int]) -> tuple[bool, int, int, str]:
    number = int(code) if code.isdecimal() else 0
    return code == TOTAL, rank.get(code, len(rank)), number, code


def grid_of(table: Table) -> Grid:
    """A table of an engine as a grid."""
    codes = tuple(
        tuple(sorted({place[axis] for place in table.cells}, key=lambda code: (code == TOTAL, code)))
        for axis in range(len(table.by))
    )
    shape = [len(each) for each in codes]
    numbers, keys = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    at = [{code: place for place, code in enumerate(each)} for each in codes]
    for coordinate, cell in table.cells.items():
        index = tuple(where[code] for where, code in zip(at, coordinate, strict=True))
        numbers[index], keys[index] = cell.number, cell.key
    return Grid(table.by, codes, numbers, keys)
