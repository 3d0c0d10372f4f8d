"""The mean over all decomposable graphs of lists (Madigan and York 1997).

A graph says which lists depend on each other; it is decomposable when it falls into cliques that meet in separators.
Under a hyper-Dirichlet prior (2^-lists a history) the likelihood of a graph is a product over its cliques, divided by
one over its separators; each factor is that of a table of a few lists only, where the unknown number of hidden people
stands in the cell "on none of them". All graphs are equally likely beforehand; the total N has the prior 1/N.

The peers stop at five lists; the 18,154 graphs of six are made here in seconds.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from amparo.methods.extra import special
from amparo.methods.hidden.terms import size
from amparo.methods.hidden.types import Floats

MOST_LISTS = 6
_DENSE = 2000  # numbers of hidden people looked at one by one; beyond, at even steps of the logarithm
_SPARSE = 3000
_FURTHEST = 2000  # how many times the observed the hidden may be
_BLOCK = 512


@dataclass(frozen=True)
class Posterior:
    """The posterior of the number of hidden people: `hidden` (rising) and the chance of being up to each."""

    hidden: Floats
    up_to: Floats
    beyond: float  # the chance of the last tenth of the range: when it is more than a hair, the data set no end
    best: tuple[tuple[int, ...], ...]  # the likeliest graph's cliques, each a tuple of lists

    def at(self, part: "float | Floats") -> Floats:
        """The quantile of the number of hidden people."""
        found: Floats = np.asarray(np.interp(part, self.up_to, self.hidden))
        return found


def average(counts: Floats, lists: int) -> Posterior:
    """The posterior from one table (C counts) of 2 to `MOST_LISTS` lists."""
    gammaln = special().gammaln
    observed = counts.sum()
    hidden = _grid(observed)
    factors = _factors(counts, lists, hidden)
    graphs, cliques = decomposable_graphs(lists)
    graphs = graphs[:-1]  # of the complete graph, the last, the data say nothing about the hidden: only the prior would
    prior = gammaln(observed + hidden + 1) - gammaln(hidden + 1) - np.log(observed + hidden)
    edges = np.concatenate([[hidden[0] - 0.5], (hidden[1:] + hidden[:-1]) / 2, [hidden[-1] + 0.5]])
    log_width = np.log(np.diff(edges))
    mass, scale, best = np.zeros(len(hidden)), -np.inf, (-np.inf, 0)
    for at in range(0, len(graphs), _BLOCK):
        logs = graphs[at : at + _BLOCK] @ factors + prior + log_width
        top = max(scale, float(logs.max()))
        shares = np.exp(logs - top)
        mass = mass * np.exp(scale - top) + shares.sum(axis=0)
        scale = top
        each = shares.sum(axis=1)
        place = int(each.argmax())
        best = max(best, (float(np.log(each[place]) + top), at + place))
    up_to = np.cumsum(mass) / mass.sum()
    names = tuple(tuple(each for each in range(lists) if clique >> each & 1) for clique in cliques[best[1]])
    return Posterior(hidden, up_to, float(1 - up_to[-max(1, len(up_to) // 50)]), names)


def _grid(observed: float) -> Floats:
    far = np.geomspace(_DENSE, max(_FURTHEST * observed, 10 * _DENSE), _SPARSE)
    return np.concatenate([np.arange(_DENSE, dtype=float), np.unique(np.round(far))])


def _factors(counts: Floats, lists: int, hidden: Floats) -> Floats:
    """2^lists x M: for each set of lists, the log marginal likelihood of its table for each number of hidden people."""
    gammaln = special().gammaln
    whole, part = 1.0, 2.0**-lists
    histories = np.arange(2**lists)
    every = np.concatenate([[0.0], counts])
    found = np.zeros((2**lists, len(hidden)))
    people = gammaln(whole) - gammaln(every.sum() + hidden + whole)
    for subset in range(1, 2**lists):
        table = np.bincount(histories & subset, weights=every, minlength=2**lists)
        cells = [cell for cell in range(1, subset + 1) if cell & subset == cell]
        weight = part * 2 ** (lists - size(subset))
        known = (gammaln(table[cells] + weight) - gammaln(weight)).sum()
        found[subset] = people + known + gammaln(table[0] + hidden + weight) - gammaln(weight)
    return found


@lru_cache(maxsize=8)
def decomposable_graphs(lists: int) -> tuple[Floats, tuple[tuple[int, ...], ...]]:
    """Graphs x 2^lists: +1 for each clique, -1 for each separator (with how often it separates); and their cliques.

    Every graph is tried; it is decomposable exactly when its lists can be taken away one by one, each when those it is
    still tied to are all tied to each other (Fulkerson and Gross 1965).
    """
    pairs = list(combinations(range(lists), 2))
    rows, cliques = [], []
    for chosen in range(2 ** len(pairs)):
        tied = [0] * lists
        for place, (one, other) in enumerate(pairs):
            if chosen >> place & 1:
                tied[one] |= 1 << other
                tied[other] |= 1 << one
        found = _taken_apart(tied)
        if found is not None:
            row = np.zeros(2**lists)
            for clique in found:
                row[clique] += 1
            for separator in _separators(found):
                row[separator] -= 1
            row[0] = 0  # lists that nothing ties: their "separator" is the total, and its factor is 1
            rows.append(row)
            cliques.append(found)
    return np.array(rows), tuple(cliques)


def _taken_apart(tied: list[int]) -> tuple[int, ...] | None:
    """The cliques of a decomposable graph; none for another."""
    left, found = (1 << len(tied)) - 1, []
    while left:
        for each in range(len(tied)):
            around = tied[each] & left
            if left >> each & 1 and all(around & ~(tied[o] | 1 << o) == 0 for o in range(len(tied)) if around >> o & 1):
                found.append(around | 1 << each)
                left &= ~(1 << each)
                break
        else:
            return None
    return tuple(c for c in found if not any(c != other and c & other == c for other in found))


def _separators(cliques: tuple[int, ...]) -> list[int]:
    """Where the cliques meet, along the tree that joins those that share most (a heaviest spanning tree)."""
    inside, outside, found = [cliques[0]], list(cliques[1:]), []
    while outside:
        best = max(((a, b) for a in inside for b in outside), key=lambda pair: size(pair[0] & pair[1]))
        found.append(best[0] & best[1])
        inside.append(best[1])
        outside.remove(best[1])
    return found
