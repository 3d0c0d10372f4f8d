"""A table too large to be seen at once is protected block by block along its longest variable.

Within a block the sums over it are held as if they were shown. Whatever moves inside a block therefore leaves every
other cell of the table as it is, and a witness for the block is a witness for the whole. Small margins over the long
variable come last, in the whole table.
"""

from collections.abc import Iterator

import numpy as np

from amparo.methods.disclosure.frame import Key
from amparo.methods.disclosure.grow import NEVER, Grower, Target, Unprotectable
from amparo.methods.disclosure.moves import Moves
from amparo.methods.disclosure.suppress import BLOCK_CELLS, Problem, Suppression
from amparo.methods.disclosure.system import System


def solve(problem: Problem) -> Suppression:
    """The problem whole, or in blocks where it is large and can be divided. Raises `Unprotectable`."""
    axis = _longest(problem)
    if len(problem.wanted) <= BLOCK_CELLS or axis is None or problem.policy.insiders or problem.policy.group_disclosure:
        return problem.solve()
    hidden = problem.forced | (problem.costs == 0)
    for keys in _blocks(problem, axis):
        for key in _block(problem, axis, keys):
            hidden[problem.system.columns[key]] = True
    inner = set(problem.system.classes[axis])
    names = {column: key for key, column in problem.system.columns.items()}
    rest = [target for target in problem.targets if names[target.column][axis] not in inner]
    if rest:
        grower = Grower(problem.moves, rest, problem.costs)
        pattern = grower.start(hidden, rounds=0)
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


def _blocks(problem: Problem, axis: int) -> Iterator[list[Key]]:
    """The wanted cells, some codes of the long variable at a time."""
    lines: dict[tuple[int, ...], list[Key]] = {part: [] for part in problem.system.classes[axis]}
    for key in problem.system.columns:
        if key[axis] in lines:
            lines[key[axis]].append(key)
    each = len(next(iter(lines.values())))
    count = max(2, min(len(lines) // 4, round(len(lines) * each / BLOCK_CELLS)))
    for number in range(count):
        yield [key for keys in list(lines.values())[number::count] for key in keys]


def _block(problem: Problem, axis: int, keys: list[Key]) -> list[Key]:
    """What to hide of one block, the sums over it held."""
    whole = tuple(sorted({place for key in keys for place in key[axis]}))
    held = {(*key[:axis], whole, *key[axis + 1 :]) for key in keys}
    small = problem.counts.take(whole, axis=axis)
    system = System(small.shape, [_within(key, axis, whole) for key in [*keys, *held]], 0)
    values = system.values(small)
    costs = np.zeros(len(values))
    where = {key: problem.system.columns[key] for key in keys}
    place = {key: system.columns[_within(key, axis, whole)] for key in keys}
    costs[list(place.values())] = problem.costs[list(where.values())]
    costs[[system.columns[_within(key, axis, whole)] for key in held]] = NEVER
    forced = np.zeros(len(values), dtype=bool)
    forced[list(place.values())] = problem.forced[list(where.values())]
    back = {column: place[key] for key, column in where.items()}
    targets = [
        Target(back[t.column], t.rise, t.fall, t.width, t.most) for t in problem.targets if t.column in back
    ]  # fmt: skip
    grower = Grower(Moves(system, values, cap=problem.moves.cap), targets, costs)
    pattern = grower.start(forced, rounds=25)
    try:
        grower.grow(pattern)
    except Unprotectable as wrong:
        raise Unprotectable(where[{column: key for key, column in place.items()}[wrong.column]]) from None
    share = problem.seconds * len(keys) / len(problem.wanted)
    grower.prune(pattern, grower.secondary(pattern, forced), seconds=share)
    return [key for key in keys if pattern.hidden[place[key]]]


def _within(key: Key, axis: int, whole: tuple[int, ...]) -> Key:
    """The key with the places of the long variable counted within the block."""
    return (*key[:axis], tuple(whole.index(each) for each in key[axis]), *key[axis + 1 :])
