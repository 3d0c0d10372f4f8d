"""All methods side by side, with what to be wary of (S4)."""

import json
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.methods.hidden import METHODS, Caution, How, Table, Word, chart, estimate, internal_check, page, read, text
from amparo.methods.hidden.cautions import SENTENCES
from amparo.methods.hidden.methods import run
from tests.methods.hidden.data import HEPATITIS, counted, lists, table

QUICK = ("main", "stepwise", "dga", "chao")


def quick(given_, **how):
    return estimate(given_, methods=how.pop("methods", QUICK), boot=how.pop("boot", 60), **how)


def codes(report):
    return [each.code for each in report.warnings]


def test_new_orleans_is_told_in_the_shape_that_is_promised():
    told = quick(table("neworleans_5"), boot=1000, interval="bca").plain()
    assert list(told) == [
        "observed", "lists", "results", "warnings", "cautions", "combined", "sensitivity", "influence",
    ]  # fmt: skip
    assert (told["observed"], told["lists"]) == (185, ["A", "BEFG", "C", "D", "H"])
    found = {each["method"]: each for each in told["results"]}
    assert list(found["stepwise"]) == [
        "method", "estimate", "low", "high", "level", "hidden", "terms", "verdict", "seconds", "notes",
    ]  # fmt: skip
    stepwise = {name: found["stepwise"][name] for name in ("estimate", "low", "high", "hidden", "level", "verdict")}
    assert stepwise == {
        "estimate": 1034.2, "low": 588.8, "high": 1703.7, "hidden": 849.2, "level": 0.95, "verdict": "ok",
    }  # fmt: skip
    assert found["chao"]["verdict"] == "lower bound only"
    assert told["combined"]["verdict"] == "ok"
    assert told["warnings"][0].startswith("Lists that never meet: A and H, C and H, D and H.")
    assert told["cautions"][0] == {"code": "never", "pairs": [["A", "H"], ["C", "H"], ["D", "H"]]}


def test_the_same_seed_tells_the_same_and_another_does_not():
    given_ = Table("", HEPATITIS)
    methods = ("stepwise", "lcmcr")

    def ends(seed):
        return [(each.low, each.high) for each in quick(given_, methods=methods, seed=seed).results]

    assert ends(1) == ends(1) != ends(2)


def test_hepatitis_is_a_lower_bound_and_the_truth_is_in_its_range():
    found = quick(Table("", HEPATITIS), methods=tuple(METHODS), boot=200)
    assert found.combined.verdict == Word.LOWER
    assert found.combined.low < 545 < found.combined.high
    assert "unequal" in codes(found)
    assert found.combined.high < 1803  # narrower than what other programmes span between them
    verdicts = {each.method: each.verdict for each in found.results}
    assert verdicts.pop("bic") == Word.UNSTABLE  # it takes every pair of the three as dependent: nothing can check that
    assert set(verdicts.values()) == {Word.LOWER}


def test_lists_that_never_meet_give_no_estimate_and_it_is_said():
    found = quick(Table("", counted(20, 30, 0, 10, 0, 0, 0)), methods=tuple(METHODS))
    told = {each.method: each for each in found.results}
    for name in ("main", "stepwise", "bic", "chao", "sample-coverage"):
        assert (told[name].estimate, told[name].verdict) == (None, Word.NOT), name
    assert found.combined.verdict != Word.OK
    assert codes(found)[-1] == "none"
    assert "no " in text(found)
    assert json.dumps(found.plain(), allow_nan=False)


def test_two_lists_are_told_that_nothing_checks_them():
    found = quick(Table("", counted(20, 30, 10)))
    assert "two" in codes(found)


def test_a_list_inside_another_is_warned_of():
    found = quick(Table("", counted(200, 5, 90, 60, 20, 1, 10)))
    assert any(
        str(each).startswith("94% of list B is on list A: one may be filled from the other") for each in found.warnings
    )


def test_what_drives_an_estimate_is_told():
    found = quick(table("neworleans_5"))
    drives = {each.change: each.estimate for each in found.influence}
    assert len(drives) == 5 + 10
    assert drives["without BEFG"] == pytest.approx(1584, abs=1)
    assert "C and D as one" in drives
    assert "The stepwise estimate without C is 612 instead of 1,034." in map(str, found.warnings)


def test_strata_add_up_to_the_total():
    rows = ["A,B,C,sex,count"]
    for sex, counts in (("f", (40, 30, 9, 50, 12, 8, 3)), ("m", (60, 20, 7, 30, 9, 5, 2))):
        rows += [f"{h & 1},{h >> 1 & 1},{h >> 2 & 1},{sex},{count}" for h, count in enumerate(counts, 1)]
    found = quick(read(rows, strata=("sex",))[0], methods=("main", "dga"))
    for place, each in enumerate(found.results):
        assert each.estimate == pytest.approx(sum(part.results[place].estimate for part in found.strata.values()))
        assert each.low < each.estimate < each.high
        assert each.hidden == pytest.approx(each.estimate - 285)
    told = found.plain()
    assert [(part["stratum"], part["observed"]) for part in told["strata"]] == [
        ({"sex": "f"}, 152),
        ({"sex": "m"}, 133),
    ]
    assert "sex f: 152 observed; about" in text(found)


