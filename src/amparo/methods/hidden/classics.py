"""The classics: short formulas, each with its own supposition, kept as companions of the models."""

from collections.abc import Sequence

import numpy as np

from amparo.methods.hidden.fitting import Kept, fit_design
from amparo.methods.hidden.terms import design, held, singles
from amparo.methods.hidden.types import Floats

_HIGH_COVERAGE = 0.55  # Chao and Tsay's advice: below it, the one-step estimate


def chapman(first: int, second: int, both: int) -> float:
    """Two lists, independent of each other (Chapman 1951): nearly unbiased, and finite when they never meet."""
    return (first + 1) * (second + 1) / (both + 1) - 1


def chao_of_times(times: Sequence[int]) -> float:
    """A lower bound from one list: `times[k]` people stand on it k + 1 times (Chao 1987)."""
    once, twice = times[0], times[1]
    return sum(times) + (once**2 / (2 * twice) if twice else once * (once - 1) / 2)


def zelterman(times: Sequence[int]) -> float:
    """From one list, for people of different chances (Zelterman 1988). Infinite when nobody is on it twice."""
    return sum(times) / -np.expm1(-2 * times[1] / times[0]) if times[1] and times[0] else np.inf


def chao(counts: Floats, lists: int) -> Floats:
    """A lower bound from several lists (R totals from R x C counts): who is hard to find makes the truth only greater.

    Lists of unequal size, people of unequal chances: the lists' own terms fitted to the people on one or two lists, as
    in Rivest and Baillargeon (2007). Infinite when nobody is on two.
    """
    few = held(lists, singles(lists)).sum(axis=1) <= 2  # noqa: PLR2004 - more lists say nothing of those on none
    matrix = design(lists, ())
    seen = (counts * few) @ matrix > 0
    kept = Kept(seen, few & ~(~seen @ matrix.T.astype(bool)))
    found = fit_design(counts * few, matrix, kept)
    return np.where(found.settled, counts.sum(axis=1) + found.hidden, np.inf)


def sample_coverage(counts: Floats) -> Floats:
    """Three lists, dependent on each other in any way (Chao and Tsay 1998): R totals from R x 7 counts.

    The coverage is the part of the people that the lists' overlaps speak of; how much any two lists depend is read off
    their overlap. Below a coverage of 55 % the one-step estimate stands in, which is then a lower bound mostly.
    """
    pairs = {(0, 1): 2, (0, 2): 1, (1, 2): 0}
    on = [counts @ (held(3, (1 << each,))[:, 0]) for each in range(3)]
    only = [counts[:, (1 << each) - 1] for each in range(3)]
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = 1 - sum(alone / size for alone, size in zip(only, on, strict=True)) / 3
        start = sum(counts.sum(axis=1) - alone for alone in only) / 3 / coverage
        meet = {
            pair: (counts @ held(3, (1 << pair[0] | 1 << pair[1],))[:, 0]) / (on[pair[0]] * on[pair[1]])
            for pair in pairs
        }
        weight = {
            pair: (_but(counts, pair[0], out) + _but(counts, pair[1], out)) / (3 * coverage)
            for pair, out in pairs.items()
        }
        once = start + sum(weight[pair] * (start * meet[pair] - 1) for pair in pairs)
        low = start + sum(weight[pair] * (once * meet[pair] - 1) for pair in pairs)
        high = (start - sum(weight.values())) / (1 - sum(weight[pair] * meet[pair] for pair in pairs))
    total = np.where((coverage >= _HIGH_COVERAGE) & (high > 0), high, low)
    return np.where(np.isfinite(total) & (coverage > 0), np.maximum(total, counts.sum(axis=1)), np.inf)


def _but(counts: Floats, on: int, off: int) -> Floats:
    """How many are on one list and not on the other."""
    found: Floats = counts @ (held(3, (1 << on,))[:, 0] & ~held(3, (1 << off,))[:, 0])
    return found
