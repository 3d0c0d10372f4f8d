"""The terms of a log-linear model, and the models themselves.

A term is a bit mask of lists: ``0b01`` is list A's own, ``0b11`` the interaction of A and B. A model is the tuple of
its interactions, in ascending order; the constant and every list's own term are always in it. A model is
*hierarchical*: with an interaction it holds every part of it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from amparo.methods.hidden.types import Bools, Floats

Model = tuple[int, ...]


def size(term: int) -> int:
    """How many lists a term speaks of."""
    return term.bit_count()


@cache
def interactions(lists: int, order: int) -> Model:
    """Every interaction of 2 to `order` lists, those of fewer lists first."""
    found = [
        sum(1 << each for each in group) for many in range(2, order + 1) for group in combinations(range(lists), many)
    ]
    return tuple(sorted(found, key=lambda term: (size(term), term)))


@cache
def design(lists: int, terms: Model) -> Floats:
    """C x (1 + lists + interactions): the constant, the lists' own terms, then the interactions, in this order."""
    return np.column_stack([np.ones(2**lists - 1), held(lists, (*singles(lists), *terms)).astype(float)])


@cache
def held(lists: int, terms: Model) -> Bools:
    """C x terms: does this history hold all lists of this term?"""
    histories = np.arange(1, 2**lists)[:, None]
    masks = np.array(terms, dtype=np.int64)[None, :]
    found: Bools = (histories & masks) == masks
    return found


def singles(lists: int) -> Model:
    return tuple(1 << each for each in range(lists))


def hierarchical(lists: int, order: int) -> Iterator[Model]:
    """Every hierarchical model with interactions of at most `order` lists. The one of all lists at once is never there:
    no data could tell it.
    """
    yield from _grown((), lists, 2, min(order, lists - 1) if lists > 2 else 1)  # noqa: PLR2004 - two lists: none


def _grown(model: Model, lists: int, level: int, order: int) -> Iterator[Model]:
    """The models that `model`, complete up to interactions of `level` - 1 lists, grows into."""
    if level > order:
        yield model
        return
    free = [term for term in interactions(lists, level) if size(term) == level and all_parts(term, model)]
    if not free:
        yield model
        return
    for many in range(len(free) + 1):
        for chosen in combinations(free, many):
            yield from _grown((*model, *chosen), lists, level + 1, order)


def all_parts(term: int, model: Sequence[int]) -> bool:
    """Does the model hold every interaction of one list fewer that is part of this term?"""
    parts = [term & ~bit for bit in singles(term.bit_length()) if term & bit]
    return all(size(part) < 2 or part in model for part in parts)  # noqa: PLR2004 - a list's own term is in every model


def neighbours(model: Model, lists: int, order: int) -> Iterator[Model]:
    """The hierarchical models with one interaction more or one fewer."""
    for term in interactions(lists, min(order, lists - 1)):
        if term not in model and all_parts(term, model):
            yield ordered((*model, term))
        if term in model and not any(other != term and other & term == term for other in model):
            yield ordered(tuple(other for other in model if other != term))


def ordered(model: Sequence[int]) -> Model:
    return tuple(sorted(model, key=lambda term: (size(term), term)))


def spelled(model: Sequence[int], names: Sequence[str]) -> list[str]:
    """The interactions in words: ``A:C``."""
    return [":".join(name for place, name in enumerate(names) if term >> place & 1) for term in model]
