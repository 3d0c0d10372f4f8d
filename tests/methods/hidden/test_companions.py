"""Latent classes, the classics, people who are harder to find than others (S4)."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from amparo.common.errors import Invalid
from amparo.methods.hidden import classics, latent
from amparo.methods.hidden.lists import read
from amparo.methods.hidden.simulate import KINDS, simulate
from amparo.methods.hidden.unequal import two_classes, unequal
from amparo.methods.hidden.weighing import weigh
from tests.methods.hidden.data import FOLDER, HEPATITIS, counted, lists


def test_chapman_is_right_on_average_over_all_ways_that_two_lists_can_meet():
    people, first, second = 60, 35, 30
    ways = np.arange(first + second - people, min(first, second) + 1)
    mean = sum(hypergeom.pmf(both, people, first, second) * classics.chapman(first, second, int(both)) for both in ways)
    assert mean == pytest.approx(people)


def test_one_list_of_times_is_as_published():
    times = [1645, 183, 37, 13, 1, 1]  # foreigners apprehended in the Netherlands (van der Heijden et al. 2003)
    assert classics.chao_of_times(times) == pytest.approx(9273.5, abs=0.1)
    assert classics.zelterman(times) == pytest.approx(9424.6, abs=0.1)
    assert classics.chao_of_times([5, 0]) == 15
    assert classics.zelterman([5, 0]) == np.inf


def test_the_lower_bound_of_two_lists_is_lincoln_and_petersen():
    assert classics.chao(np.array([[20.0, 30, 10]]), 2)[0] == pytest.approx(120)
    assert classics.chao(np.array([[20.0, 30, 0]]), 2)[0] == np.inf


def test_the_lower_bound_stays_below_a_truth_of_unequal_people():
    for seed in range(5):
        drawn = simulate("heterogeneous", people=20_000, seed=seed)
        assert classics.chao(drawn.counts[None], 5)[0] < 20_000


def test_sample_coverage_of_hepatitis_is_as_published():
    assert classics.sample_coverage(HEPATITIS.counts[None], 3)[0] == pytest.approx(508, abs=1)


def test_latent_classes_find_one_class_where_there_is_one():
    drawn = simulate("independent", people=4000, lists=4, seed=3)
    chains = latent.sample(drawn.counts, 4, np.random.default_rng(1), sweeps=1500)
    low, high = chains.at(np.array([0.005, 0.995]))
    assert low < 4000 < high
    assert chains.agree
    assert 50 < chains.effective < chains.totals.size


def test_chains_that_do_not_meet_do_not_agree():
    draws = np.random.default_rng(1).normal(size=(4, 500))
    assert latent.split_r_hat(draws) < 1.02
    assert latent.split_r_hat(draws + np.arange(4)[:, None]) > 1.5
    assert latent.effective_size(draws) == pytest.approx(2000, rel=0.2)
    slow = np.cumsum(draws, axis=1)
    assert latent.effective_size(slow) < 100
    assert latent.split_r_hat(np.ones((4, 500))) == 1


def suspicion(given, seed: int = 1):
    many = len(given.names)
    return unequal(given.counts, many, weigh(given.counts, many, order=2), seed=seed)


def raised(sets):
    """How many tables of each simulated kind are suspected."""
    found = {}
    for each in sets:
        kind = each.set.rsplit("_", 1)[0]
        found[kind] = found.get(kind, 0) + suspicion(each.lists).suspected
    return found


def test_hidden_groups_are_suspected_and_dependent_lists_are_not():
    sets = read((FOLDER / "sim5.csv").read_text().splitlines())
    assert raised(sets[::5]) == {
        "independent": 0, "positive_pairs": 0, "sparse_negative": 0, "latent_classes": 2, "three_way": 0, "large_dominant": 0,
    }  # fmt: skip


@pytest.mark.long
def test_of_sixty_simulated_tables_the_ten_with_a_hidden_group_are_suspected_and_few_others():
    found = raised(read((FOLDER / "sim5.csv").read_text().splitlines()))
    assert found.pop("latent_classes") >= 9
    assert sum(found.values()) <= 5


def test_two_lists_raise_no_suspicion():
    assert not suspicion(counted(20, 30, 10)).suspected


def test_two_classes_are_found_again():
    drawn = simulate("heterogeneous", people=200_000, seed=4)
    _, total = two_classes(drawn.counts, 5, np.random.default_rng(2))
    assert total == pytest.approx(200_000, rel=0.25)


@pytest.mark.parametrize("kind", KINDS)
def test_simulated_lists_are_the_same_for_the_same_seed(kind):
    one, again, other = (simulate(kind, people=3000, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.counts, again.counts)
    assert not np.array_equal(one.counts, other.counts)
    assert one.observed < 3000


def test_simulated_kinds_are_what_they_say():
    assert simulate("sparse", people=50_000, seed=1).on(0, 1) == 0
    sent, plain = simulate("referral", people=50_000, seed=1), simulate("independent", people=50_000, seed=1)
    assert sent.on(0, 1) > 3 * plain.on(0, 1)
    with pytest.raises(Invalid):
        simulate("other", people=10, seed=1)
    with pytest.raises(Invalid):
        simulate("sparse", people=10, lists=11, seed=1)


def test_lists_of_a_file_without_a_pair_are_no_trouble():
    assert classics.chao(lists("artificial_3").counts[None], 3)[0] > 96
