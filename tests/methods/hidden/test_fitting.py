"""The fast fit against a plain one; existence and identifiability (S4)."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amparo.methods.hidden.existence import Existence, existence
from amparo.methods.hidden.fitting import fit
from amparo.methods.hidden.terms import all_parts, hierarchical, interactions, neighbours, spelled
from tests.methods.hidden import oracle
from tests.methods.hidden.data import lists

sparse = st.lists(st.one_of(st.just(0), st.integers(0, 60)), min_size=15, max_size=15)
pairs = st.sets(st.sampled_from(interactions(4, 2))).map(lambda chosen: tuple(sorted(chosen)))


def groups(model, many: int):
    return [tuple(place for place in range(many) if term >> place & 1) for term in model]


@settings(deadline=None)
@given(sparse, pairs)
def test_the_verdict_is_that_of_the_programme_written_out(counts, model):
    assume(sum(counts))
    found = existence(np.array(counts, dtype=float), 4, model)
    assert int(found) == oracle.verdict(counts, 4, groups(model, 4))


@settings(deadline=None)
@given(sparse, pairs)
def test_the_fit_is_that_of_reweighted_least_squares(counts, model):
    table = np.array(counts, dtype=float)
    assume(sum(counts) and existence(table, 4, model) == Existence.EXISTS)
    found = fit(table[None], 4, model)
    hidden, means = oracle.irls(counts, 4, groups(model, 4))
    assume(min(means.values()) > 1e-6)
    assert found.hidden[0] == pytest.approx(hidden, rel=1e-5)
    margins = [sum(found.means[0][place] for place in range(15) if place + 1 & 1 << each) for each in range(4)]
    assert margins == pytest.approx([sum(counts[p] for p in range(15) if p + 1 & 1 << e) for e in range(4)], abs=1e-5)


@settings(deadline=None)
@given(sparse, pairs)
def test_a_fit_never_takes_for_settled_what_does_not_exist(counts, model):
    assume(sum(counts))
    table = np.array(counts, dtype=float)
    if fit(table[None], 4, model).settled[0]:
        assert not existence(table, 4, model) & Existence.NO_MAXIMUM


def test_many_tables_at_once_are_fitted_as_each_alone():
    tables = np.random.default_rng(5).poisson(8, (50, 15)).astype(float)
    chosen = np.random.default_rng(6).random((50, 6)) < 0.4
    together = fit(tables, 4, interactions(4, 2), chosen).hidden
    apart = [
        fit(row[None], 4, tuple(t for t, c in zip(interactions(4, 2), take, strict=True) if c)).hidden[0]
        for row, take in zip(tables, chosen, strict=True)
    ]
    assert together == pytest.approx(apart, rel=1e-8)


def test_lists_that_never_meet_are_at_minus_infinity_exactly():
    table = np.array([10, 8, 0, 9, 3, 4, 0], dtype=float)  # A and B never meet
    found = fit(table[None], 3, (0b011,))
    assert found.means[0][[2, 6]].tolist() == [0, 0]
    assert found.hidden[0] == pytest.approx(oracle.irls(table.tolist(), 3, [(0, 1)])[0])


@pytest.mark.parametrize(
    ("model", "verdict"),
    [((), 0), ((3,), 1), ((5,), 0), ((6,), 0), ((3, 5), 1), ((3, 6), 1), ((5, 6), 0), ((3, 5, 6), 2)],
)
def test_the_eight_verdicts_of_the_published_example(model, verdict):
    assert existence(lists("artificial_3").counts, 3, model) == verdict


@pytest.mark.parametrize(
    ("many", "order", "models"), [(2, 2, 1), (3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 2, 1024), (5, 4, 6893)]
)
def test_every_hierarchical_model_is_made_once(many, order, models):
    made = list(hierarchical(many, order))
    assert len(made) == len(set(made)) == models
    assert all(all_parts(term, model) for model in made for term in model)


def test_neighbours_differ_by_one_interaction_and_stay_hierarchical():
    here = (0b0011, 0b0101, 0b0110, 0b0111)
    near = list(neighbours(here, 4, 3))
    assert (0b0011, 0b0101, 0b0110) in near
    assert (0b0011, 0b0101, 0b0111) not in near
    assert spelled(near[0], "ABCD") == ["A:B", "A:C", "B:C", "A:D", "A:B:C"]
