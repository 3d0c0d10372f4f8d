"""What the programme in fractions says is a bound, and what is grown from it is safe (S3)."""

import json
from pathlib import Path

import numpy as np
import pytest

from amparo.methods.disclosure.acceptance import accept
from amparo.methods.disclosure.cases import read_case
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.reader import Fact
from amparo.methods.disclosure.relaxed import Pool, Relaxed
from amparo.methods.disclosure.suppress import Problem, keys_of

DATA = Path(__file__).parents[2] / "data/sdc"


def fractions(problem):
    relaxed = Relaxed(problem.moves, problem.targets, problem.costs, problem.forced, seconds=5)
    return relaxed.fractions()[problem.costs == 1].sum()


@pytest.mark.parametrize("name", ["two_way_5x4", "two_way_8x5", "three_way_3x3x2"])
def test_no_pattern_hides_fewer_than_the_programme_in_fractions(name):
    case = read_case(json.loads((DATA / f"{name}.case.json").read_text()))
    problem = Problem(case.frame, case.counts, case.policy, keys_of(case.frame, case.steps[0]))
    best = json.loads((DATA / f"{name}.answer.json").read_text())["count"]["objective_count"]
    assert problem.forced.sum() <= fractions(problem) <= best + 1e-6


def test_a_move_is_shortened_until_it_fits_and_a_move_through_what_is_shown_is_none():
    pool = Pool(3)
    pool.add(np.array([4.0, -2.0, 0.0]))
    pool.add(np.array([9.0, 0.0, -1.0]))
    pool.let(np.array([20.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0]))
    assert pool.reach(0) == (2.0, 0.0)
    assert pool.reach(1) == (0.0, 1.0)
    assert pool.reach(2) == (0.0, 0.0)


@pytest.mark.parametrize("whole", [False, True])
def test_a_table_that_is_too_large_for_the_exact_programme_is_safe_to_an_attacker_too(whole):
    random = np.random.default_rng(11)
    counts = random.poisson(random.lognormal(1.2, 1.1, (6, 5, 4))).astype(float)
    axes = {"v0": list("abcdef"), "v1": list("vwxyz"), "v2": list("klmn")}
    frame = Frame(axes, {})
    keys = keys_of(frame, [Request("t", tuple((name, (*codes, TOTAL)) for name, codes in axes.items()))])
    hidden = Problem(frame, counts, Policy(), keys, seconds=4).solve().hidden
    told = {key: float(counts[np.ix_(*key)].sum()) for key in keys}
    facts = [Fact(key, "", *((0, np.inf) if key in hidden else (count, count))) for key, count in told.items()]
    assert accept(frame, facts, Policy(), truth=counts, whole=whole)[0] == []
    assert len(hidden) < 0.6 * len(keys)
