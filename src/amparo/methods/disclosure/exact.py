"""Secondary suppression for small tables: the fewest hidden cells of all, proven.

An integer programme chooses what to hide; linear programmes play the attacker on its choice, and what they prove
impossible comes back as a cut that every safe pattern must obey (Fischetti and Salazar, "Models and algorithms for
optimizing cell suppression in tabular data with linear constraints", *JASA* 95, 2000). The choice is first made in
fractions, which is cheap and yields most of the cuts. No cell moves further than `Moves.cap` here.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from time import process_time
from typing import Any

import numpy as np

from amparo.methods.disclosure.extra import highs, integral
from amparo.methods.disclosure.grow import Grower, Pattern, Target
from amparo.methods.disclosure.moves import SLACK, Mask, Moves
from amparo.methods.disclosure.system import Numbers

_LEAST = 0.01  # of a child: what hiding a nought costs, so that no more of them are hidden than need be


class Exact:
    """`choices`: the columns that may be hidden or not; the others are as `forced` says."""

    def __init__(
        self, moves: Moves, targets: Sequence[Target], costs: Numbers, forced: Mask, *, seconds: float
    ) -> None:
        self.moves, self.targets, self.costs, self.forced = moves, targets, costs, forced
        self.choices = np.flatnonzero((costs > 0) & np.isfinite(costs))
        self.until = process_time() + seconds
        self.master = self._empty()
        self.bound = 0.0

    def _empty(self) -> Any:
        master = highs()
        count = len(self.choices)
        master.addVars(count, self.forced[self.choices].astype(float), np.ones(count))
        master.changeColsCost(count, np.arange(count, dtype=np.int32), self.costs[self.choices])
        return master

    def solve(self, grower: Grower, best: Pattern) -> Pattern:
        """The cheapest pattern, with its witnesses, or `best` when that is as cheap or the time is over.

        `bound` says how cheap a pattern could be at all.
        """
        while self._choose(self.master) and self.until > process_time():
            pass
        while self.bound < grower.price(best) and self.until > process_time():
            again = self._choose(integral(self.master, seconds=self.until - process_time()))
            pattern = Pattern(self._mask())
            if not again and again is not None and grower.proved(pattern):
                return pattern
            if again is False:
                self._add((self.y < 0.5).astype(float), 1.0)  # noqa: PLR2004 - neither hidden nor shown
        return best

    def fewest_children(self, grower: Grower, best: Pattern, *, seconds: float) -> Pattern:
        """Of the patterns that hide no more cells than `best`, one that hides few children: totals stay if they can."""
        every = np.arange(len(self.choices), dtype=np.int32)
        self._add(-np.ones(len(every)), -grower.price(best))
        priced = (self.costs > 0) & np.isfinite(self.costs)
        self.costs = grower.costs = np.where(priced, self.moves.values + _LEAST, self.costs)
        self.master.changeColsCost(len(every), every, self.costs[self.choices])
        self.bound, self.until = 0.0, process_time() + seconds
        return self.solve(grower, best)

    def _choose(self, master: Any) -> bool | None:
        """Solve, and add the cuts that the choice breaks: were there any? None when the time is over."""
        from highspy import HighsModelStatus

        master.run()
        if master.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        self.y = np.array(master.getSolution().col_value)
        self.bound = ceil(float(self.costs[self.choices] @ self.y) - 1e-4)
        broken = [cut for target in self.targets for cut in self._broken(target)]
        for slope, least in broken:
            self._add(slope, least)
        return bool(broken)

    def _add(self, slope: Numbers, least: float) -> None:
        places = np.flatnonzero(np.abs(slope) > SLACK).astype(np.int32)
        self.master.addRow(least, np.inf, len(places), places, slope[places])

    def _mask(self) -> Mask:
        hidden: Mask = self.costs == 0
        hidden[self.choices] = self.y > 0.5  # noqa: PLR2004
        return hidden

    def limits(self, known: Sequence[int] = ()) -> tuple[Numbers, Numbers]:
        """How far each column may rise and fall under the choice."""
        full: Numbers = (self.costs == 0).astype(float)
        full[self.choices] = np.clip(self.y, 0, 1)
        full[list(known)] = 0
        return self.moves.cap * full, np.minimum(self.moves.values, self.moves.cap) * full

    def found(self, move: Numbers) -> None:
        """A move within the limits of the choice, found on the way."""

    def _broken(self, target: Target) -> Iterator[tuple[Numbers, float]]:
        above, below = self.limits(target.known)
        far, slope, base = [], [], []
        for sign in (1, -1):
            weight = np.zeros(self.moves.count)
            weight[target.column] = sign
            move, price = self.moves.pushed(weight, above, below)
            self.found(move)
            each = np.maximum(price, 0) * self.moves.cap
            each += np.maximum(-price, 0) * np.minimum(self.moves.values, self.moves.cap)
            each[list(target.known)] = 0
            far.append(sign * move[target.column])
            slope.append(each[self.choices])
            base.append(each[self.costs == 0].sum())
        asked = ((0,), target.rise), ((1,), target.fall), ((0, 1), target.width)
        for which, need in asked:
            least = need - sum(base[k] for k in which)
            if sum(far[k] for k in which) < need - 1e-5:
                yield np.minimum(sum(slope[k] for k in which), least), least - SLACK
