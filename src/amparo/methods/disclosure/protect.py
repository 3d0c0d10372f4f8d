"""Secondary suppression: which further cells to hide so that the small counts cannot be computed back.

Exact and repeatable: of all safe patterns the one with the fewest hidden cells, and among those the smallest sum of
hidden counts. A mixed-integer programme chooses; linear programmes play the attacker, and each attack that succeeds
gives a cut which rules out all patterns open to it (Fischetti and Salazar, "Models and algorithms for optimizing cell
suppression in tabular data with linear constraints", *JASA* 95, 2000).

For one small count a, with the pattern y (1 hidden, 0 shown), the attacker's furthest table is a linear programme over
the deviations w of the inner cells from the truth z::

    rise(y) = max w_a    -reach·y_c <= sum of w over cell c <= reach·y_c,   w >= -z

and its dual prices bound rise(y) linearly in y: that is the cut. In a two-way table a rise of r units is r cycles of
one unit each, so no cell ever moves further than the target itself; `reach` is therefore no approximation.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from amparo.common.errors import AmparoError
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.tables import Cell, Table
from amparo.methods.extra import optimizer

Array = np.ndarray[Any, np.dtype[np.float64]]
_SLACK = 1e-6


def protect(table: Table, policy: Policy, *, also_hidden: Iterable[Cell] = ()) -> frozenset[Cell]:
    """The cells to hide, small ones and others alike; `also_hidden` are hidden whatever it costs.

    Raises `AmparoError` when the optimizer gives up, or is not installed.
    """
    task = _Task(table, policy, frozenset(also_hidden))
    if not task.forced.any():
        return frozenset()
    fewest = task.solve(np.ones(len(task.cells)))
    task.number = round(fewest.sum())
    pattern = task.solve(np.array(list(table.cells.values()), dtype=float))
    return frozenset(cell for cell, hidden in zip(task.cells, pattern, strict=True) if hidden)


@dataclass
class _Bound:
    """How far one target can move under a pattern, and the line that holds for every pattern: `slope`·y + `base`."""

    far: float
    slope: Array
    base: float


@dataclass
class _Task:
    table: Table
    policy: Policy
    also: frozenset[Cell]
    cuts: list[tuple[Array, float]] = field(default_factory=list)
    number: int | None = None

    def __post_init__(self) -> None:
        sums, counts = self.table.sums, self.table.cells
        self.cells = list(sums)
        inner = {cell: index for index, cell in enumerate(self.table.inner)}
        self.parts = np.zeros((len(self.cells), len(inner)))
        for line, parts in enumerate(sums.values()):
            self.parts[line, [inner[part] for part in parts]] = 1
        self.truth = np.array([counts[cell] for cell in inner], dtype=float)
        self.small = [line for line, cell in enumerate(self.cells) if self.policy.sensitive(counts[cell])]
        self.counts = [counts[cell] for cell in self.cells]
        self.forced = np.array([float(line in self.small or cell in self.also) for line, cell in enumerate(self.cells)])
        self.reach = float(max(self.policy.width, self.policy.threshold, self.policy.upper))

    def solve(self, cost: Array) -> Array:
        """The cheapest pattern that no attack breaks: cuts of the relaxed programme first, for they are cheap."""
        for whole in (False, True):
            while True:
                pattern = self._cheapest(cost, whole=whole)
                found = [cut for line in self.small for cut in self._broken(line, pattern)]
                if not found:
                    break
                self.cuts += found
        return pattern

    def _cheapest(self, cost: Array, *, whole: bool) -> Array:
        solver = optimizer()
        rules = []
        if self.cuts:
            slopes, least = zip(*self.cuts, strict=True)
            rules.append(solver.LinearConstraint(np.array(slopes), np.array(least), np.inf))
        if self.number is not None:
            rules.append(solver.LinearConstraint(np.ones((1, len(cost))), self.number, self.number))
        found = solver.milp(
            cost, integrality=np.full(len(cost), int(whole)), bounds=solver.Bounds(self.forced, 1),
            constraints=rules, options={"mip_rel_gap": 0},
        )  # fmt: skip
        if found.x is None:
            raise AmparoError("No pattern was found that protects this table.")
        pattern: Array = np.round(found.x) if whole else np.clip(found.x, self.forced, 1)
        return pattern

    def _broken(self, line: int, pattern: Array) -> list[tuple[Array, float]]:
        """The cuts that the pattern breaks for one small cell."""
        rise, fall = self._move(line, pattern, 1), self._move(line, pattern, -1)
        count = self.counts[line]
        both = _Bound(rise.far + fall.far, rise.slope + fall.slope, rise.base + fall.base)
        asked = (rise, self.policy.must_rise(count)), (fall, self.policy.must_fall(count)), (both, self.policy.width)
        return [_cut(bound, need) for bound, need in asked if bound.far < need - _SLACK]

    def _move(self, line: int, pattern: Array, sign: int) -> _Bound:
        limits = np.tile(self.reach * pattern, 2)
        found = optimizer().linprog(
            -sign * self.parts[line], A_ub=np.vstack([self.parts, -self.parts]), b_ub=limits,
            bounds=[(-count, None) for count in self.truth], method="highs",
        )  # fmt: skip
        if found.x is None:
            raise AmparoError("The optimizer gave up on an attack.")
        prices = -found.ineqlin.marginals
        slope = self.reach * (prices[: len(self.cells)] + prices[len(self.cells) :])
        return _Bound(-found.fun, slope, float(found.lower.marginals @ self.truth))


def _cut(bound: _Bound, need: float) -> tuple[Array, float]:
    """The line must reach what is needed; a price above that tells no more than the need itself."""
    least = need - bound.base
    return np.minimum(bound.slope, least), least - _SLACK
