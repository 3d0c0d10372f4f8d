"""Every case of data/sdc: protected, nothing is open, to an attacker in fractions or in whole children (S3)."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from amparo.common.errors import Conflict
from amparo.methods.disclosure.acceptance import accept
from amparo.methods.disclosure.cases import Case, read_case
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import Dominance, Policy
from amparo.methods.disclosure.protecting import attack_releases, protect_case, protect_step
from amparo.methods.disclosure.reader import facts_of
from tests.methods.disclosure.naked import Checker

DATA = Path(__file__).parents[2] / "data/sdc"
TOGETHER = [
    "two_way_5x4", "two_way_8x5", "hier_8_in_3_x4", "linked_2way_margins", "three_way_3x3x2", "three_way_4x3x3",
]  # fmt: skip
IN_ORDER = ["releases_6", "geo_overlap", "linked_requests"]
ALL = [*TOGETHER, *IN_ORDER]


@cache
def given(name):
    return json.loads((DATA / f"{name}.case.json").read_text())


@cache
def released(name):
    return protect_case(read_case(given(name)), seconds=3)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_nothing_is_open(name, whole):
    opened, tried = attack_releases([released(name)], read_case(given(name)), names=["it"], whole=whole)
    assert opened == []
    assert tried > 0


@pytest.mark.parametrize("name", IN_ORDER)
def test_three_fifths_of_what_harms_nobody_is_published_over_all_steps(name):
    """Each step inherits what the former ones gave away, so the last ones show less: half of it in `releases_6`."""
    shown = [step["harmless_shown"] for step in released(name)["information_loss"]["steps"]]
    assert sum(shown) / len(shown) >= 0.6
    assert min(shown) >= 0.5


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("name", "insider"), [
    ("two_way_5x4", {"region": "R5"}), ("hier_8_in_3_x4", {"district": "D1"}),
    ("linked_2way_margins", {"region": "R1"}), ("geo_overlap", {"area": "A01"}),
    *(pytest.param(name, None, marks=pytest.mark.long) for name in ALL),
])  # fmt: skip
def test_nothing_is_open_to_somebody_who_knows_the_children_of_one_agency(name, insider, whole):
    """An agency that is not named here is the first code of the first variable."""
    insider = insider or {axis: codes[0] for axis, codes in [next(iter(given(name)["variables"].items()))]}
    guarded = {**given(name), "policy": {**given(name)["policy"], "insiders": [insider]}}
    case = read_case(guarded)
    opened, _tried = attack_releases([protect_case(case, seconds=2)], case, names=["it"], whole=whole)
    assert opened == []


@pytest.mark.parametrize("name", ALL)
def test_where_only_small_counts_are_hidden_the_attacker_finds_what_the_naked_checker_finds(name):
    case, naked = read_case(given(name)), {**released(name)}
    frame = Frame(naked["variables"], naked["groups"])
    naked["tables"] = [
        {**table, "cells": [told(case, frame, cell) for cell in table["cells"]]} for table in naked["tables"]
    ]
    facts = list(facts_of(naked, frame, "it"))
    opened, _tried = accept(frame, facts, case.policy, truth=case.counts)
    checker = Checker(given(name), [naked])
    assert sorted(round(each.low, 4) for each in opened) == sorted(round(low, 4) for _n, low, _high in checker.opened())
    assert any(each.exact for each in opened)


def told(case, frame, cell):
    codes = {name: code for name, code in cell.items() if name != "value"}
    key = frame.key({name: code for name, code in codes.items() if code != TOTAL})
    count = total(case.counts, key)
    return {**codes, "value": None if case.policy.sensitive(count) else count}


def total(counts, key):
    for axis, part in enumerate(key):
        counts = counts.take(part, axis=axis)
    return int(counts.sum())


def table_of(counts, *, policy, **axes):
    frame = Frame(axes, {})
    request = Request("t1", tuple((name, (*codes, TOTAL)) for name, codes in axes.items()))
    return Case(frame, np.array(counts, dtype=float), policy, [[request]])


def values(release, *names):
    return {tuple(cell[name] for name in names): cell["value"] for cell in release["tables"][0]["cells"]}


def test_a_cell_that_one_agency_dominates_is_hidden_and_could_be_one_more_or_less():
    policy = Policy(dominance=Dominance("agency", share=0.8))
    counts = [[90, 5], [20, 30], [40, 25], [5, 6]]
    case = table_of(counts, policy=policy, place=["a", "b", "c", "d"], agency=["A1", "A2"])
    case = replace(case, steps=[[Request("t1", (("place", ("a", "b", "c", "d", TOTAL)),))]])
    shown = values(protect_case(case), "place")
    assert {key for key, value in shown.items() if value is None} == {("a",), ("d",)}
    open_case = {"tables": [{"id": "t", "cells": [{"place": "a", "value": 95}]}]}
    assert [each.exact for each in accept(case.frame, list(facts_of(open_case, case.frame, "")), policy,
                                          truth=case.counts)[0]] == [True]  # fmt: skip


def test_the_attacker_finds_a_line_that_is_all_in_one_cell_where_the_policy_asks():
    counts = [[20, 0], [30, 12], [11, 40]]
    plain = protect_case(table_of(counts, policy=Policy(), place=["a", "b", "c"], form=["x", "y"]))
    judged = table_of(counts, policy=Policy(group_disclosure=True), place=["a", "b", "c"], form=["x", "y"])
    opened, _tried = attack_releases([plain], judged, names=["it"])
    assert {each.name for each in opened} == {"it t1: a, x"}
    assert attack_releases([protect_case(judged)], judged, names=["it"])[0] == []


def test_noughts_are_small_where_the_policy_says_so():
    counts = [[20, 0, 9], [30, 12, 8], [11, 40, 7]]
    case = table_of(counts, policy=Policy(zeros_shown=False), place=["a", "b", "c"], form=["x", "y", "z"])
    release = protect_case(case)
    assert values(release, "place", "form")["a", "y"] is None
    assert attack_releases([release], case, names=["it"])[0] == []


@pytest.mark.parametrize("kind", ["round", "perturb"])
@pytest.mark.parametrize("name", ["two_way_8x5", "three_way_3x3x2", "linked_2way_margins"])
def test_changed_tables_are_within_their_bound_and_nothing_is_open(name, kind):
    case = read_case(given(name))
    release = protect_case(case, kind=kind, secret=b"plainly synthetic")
    lost = release["information_loss"]
    size = release["tables"][0]["base" if kind == "round" else "max"]
    assert lost["largest_change"] < size + (kind == "perturb")
    assert lost["hidden"] < lost["cells"] / 2
    for whole in (False, True):
        assert attack_releases([release], case, names=["it"], whole=whole)[0] == []


def test_the_same_children_are_changed_alike_in_another_table():
    case = read_case(given("linked_2way_margins"))
    release = protect_case(case, kind="perturb", secret=b"plainly synthetic")
    told = {}
    for cell in (cell for table in release["tables"] for cell in table["cells"]):
        key = case.frame.key({name: code for name, code in cell.items() if name != "value"})
        assert told.setdefault(key, cell["value"]) == cell["value"]


def test_a_policy_that_cannot_be_met_names_the_cells():
    counts = [[3, 9], [30, 12]]
    case = table_of(counts, policy=Policy(), place=["a", "b"], form=["x", "y"])
    key = case.frame.key({"place": "a", "form": "x"})
    shown = {case.frame.key(cell) for cell in ({"place": "a"}, {"place": "a", "form": "y"})}
    with pytest.raises(Conflict, match="cannot be met: a, x can be computed"):
        protect_step(case, [key], shown, frozenset(shown), seconds=1)
