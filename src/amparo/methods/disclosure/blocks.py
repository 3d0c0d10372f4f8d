"""A table too large to be seen at once is protected block by block along its longest variable.

Within a block the sums over it are held as if they were shown. Whatever moves inside a block therefore leaves every
other cell of the table as it is, and a witness for the block is a witness for the whole. The codes with the most
children are in every block: they have the room that small ones lack, and what is hidden of them serves all blocks.
Small margins over the long variable come last, in the whole table.
"""

from collections.abc import Iterator

import numpy as np

from amparo.methods.disclosure.frame import Key, Part
from amparo.methods.disclosure.grow import NEVER, Grower, Pattern, Target
from amparo.methods.disclosure.moves import Mask, Moves
from amparo.methods.disclosure.relaxed import Relaxed
from amparo.methods.disclosure.suppress import BLOCK_CELLS, Problem, Suppression
from amparo.methods.disclosure.system import Numbers, System

_ALWAYS = 3  # codes in every block, and twice as many each further turn
_TURNS = 4  # a target that one division leaves no room has it in another; the whole table comes last


def solve(problem: Problem) -> Suppression:
    """The problem whole, or in blocks where it is large and can be divided. Raises `Unprotectable`."""
    axis = _longest(problem)
    policy = problem.policy
    if (
        len(problem.wanted) <= BLOCK_CELLS
        or axis is None
        or policy.insiders
        or policy.group_disclosure
        or policy.dominance
    ):
        return problem.solve()
    hidden = problem.forced | (problem.costs == 0)
    inner = set(problem.system.classes[axis])
    names = {column: key for key, column in problem.system.columns.items()}
    todo = {target.column for target in problem.targets if names[target.column][axis] in inner}
    for turn in range(_TURNS):
        todo = _turn(problem, axis, turn, hidden, todo)
        if not todo:
            break
    rest = [t for t in problem.targets if t.column in todo or names[t.column][axis] not in inner]
    if rest:
        grower = Grower(problem.moves, rest, problem.costs)
        pattern = grower.start(hidden, rounds=3)
        grower.grow(pattern)
        hidden = pattern.hidden
    kept = frozenset(key for key in problem.wanted if hidden[problem.system.columns[key]])
    return Suppression(kept, len(problem.targets), "heuristic in blocks", None)


def _longest(problem: Problem) -> int | None:
    """A variable of many codes without groups, which is in every cell or its total is."""
    found = [
        (len(parts), axis) for axis, parts in enumerate(problem.system.classes)
        if len({key[axis] for key in problem.system.columns} - set(parts)) <= 1
    ]  # fmt: skip
    count, axis = max(found, default=(0, 0))
    return axis if count >= 16 else None  # noqa: PLR2004 - fewer codes make no two blocks worth having


def _turn(problem: Problem, axis: int, turn: int, hidden: Mask, todo: set[int]) -> set[int]:
    """Protect the targets block by block; those that no block left room."""
    left = set(todo)
    for keys in _blocks(problem, axis, turn, todo):
        inside = left & {problem.system.columns[key] for key in keys}
        left -= inside - _block(problem, axis, keys, hidden, inside)
    return left


def _blocks(problem: Problem, axis: int, turn: int, todo: set[int]) -> Iterator[list[Key]]:
    """The cells of the codes with targets, some at a time, each time with the largest codes: more in a later turn."""
    lines: dict[Part, list[Key]] = {part: [] for part in problem.system.classes[axis]}
    for key in problem.system.columns:
        if key[axis] in lines:
            lines[key[axis]].append(key)
    sizes = {part: float(problem.counts.take(part, axis=axis).sum()) for part in lines}
    parts = sorted(lines, key=lambda part: -sizes[part])
    room = min(len(parts), _ALWAYS << turn)
    rest = [p for p in parts[room:] if any(problem.system.columns[key] in todo for key in lines[p])]
    each = max(2, round(BLOCK_CELLS / len(lines[parts[0]])))
    count = max(1, round(len(rest) / each))
    for number in range(count):
        yield [key for part in [*parts[:room], *rest[number::count]] for key in lines[part]]


def _block(problem: Problem, axis: int, keys: list[Key], hidden: Mask, todo: set[int]) -> set[int]:
    """Hide what one block needs, the sums over it held; which of its targets these sums leave no room."""
    whole = tuple(sorted({place for key in keys for place in key[axis]}))
    held = {(*key[:axis], whole, *key[axis + 1 :]) for key in keys}
    small = problem.counts.take(whole, axis=axis)
    system = System(small.shape, [_within(key, axis, whole) for key in [*keys, *held]], 0)
    values = system.values(small)
    outer = np.array([problem.system.columns[key] for key in keys])
    place = np.array([system.columns[_within(key, axis, whole)] for key in keys])
    costs, forced = np.zeros(len(values)), np.zeros(len(values), dtype=bool)
    costs[place], forced[place] = problem.costs[outer], hidden[outer]
    costs[[system.columns[_within(key, axis, whole)] for key in held]] = NEVER
    back = dict(zip(outer.tolist(), place.tolist(), strict=True))
    targets = [
        Target(back[t.column], t.rise, t.fall, t.width, t.most)
        for t in problem.targets if t.column in todo and t.column in back
    ]  # fmt: skip
    if not targets:
        return set()
    moves, share = Moves(system, values, cap=problem.moves.cap), problem.seconds * len(keys) / len(problem.wanted)
    pattern, stuck = _grown(moves, targets, costs, forced, share)
    hidden[outer] = pattern.hidden[place]
    forth = dict(zip(place.tolist(), outer.tolist(), strict=True))
    return {forth[column] for column in stuck}


def _grown(
    moves: Moves, targets: list[Target], costs: Numbers, forced: Mask, seconds: float
) -> tuple[Pattern, set[int]]:
    """The pruned pattern of one block, and the columns that it cannot protect."""
    stuck = _stuck(moves, targets, costs)
    grower = Grower(moves, [target for target in targets if target.column not in stuck], costs)
    pattern = grower.start(forced, rounds=25)
    grower.leap(pattern)
    stuck |= grower.grow(pattern, skip=True)
    grower.targets = [Target(t.column, 0, 0, 0, 0) if t.column in stuck else t for t in grower.targets]
    grower.prune(pattern, grower.secondary(pattern, forced), seconds=seconds)
    return pattern, stuck


def _stuck(moves: Moves, targets: list[Target], costs: Numbers) -> set[int]:
    """The columns that could be computed even if everything were hidden here that may be."""
    relaxed = Relaxed(moves, targets, costs, costs < NEVER, seconds=np.inf)
    return {target.column for target in relaxed.targets}


def _within(key: Key, axis: int, whole: tuple[int, ...]) -> Key:
    """The key with the places of the long variable counted within the block."""
    return (*key[:axis], tuple(whole.index(each) for each in key[axis]), *key[axis + 1 :])
