"""Stepwise choice of pairwise interactions (Chan, Silverman and Vincent 2021, section 3), for many tables at once.

From the lists' own terms: of the pairs whose addition leaves an estimate that exists and is identifiable, add the one
whose overlap is least likely under the present model, as long as that is less likely than the threshold.
"""

from dataclasses import dataclass

import numpy as np

from amparo.methods.extra import special
from amparo.methods.hidden.existence import Existence, existence, identifiable
from amparo.methods.hidden.fitting import Fits, fit
from amparo.methods.hidden.terms import held, interactions, singles
from amparo.methods.hidden.types import Bools, Floats

THRESHOLD = 0.02


@dataclass(frozen=True)
class Chosen:
    """`totals` (R; infinite where no estimate exists) and which pairs were added (R x pairs)."""

    totals: Floats
    pairs: Bools


def stepwise(counts: Floats, lists: int, *, threshold: float = THRESHOLD) -> Chosen:
    """The choice for each line of `counts` (R x C)."""
    pairs = interactions(lists, 2) if lists > 2 else ()  # noqa: PLR2004 - two lists cannot tell their interaction
    chosen = np.zeros((len(counts), len(pairs)), dtype=bool)
    found = fit(counts, lists, pairs, chosen)
    hidden, means = found.hidden, found.means
    stands = admissible(counts, lists, pairs, chosen, found)
    unlikely = _unlikely(counts, means, lists, pairs, chosen)
    open_ = np.flatnonzero(stands)
    while len(pairs) and len(open_ := open_[unlikely[open_].min(axis=1) < threshold]):
        best = unlikely[open_].argmin(axis=1)
        trial = chosen[open_]
        trial[np.arange(len(open_)), best] = True
        found = fit(counts[open_], lists, pairs, trial)
        good = admissible(counts[open_], lists, pairs, trial, found)
        unlikely[open_[~good], best[~good]] = 1.0  # not this pair, not at this step
        done = open_[good]
        chosen[done], hidden[done], means[done] = trial[good], found.hidden[good], found.means[good]
        unlikely[done] = _unlikely(counts[done], means[done], lists, pairs, chosen[done])
    return Chosen(np.where(stands, counts.sum(axis=1) + hidden, np.inf), chosen)


def main_effects(counts: Floats, lists: int) -> Chosen:
    """The lists independent of each other."""
    return stepwise(counts, lists, threshold=0.0)


def admissible(
    counts: Floats, lists: int, terms: tuple[int, ...], chosen: Bools, found: Fits, *, ask: bool = True
) -> Bools:  # fmt: skip
    """For each line, does its model's estimate exist, and is it identifiable? The programme is asked only where the fit
    itself is no proof; without `ask` not even there, and only what is proven is admissible.
    """
    good = found.settled.copy()
    for line in np.flatnonzero(~good) if ask else ():
        model = tuple(term for term, asked in zip(terms, chosen[line], strict=True) if asked)
        good[line] = existence(counts[line], lists, model) == Existence.EXISTS
    seen = counts @ held(lists, (*singles(lists), *terms)) > 0
    for line in np.flatnonzero(good):
        good[line] = identifiable(lists, terms, chosen[line].tobytes(), seen[line].tobytes())
    return good


def _unlikely(counts: Floats, means: Floats, lists: int, pairs: tuple[int, ...], chosen: Bools) -> Floats:
    """How unlikely each pair's overlap is under the model: the lesser tail of a Poisson count. 1 for pairs in the
    model.
    """
    both = held(lists, pairs)
    seen, expected = counts @ both, means @ both
    poisson = special()
    more = np.where(seen > 0, poisson.pdtrc(np.maximum(seen - 1, 0), expected), 1.0)
    least = np.minimum(poisson.pdtr(seen, expected), more)
    return np.where(chosen, 1.0, least)
