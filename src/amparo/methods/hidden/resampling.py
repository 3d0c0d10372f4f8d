"""Intervals from resampled people, with the whole choice of a model made anew each time (BCa: Efron 1987).

Acceleration by the jackknife: who has the same history leaves the same table behind, so each history is left out once
and weighted by its people.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from amparo.methods.extra import special
from amparo.methods.hidden.types import Floats

Estimator = Callable[[Floats], Floats]  # R x C counts in, R totals out


@dataclass(frozen=True)
class Spread:
    """What resampling found: the sorted totals (`failed` of them infinite), and how to read an interval off them."""

    estimate: float
    totals: Floats
    bias: float
    acceleration: float

    @property
    def failed(self) -> float:
        """The part of the resampled tables without an estimate."""
        return float(np.mean(~np.isfinite(self.totals)))

    def at(self, parts: Floats) -> Floats:
        """The confidence limits at these parts (0.025 is the low end of a two-sided 95 % interval)."""
        z = self.bias + special().ndtri(parts)
        moved = special().ndtr(self.bias + z / (1 - self.acceleration * z))
        return quantiles(self.totals, moved)

    def interval(self, level: float) -> tuple[float, float]:
        """The two ends, widened where they would leave out the estimate itself."""
        low, high = self.at(np.array([(1 - level) / 2, (1 + level) / 2]))
        return min(float(low), self.estimate), max(float(high), self.estimate)


def spread(counts: Floats, estimator: Estimator, tables: Floats, *, seed: int | None = None) -> Spread:
    """Estimate a table (C counts) and each of the `tables` (R x C) that were resampled from it. With a `seed`, how many
    people are observed is drawn, too.
    """
    estimate = float(estimator(counts[None])[0])
    totals = _each_once(tables, estimator)
    if seed is not None:
        totals = totals * _observed_anew(estimate, counts.sum(), len(totals), seed)
    totals.sort()
    below = np.mean(totals < estimate)
    edge = 1 / (2 * len(tables))
    bias = float(special().ndtri(np.clip(below, edge, 1 - edge)))
    return Spread(estimate, totals, bias, acceleration(counts, estimator))


def _observed_anew(estimate: float, observed: float, times: int, seed: int) -> Floats:
    """How many of all people are observed is chance: a binomial count, here against the true one. A table of so many
    more people has its total in proportion.

    Resampling the observed people leaves this out, and the more of all people they are, the more it matters: of three
    lists on which 8 in 10 people stand, nominal 95 % intervals then hold the truth in 8 of 10 cases only.
    """
    people = max(round(estimate), int(observed))
    drawn: Floats = np.random.default_rng(seed).binomial(people, observed / people, times) / observed
    return drawn


def acceleration(counts: Floats, estimator: Estimator) -> float:
    """From the totals without one person of each history. 0 where some of them do not exist."""
    present = np.flatnonzero(counts)
    less = np.repeat(counts[None], len(present), axis=0)
    less[np.arange(len(present)), present] -= 1
    totals, weights = estimator(less), counts[present]
    if not np.isfinite(totals).all():
        return 0.0
    away = (weights @ totals) / weights.sum() - totals
    square = weights @ away**2
    return float(weights @ away**3 / (6 * square**1.5)) if square > 0 else 0.0


def quantiles(ordered: Floats, parts: Floats) -> Floats:
    """Of a sorted sample, Hyndman and Fan's type 8 (NumPy's "median unbiased", which cannot take infinite numbers)."""
    many = len(ordered)
    place = np.clip(parts * (many + 1 / 3) + 1 / 3 - 1, 0, many - 1)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, many - 1)
    part = place - below
    with np.errstate(invalid="ignore"):
        between = ordered[below] * (1 - part) + ordered[above] * part
    found: Floats = np.where(part == 0, ordered[below], np.where(np.isfinite(ordered[above]), between, ordered[above]))
    return found


def _each_once(tables: Floats, estimator: Estimator) -> Floats:
    """The same table drawn twice is estimated once."""
    distinct, which = np.unique(tables, axis=0, return_inverse=True)
    found: Floats = estimator(distinct)[which.ravel()]
    return found
