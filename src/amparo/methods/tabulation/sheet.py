"""A piece of a table as people read it: the last dimension across, the others down, so many rows at a time.

Noise falls on the cells that are shown and on the totals of the rows, and on no other: a piece of a large table costs
as much as a small table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final

import numpy as np

from amparo.methods.disclosure.cellkey import NoiseTable, perturb
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.grid import Grid

WIDE: Final = 25  # a last dimension of more codes goes down too
_FLAT: Final = 2  # a table of up to so many dimensions keeps the rows of which nobody is shown

Whole = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Sheet:
    """`rows`: a code of each dimension that goes down, and the counts; the last count of a row is its total.

    `across`: the codes over the counts, only `TOTAL` where nothing goes across. `all`: the row of everybody.
    `first`, `of`: which row of how many comes first here.
    """

    down: tuple[str, ...]
    across: tuple[str, ...]
    rows: list[tuple[tuple[str, ...], list[int]]]
    all: list[int]
    first: int
    of: int


def sheet(
    grid: Grid, orders: Sequence[Sequence[str]], *, first: int, most: int, noise: NoiseTable | None = None
) -> Sheet:
    """`orders`: of each dimension its codes in the order of their list. The grid has its totals.

    Over more than two dimensions a row is left out when nobody is shown in it.
    """
    places = [_order(codes, order) for codes, order in zip(grid.codes, orders, strict=True)]
    wide = len(grid.by) > 1 and len(grid.codes[-1]) <= WIDE
    down, across = (places[:-1], places[-1]) if wide else (places, np.zeros(1, dtype=np.intp))
    shape = [len(each) for each in down]
    numbers, keys = (each.reshape(prod(shape), len(across)) for each in (grid.numbers, grid.keys))

    def shown(rows: Whole, columns: Whole) -> Whole:
        here = np.ix_(rows, columns)
        return perturb(keys[here], numbers[here], noise) if noise else numbers[here].astype(np.int64)

    lines = _lines(down, shape)
    rows, last = lines[:-1], lines[-1:]
    if len(grid.by) > _FLAT:
        rows = rows[shown(rows, across[-1:])[:, 0] > 0]
    here = rows[first : first + most]
    over = tuple(grid.codes[-1][place] for place in across.tolist()) if wide else (TOTAL,)
    counts, everybody = shown(here, across).tolist(), shown(last, across)[0].tolist()
    named = list(zip(_codes(grid, here, shape), counts, strict=True))
    return Sheet(grid.by[: len(down)], over, named, everybody, first, len(rows))


def _lines(down: Sequence[Whole], shape: Sequence[int]) -> Whole:
    """Every row, by its place in the grid, in the order in which they are read; that of everybody comes last."""
    return np.arange(prod(shape)).reshape(shape)[np.ix_(*down)].reshape(-1)


def _codes(grid: Grid, rows: Whole, shape: Sequence[int]) -> list[tuple[str, ...]]:
    at = np.stack(np.unravel_index(rows, shape), axis=-1).tolist() if shape else [()] * len(rows)
    return [tuple(codes[place] for codes, place in zip(grid.codes, each, strict=False)) for each in at]


def _order(codes: Sequence[str], order: Sequence[str]) -> Whole:
    """Places of the codes: first as listed, then the others, numbers by size; the total last."""
    rank = {code: place for place, code in enumerate(order)}
    return np.array(sorted(range(len(codes)), key=lambda at: _rank(codes[at], rank)), dtype=np.intp)


def _rank(code: str, rank: dict[str, int]) -> tuple[bool, int, int, str]:
    return code == TOTAL, rank.get(code, len(rank)), int(code) if code.isdecimal() else 0, code
