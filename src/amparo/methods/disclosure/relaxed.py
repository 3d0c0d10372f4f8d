"""Secondary suppression for tables of some thousand cells: what the fewest hidden cells would be in fractions.

The programme of `exact`, with cells hidden in part, needs no search. Its answer bounds what any pattern hides, and says
which cells are worth hiding: the grower then hides those that are nearly whole, completes them at the price of what is
still missing, and prunes what is least whole first. Targets that are safe when only small counts are hidden stay so,
and are left out; ways found for one target are tried for all others before a programme is solved for them.
"""

from collections.abc import Sequence
from time import process_time

import numpy as np

from amparo.methods.disclosure.exact import Exact
from amparo.methods.disclosure.grow import Target
from amparo.methods.disclosure.moves import SLACK, Mask, Moves, random_weights, solved
from amparo.methods.disclosure.system import Numbers

_BATCH = 60  # cuts between two choices
_KEPT = 1500  # moves that are tried for all
_NEAR = 1e-5
_IDLE = 2  # a push that helps fewer targets is not worth its time


class Pool:
    """Moves that were found, and how much of each fits the limits of a choice."""

    def __init__(self, count: int) -> None:
        self.moves, self.shares = np.zeros((0, count)), np.zeros(0)
        self.limits = np.zeros(count), np.zeros(count)

    def let(self, above: Numbers, below: Numbers) -> None:
        """The limits from now on."""
        self.limits = above, below
        self.shares = self._fitting(self.moves)

    def add(self, move: Numbers) -> None:
        if np.abs(move).max() > SLACK:
            self.moves = np.concatenate([self.moves, move[None]])[-_KEPT:]
            self.shares = np.concatenate([self.shares, self._fitting(move[None])])[-_KEPT:]

    def reach(self, column: int) -> tuple[float, float]:
        """How far a column is known to rise, and to fall."""
        far = self.moves[:, column] * self.shares
        return float(far.max(initial=0)), float(-far.min(initial=0))

    def _fitting(self, moves: Numbers) -> Numbers:
        share, (above, below) = np.full(moves.shape, np.inf), self.limits
        np.divide(np.broadcast_to(above, moves.shape), moves, out=share, where=moves > SLACK)
        np.divide(np.broadcast_to(-below, moves.shape), moves, out=share, where=moves < -SLACK)
        fitting: Numbers = share.min(axis=1, initial=np.inf)
        return fitting


class Relaxed(Exact):
    """`y`: how far each of `choices` is hidden, from 0 to 1. `prices`: what hiding each column costs."""

    def __init__(
        self, moves: Moves, targets: Sequence[Target], prices: Numbers, forced: Mask, *, seconds: float
    ) -> None:
        super().__init__(moves, targets, prices, forced, seconds=seconds)
        self.pool, self.random = Pool(moves.count), np.random.default_rng(1)
        self._choice(forced[self.choices].astype(float))
        self._scatter()
        self.targets = [target for target in self.targets if not self._known(target) and self._doubtful(target)]

    def fractions(self) -> Numbers:
        """How far each column is hidden in the best choice that was found in the time; 1 for one nobody publishes."""
        while self.until > process_time():
            if not solved(self.master):  # a target that no pattern protects: growing says which
                break
            self._choice(np.array(self.master.getSolution().col_value))
            if not self._cut():
                break
        hidden: Numbers = (self.costs == 0).astype(float)
        hidden[self.choices] = self.y
        return hidden

    def found(self, move: Numbers) -> None:
        """Kept, to be tried for all targets."""
        self.pool.add(move)

    def _doubtful(self, target: Target) -> bool:
        return process_time() > self.until or any(self._broken(target))

    def _choice(self, y: Numbers) -> None:
        self.y = y
        self.pool.let(*self.limits())

    def _cut(self) -> int:
        """Add cuts that the choice breaks, a batch at most; how many there were."""
        made = 0
        for number in self.random.permutation(len(self.targets)):
            if made >= _BATCH or process_time() > self.until:
                break
            if not self._known(target := self.targets[number]):
                for slope, least in self._broken(target):
                    self._add(slope, least)
                    made += 1
        return made

    def _scatter(self) -> None:
        """Push all targets at once at random, while that helps some."""
        left, before = len(self.targets), len(self.targets) + _IDLE
        while 0 < left <= before - _IDLE:
            before = left
            columns = {target.column for target in self.targets if not self._known(target)}
            self.found(self.moves.pushed(random_weights(columns, self.moves.count, self.random), *self.limits())[0])
            left = sum(not self._known(target) for target in self.targets)

    def _known(self, target: Target) -> bool:
        """Is it known to be safe under this choice? Of what an insider does not know, nothing is known beforehand."""
        up, down = self.pool.reach(target.column)
        return not target.known and target.served(up + _NEAR, down + _NEAR)
