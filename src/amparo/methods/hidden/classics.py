"""The classics: short formulas, each with its own supposition, kept as companions of the models."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

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


def sample_coverage(counts: Floats, lists: int) -> Floats:
    """Three lists or more, dependent on each other in any way (Chao and Tsay 1998): R totals from R x C counts.

    Below a coverage of 55 % the one-step estimate stands in, which is then a lower bound mostly.
    """
    found = coverage(counts, lists)
    total = np.where((found.part >= _HIGH_COVERAGE) & (found.high > 0), found.high, found.low)
    return np.where(np.isfinite(total) & (found.part > 0), np.maximum(total, counts.sum(axis=1)), np.inf)


@dataclass(frozen=True)
class Coverage:
    """The part of the people that the lists' overlaps speak of, and the totals by Chao and Tsay's two estimates."""

    part: Floats
    high: Floats
    low: Floats


def coverage(counts: Floats, lists: int) -> Coverage:
    """How much any two lists depend is read off their overlap; it weighs by who is on one of them and on no third."""
    on = [counts @ held(lists, (1 << each,))[:, 0] for each in range(lists)]
    only = [counts[:, (1 << each) - 1] for each in range(lists)]
    with np.errstate(divide="ignore", invalid="ignore"):
        part: Floats = 1 - np.sum([alone / size for alone, size in zip(only, on, strict=True)], axis=0) / lists
        start = sum(counts.sum(axis=1) - alone for alone in only) / lists / part
        meet, weight = [], []
        for one, other in combinations(range(lists), 2):
            meet.append(counts @ held(lists, (1 << one | 1 << other,))[:, 0] / (on[one] * on[other]))
            both = counts[:, (1 << one | 1 << other) - 1]
            weight.append((only[one] + only[other] + 2 * both) / (lists * part))
        once = start + sum(w * (start * m - 1) for w, m in zip(weight, meet, strict=True))
        low = start + sum(w * (once * m - 1) for w, m in zip(weight, meet, strict=True))
        high = (start - sum(weight)) / (1 - sum(w * m for w, m in zip(weight, meet, strict=True)))
    return Coverage(part, high, low)
