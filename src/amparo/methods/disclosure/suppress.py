"""What to hide of one table, or of several at once, seen together with everything that was published before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from time import process_time

import numpy as np

from amparo.methods.disclosure.exact import Exact
from amparo.methods.disclosure.frame import Frame, Key, Request
from amparo.methods.disclosure.grow import NEVER, Grower, Pattern, Target
from amparo.methods.disclosure.moves import Mask, Moves
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.relaxed import Relaxed
from amparo.methods.disclosure.risks import dominated, lines_of_one
from amparo.methods.disclosure.system import Numbers, System

EXACT_CELLS = 120  # up to here the fewest hidden cells are looked for, and mostly found within seconds
EXACT_COLUMNS = 250  # … when so many cells and margins hang together
BLOCK_CELLS = 1200  # a table with more cells is protected block by block
_STARTS = 20  # … and begun anew so often
_ENOUGH = 0.25  # of the seconds, for tables with no proof to wait for: more time finds next to nothing
_RELAXED = 0.4  # of the time goes into the programme in fractions
_NEARLY = 0.8  # hidden so far in fractions is hidden; the others are as much cheaper as they are hidden, down to …
_LITTLE = 0.05
_CORNERS = 200  # of a large table are ruined and grown anew, while there is time
_CAP = 4  # no cell moves further than so many widths; a bound on the search, never on the attack


@dataclass
class Suppression:
    """`hidden`: what the cells count that are hidden. `bound`: no safe pattern hides fewer; None when not proven."""

    hidden: frozenset[Key]
    targets: int
    method: str
    bound: int | None = None


@dataclass
class Problem:
    """`wanted`: the cells to be published now. `shown` before, by anybody. `seconds` to search for the best."""

    frame: Frame
    counts: Numbers
    policy: Policy
    wanted: Sequence[Key]
    before: Iterable[Key] = ()
    shown: frozenset[Key] = frozenset()
    seconds: float = 30.0
    also: frozenset[Key] = frozenset()  # to be hidden although they are not small: what they would tell elsewhere

    def __post_init__(self) -> None:
        sizes = [len(codes) for codes in self.frame.variables.values()]
        keys = list(dict.fromkeys([*self.wanted, *self.before, *self.shown]))
        self.system = System(sizes, keys, self.policy.margin_order)
        self.values = self.system.values(self.counts)
        self.costs = np.zeros(len(self.values))
        self.costs[[self.system.columns[key] for key in self.wanted]] = 1
        self.costs[[self.system.columns[key] for key in self.shown]] = NEVER
        self.guarded = sorted({*self.system.margins, *(self.system.columns[key] for key in keys)})
        self.targets = list(self._targets())
        self.forced = self._forced()
        self.moves = Moves(self.system, self.values, cap=float(_CAP * max(self.policy.width, self.policy.threshold)))

    def _targets(self) -> Iterable[Target]:
        policy = self.policy
        for column in self.guarded:
            count = float(self.values[column])
            if policy.sensitive(count):
                yield Target(column, policy.must_rise(count), policy.must_fall(count), policy.width, count)
        small = {column for column in self.guarded if policy.sensitive(float(self.values[column]))}
        for key, target in self._telling():
            if (column := self.system.columns[key]) not in small:
                yield Target(column, *target, float(self.values[column]))
        for insider in policy.insiders:
            yield from self._against(insider)

    def _telling(self) -> Iterator[tuple[Key, tuple[float, float, float]]]:
        """Cells that must not be known although they are not small, and how far each must move."""
        judged = {key: (1.0, 1.0, 2.0) for key in self.wanted if dominated(self.frame, self.counts, self.policy, key)}
        lines = lines_of_one(self.policy, self.counts, [*self.wanted, *self.before])
        wide = float(self.policy.width)
        hidden = dict.fromkeys(sorted(self.also), (wide, 1.0, wide))
        yield from {**dict.fromkeys(sorted(lines), (0.0, 1.0, 1.0)), **judged, **hidden}.items()

    def _against(self, insider: Mapping[str, str]) -> Iterable[Target]:
        """The targets that somebody does not know who knows all children of one cell."""
        mine = [set(part) for part in self.frame.key(insider)]
        inside = {
            column for key, column in self.system.columns.items()
            if all(set(part) <= own for part, own in zip(key, mine, strict=True))
        }  # fmt: skip
        for key, column in self.system.columns.items():
            rest = float(self.values[column] - self._shared(key, mine))
            if column in self.guarded and self.policy.sensitive(rest) and column not in inside:
                rise, fall = self.policy.must_rise(rest), self.policy.must_fall(rest)
                yield Target(column, rise, fall, self.policy.width, rest, tuple(sorted(inside)))

    def _shared(self, key: Key, mine: list[set[int]]) -> float:
        places = [[each for each in part if each in own] for part, own in zip(key, mine, strict=True)]
        return float(self.counts[np.ix_(*places)].sum())

    def _forced(self) -> Mask:
        forced = np.zeros(len(self.values), dtype=bool)
        forced[[target.column for target in self.targets if not target.known]] = True
        return forced & (self.costs > 0) & np.isfinite(self.costs)

    def hopeless(self) -> list[Key]:
        """What can be computed even when everything is hidden that may be: the cells for which the policy fails."""
        grower = Grower(self.moves, self.targets, self.costs)
        pattern = Pattern(self.costs < NEVER)
        grower.throw(pattern, rounds=10)
        lost = {self.targets[number].column for number in grower.missing(pattern) if not grower.serve(pattern, number)}
        return [key for key, column in self.system.columns.items() if column in lost]

    def solve(self) -> Suppression:
        """Raises `Unprotectable`."""
        if not self.targets:
            return Suppression(frozenset(), 0, "nothing to hide", 0)
        if len(self.wanted) > EXACT_CELLS:
            return self.large(_ENOUGH * self.seconds)
        return self.small() if len(self.values) <= EXACT_COLUMNS else self.grown()

    def small(self) -> Suppression:
        grower, pattern = self._best_of_many()
        pattern = grower.improve(pattern, self.forced, rounds=10, seconds=self.seconds / 10)
        exact = Exact(self.moves, self.targets, self.costs, self.forced, seconds=self.seconds)
        pattern = exact.solve(grower, pattern)
        bound, proven = int(exact.bound), exact.bound >= grower.price(pattern)
        pattern = exact.fewest_children(grower, pattern, seconds=self.seconds / 10)
        return self.told(pattern, "exact" if proven else "heuristic", bound)

    def _best_of_many(self) -> tuple[Grower, Pattern]:
        """What is grown depends on where one begins: begin often, while it is quick."""
        until, found = process_time() + self.seconds / 5, []
        for seed in range(_STARTS):
            grower = Grower(self.moves, self.targets, self.costs, seed=seed, whole=True)
            pattern = grower.start(self.forced)
            grower.grow(pattern)
            grower.prune(pattern, grower.secondary(pattern, self.forced), seconds=self.seconds)
            found.append((grower.price(pattern), seed, grower, pattern))
            if process_time() > until or not grower.secondary(pattern, self.forced):
                break
        _price, _seed, grower, pattern = min(found, key=itemgetter(0, 1))
        return grower, pattern

    def grown(self) -> Suppression:
        """A few cells beside many that are public already, as in a sequence: these leave little to choose from."""
        shares = self.values / max(1.0, float(self.values[self.costs == 1].sum()))
        grower = Grower(self.moves, self.targets, np.where(self.costs == 1, 1 + shares / 2, self.costs))
        pattern = grower.start(self.forced, rounds=25)
        grower.leap(pattern)
        grower.grow(pattern)
        grower.prune(pattern, grower.secondary(pattern, self.forced), seconds=self.seconds / 2)
        pattern = grower.improve(pattern, self.forced, rounds=_CORNERS, seconds=self.seconds / 4)
        return self.told(pattern, "heuristic", None)

    def large(self, seconds: float) -> Suppression:
        """What is nearly whole in the programme in fractions is hidden; what is missing is grown from there."""
        shares = self.values / max(1.0, float(self.values[self.costs == 1].sum()))
        prices = np.where(self.costs == 1, 1 + shares / 2, self.costs)
        until = process_time() + seconds
        relaxed = Relaxed(self.moves, self.targets, prices, self.forced, seconds=_RELAXED * seconds)
        part = relaxed.fractions()
        left = np.where(self.costs == 1, np.maximum(_LITTLE, prices * (1 - part)), self.costs)
        grower = Grower(self.moves, self.targets, left)
        pattern = grower.start(self.forced | (part > _NEARLY), rounds=25)
        grower.grow(pattern)
        grower.costs = prices
        spare = sorted(grower.secondary(pattern, self.forced), key=lambda column: part[column])
        grower.prune(pattern, spare, seconds=until - process_time())
        pattern = grower.improve(pattern, self.forced, rounds=_CORNERS, seconds=until - process_time())
        return self.told(pattern, "heuristic", None)

    def told(self, pattern: Pattern, method: str, bound: int | None) -> Suppression:
        hidden = frozenset(key for key in self.wanted if pattern.hidden[self.system.columns[key]])
        return Suppression(hidden, len(self.targets), method, bound)


def keys_of(frame: Frame, requests: Iterable[Request]) -> list[Key]:
    """What the cells of the tables count, each once."""
    return list(dict.fromkeys(key for request in requests for _cell, key in request.cells(frame)))
