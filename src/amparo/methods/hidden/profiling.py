"""Intervals that take the model as given: the profile of the likelihood, and tables drawn from the model itself.

Where nothing was chosen the profile is what the truth warrants: it knows, as tables resampled from the observed people
do not, that how many are observed is chance, too. Of a chosen model it is too narrow, for the choice is no part of it
(61 % coverage at nominal 95 %: Chan, Silverman and Vincent 2021, section 3.4).
"""

from dataclasses import dataclass

import numpy as np

from amparo.methods.extra import special
from amparo.methods.hidden.fitting import Kept, fit, fit_design, keep
from amparo.methods.hidden.terms import Model, design
from amparo.methods.hidden.types import Floats

_FARTHEST = 1e4  # times the observed people
_GRID = 300
_SIDES = 4.0  # standard deviations to each side that are looked at finely


@dataclass(frozen=True)
class Profile:
    """The total of greatest likelihood, and how far others stand from it: `roots`, signed square roots of twice the
    fall of the log-likelihood, standard normal by theory.
    """

    estimate: float
    totals: Floats
    roots: Floats

    def at(self, parts: Floats) -> Floats:
        """The confidence limits at these parts; infinite where the likelihood never falls so far."""
        asked = special().ndtri(parts)
        found: Floats = np.where(asked > self.roots[-1], np.inf, np.interp(asked, self.roots, self.totals))
        return found

    def interval(self, level: float) -> tuple[float, float]:
        """The two ends."""
        low, high = self.at(np.array([(1 - level) / 2, (1 + level) / 2]))
        return float(low), float(high)


def profile(counts: Floats, lists: int, model: Model) -> Profile:
    """The profile of one table (C counts), for which the model's estimate exists.

    The likelihood is the multinomial one of all people, hidden ones included (Cormack 1992).
    """
    observed = float(counts.sum())
    grid = np.concatenate([[0.0], np.geomspace(0.5, _FARTHEST * observed, _GRID)])
    for _ in range(3):
        roots = _roots(grid, _likelihood(counts, lists, model, grid))
        low, high = np.searchsorted(roots, [-_SIDES, _SIDES])
        grid = np.linspace(grid[max(low - 1, 0)], grid[min(high, len(grid) - 1)], _GRID)
    likelihood = _likelihood(counts, lists, model, grid)
    return Profile(observed + _top(grid, likelihood), observed + grid, _roots(grid, likelihood))


def drawn(counts: Floats, lists: int, model: Model, *, times: int, seed: int) -> Floats:
    """Tables (x C) drawn from the fitted model, the hidden people with the others; who is drawn as hidden is left
    out.
    """
    found = fit(counts[None], lists, model)
    shares = np.concatenate([found.hidden, found.means[0]])
    tables = np.random.default_rng(seed).multinomial(round(shares.sum()), shares / shares.sum(), times)[:, 1:]
    kept: Floats = tables[tables.sum(axis=1) > 0].astype(float)
    return kept


def _top(grid: Floats, likelihood: Floats) -> float:
    """The top of the parabola through the greatest likelihood and its neighbours."""
    best = int(likelihood.argmax())
    if not 0 < best < len(grid) - 1:
        return float(grid[best])
    before, here, after = likelihood[best - 1 : best + 2]
    return float(grid[best] + (grid[1] - grid[0]) / 2 * (before - after) / (before - 2 * here + after))


def _roots(grid: Floats, likelihood: Floats) -> Floats:
    best = int(likelihood.argmax())
    fallen = np.sqrt(2 * np.maximum(likelihood[best] - likelihood, 0))
    found: Floats = np.where(grid < grid[best], -fallen, fallen)
    return found


def _likelihood(counts: Floats, lists: int, model: Model, hidden: Floats) -> Floats:
    """For each number of hidden people, the log-likelihood of the multinomial of all, at the best shares."""
    many = len(hidden)
    cells = np.column_stack([hidden, np.repeat(counts[None], many, axis=0)])
    matrix = design(lists, model)
    nobody = np.eye(1, matrix.shape[1])
    one = keep(counts[None], lists, model, np.ones((1, len(model)), dtype=bool))
    stay = np.concatenate([[[True]], one.histories], axis=1)
    kept = Kept(np.repeat(one.terms, many, axis=0), np.repeat(stay, many, axis=0))
    means, whole = fit_design(cells, np.vstack([nobody, matrix]), kept).means, cells.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(cells > 0, cells * np.log(means / whole[:, None]), 0.0)
    gammaln = special().gammaln
    found: Floats = logs.sum(axis=1) + gammaln(whole + 1) - gammaln(hidden + 1)
    return found