def test_strata_of_uncertain_links_are_estimated_under_every_drawing_and_add_up():
    rows = ["partition,A,B,C,sex,count"]
    for drawing, more in (("0", 0), ("1", 3)):
        for sex, counts in (("f", (40, 30, 9, 50, 12, 8, 3)), ("m", (60, 20, 7, 30, 9, 5, 2))):
            rows += [
                f"{drawing},{h & 1},{h >> 1 & 1},{h >> 2 & 1},{sex},{count + more}" for h, count in enumerate(counts, 1)
            ]
    found = quick(read(rows, strata=("sex",))[0], methods=("main", "stepwise"))
    assert set(found.strata) == {("f",), ("m",)}
    assert all("links" in codes(each) for each in (found, *found.strata.values()))
    for place, each in enumerate(found.results):
        parts = [part.results[place] for part in found.strata.values()]
        assert each.estimate == pytest.approx(sum(part.estimate for part in parts))
        assert each.low < each.estimate < each.high
        assert all(part.low < part.estimate < part.high for part in parts)


def test_a_thin_stratum_is_taken_to_be_as_hidden_as_the_others_if_it_is_small():
    """Two of a sex that a drawing leaves empty, beside 168 and 148."""
    rows = ["partition,A,B,C,sex,count"]
    rows += [f"{d},{h & 1},{h >> 1 & 1},{h >> 2 & 1},f,{20 + h}" for d in "01" for h in range(1, 8)]
    found = quick(read([*rows, "0,1,0,0,m,2"], strata=("sex",))[0], methods=("main", "chao"))
    assert found.strata["m",].combined.low is None
    assert "carried" in codes(found)
    known = found.strata["f",].results[0]
    assert found.results[0].estimate == pytest.approx(known.estimate * 170 / 168)
    assert found.results[0].low < found.results[0].estimate < found.results[0].high
    assert json.dumps(found.plain(), allow_nan=False)


def test_strata_of_which_a_large_one_is_thin_have_no_sum():
    rows = ["A,B,C,sex,count", *(f"{h & 1},{h >> 1 & 1},{h >> 2 & 1},f,{20 + h}" for h in range(1, 8))]
    found = quick(read([*rows, "1,0,0,m,40", "0,1,0,m,30", "0,0,1,m,30"], strata=("sex",))[0], methods=("main", "chao"))
    assert found.strata["m",].combined.verdict == Word.NOT
    assert (found.combined.low, found.combined.verdict) == (None, Word.NOT)
    assert {"thin", "none"} <= set(codes(found))


def test_on_a_handful_of_people_who_met_two_lists_nothing_is_defensible():
    found = quick(Table("", counted(20, 18, 2, 25, 3, 2, 1)), methods=tuple(METHODS))
    assert (found.combined.verdict, found.combined.low) == (Word.UNSTABLE, None)
    assert Word.OK not in {each.verdict for each in found.results}
    assert "Only 8 of 71 people are on more than one list" in " ".join(map(str, found.warnings))


def test_a_sentence_stands_for_every_caution():
    for code, said in SENTENCES.items():
        names = {name for _, name, _, _ in Formatter().parse(said) if name}
        filled = {name: [["A", "B"]] if name == "pairs" else ["f"] if name == "stratum" else 1 for name in names}
        assert str(Caution(code, filled))
    assert str(Caution("wide").of("dga")) == "dga: The interval is too wide to say anything."


@pytest.mark.parametrize(
    ("how", "field"), [({"methods": ("magic",)}, "method"), ({"boot": 5}, "boot"), ({"boot": 10**9}, "boot"), ({"seed": -1}, "seed")]
)  # fmt: skip
def test_what_makes_no_sense_is_refused(how, field):
    with pytest.raises(Invalid) as wrong:
        quick(Table("", HEPATITIS), **how)
    assert list(wrong.value.fields) == [field]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.one_of(st.just(0), st.integers(0, 40)), min_size=7, max_size=7).filter(any), st.sampled_from(QUICK))
def test_no_method_ever_tells_nonsense(counts, method):
    found = run(method, counted(*counts), How(30, 1))
    if found.estimate is None:
        assert found.low is found.high is found.hidden is None
        assert found.verdict == Word.NOT
    else:
        assert sum(counts) <= found.low <= found.estimate
        assert found.high is None or (np.isfinite(found.high) and found.estimate <= found.high)
        assert found.high is not None or found.verdict != Word.OK


def test_an_internal_check_estimates_what_is_known():
    found = list(internal_check(lists("hiv_rome_4"), methods=("main",), how=How(100, 1)))
    assert [(each.list, each.truth) for each in found] == [("c1", 466), ("c2", 630), ("c3", 693), ("c4", 236)]
    assert all(each.covered in {True, False} for each in found)
    with pytest.raises(Invalid):
        list(internal_check(lists("korea_3"), methods=("main",), how=How(100, 1)))


def test_the_page_needs_nothing_else_and_says_everything():
    found = quick(table("neworleans_5"))
    drawn = page([found], How(60, 1234)).decode()
    assert "<script" not in drawn
    assert 'src="' not in drawn
    assert "@import" not in drawn
    for words in (
        "Taken together",
        "Chan, Silverman and Vincent (2021)",
        "Whitehead",
        "without BEFG",
        "<svg",
        "seed 1234",
    ):
        assert words in drawn, words


def test_names_of_lists_cannot_write_into_the_page():
    sly = read(["<b>x</b>,B,C,count", "1,0,0,9", "0,1,0,8", "1,1,0,4", "0,0,1,7", "1,0,1,3", "0,1,1,2"])[0]
    assert "<b>x" not in page([quick(sly, methods=("main",))], How(60, 1)).decode()


def test_the_chart_is_drawn_even_without_an_upper_end():
    found = quick(Table("", counted(20, 30, 1)))
    assert chart(found).startswith(b"<svg")
    assert chart(found, image="png").startswith(b"\x89PNG")
