"""Does a model's estimate exist at all, and do the data tell its terms apart? (Fienberg and Rinaldo 2012)

Both depend only on the model and on which histories anybody has, never on how many: so each verdict is found once.
"""

from enum import IntFlag
from functools import lru_cache

import numpy as np

from amparo.methods.extra import optimizer
from amparo.methods.hidden.fitting import keep
from amparo.methods.hidden.terms import Model, design, held, singles
from amparo.methods.hidden.types import Bools, Floats

_POSITIVE = 1e-7


class Existence(IntFlag):
    """The numbers are those of the literature (Chan, Silverman and Vincent 2021)."""

    EXISTS = 0
    NO_MAXIMUM = 1  # some fitted mean runs to 0, and with it the number of hidden people to 0 or infinity
    NOT_IDENTIFIABLE = 2  # other terms fit as well, with another number of hidden people


def existence(counts: Floats, lists: int, model: Model) -> Existence:
    """The verdict on one table (C counts) under one model."""
    return _verdict((counts > 0).tobytes(), lists, model)


@lru_cache(maxsize=200_000)
def _verdict(support: bytes, lists: int, model: Model) -> Existence:
    seen: Bools = np.frombuffer(support, dtype=bool)
    kept = keep(seen[None].astype(float), lists, model, np.ones((1, len(model)), dtype=bool))
    matrix = design(lists, model)[kept.histories[0]][:, kept.terms[0]]
    found = Existence.EXISTS
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        found |= Existence.NOT_IDENTIFIABLE
    if not _interior(matrix, seen[kept.histories[0]]):
        found |= Existence.NO_MAXIMUM
    return found


@lru_cache(maxsize=200_000)
def identifiable(lists: int, terms: Model, chosen: bytes, seen: bytes) -> bool:
    """Do the data tell the `chosen` of the interactions apart, when of the lists and interactions these were `seen`?"""
    asked = np.concatenate([np.ones(lists, dtype=bool), np.frombuffer(chosen, dtype=bool)])
    gone = held(lists, (*singles(lists), *terms)) @ (asked & ~np.frombuffer(seen, dtype=bool))
    kept = np.concatenate([[True], asked & np.frombuffer(seen, dtype=bool)])
    matrix = design(lists, terms)[~gone][:, kept]
    return bool(np.linalg.matrix_rank(matrix) == matrix.shape[1])


def _interior(matrix: Floats, seen: Bools) -> bool:
    """Is there a table with every mean positive and the margins of the data? The greatest least mean of such a table,
    s: max s with A'x = A'n, x >= s. It exists exactly when s > 0.
    """
    if seen.all():
        return True
    cells, terms = matrix.shape
    same = np.column_stack([matrix.T, np.zeros(terms)])
    above = np.column_stack([-np.eye(cells), np.ones(cells)])
    cost = np.zeros(cells + 1)
    cost[-1] = -1
    found = optimizer().linprog(
        cost, A_ub=above, b_ub=np.zeros(cells), A_eq=same, b_eq=matrix.T @ seen, bounds=(0, None), method="highs"
    )  # fmt: skip
    return bool(found.status == 0 and -found.fun > _POSITIVE)
