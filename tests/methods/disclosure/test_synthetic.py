import csv
from math import log
from pathlib import Path

import numpy as np
import pytest

from amparo.common.errors import Invalid
from amparo.methods.disclosure.synthetic import Measured, measure, rho_of, synthesize, utility

FILE = Path(__file__).parents[2] / "data/sdc/micro_2000.csv"


@pytest.fixture(scope="module")
def truth():
    rows = list(csv.reader(FILE.read_text().splitlines()))[1:]
    codes = [sorted({row[axis] for row in rows}) for axis in range(5)]
    return np.array([[found.index(row[axis]) for axis, found in enumerate(codes)] for row in rows]), [*map(len, codes)]


def test_made_up_records_are_near_the_true_tables_and_as_many(truth):
    records, sizes = truth
    measured = measure(records, sizes, epsilon=4, delta=1 / (2000 * log(2000)))
    made = synthesize(measured, seed=1)
    report = utility(records, made, sizes)
    assert abs(len(made) - 2000) <= 100
    assert report["2-way"]["mean_error"] <= 12
    assert report["1-way"]["missing"] == 0


def test_the_same_noisy_tables_and_seed_make_the_same_records(truth):
    records, sizes = truth
    measured = measure(records, sizes, epsilon=1, delta=1e-5)
    assert np.array_equal(synthesize(measured, seed=3), synthesize(measured, seed=3))
    assert not np.array_equal(synthesize(measured, seed=3), synthesize(measured, seed=4))


def test_without_noise_the_tables_are_reached(truth):
    records, sizes = truth
    pairs = [(a, b) for b in range(5) for a in range(b)]
    tables = {
        (a, b): np.bincount(records[:, a] * sizes[b] + records[:, b], minlength=sizes[a] * sizes[b]).astype(float)
        for a, b in pairs
    }
    made = synthesize(Measured(tuple(sizes), tables, 0, 0, 0, 0), seed=1)
    assert len(made) == len(records)
    assert utility(records, made, sizes)["2-way"]["mean_error"] < 3


def test_the_noise_is_what_the_promise_asks():
    assert rho_of(4, 1 / (20_000 * log(20_000))) == pytest.approx(0.283, abs=0.001)
    zeros = np.zeros((1000, 2), dtype=np.int64)
    measured = measure(zeros, [40, 40], epsilon=4, delta=1e-5)
    assert np.std(measured.tables[0, 1][1:]) == pytest.approx(measured.scale, rel=0.15)


@pytest.mark.parametrize("epsilon", [0, -1, 50])
def test_a_budget_that_promises_nothing_is_refused(epsilon):
    with pytest.raises(Invalid, match="budget"):
        measure(np.zeros((10, 2), dtype=np.int64), [2, 2], epsilon=epsilon, delta=1e-5)
