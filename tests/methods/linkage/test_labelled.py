"""Precision and recall from judged pairs, with intervals."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from amparo.methods.linkage.labelled import BANDS, LINKED, estimated

SIZES = {"sure": 900, "linked": 100, "doubt": 200, "faint": 1000}


def test_without_a_judged_pair_nothing_is_claimed():
    assert estimated(SIZES, {}).precision is None
    assert estimated({}, {"sure": (3, 3)}).recall is None


def test_many_judged_pairs_give_the_shares_and_narrow_intervals():
    judged = {"sure": (495, 500), "linked": (400, 500), "doubt": (150, 500), "faint": (5, 500)}
    found = estimated(SIZES, judged)
    assert abs(found.precision.share - (900 * 0.99 + 100 * 0.8) / 1000) < 0.01
    assert abs(found.recall.share - 971 / (971 + 60 + 10)) < 0.02
    assert found.precision.high - found.precision.low < 0.03


def test_few_judged_pairs_give_wide_intervals():
    few, many = (estimated(SIZES, dict.fromkeys(LINKED, (n, n))).precision for n in (3, 300))
    assert few.high - few.low > 5 * (many.high - many.low)


@given(
    st.dictionaries(
        st.sampled_from(BANDS), st.integers(0, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    )
)
def test_shares_are_shares_and_stand_in_their_intervals(judged):
    found = estimated(SIZES, judged)
    for each in (found.precision, found.recall):
        assert each is None or 0 <= each.low <= each.share <= each.high <= 1


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    random, truth, hits = np.random.default_rng(7), {"sure": 0.98, "linked": 0.8, "doubt": 0.3, "faint": 0.01}, 0
    true = sum(SIZES[band] * truth[band] for band in LINKED) / sum(SIZES[band] for band in LINKED)
    for _ in range(100):
        judged = {band: (int(random.binomial(40, share)), 40) for band, share in truth.items()}
        found = estimated(SIZES, judged).precision
        hits += found.low <= true <= found.high
    assert hits >= 88
