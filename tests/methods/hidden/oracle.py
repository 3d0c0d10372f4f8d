"""The slow, obvious twins of `amparo.methods.hidden`: one table, one model, one loop at a time."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.stats import norm, poisson


def histories(lists: int):
    return [tuple(history >> place & 1 for place in range(lists)) for history in range(1, 2**lists)]


def holds(history, term) -> bool:
    return all(history[each] for each in term)


def matrix(counts, lists: int, model):
    """The rows and columns that are left when what never meets is left out: (design, counts, histories)."""
    every = histories(lists)
    terms = [(each,) for each in range(lists)] + [tuple(term) for term in model]
    empty = [t for t in terms if not any(c and holds(h, t) for h, c in zip(every, counts, strict=True))]
    kept = [(h, c) for h, c in zip(every, counts, strict=True) if not any(holds(h, t) for t in empty)]
    left = [t for t in terms if t not in empty]
    rows = np.array([[1.0, *(float(holds(h, t)) for t in left)] for h, _ in kept])
    return rows, np.array([float(c) for _, c in kept]), [h for h, _ in kept]


def verdict(counts, lists: int, model) -> int:
    rows, seen, _ = matrix(counts, lists, model)
    cells, terms = rows.shape
    equal = np.hstack([rows.T, np.zeros((terms, 1))])
    above = np.hstack([-np.eye(cells), np.ones((cells, 1))])
    found = linprog(
        [*([0] * cells), -1], A_ub=above, b_ub=np.zeros(cells), A_eq=equal, b_eq=rows.T @ seen, bounds=(0, None)
    )
    return int(-found.fun <= 1e-7) + 2 * int(np.linalg.matrix_rank(rows) < terms)


def irls(counts, lists: int, model):
    """(hidden, {history: mean}) by iteratively reweighted least squares."""
    rows, seen, which = matrix(counts, lists, model)
    means = seen + 0.5
    for _ in range(200):
        eta = np.log(means)
        root = np.sqrt(means)
        beta = np.linalg.lstsq(root[:, None] * rows, root * (eta + (seen - means) / means), rcond=None)[0]
        means = np.exp(rows @ beta)
    return float(np.exp(beta[0])), dict(zip(which, means, strict=True))


def stepwise(counts, lists: int, threshold: float = 0.02):
    """(total, pairs)."""
    every, model = histories(lists), []
    while True:
        _, means = irls(counts, lists, model)
        tried = []
        for pair in combinations(range(lists), 2):
            if pair in model:
                continue
            seen = sum(c for h, c in zip(every, counts, strict=True) if holds(h, pair))
            expected = sum(m for h, m in means.items() if holds(h, pair))
            chance = min(poisson.cdf(seen, expected), poisson.sf(seen - 1, expected))
            if chance < threshold and verdict(counts, lists, [*model, pair]) == 0:
                tried.append((chance, pair))
        if not tried:
            return sum(counts) + irls(counts, lists, model)[0], model
        model = [*model, min(tried)[1]]


def standard_error(counts, lists: int, model) -> float:
    """Of the logarithm of the hidden number, from the curvature of the likelihood."""
    rows, _, which = matrix(counts, lists, model)
    means = irls(counts, lists, model)[1]
    weights = np.array([means[history] for history in which])
    return float(np.sqrt(np.linalg.inv(rows.T @ (weights[:, None] * rows))[0, 0]))


def by_aic(counts, lists: int, threshold: float = 0.05):
    """Add the pair of lists that lowers AIC most, while its own term differs from nought (p below the threshold).

    All histories take part, so that what never meets drifts towards minus infinity, as in an ordinary programme.
    """
    chosen, best = [], np.inf
    while True:
        tried = [
            (*_drifting(counts, lists, [*chosen, pair]), pair)
            for pair in combinations(range(lists), 2)
            if pair not in chosen
        ]
        aic, chance, pair = min(tried)
        if aic >= best or chance >= threshold:
            return tuple(sorted(sum(1 << each for each in pair) for pair in chosen))
        chosen, best = [*chosen, pair], aic


def _drifting(counts, lists: int, model):
    """(AIC, p of the last term)."""
    terms = [(each,) for each in range(lists)] + list(model)
    rows = np.array([[1.0, *(float(holds(h, t)) for t in terms)] for h in histories(lists)])
    means = counts + 0.5
    for _ in range(60):
        right = rows.T @ (means * np.log(means) + counts - means)
        beta = np.linalg.solve(rows.T @ (means[:, None] * rows) + 1e-12 * np.eye(len(terms) + 1), right)
        means = np.exp(rows @ np.clip(beta, -25, 25))
    curved = np.linalg.pinv(rows.T @ (means[:, None] * rows))
    aic = -2 * poisson.logpmf(counts, means).sum() + 2 * (len(terms) + 1)
    return aic, 2 * norm.sf(abs(beta[-1]) / np.sqrt(curved[-1, -1]))
