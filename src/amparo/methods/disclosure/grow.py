"""Secondary suppression for tables too large for the exact programme: grow a safe pattern, then prune it.

Every small count needs *witnesses*: moves (see `moves`) under which it is larger, and smaller, by as much as the policy
asks. A pattern with witnesses for all is proved safe, so the proof comes with the pattern. Growing takes the cheapest
move of linear cost for a target that has no witness yet, and hides what it touches; pruning shows again whatever the
others can do without; ruining a corner and growing it anew improves.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from time import process_time

import numpy as np

from amparo.common.errors import AmparoError
from amparo.methods.disclosure.moves import SLACK, Mask, Moves, random_weights, whole
from amparo.methods.disclosure.system import Numbers

NEVER = np.inf  # the cost of a cell that may not be hidden (any more)
UP, DOWN = 1, -1
_TRIES = 3
_WEIGHINGS = 2
_SPARED = 4.0  # witnesses pass by what is hidden only for others, so that it can be shown again
_WORTH = 0.97  # a push that leaves more than this of what was missing found next to nothing
_CORNER = 16  # cells that are ruined together, at most
_REMEMBERED = 2_000_000  # numbers of all moves that are kept to be tried again
_FREE = 1e-3  # moving what is hidden anyhow costs almost nothing, but fewer moves are better


@dataclass(frozen=True)
class Target:
    """A column that must be able to rise and to fall by so much, and by `width` together; never below nought.

    `known`: the columns that an insider knows, which therefore cannot move.
    """

    column: int
    rise: float
    fall: float
    width: float
    most: float
    known: tuple[int, ...] = ()

    def served(self, up: float, down: float) -> bool:
        """Is this far enough?"""
        return up >= self.rise - SLACK and down >= self.fall - SLACK and up + down >= self.width - SLACK

    def furthest(self, sign: int) -> float:
        """No more than this is ever useful."""
        if sign == UP:
            return max(self.rise, self.width - self.fall)
        return min(self.most, max(self.fall, self.width - self.rise))

    def options(self) -> Iterator[tuple[float, float]]:
        """The smallest rises and falls that serve together, the extremes first."""
        falls = [*np.arange(self.fall, self.furthest(DOWN)), self.furthest(DOWN)]
        for fall in dict.fromkeys((falls[0], falls[-1], *falls)):
            yield max(self.rise, self.width - fall), fall


@dataclass
class Pattern:
    """What is hidden; by target and direction, the furthest witness known and how far it goes."""

    hidden: Mask
    witness: dict[tuple[int, int], Numbers] = field(default_factory=dict)
    reach: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.hidden = self.hidden.copy()

    def reached(self, number: int) -> tuple[float, float]:
        return self.reach.get((number, UP), 0.0), self.reach.get((number, DOWN), 0.0)


class Unprotectable(AmparoError):
    """No pattern helps this column: even with everything hidden that may be, it can be computed."""

    def __init__(self, column: int) -> None:
        super().__init__("No pattern protects this table under this policy.")
        self.column = column


class Grower:
    """`costs`: what hiding a column costs; 0 for one that nobody publishes, `NEVER` for one that was shown.

    `whole`: only moves of whole children count as witnesses.
    """

    def __init__(
        self, moves: Moves, targets: Sequence[Target], costs: Numbers, *, seed: int = 1, whole: bool = False
    ) -> None:
        self.moves, self.targets, self.costs, self.whole = moves, list(targets), costs, whole
        self.random = np.random.default_rng(seed)
        self.columns = np.array([target.column for target in self.targets], dtype=int)
        self.blame = np.zeros(len(self.targets))
        self.weights = np.ones(moves.count)
        self.shaken = whole  # look for another way each time
        self.moved: deque[Numbers] = deque(maxlen=max(_TRIES, _REMEMBERED // moves.count))

    def start(self, forced: Mask, *, rounds: int = 10) -> Pattern:
        """Only what must be hidden is, and whatever random moves prove of it."""
        pattern = Pattern(forced | (self.costs == 0))
        self.weights = np.where(pattern.hidden, 1.0, _SPARED)
        self.throw(pattern, rounds=rounds)
        return pattern

    def throw(self, pattern: Pattern, *, rounds: int) -> None:
        """Push all targets at once, each up or down at random: a cheap way to many witnesses, while it finds some."""
        idle, before = 0, np.inf
        for _ in range(rounds):
            missing = self.missing(pattern)
            idle = idle + 1 if len(missing) > _WORTH * before else 0
            if not missing or idle == _TRIES:
                return
            before = len(missing)
            self.moves.let(pattern.hidden)
            columns = {self.targets[number].column for number in missing}
            self.keep(pattern, self.moves.furthest(random_weights(columns, self.moves.count, self.random)))

    def leap(self, pattern: Pattern, *, push: float = 1.0) -> None:
        """One move for all targets at once, each up or down at random, and its contrary; what they touch is hidden.

        A target is worth `push` a child, a cell that is not hidden yet costs its price a child: the programme finds out
        which targets share the same few cells, where growing sees one target at a time.
        """
        weight = np.zeros(self.moves.count)
        for number in self.missing(pattern):
            weight[self.targets[number].column] = push * self.random.choice([-1.0, 1.0])
        for sign in (UP, DOWN):
            self.moves.let(self.costs < NEVER)
            base = np.where(pattern.hidden, _FREE, np.minimum(self.costs, 1e9))
            costs, move = base, np.zeros(self.moves.count)
            for _ in range(_WEIGHINGS + 1):
                found = self.moves.best(costs - sign * weight, costs + sign * weight)
                assert found is not None  # nought is always a move
                move = found
                costs = np.where(pattern.hidden, base, base / np.maximum(np.abs(move), 0.2))
            pattern.hidden |= np.abs(move) > SLACK
            self.keep(pattern, move)

    def missing(self, pattern: Pattern) -> list[int]:
        return [n for n, target in enumerate(self.targets) if not target.served(*pattern.reached(n))]

    def keep(self, pattern: Pattern, move: Numbers) -> None:
        """Note for which targets this move is a better witness than the last."""
        if self.whole and not whole(move):
            return
        self.moved.append(move)
        self._note(pattern, move)

    def _note(self, pattern: Pattern, move: Numbers) -> None:
        changed = move[self.columns]
        for number in np.flatnonzero(np.abs(changed) > SLACK):
            sign = UP if changed[number] > 0 else DOWN
            each, far = (int(number), sign), abs(float(changed[number]))
            useful = min(far, self.targets[number].furthest(sign))
            if useful > pattern.reach.get(each, 0) + SLACK and not any(move[k] for k in self.targets[number].known):
                pattern.witness[each], pattern.reach[each] = move, useful

    def recall(self, pattern: Pattern) -> None:
        """Of all moves that were ever found, those that are still possible are witnesses too."""
        shown = np.flatnonzero(~pattern.hidden)
        missing = self.missing(pattern)
        for move in list(self.moved) if missing else ():
            if np.abs(move[self.columns[missing]]).max() > SLACK and np.abs(move[shown]).max(initial=0) <= SLACK:
                self._note(pattern, move)

    def grow(self, pattern: Pattern, *, skip: bool = False) -> set[int]:
        """Hide what is needed for every target that is not served; the columns that cannot be, if these are skipped.

        Raises `Unprotectable` if they are not.
        """
        stuck: set[int] = set()
        for number in self.random.permutation(self.missing(pattern)):
            try:
                self._grow_for(pattern, int(number))
            except Unprotectable as wrong:
                if not skip:
                    raise
                stuck.add(wrong.column)
        return stuck

    def _grow_for(self, pattern: Pattern, number: int) -> None:
        for _ in range(_TRIES):
            if self.targets[number].served(*pattern.reached(number)) or self.serve(pattern, number):
                return
            self._open(pattern, number)
        raise Unprotectable(self.targets[number].column)

    def _open(self, pattern: Pattern, number: int) -> None:
        target = self.targets[number]
        options = list(target.options())
        found = min((self.opened(pattern, number, *each) for each in options[:2]), key=itemgetter(0))
        if found[0] == NEVER:
            found = min((self.opened(pattern, number, *each) for each in options[2:]), key=itemgetter(0), default=found)
        if found[0] == NEVER:
            raise Unprotectable(target.column)
        for move in found[1]:
            pattern.hidden |= np.abs(move) > SLACK
            self.keep(pattern, move)

    def opened(self, pattern: Pattern, number: int, rise: float, fall: float) -> tuple[float, list[Numbers]]:
        """What it costs to let a target rise and fall so much, and the two moves."""
        hidden, price, found = pattern.hidden.copy(), 0.0, []
        for sign, need in ((UP, rise), (DOWN, fall)):
            if pattern.reach.get((number, sign), 0) >= need - SLACK:
                continue
            move = self.cheapest(hidden, number, sign * need)
            if move is None:
                return NEVER, []
            touched = (np.abs(move) > SLACK) & ~hidden
            price += self.costs[touched].sum()
            hidden |= touched
            found.append(move)
        return price, found

    def cheapest(self, hidden: Mask, number: int, need: float) -> Numbers | None:
        """A move for one target that touches few new cells: linear costs, weighed anew by what was touched."""
        target = self.targets[number]
        self.moves.let(self.may_move(target, self.costs < NEVER))
        base = np.where(hidden, _FREE, np.minimum(self.costs, 1e9))
        costs, best, fewest = base, None, NEVER
        for _ in range(_WEIGHINGS):
            move = self.moves.reaching(target.column, need, costs)
            if move is None:
                return None
            price = base[np.abs(move) > SLACK].sum() + (self.whole and not whole(move))
            if price < fewest:
                best, fewest = move, price
            shake = self.random.uniform(1, 1.3, len(base)) if self.shaken else 1.0
            costs = shake * np.where(hidden, base, base / np.maximum(np.abs(move), 0.2))
        return best

    def may_move(self, target: Target, free: Mask) -> Mask:
        if not target.known:
            return free
        held = free.copy()
        held[list(target.known)] = False
        return held

    def serve(self, pattern: Pattern, number: int) -> bool:
        """Find witnesses for one target among what is hidden already."""
        target = self.targets[number]
        self.moves.let(self.may_move(target, pattern.hidden))
        for sign in (UP, DOWN):
            if pattern.reach.get((number, sign), 0) < target.furthest(sign) - SLACK:
                self.reach_out(pattern, number, sign)
            if target.served(*pattern.reached(number)):
                return True
        return False

    def reach_out(self, pattern: Pattern, number: int, sign: int) -> None:
        """As far as one target can go among what is open; a second and third way when the first is not whole."""
        column, most = self.targets[number].column, self.targets[number].furthest(sign)
        for tried in range(_TRIES if self.whole else 1):
            costs = self.weights * (self.random.uniform(1, 1.1, self.moves.count) if tried else 1.0)
            move = self.moves.utmost(column, sign * most, costs)
            self.keep(pattern, move)
            if not self.whole or whole(move):
                return
        far = np.floor(abs(move[column]) + SLACK)
        found = self.moves.whole_children(column, sign * far) if far else None
        if found is not None:
            self.keep(pattern, found)

    def prune(self, pattern: Pattern, order: Iterable[int], *, seconds: float = np.inf) -> None:
        """Show again, one after the other, what is not needed; `seconds` of this programme's time at most."""
        until = process_time() + seconds
        for column in order:
            if process_time() > until:
                return
            tried = self.without(pattern, [column])
            if self.proved(tried):
                pattern.hidden, pattern.witness, pattern.reach = tried.hidden, tried.witness, tried.reach

    def without(self, pattern: Pattern, columns: Sequence[int]) -> Pattern:
        """The pattern with these shown; witnesses that moved them are gone."""
        tried = Pattern(pattern.hidden)
        tried.hidden[list(columns)] = False
        gone = {id(move) for move in pattern.witness.values() if np.abs(move[list(columns)]).max() > SLACK}
        for each, move in pattern.witness.items():
            if id(move) not in gone:
                tried.witness[each], tried.reach[each] = move, pattern.reach[each]
        return tried

    def proved(self, pattern: Pattern) -> bool:
        """Find the missing witnesses without hiding more; False as soon as one cannot be had."""
        self.recall(pattern)
        todo = np.array(self.missing(pattern), dtype=int)
        for number in todo[np.argsort(-self.blame[todo], kind="stable")]:
            if not self.targets[number].served(*pattern.reached(number)) and not self.serve(pattern, int(number)):
                self.blame[number] += 1
                return False
        return True

    def improve(self, pattern: Pattern, forced: Mask, *, rounds: int, seconds: float) -> Pattern:
        """Ruin a corner, grow it anew another way, prune it; keep what is no worse."""
        until = process_time() + seconds
        self.shaken = True
        for _ in range(rounds):
            spare = self.secondary(pattern, forced)
            if not spare or process_time() > until:
                break
            tried = self.without(pattern, self._corner(pattern, spare)[: self.random.integers(2, _CORNER)])
            self.grow(tried)
            self.prune(tried, self.secondary(tried, pattern.hidden))
            if self.price(tried) <= self.price(pattern):
                pattern = tried
        return pattern

    def _corner(self, pattern: Pattern, spare: list[int]) -> list[int]:
        """Cells that are hidden for the same targets as the first of them."""
        moved = [move for move in pattern.witness.values() if abs(move[spare[0]]) > SLACK]
        if not moved:
            return spare[:1]
        fewest = min(moved, key=lambda move: int((np.abs(move) > SLACK).sum()))
        return [spare[0], *(column for column in spare[1:] if abs(fewest[column]) > SLACK)]

    def price(self, pattern: Pattern) -> float:
        return float(self.costs[pattern.hidden & np.isfinite(self.costs)].sum())

    def secondary(self, pattern: Pattern, forced: Mask) -> list[int]:
        """What is hidden for others only, in random order, what the fewest witnesses move first."""
        found = self.random.permutation(np.flatnonzero(pattern.hidden & ~forced & (self.costs > 0)))
        moved = {id(move): move for move in pattern.witness.values()}
        used = sum((np.abs(move[found]) > SLACK for move in moved.values()), start=np.zeros(len(found), dtype=int))
        return [int(each) for each in found[np.argsort(used, kind="stable")]]
