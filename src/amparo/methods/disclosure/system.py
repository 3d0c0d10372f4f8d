"""The linear system behind a set of cells: which are sums of which, down to the finest that anybody can tell apart.

Codes that no published cell tells apart are one *class*. A cell of classes in every variable is an *atom*. Every other
cell is the sum of smaller ones along one variable; so many rows, and no more, say all that additivity says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from amparo.methods.disclosure.frame import Key, Part

Numbers = np.ndarray[Any, np.dtype[np.float64]]


def classes(parts: Iterable[Part], size: int) -> list[Part]:
    """The coarsest division of the codes of which every part is a union."""
    signature: list[list[int]] = [[] for _ in range(size)]
    for number, part in enumerate(dict.fromkeys(parts)):
        for place in part:
            signature[place].append(number)
    found: dict[tuple[int, ...], list[int]] = {}
    for place, marks in enumerate(signature):
        found.setdefault(tuple(marks), []).append(place)
    return [tuple(places) for places in found.values()]


@dataclass
class System:
    """Columns are cells; `rows` says which column is the sum of which. `order` limits the margins that are targets."""

    sizes: Sequence[int]
    keys: Iterable[Key]
    order: int | None = None
    columns: dict[Key, int] = field(default_factory=dict)
    rows: list[tuple[int, list[int]]] = field(default_factory=list)
    margins: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        wanted = list(dict.fromkeys(self.keys))
        known = [list(dict.fromkeys(key[axis] for key in wanted)) for axis in range(len(self.sizes))]
        self.classes = [classes(parts, size) for parts, size in zip(known, self.sizes, strict=True)]
        self._atomic = [set(each) for each in self.classes]
        self._splits = [self._split(parts) for parts in known]
        for key in wanted:
            self.column(key)
        self._add_margins()
        self._add_atoms()

    def column(self, key: Key) -> int:
        """The place of a cell; a new one is written down with the smaller ones that it is the sum of."""
        if key in self.columns:
            return self.columns[key]
        place = self.columns[key] = len(self.columns)
        for axis, part in enumerate(key):
            if part not in self._atomic[axis]:
                pieces = self._splits[axis].get(part) or self._into_classes(axis, part)
                row = (place, [])  # type: tuple[int, list[int]]
                self.rows.append(row)
                row[1].extend(self.column((*key[:axis], piece, *key[axis + 1 :])) for piece in pieces)
                break
        return place

    def _into_classes(self, axis: int, part: Part) -> list[Part]:
        inside = set(part)
        return [each for each in self.classes[axis] if each[0] in inside]

    def _split(self, known: list[Part]) -> dict[Part, list[Part]]:
        """For each part, the fewest known parts inside it that make it up, where they do."""
        found = {}
        smaller = sorted(((set(each), each) for each in known), key=lambda pair: -len(pair[0]))
        for part in known:
            left, pieces = set(part), []
            for inside, each in smaller:
                if len(inside) < len(part) and inside <= left:
                    pieces.append(each)
                    left -= inside
            if pieces and not left:
                found[part] = pieces
        return found

    def _add_margins(self) -> None:
        """Every margin over classes: what nobody published can still be computed from what was."""
        everything = [tuple(range(size)) for size in self.sizes]
        choices = [
            [everything[axis], *(each for each in found if len(found) > 1)] for axis, found in enumerate(self.classes)
        ]
        for key in product(*choices):
            fine = sum(part != whole for part, whole in zip(key, everything, strict=True))
            if self.order is None or fine <= self.order:
                self.margins.append(self.column(key))

    def _add_atoms(self) -> None:
        for key in product(*self.classes):
            self.column(key)

    def values(self, counts: Numbers) -> Numbers:
        """The true number of every column, from the counts of the finest cells (one axis a variable)."""
        found = np.full(len(self.columns), -1.0)
        small = counts
        for axis, parts in enumerate(self.classes):
            small = np.stack([small.take(part, axis=axis).sum(axis=axis) for part in parts], axis=axis)
        for key, number in zip(product(*self.classes), small.ravel(), strict=True):
            found[self.columns[key]] = number
        for place, pieces in reversed(self.ordered_rows()):
            found[place] = found[pieces].sum()
        return found

    def ordered_rows(self) -> list[tuple[int, list[int]]]:
        """The rows, each sum before its pieces."""
        below = dict(self.rows)
        depth: dict[int, int] = {}

        def deep(place: int) -> int:
            if place not in depth:
                depth[place] = 1 + max(map(deep, below[place])) if place in below else 0
            return depth[place]

        return sorted(self.rows, key=lambda row: -deep(row[0]))
