"""Trends: where the number of a month changed its level, what is newly there, and false alarms kept in bounds (S6).

A series is a code's counts month by month. For each the split that a change of level explains best is found (Poisson
likelihood ratio); how often as good a split comes by chance is drawn from series of the same total without any change.
Over all series the rule of Benjamini and Hochberg (1995) keeps the expected share of false alarms among the alarms at
most at `false_alarms`. A series with few units is not looked at: what would be hidden in a table gives no alarm either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

import numpy as np

ENOUGH: Final = 20  # units of a whole series
DRAWS: Final = 1999
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Change:
    """At which place of the series a new level begins, the mean of a month before and after, and how likely by chance.

    `new`: there was nobody before.
    """

    code: str
    at: int
    before: float
    after: float
    chance: float

    @property
    def new(self) -> bool:
        return self.before == 0


def changes(series: Mapping[str, Sequence[int]], *, false_alarms: float = 0.05, seed: int = 1) -> list[Change]:
    """The changes that stand, the least likely by chance first."""
    random = np.random.default_rng(seed)
    looked_at = [(code, counts) for code, counts in sorted(series.items()) if sum(counts) >= ENOUGH and len(counts) > 1]
    found = sorted((_likeliest(code, counts, random) for code, counts in looked_at), key=lambda each: each.chance)
    bounds = [false_alarms * (place + 1) / len(found) for place in range(len(found))]
    stand = max((place + 1 for place, each in enumerate(found) if each.chance <= bounds[place]), default=0)
    return found[:stand]


def _likeliest(code: str, counts: Sequence[int], random: np.random.Generator) -> Change:
    told = np.asarray(counts, dtype=float)[None, :]
    gains = _gains(told)[0]
    at = int(gains.argmax()) + 1
    drawn = random.multinomial(int(told.sum()), [1 / told.shape[1]] * told.shape[1], size=DRAWS).astype(float)
    as_good = int((_gains(drawn).max(axis=1) >= gains.max() - 1e-9).sum())
    chance = (as_good + 1) / (DRAWS + 1)
    return Change(code, at, float(told[0, :at].mean()), float(told[0, at:].mean()), chance)


def _gains(series: Floats) -> Floats:
    """For each series and split, by how much two levels explain it better than one (log likelihood)."""
    length = series.shape[1]
    sums = series.cumsum(axis=1)
    total, before = sums[:, -1:], sums[:, :-1]
    splits = np.arange(1, length, dtype=float)[None, :]
    one = np.log(np.where(total > 0, total, 1.0)) - log(length)
    gains: Floats = _part(before, splits) + _part(total - before, length - splits) - total * one
    return gains


def _part(number: Any, months: Any) -> Any:
    return number * np.log(np.where(number > 0, number, 1.0) / months)
