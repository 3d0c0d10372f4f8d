"""Every case of data/sdc: protected, nothing is open, to an attacker in fractions or in whole children (S3)."""

import json
from functools import cache
from pathlib import Path

import pytest

from amparo.methods.disclosure.acceptance import accept
from amparo.methods.disclosure.cases import read_case
from amparo.methods.disclosure.frame import TOTAL, Frame
from amparo.methods.disclosure.protecting import attack_releases, protect_case
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
def test_three_fifths_of_what_harms_nobody_is_published_at_each_step(name):
    assert all(step["harmless_shown"] >= 0.6 for step in released(name)["information_loss"]["steps"])


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("name", "insider"), [
    ("two_way_5x4", {"region": "R5"}), ("hier_8_in_3_x4", {"district": "D1"}),
    ("linked_2way_margins", {"region": "R1"}), ("geo_overlap", {"area": "A01"}),
])  # fmt: skip
def test_nothing_is_open_to_somebody_who_knows_the_children_of_one_agency(name, insider, whole):
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
