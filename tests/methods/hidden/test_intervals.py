"""Intervals of other kinds, searches for six lists, uncertain links, PDF (S4, M1, M6)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.methods.hidden import How, Table, drawing, estimate, mislinked, pdf, read, run, simulate
from amparo.methods.hidden.fitting import fit
from amparo.methods.hidden.profiling import drawn, profile
from amparo.methods.hidden.searching import Downhill
from amparo.methods.hidden.weighing import weigh
from tests.methods.hidden.data import counted, lists, table

ENDS = np.array([0.025, 0.975])
AB, AC, AD, BC, BD, CD = 0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100


@pytest.mark.parametrize(
    ("name", "model", "total", "low", "high"),
    [
        ("uk2013_6", (), 12208.6, 10983.9, 13648.2),
        ("neworleans_5", (), 1027.3, 665.6, 1762.0),
        ("netherlands_5", (), 52914.4, 48612.9, 57784.8),
        ("allegheny_4", (), 3736.8, 3559.4, 3933.2),
        ("hiv_rome_4", (), None, 9531.7, 13114.1),
        ("allegheny_4", (AB, BC, AD, BD, CD), None, 5421.7, 7536.3),
        ("diabetes_italy_4", (AC, BD, CD), None, 2374.5, 2584.4),
    ],
)
def test_profile_intervals_are_those_that_another_programme_measured(name, model, total, low, high):
    given_ = lists(name)
    found = profile(given_.counts, len(given_.names), tuple(sorted(model)))
    assert found.at(ENDS) == pytest.approx([low, high], abs=0.2)
    assert total is None or found.estimate == pytest.approx(total, abs=0.1)


def test_a_profile_without_an_upper_end_says_so():
    found = profile(np.array([3.0, 4, 1]), 2, ())
    assert found.at(np.array([0.025]))[0] <= found.estimate < np.inf
    assert profile(np.array([300.0, 400, 1]), 2, ()).at(np.array([1 - 1e-12]))[0] == np.inf


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 60), min_size=7, max_size=7))
def test_a_profile_never_excludes_its_own_estimate(counts):
    found = profile(np.array(counts, dtype=float), 3, ())
    low, high = found.at(ENDS)
    assert sum(counts) <= low <= found.estimate <= high


def test_tables_drawn_from_a_model_have_its_means():
    given_ = lists("allegheny_4")
    tables = drawn(given_.counts, 4, (), times=4000, seed=1)
    assert tables.mean(axis=0) == pytest.approx(fit(given_.counts[None], 4, ()).means[0], rel=0.1, abs=1.0)


def test_where_lists_hold_most_people_the_interval_knows_that_being_observed_is_chance():
    """Of the observed people alone it would hold the truth in 8 of 10 cases (`bench.coverage`)."""
    held = {"usual": 0, "bca": 0}
    for seed in range(60):
        given_ = simulate("independent", people=2000, lists=3, seed=seed, chances=(0.3, 0.6))
        for interval in held:
            found = run("stepwise", given_, How(150, seed, interval))
            held[interval] += found.low <= 2000 <= found.high
    assert held["usual"] >= 54 > held["bca"]


def test_the_interval_of_independent_lists_is_the_profile_for_their_model_was_not_chosen():
    given_ = lists("hiv_rome_4")
    usual, by_name = (run("main", given_, How(30, 1, interval)) for interval in ("usual", "profile"))
    assert (usual.low, usual.high) == (by_name.low, by_name.high)


def test_published_ends_are_met_by_the_usual_interval_too():
    found = run("stepwise", lists("neworleans_5"), How())
    assert (found.low, found.high) == pytest.approx((589, 1703), rel=0.05)


@pytest.mark.parametrize("interval", ["usual", "bca", "parametric", "profile"])
@pytest.mark.parametrize("method", ["main", "stepwise", "bic", "dga", "chao"])
def test_every_interval_is_there_for_every_method(method, interval):
    found = run(method, lists("korea_3"), How(60, 1, interval))
    assert found.low <= found.estimate <= found.high


def test_six_lists_are_searched_downhill_in_every_resampled_table_as_was_published():
    """12,350 (9,622, 27,889) from 1,000 tables; a few tables suffice to see that each goes its own way."""
    given_ = lists("uk2013_6")
    found = run("bic", given_, How(60, 1234))
    assert found.estimate == pytest.approx(12350, abs=1)
    tables = np.array([given_.counts, given_.counts * 0.5 // 1])
    assert Downhill(6)(tables)[0] == pytest.approx(weigh(given_.counts, 6).totals[0])


def test_a_search_finds_no_estimate_where_there_is_none():
    assert Downhill(3)(counted(5, 5, 0, 5, 0, 0, 0).counts[None])[0] == np.inf


def test_aic_takes_at_least_as_many_terms_as_bic():
    given_ = lists("allegheny_4")
    by = {name: run("bic", given_, How(20, 1, criterion=name)) for name in ("bic", "aic")}
    assert len(by["aic"].terms) >= len(by["bic"].terms) > 0


@pytest.mark.parametrize("how", [{"interval": "exact"}, {"criterion": "dic"}, {"methods": ["magic"]}])
def test_what_there_is_not_is_refused_at_once(how):
    with pytest.raises(Invalid):
        estimate(table("korea_3"), **how)


def test_several_processes_say_what_one_says():
    given_ = table("korea_3")
    one, two = (estimate(given_, methods=("main", "stepwise"), boot=30, jobs=jobs).plain() for jobs in (1, 2))
    for told in (one, two):
        for each in told["results"]:
            each.pop("seconds")
    assert one == two


def test_a_list_that_holds_everybody_leaves_nothing_defensible():
    found = estimate(Table("", counted(50, 0, 20, 0, 15, 0, 5)), boot=30)
    assert (found.combined.verdict, found.combined.low) == ("not identifiable", None)
    assert "ok" not in {each.verdict for each in found.results}


def test_the_untestable_interaction_widens_the_range_by_its_factor():
    found = estimate(table("neworleans_5"), methods=("stepwise",), boot=60)
    low, high = found.sensitivity
    assert low == pytest.approx(185 + (found.combined.low - 185) / 2)
    assert high == pytest.approx(185 + (found.combined.high - 185) * 2)


def linked(seed: int, *, draws: int = 10) -> tuple[Table, Table]:
    """Independent lists of 4,000 people, one in twenty links false: with the links taken as true, and drawn."""
    chance = np.random.default_rng(seed)
    whole = mislinked(simulate("independent", people=4000, lists=4, seed=seed), 0.05, chance)
    drawings = tuple(drawing(whole, 0.05, chance) for _ in range(draws))
    return Table("", whole), Table("", drawings[0], draws=drawings)


def test_uncertain_links_widen_the_interval_and_it_still_holds_the_truth():
    held, wider = 0, 0.0
    for seed in range(10):
        true, uncertain = (estimate(each, methods=("stepwise",), boot=100).results[0] for each in linked(seed))
        held += uncertain.low <= 4000 <= uncertain.high
        wider += np.log(uncertain.high / uncertain.low) - np.log(true.high / true.low)
    assert held >= 9
    assert wider > 0


def test_a_drawing_has_as_many_records_on_each_list_as_before():
    whole = simulate("independent", people=4000, lists=4, seed=3)
    untied = drawing(whole, 0.3, np.random.default_rng(1))
    assert [untied.on(each) for each in range(4)] == [whole.on(each) for each in range(4)]
    assert untied.observed > whole.observed
    tied = mislinked(whole, 0.3, np.random.default_rng(1))
    assert [tied.on(each) for each in range(4)] == [whole.on(each) for each in range(4)]
    assert tied.observed < whole.observed


def test_drawings_come_from_a_column():
    lines = ["partition,A,B,count", "0,1,0,9", "0,0,1,8", "0,1,1,7", "1,1,0,10", "1,0,1,9", "1,1,1,6"]
    (found,) = read(lines)
    assert [each.observed for each in found.draws] == [24, 25]
    assert "2 drawings" in " ".join(map(str, estimate(found, methods=("main",), boot=30).warnings))


def test_a_pdf_is_set_from_the_same_words():
    found = estimate(table("korea_3"), methods=("main",), boot=30)
    assert pdf([found], How(30)).startswith(b"%PDF-")
