"""The states of many incidents at once: the table of `classify` as matrices, without its reasons.

A need is met where one of its elements is as it asks, and fails where all of them are known otherwise; an offence is
met where all its needs are, and fails where one does. Each is a sum of ones and noughts, so each is a product of
matrices.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from amparo.vocabulary.classification import elements
from amparo.vocabulary.classification.classify import needs_of
from amparo.vocabulary.classification.elements import Known
from amparo.vocabulary.classification.rules import RuleSet

# How many to ask at once: with more, numpy's library splits each product over threads, whose waiting costs five times
# what they save.
AT_ONCE = 64

Numbers = NDArray[np.float32]
Marks = NDArray[np.bool_]


class Table:
    """Rule sets under their own settings or those given, ready to be asked; `codes` are their offences, in order."""

    def __init__(self, sets: Sequence[RuleSet], settings: Mapping[str, bool] | None = None) -> None:
        chosen = [(each, each.settings | dict(settings or {})) for each in sets]
        of = [needs_of(offence, settings) for each, settings in chosen for offence in each.offences]
        needs = list(dict.fromkeys((need.yes, need.no) for each in of for need in each))
        asked = [{(need.yes, need.no) for need in each} for each in of]
        self.codes = [offence.code for each in sets for offence in each.offences]
        self._sets = sets
        self._yes, self._no = _matrix([yes for yes, _ in needs]).T, _matrix([no for _, no in needs]).T
        self._of = np.array([[need in each for each in asked] for need in needs], np.float32)

    def states(self, known: Sequence[Known]) -> tuple[Marks, Marks]:
        """What is met, and what cannot be said yet: a row an incident, a column an offence."""
        so, not_so = _matrix([each.yes for each in known]), _matrix([each.no for each in known])
        holds = so @ self._yes + not_so @ self._no > 0
        fails = not_so @ self._yes + so @ self._no == (self._yes + self._no).sum(axis=0)
        met = holds @ self._of == self._of.sum(axis=0)
        still = ~met & (fails @ self._of == 0)
        first = 0
        for each in self._sets:
            beyond = first + len(each.offences)
            if each.ordered:
                _put_in_order(met[:, first:beyond], still[:, first:beyond])
            first = beyond
        return met, still


def _matrix(masks: Sequence[int]) -> Numbers:
    """A row a mask, a column an element."""
    width = len(elements.names())
    size = -(-width // 8)
    packed = np.frombuffer(b"".join(mask.to_bytes(size, "little") for mask in masks), np.uint8)
    return np.unpackbits(packed.reshape(-1, size), axis=1, count=width, bitorder="little").astype(np.float32)


def _put_in_order(met: Marks, still: Marks) -> None:
    """As `classify` does: an offence counts only once it is known that none before it does. In place."""
    found, doubtful = np.zeros(len(met), bool), np.zeros(len(met), bool)
    for column in range(met.shape[1]):
        possible = (met[:, column] | still[:, column]) & ~found
        met[:, column] &= possible & ~doubtful
        still[:, column] = possible & ~met[:, column]
        found |= met[:, column]
        doubtful |= still[:, column]
