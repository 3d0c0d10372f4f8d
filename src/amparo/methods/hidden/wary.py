"""What a reader must be warned of: of the lists themselves, of what the methods said, of what it all rests on."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from amparo.methods.hidden.cautions import Caution, caution
from amparo.methods.hidden.influence import Influence, quick
from amparo.methods.hidden.lists import Lists
from amparo.methods.hidden.methods import WHOLE, Result, Word

APART = 2.5  # methods that differ by more than this factor leave no single number
MOVES = 1.5  # a list that moves the estimate by more than this factor drives it
FEW = 10  # people on more than one list; on fewer nothing can rest
_INSIDE = 0.8  # the part of a list that lies inside another when one may be fed by the other


def several(lists: Lists) -> int:
    """How many are on more than one list."""
    return int(lists.counts[np.bitwise_count(lists.histories) > 1].sum())


def wary(
    lists: Lists, results: Sequence[Result], drives: Sequence[Influence], *, unequal: bool
) -> Iterator[Caution]:  # fmt: skip
    """All there is to be wary of but what stands in the lists' own table."""
    yield from _of_overlaps(lists)
    for each in results:
        if each.method in WHOLE and each.verdict in {Word.UNSTABLE, Word.NOT}:
            yield from (note.of(each.method) for note in each.notes if note.code not in {"mean", "chains"})
    if len(lists.names) == 2:  # noqa: PLR2004
        yield caution("two")
    if unequal:
        yield caution("unequal")
    yield from _of_spread(results)
    yield from _of_drives(lists, drives)


def _of_overlaps(lists: Lists) -> Iterator[Caution]:
    meeting = several(lists)
    if meeting < FEW:
        yield caution("few", several=meeting, observed=lists.observed)
    pairs = list(combinations(range(len(lists.names)), 2))
    never = [[lists.names[one], lists.names[other]] for one, other in pairs if not lists.on(one, other)]
    if never:
        yield caution("never", pairs=never)
    for one, other in pairs:
        both, small, large = lists.on(one, other), *sorted((one, other), key=lists.on)
        if both and both >= _INSIDE * lists.on(small) and lists.on(small) < lists.observed > lists.on(large):
            yield caution("inside", part=both / lists.on(small), small=lists.names[small], large=lists.names[large])


def _of_spread(results: Sequence[Result]) -> Iterator[Caution]:
    said = {each.method: each.estimate for each in results if each.estimate and each.method in WHOLE}
    if said and max(said.values()) > APART * min(said.values()):
        least, most = min(said, key=said.__getitem__), max(said, key=said.__getitem__)
        yield caution("apart", factor=said[most] / said[least], least=least, most=most)
    for each in results:
        if each.hidden is not None and each.hidden < 1:
            yield caution("edge", method=each.method)


def _of_drives(lists: Lists, drives: Sequence[Influence]) -> Iterator[Caution]:
    base = quick(lists)
    for each in drives:
        if base and len(each.lists) == 1:
            if each.estimate is None:
                yield caution("rests", list=each.lists[0])
            elif not 1 / MOVES < each.estimate / base < MOVES:
                yield caution("moves", list=each.lists[0], less=each.estimate, base=base)
