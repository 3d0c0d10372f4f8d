"""Are some people harder to find than others, on every list? Then every model of dependent lists is a lower bound.

Where a hidden group is nearly on no list at all, all lists overlap more than by chance, and a few pairs of dependent
lists can look just like it: the data cannot tell them apart, the totals differ by half. So two models of unequal people
are held against the best model of dependent pairs: one term for all pairs alike (Darroch et al. 1993), and two latent
classes. Unless the pairs win by `CLEARLY`, unequal people cannot be excluded, and what is estimated is a lower bound.
"""

from dataclasses import dataclass

import numpy as np

from amparo.methods.hidden.fitting import Kept, fit, fit_design
from amparo.methods.hidden.terms import design, size
from amparo.methods.hidden.types import Floats
from amparo.methods.hidden.weighing import Weighed

CLEARLY = 6.0  # points of BIC; "strong" evidence in Kass and Raftery (1995)
_STARTS = 12
_ROUNDS = 1500
_EDGE = 1e-6


@dataclass(frozen=True)
class Unequal:
    """`suspected`: a lower bound only. `total`: what two latent classes say, a guess; infinite where they cannot be
    told.
    """

    suspected: bool
    total: float


def unequal(counts: Floats, lists: int, pairs: Weighed, *, seed: int) -> Unequal:
    """Hold the models of unequal people against `pairs`, the weighed pairwise models of the same table (C counts)."""
    if lists < 3 or not len(pairs.models):  # noqa: PLR2004 - two lists cannot tell
        return Unequal(suspected=False, total=np.inf)
    observed, plain = counts.sum(), fit(counts[None], lists, ())
    terms = np.log(observed)
    alike, alike_total = _alike(counts, lists)
    models, guess = [(-2 * alike + terms, alike_total)], np.inf
    if lists > 3:  # noqa: PLR2004 - on three lists, two classes fit anything
        classes, classes_total = two_classes(counts, lists, np.random.default_rng(seed))
        models.append((-2 * classes + (lists + 1) * terms, classes_total))
        guess = classes_total
    equal = -2 * _share_likelihood(counts, plain.means[0])
    best = fit(counts[None], lists, pairs.models[0])
    dependent = -2 * _share_likelihood(counts, best.means[0]) + len(pairs.models[0]) * terms
    least = min(bic for bic, _ in models)
    more = max(total for _, total in models) > observed + plain.hidden[0]
    suspected = bool(least < equal and least < dependent + CLEARLY and more)
    return Unequal(suspected, guess)


def _share_likelihood(counts: Floats, means: Floats) -> float:
    """The log-likelihood of how the observed people divide over the histories; the number of people is given."""
    there = counts > 0
    return float(counts[there] @ np.log(means[there] / means.sum()))


def _alike(counts: Floats, lists: int) -> tuple[float, float]:
    """All pairs of lists depend alike: (log-likelihood, total)."""
    sizes = np.array([size(history) for history in range(1, 2**lists)])
    matrix = np.column_stack([design(lists, ()), sizes * (sizes - 1) / 2])
    every = Kept(np.ones((1, matrix.shape[1]), dtype=bool), np.ones((1, len(matrix)), dtype=bool))
    found = fit_design(counts[None], matrix, every)
    return _share_likelihood(counts, np.maximum(found.means[0], 1e-300)), float(counts.sum() + found.hidden[0])


def two_classes(counts: Floats, lists: int, draws: np.random.Generator) -> tuple[float, float]:
    """Two groups of people, the lists independent in each; by EM from several starts: (log-likelihood, total)."""
    on = (np.arange(1, 2**lists)[:, None] >> np.arange(lists) & 1).astype(float)
    observed = counts.sum()
    chances = draws.uniform(0.02, 0.5, (_STARTS, 2, lists))
    chances[:, 1] *= draws.uniform(0.1, 0.8, (_STARTS, 1))
    weights = draws.dirichlet([2, 2], _STARTS)
    for _ in range(_ROUNDS):
        yes, no = np.log(chances), np.log1p(-chances)
        each = weights[:, :, None] * np.exp(yes @ on.T + no @ (1 - on).T)
        both = each.sum(axis=1)
        unseen = weights * np.exp(no.sum(axis=2))
        missed = unseen.sum(axis=1)
        hidden = observed * missed / (1 - missed)
        part = each / both[:, None] * counts
        members = part.sum(axis=2) + (hidden / missed)[:, None] * unseen
        chances = np.clip((part @ on) / members[:, :, None], _EDGE, 1 - _EDGE)
        weights = members / members.sum(axis=1, keepdims=True)
    likelihood = np.log(both) @ counts - observed * np.log1p(-missed)
    best = int(likelihood.argmax())
    return float(likelihood[best]), float(observed + hidden[best])
