"""Log-linear Poisson models, fitted by Newton's method to many tables at once.

log(mean of a history) = sum of the terms that it holds. People on no list have only the constant: exp(constant) is how
many they are.

An interaction whose lists never meet has its maximum at minus infinity: every history that holds it has mean 0 there.
Such a term and such histories are left out exactly (Chan, Silverman and Vincent 2021, section 2.3), so that nothing
drifts.
"""

from dataclasses import dataclass

import numpy as np

from amparo.methods.extra import special
from amparo.methods.hidden.terms import Model, design, held, singles
from amparo.methods.hidden.types import Bools, Floats

_STEPS = 80
_FAR = 3.0  # no step may move the logarithm of a mean by more
_CLOSE = 1e-9  # the score's largest part, against the number of people
_SURE = 1e3  # what runs to 0 is never larger than the score that is left; a mean so many times larger does not run
_CHUNK = 4_000_000  # numbers of one block of Hessian matrices


@dataclass(frozen=True)
class Fits:
    """What R fits found; `hidden` is exp(constant).

    `settled` proves that the maximum exists: the fitted means are all positive and have the data's own margins, so they
    are themselves the interior point that Fienberg and Rinaldo's programme looks for. Without it, ask `existence`.
    It does not say that the model is identifiable.
    """

    hidden: Floats
    means: Floats
    log_likelihood: Floats
    settled: Bools


@dataclass(frozen=True)
class Kept:
    """Which terms (R x P, with constant) and histories (R x C) stay when what never meets is left out."""

    terms: Bools
    histories: Bools


def keep(counts: Floats, lists: int, terms: Model, chosen: Bools) -> Kept:
    """Leave out the `chosen` (R x interactions) terms that the counts (R x C) never show, and their histories."""
    every = held(lists, (*singles(lists), *terms))
    seen = counts @ every > 0
    asked = np.concatenate([np.ones((len(counts), lists), dtype=bool), chosen], axis=1)
    gone = (asked & ~seen) @ every.T
    return Kept(np.concatenate([np.ones((len(counts), 1), dtype=bool), asked & seen], axis=1), ~gone)


def saturated(counts: Floats, lists: int, model: Model) -> bool:
    """Has the model as many terms as there are histories left to fit (C counts)? Then it fits anything."""
    kept = keep(counts[None], lists, model, np.ones((1, len(model)), dtype=bool))
    return bool(kept.terms.sum() >= kept.histories.sum())


def fit(counts: Floats, lists: int, terms: Model, chosen: Bools | None = None) -> Fits:
    """Fit to each line of `counts` (R x C) the model with those of the interactions that are `chosen` (else all)."""
    wanted = np.ones((len(counts), len(terms)), dtype=bool) if chosen is None else chosen
    kept = keep(counts, lists, terms, wanted)
    return fit_design(counts, design(lists, terms), kept)


def fit_design(counts: Floats, matrix: Floats, kept: Kept) -> Fits:
    """Fit each line of `counts` (R x C) to a design of one's own (C x P; first column the constant)."""
    lines = max(1, _CHUNK // matrix.shape[1] ** 2)
    parts = [
        _newton(counts[at : at + lines], matrix, kept.terms[at : at + lines], kept.histories[at : at + lines])
        for at in range(0, len(counts), lines)
    ]
    return Fits(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _newton(counts: Floats, matrix: Floats, terms: Bools, histories: Bools) -> tuple[Floats, Floats, Floats, Bools]:
    squares = (matrix[:, :, None] * matrix[:, None, :]).reshape(len(matrix), -1)
    start = np.where(histories, counts + 0.5, 0.0)
    beta = _solved(start, (start * np.log(counts + 0.5)) @ matrix, squares, terms)
    enough = _CLOSE * (1 + counts.sum(axis=1))
    open_ = np.arange(len(counts))
    for _ in range(_STEPS):
        means, slope = _slope(counts[open_], beta[open_], matrix, terms[open_], histories[open_])
        left = np.abs(slope).max(axis=1) > enough[open_]
        # The last step of each is taken, too: near a maximum it makes the score vanish but for rounding.
        step = _solved(means, slope, squares, terms[open_])
        far = np.abs(step @ matrix.T * histories[open_]).max(axis=1, keepdims=True)
        beta[open_] += step * np.minimum(1, _FAR / np.maximum(far, _FAR))
        open_ = open_[left]
        if not len(open_):
            break
    means, slope = _slope(counts, beta, matrix, terms, histories)
    logs = np.minimum(beta @ matrix.T, 40)
    likelihood = (np.where(histories, counts * logs, 0) - means - special().gammaln(counts + 1)).sum(axis=1)
    least, score = np.where(histories, means, np.inf).min(axis=1), np.abs(slope).max(axis=1)
    return np.exp(np.minimum(beta[:, 0], 40)), means, likelihood, (score <= enough) & (least > _SURE * score)


def _slope(counts: Floats, beta: Floats, matrix: Floats, terms: Bools, histories: Bools) -> tuple[Floats, Floats]:
    means = np.exp(np.minimum(beta @ matrix.T, 40)) * histories
    return means, (counts - means) @ matrix * terms


def _solved(weights: Floats, right: Floats, squares: Floats, terms: Bools) -> Floats:
    """Solve the R normal equations; a term that is left out stays 0. A hair on the diagonal keeps singular ones
    solvable: it slows their steps and changes no maximum.
    """
    many = terms.shape[1]
    left = (weights @ squares).reshape(-1, many, many) * (terms[:, :, None] & terms[:, None, :])
    diagonal = np.arange(many)
    left[:, diagonal, diagonal] += np.where(terms, 1e-10 * (1 + left.max(axis=(1, 2)))[:, None], 1.0)
    found: Floats = np.asarray(np.linalg.solve(left, (right * terms)[:, :, None])[:, :, 0], dtype=np.float64)
    return found
