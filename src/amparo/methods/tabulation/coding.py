"""Columns as small whole numbers: which of its codes a row has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from amparo.methods.tabulation.schema import CODE, CODES, NOT_RECORDED

_FEW: Final = 4096

Whole = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Column:
    """`places`: of each row, which of the codes. A row of several has those from `starts[row]` to `starts[row + 1]`;
    one at the least, which says so where there is none.
    """

    codes: tuple[str, ...]
    places: Whole
    starts: Whole | None = None

    def holding(self, codes: Sequence[str]) -> Whole:
        """Which rows have one of these codes."""
        found = np.array([code in codes for code in self.codes], dtype=bool)[self.places]
        if self.starts is None or not len(found):
            return found
        return np.logical_or.reduceat(found, self.starts[:-1])

    def renamed(self, name: Callable[[str], str]) -> "Column":
        """With other codes; those that are named alike become one."""
        names = [name(code) for code in self.codes]
        codes = sorted(set(names))
        at = {code: place for place, code in enumerate(codes)}
        return Column(tuple(codes), _small([at[each] for each in names], len(codes))[self.places], self.starts)

    def seen(self) -> "Column":
        """Without the codes that no row has."""
        there = np.zeros(len(self.codes), dtype=bool)
        for first in (self.places[:_FEW], self.places):  # mostly the first few rows have every code
            there[first] = True
            if there.all():
                return self
        codes = tuple(code for code, each in zip(self.codes, there.tolist(), strict=True) if each)
        return Column(codes, _small(np.cumsum(there) - there, len(codes))[self.places], self.starts)

    def and_one(self) -> "Column":
        """With a row more, of which nothing is recorded."""
        codes = tuple(sorted({*self.codes, NOT_RECORDED}))
        wider = Column(codes, _small([codes.index(code) for code in self.codes], len(codes))[self.places], self.starts)
        places = np.append(wider.places, wider.places.dtype.type(codes.index(NOT_RECORDED)))
        starts = None if self.starts is None else np.append(self.starts, self.starts[-1] + 1)
        return Column(codes, places, starts)


def coded(column: Any, kind: str) -> Column:
    """An Arrow column of codes, of lists of codes, or of months (a month that has not come is an empty code)."""
    whole = column.unify_dictionaries().combine_chunks() if hasattr(column, "chunks") else column
    if kind == CODES:
        return _listed(whole)
    told = whole if hasattr(whole, "indices") else whole.dictionary_encode()
    codes = [str(code) for code in told.dictionary.to_pylist()]
    missing = NOT_RECORDED if kind == CODE else ""
    places = told.indices.fill_null(len(codes)).to_numpy(zero_copy_only=False)
    return Column((*codes, missing), _small(places, len(codes) + 1)).renamed(str)


def _listed(whole: Any) -> Column:
    """The codes of all rows, one row after the other."""
    lengths = whole.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    flat = coded(whole.flatten(), CODE)
    starts = np.concatenate([[0], np.cumsum(np.maximum(lengths, 1))])
    none = flat.codes.index(NOT_RECORDED)
    places = np.full(starts[-1], none, dtype=flat.places.dtype)
    places[np.repeat(lengths > 0, np.maximum(lengths, 1))] = flat.places
    return Column(flat.codes, places, starts)


def spread(lengths: Whole, starts: Whole) -> tuple[Whole, Whole]:
    """Each row as often as its length says: which row, and the places from its start on."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    ends = np.cumsum(lengths)
    return rows, np.arange(len(rows)) + np.repeat(starts - (ends - lengths), lengths)


def mixed(digits: Sequence[Column], size: int) -> Whole:
    """The digits of each row as one number."""
    number = np.zeros(size, dtype=np.intp)
    for each in digits:
        number *= len(each.codes)
        number += each.places
    return number


def _small(numbers: Any, most: int) -> Whole:
    return np.asarray(numbers).astype(np.min_scalar_type(most))
