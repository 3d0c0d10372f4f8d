"""The same children give the same noise, whatever table they stand in (S3)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.common.errors import Invalid
from amparo.methods.disclosure.cellkey import noise_table, perturb, record_keys

SECRET = b"plainly synthetic"
TABLE = noise_table(most=5, variance=2.0, secret=SECRET)


def test_noise_is_bounded_has_the_mean_nought_and_the_variance_asked_for():
    for count in range(1, len(TABLE.noise)):
        line = TABLE.noise[count].astype(float)
        assert line.min() >= -min(count, 5)
        assert line.max() <= 5
        assert abs(line.mean()) < 0.001
    assert abs(TABLE.noise[-1].astype(float).var() - 2.0) < 0.01


def test_nought_stays_nought_and_no_count_becomes_negative():
    keys = record_keys(map(str, range(2000)), SECRET)
    assert perturb(keys, np.zeros(2000, int), TABLE).tolist() == [0] * 2000
    assert perturb(keys, np.ones(2000, int), TABLE).min() >= 0


def test_small_counts_are_never_shown_where_that_is_asked():
    table = noise_table(most=7, variance=6.0, never_below=4, secret=SECRET)
    keys = record_keys(map(str, range(20_000)), SECRET)
    for count in range(1, 15):
        shown = perturb(keys, np.full(20_000, count), table)
        assert not set(shown.tolist()) & {1, 2, 3}
        assert abs(shown.mean() - count) < 0.1


@given(some.lists(some.integers(0, 10**6), min_size=1, max_size=30, unique=True), some.randoms())
def test_the_same_records_in_another_order_and_another_table_get_the_same_noise(children, random):
    keys = record_keys(map(str, children), SECRET)
    random.shuffle(children)
    again = record_keys(map(str, children), SECRET)
    assert perturb(keys.sum(), len(keys), TABLE) == perturb(again.sum() % 2**32, len(keys), TABLE)


def test_one_child_more_is_an_independent_draw():
    keys = record_keys(map(str, range(40_001)), SECRET)
    sums = np.cumsum(keys)
    noise = perturb(sums, np.arange(1, 40_002), TABLE)[20:] - np.arange(21, 40_002)
    assert abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.02


def test_another_secret_gives_another_noise():
    other = noise_table(most=5, variance=2.0, secret=b"another")
    keys, counts = record_keys(map(str, range(1000)), SECRET), np.full(1000, 50)
    assert (perturb(keys, counts, TABLE) != perturb(keys, counts, other)).mean() > 0.5


@pytest.mark.parametrize("wrong", [{"most": 0}, {"most": 200}, {"variance": 0}, {"never_below": 9}])
def test_noise_that_cannot_be_is_refused(wrong):
    with pytest.raises(Invalid):
        noise_table(**wrong)
