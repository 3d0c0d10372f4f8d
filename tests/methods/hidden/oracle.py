"""The slow, obvious twins of `amparo.methods.hidden`: one table, one model, one loop at a time."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.stats import poisson


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
