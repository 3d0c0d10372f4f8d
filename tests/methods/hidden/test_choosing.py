"""Stepwise choice, resampling as R does it, BCa intervals (S4)."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amparo.methods.hidden.choosing import main_effects, stepwise
from amparo.methods.hidden.drawing import binomial, resampled, uniform
from amparo.methods.hidden.resampling import acceleration, quantiles, spread
from amparo.methods.hidden.terms import interactions, spelled
from tests.methods.hidden import oracle
from tests.methods.hidden.data import lists


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.just(0), st.integers(0, 40)), min_size=15, max_size=15))
def test_the_choice_is_that_of_one_step_at_a_time(counts):
    assume(oracle.verdict(counts, 4, []) == 0 if sum(counts) else False)
    assume(min(oracle.irls(counts, 4, [])[1].values()) > 1e-6)
    found = stepwise(np.array([counts], dtype=float), 4)
    total, model = oracle.stepwise(counts, 4)
    chosen = [pair for pair, taken in zip(interactions(4, 2), found.pairs[0], strict=True) if taken]
    assert sorted(chosen) == sorted(sum(1 << each for each in pair) for pair in model)
    assert found.totals[0] == pytest.approx(total, rel=1e-6)


def test_two_lists_are_lincoln_and_petersen():
    assert main_effects(np.array([[20.0, 30.0, 10.0]]), 2).totals[0] == pytest.approx(30 * 40 / 10)
    assert stepwise(np.array([[20.0, 30.0, 10.0]]), 2).pairs.shape == (1, 0)


def test_lists_that_never_meet_have_no_estimate():
    assert main_effects(np.array([[20.0, 30.0, 0.0]]), 2).totals.tolist() == [np.inf]


@pytest.mark.parametrize(
    ("name", "total", "pairs"),
    [
        ("neworleans_5", 1034.15, []),
        ("korea_3", 268.78, ["b:c"]),
        ("netherlands_5", 121521.6, ["IO:K", "IO:P", "K:R", "P:R", "IO:Z", "P:Z"]),
        ("allegheny_4", 5350.5, ["B:C", "A:D", "B:D", "C:D"]),
        ("uk2013_6", 11418.0, ["LA:NG", "LA:PF", "NG:GO", "NG:GP", "PF:GP", "GO:GP", "PF:NCA"]),
    ],
)
def test_published_totals_come_out(name, total, pairs):
    given_ = lists(name)
    many = len(given_.names)
    found = stepwise(given_.counts[None], many)
    chosen = [pair for pair, taken in zip(interactions(many, 2), found.pairs[0], strict=True) if taken]
    assert found.totals[0] == pytest.approx(total, abs=0.1)
    assert spelled(chosen, given_.names) == pairs


def test_two_united_kingdom_lists_as_one_give_the_published_five():
    assert stepwise(lists("uk2013_6").merged(2, 5).counts[None], 5).totals[0] == pytest.approx(11313.0, abs=0.1)


def test_the_published_new_orleans_interval_comes_out_to_the_last_digit():
    given_ = lists("neworleans_5")
    found = spread(
        given_.counts, lambda counts: stepwise(counts, 5).totals, resampled(given_.counts, 1000, 1234, given_.order)
    )
    assert [round(end) for end in found.interval(0.95)] == [589, 1704]


def test_the_numbers_are_those_of_r():
    # set.seed(1234); runif(3) – printed in every R tutorial
    assert list(islice(uniform(1234), 3)) == pytest.approx([0.1137034, 0.6222994, 0.6092747], abs=1e-7)
    # set.seed(42); runif(2)
    assert list(islice(uniform(42), 2)) == pytest.approx([0.9148060, 0.9370754], abs=1e-7)


@pytest.mark.parametrize(("trials", "chance"), [(40, 0.2), (40, 0.8), (300, 0.3), (300, 0.9), (40_000, 0.4)])
def test_binomial_counts_have_their_mean_and_spread(trials, chance):
    numbers = uniform(7)
    drawn = np.array([binomial(trials, chance, numbers) for _ in range(4000)])
    spread_ = np.sqrt(trials * chance * (1 - chance))
    assert abs(drawn.mean() - trials * chance) < 5 * spread_ / np.sqrt(4000)
    assert drawn.std() == pytest.approx(spread_, rel=0.06)


def test_resampled_tables_hold_as_many_people_and_nobody_new():
    counts = np.array([5.0, 0, 3, 2, 0, 1, 9])
    drawn = resampled(counts, 50, 3)
    assert drawn.sum(axis=1).tolist() == [20] * 50
    assert not drawn[:, counts == 0].any()
    assert np.array_equal(drawn, resampled(counts, 50, 3))
    assert not np.array_equal(drawn, resampled(counts, 50, 4))


def test_quantiles_are_type_8_and_bear_infinite_numbers():
    sample = np.sort(np.random.default_rng(1).normal(size=37))
    parts = np.array([0.01, 0.025, 0.5, 0.71, 0.99])
    assert quantiles(sample, parts) == pytest.approx(np.quantile(sample, parts, method="median_unbiased"))
    ends = quantiles(np.array([1.0, 2.0, np.inf, np.inf]), np.array([0.1, 0.5, 0.99]))
    assert ends.tolist() == [1.0, np.inf, np.inf]


def test_acceleration_of_a_mean_is_a_sixth_of_its_skewness():
    values, counts = np.array([1.0, 2.0, 3.0, 10.0]), np.array([5.0, 4.0, 3.0, 1.0])
    people = np.repeat(values, counts.astype(int))
    away = people - people.mean()
    expected = (away**3).sum() / (6 * (away**2).sum() ** 1.5)
    assert acceleration(counts, lambda c: c @ values / c.sum(axis=1)) == pytest.approx(expected)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(0, 25), min_size=7, max_size=7), st.integers(0, 1000))
def test_an_interval_never_leaves_out_its_estimate(counts, seed):
    table = np.array(counts, dtype=float)
    assume(table.sum() and np.isfinite(stepwise(table[None], 3).totals[0]))
    found = spread(table, lambda c: stepwise(c, 3).totals, resampled(table, 40, seed))
    low, high = found.interval(0.95)
    assert low <= found.estimate <= high
