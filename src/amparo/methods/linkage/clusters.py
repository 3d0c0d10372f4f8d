"""Which records are one child: average linkage over the odds of all pairs, never plain connected components.

A chain of likely pairs joins strangers: at a million records connected components made one child of 5,565 records. Here
two groups become one only while the *average* odds over all their pairs say so, where a pair that nobody thought worth
a look counts against it, and a pair that is surely a sibling or a twin forbids it.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.methods.linkage.learning import Floats

Ints = NDArray[np.int64]
THRESHOLD = 0.6
_SURE = 6.0  # natural log-odds: beyond, more certainty of one pair must not drown the doubt of others
_UNSEEN = -2.0  # of a pair that shares no key or has less than a chance in a hundred
_FORBID = 0.9  # this sure to be a brother, sister or twin
_LEAST = 0.05  # a likelier pair may start a group


def clusters(count: int, left: Ints, right: Ints, answers: Floats, *, threshold: float = THRESHOLD) -> Ints:
    """The group of each of `count` records, numbered by its first record. `answers` as `Model.answers` has them."""
    odds = np.clip(np.log(np.clip(answers[:, 0], 1e-12, None) / np.clip(1 - answers[:, 0], 1e-12, None)), -_SURE, _SURE)
    never = answers[:, 1] + answers[:, 2] >= _FORBID
    group = np.arange(count)
    least = float(np.log(threshold / (1 - threshold)))
    alone, rest = _parts(count, left, right, answers[:, 0])
    joined = alone[(odds[alone] >= least) & ~never[alone]]
    group[right[joined]] = left[joined]
    for members, edges in rest:
        for each in _average(members, left[edges], right[edges], odds[edges], never[edges], least):
            group[each] = min(each)
    return group


def _parts(count: int, left: Ints, right: Ints, chance: Floats) -> tuple[Ints, Iterator[tuple[list[int], Ints]]]:
    """The records that likely pairs connect at all, part by part: what is in two parts is never compared.

    First the pairs that are a part by themselves, as most are: `left` is the smaller number. Then the other parts.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    likely = chance >= _LEAST
    graph = coo_array((np.ones(int(likely.sum())), (left[likely], right[likely])), shape=(count, count))
    part = connected_components(graph, directed=False)[1]
    inside = np.flatnonzero(part[left] == part[right])
    many = np.bincount(part[left[inside]], minlength=count)[part[left[inside]]]
    return inside[many == 1], _larger(left, right, part, inside[many > 1])


def _larger(left: Ints, right: Ints, part: Ints, inside: Ints) -> Iterator[tuple[list[int], Ints]]:
    edges = inside[np.argsort(part[left[inside]], kind="stable")]
    starts = np.flatnonzero(np.diff(part[left[edges]], prepend=-1))
    for chunk in np.split(edges, starts[1:]):
        if len(chunk):
            yield sorted({*left[chunk].tolist(), *right[chunk].tolist()}), chunk


def _average(members: list[int], left: Ints, right: Ints, odds: Floats, never: Any, least: float) -> list[list[int]]:
    """Average linkage in one part: join the two groups whose pairs' mean odds are highest, while they reach `least`."""
    groups = {each: [each] for each in members}
    sums: dict[int, dict[int, tuple[float, int, bool]]] = {each: {} for each in members}
    for one, two, value, no in zip(left.tolist(), right.tolist(), odds.tolist(), never.tolist(), strict=True):
        sums[one][two] = sums[two][one] = (value, 1, no)
    queue = [(-value[0], one, two) for one in members for two, value in sums[one].items() if one < two and not value[2]]
    heapify(queue)
    while queue and -queue[0][0] >= least:
        value, one, two = heappop(queue)
        if one not in groups or two not in groups or _mean(groups, sums, one, two) != -value:
            continue
        _join(groups, sums, one, two)
        for other, (_, _, no) in sums[one].items():
            if not no:
                a, b = sorted((one, other))
                heappush(queue, (-_mean(groups, sums, a, b), a, b))
    return list(groups.values())


def _mean(
    groups: dict[int, list[int]], sums: dict[int, dict[int, tuple[float, int, bool]]], one: int, two: int
) -> float:
    total, seen, no = sums[one].get(two, (0.0, 0, True))
    pairs = len(groups[one]) * len(groups[two])
    return -np.inf if no else (total + (pairs - seen) * _UNSEEN) / pairs


def _join(
    groups: dict[int, list[int]], sums: dict[int, dict[int, tuple[float, int, bool]]], one: int, two: int
) -> None:
    groups[one] += groups.pop(two)
    for other, (value, seen, no) in sums.pop(two).items():
        del sums[other][two]
        if other != one:
            mine = sums[one].get(other, (0.0, 0, False))
            sums[one][other] = sums[other][one] = (mine[0] + value, mine[1] + seen, mine[2] or no)
