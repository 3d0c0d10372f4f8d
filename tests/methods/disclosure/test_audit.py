"""The promise of the noise, tried on two files that differ by one child (S3, D2)."""

from math import exp, log

import numpy as np
import pytest
from scipy.stats import beta

from amparo.methods.disclosure import synthetic
from amparo.methods.disclosure.synthetic import measure

EPSILON, DELTA, SURE = 1.0, 1e-5, 1e-4
WITHOUT = np.array([[0, 1, 0], [1, 0, 1], [1, 1, 1], [0, 1, 1]])
WITH = np.vstack([WITHOUT, [0, 0, 0]])


def seen(records, runs):
    """What tells the two files apart best: how many children all tables give to the cells of the one child."""
    return np.array([
        sum(table[0] for table in measure(records, [2, 2, 2], epsilon=EPSILON, delta=DELTA).tables.values())
        for _ in range(runs)
    ])  # fmt: skip


def found_epsilon(runs):
    """The greatest epsilon that the runs prove, of all questions "is it more than …?" and their contraries."""
    one, other = seen(WITH, runs), seen(WITHOUT, runs)
    most = 0.0
    for end in np.quantile(np.concatenate([one, other]), np.linspace(0.02, 0.98, 25)):
        for told, not_told in (((one > end).sum(), (other > end).sum()), ((other <= end).sum(), (one <= end).sum())):
            low = beta.ppf(SURE, told, runs - told + 1) if told else 0.0
            high = beta.ppf(1 - SURE, not_told + 1, runs - not_told) if not_told < runs else 1.0
            most = max(most, log(max(low - DELTA, exp(-50)) / high))
    return most


@pytest.mark.parametrize("runs", [500, pytest.param(100_000, marks=pytest.mark.long)])
def test_no_question_tells_two_files_apart_better_than_was_promised(runs):
    assert found_epsilon(runs) <= EPSILON


def test_the_audit_finds_noise_that_is_too_small(monkeypatch):
    monkeypatch.setattr(synthetic, "rho_of", lambda _epsilon, _delta: 20.0)
    assert found_epsilon(500) > EPSILON
