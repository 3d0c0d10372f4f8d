import json
from pathlib import Path

import numpy as np
import pytest

from amparo.common.errors import Conflict, Invalid
from amparo.methods.disclosure.blocks import solve
from amparo.methods.disclosure.cases import Case, read_case
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.grow import Grower
from amparo.methods.disclosure.policy import Policy, policy_of
from amparo.methods.disclosure.protecting import attack_releases, protect_case
from amparo.methods.disclosure.suppress import Problem, keys_of
from tests.methods.disclosure.naked import Checker

DATA = Path(__file__).parents[2] / "data/sdc"
PROVEN = ["two_way_5x4", "two_way_8x5", "hier_8_in_3_x4", "linked_2way_margins", "three_way_3x3x2"]
IN_ORDER = ["geo_overlap"]


def case_of(name):
    return json.loads((DATA / f"{name}.case.json").read_text())


def hidden_keys(release, case):
    frame = Frame(case["variables"], case["groups"])
    cells = [cell for table in release["tables"] for cell in table["cells"]]
    return {frame.key({n: c for n, c in cell.items() if n != "value"}) for cell in cells if cell["value"] is None}


@pytest.mark.parametrize("name", PROVEN)
def test_a_small_case_is_safe_with_the_fewest_hidden_cells_that_any_pattern_has(name):
    given = case_of(name)
    release = protect_case(read_case(given))
    checker = Checker(given, [release])
    best = json.loads((DATA / f"{name}.answer.json").read_text())["count"]["objective_count"]

    assert checker.opened() == []
    assert (checker.small_shown, checker.false) == (0, 0)
    assert len(hidden_keys(release, given)) == best
    assert release["method"]["fewest_hidden_proven"]
    assert release["certificate"]["safe"]


@pytest.mark.parametrize("name", IN_ORDER)
def test_tables_asked_for_one_after_another_are_safe_together(name):
    given = case_of(name)
    release = protect_case(read_case(given), seconds=5)
    checker = Checker(given, [release])

    assert checker.opened() == []
    assert (checker.small_shown, checker.false) == (0, 0)
    assert all(step["harmless_shown"] >= 0.6 for step in release["information_loss"]["steps"])
    assert [table["id"] for table in release["tables"]][:2] == ["r1/t1", "r2/t1"]


def test_whole_children_are_safe_too():
    given = case_of("three_way_3x3x2")
    case = read_case(given)
    opened, tried = attack_releases([protect_case(case)], case, names=["it"], whole=True)
    assert opened == []
    assert tried > 0


def test_a_release_carries_no_hidden_count_and_no_truth():
    release = protect_case(read_case(case_of("two_way_5x4")))
    assert set(release) == {"variables", "groups", "tables", "method", "information_loss", "certificate"}
    assert {cell["value"] for cell in release["tables"][0]["cells"]} & {1, 2, 3, 4} == set()
    assert all(set(cell) == {"region", "form", "value"} for cell in release["tables"][0]["cells"])


def test_somebody_who_knows_one_region_cannot_compute_another_when_the_policy_says_so():
    given = case_of("two_way_5x4")
    without = protect_case(read_case(given))
    given["policy"]["insiders"] = [{"region": "R5"}]
    guarded = protect_case(read_case(given))
    own = [row for row in given["truth"] if row["region"] != "R5"]
    others = {"variables": {**given["variables"], "region": ["R1", "R2", "R3", "R4"]}}

    assert len(hidden_keys(guarded, given)) >= len(hidden_keys(without, given))
    assert guarded["certificate"]["safe"]
    checker = Checker(given, [guarded], known={"region": "R5"})
    rows = [checker.row({"region": row["region"], "form": row["form"]}) for row in own if row["count"] < 5]
    assert others["variables"]["region"]
    assert all(high - low >= 5 - 1e-6 for low, high in map(checker.bounds, rows))


def test_where_all_children_of_a_line_are_in_one_cell_that_is_hidden_when_the_policy_says_so():
    frame = Frame({"place": ["a", "b", "c"], "form": ["x", "y"]}, {})
    counts = np.array([[20.0, 0.0], [30.0, 12.0], [11.0, 40.0]])
    table = Request("t1", (("place", ("a", "b", "c", TOTAL)), ("form", ("x", "y", TOTAL))))

    plain = protect_case(Case(frame, counts, Policy(), [[table]]))
    guarded = protect_case(Case(frame, counts, Policy(group_disclosure=True), [[table]]))

    assert plain["information_loss"]["hidden"] == 0
    shown = {(cell["place"], cell["form"]): cell["value"] for cell in guarded["tables"][0]["cells"]}
    assert shown["a", "x"] is None
    assert shown["a", "y"] is None


def test_a_large_table_is_protected_in_blocks_and_each_small_count_has_its_witness():
    random = np.random.default_rng(5)
    counts = random.poisson(random.lognormal(0.8, 1.2, (32, 5, 4))).astype(float)
    axes = {"v0": [f"a{n}" for n in range(32)], "v1": list("vwxyz"), "v2": list("klmn")}
    frame = Frame(axes, {})
    table = Request("t", tuple((name, (*codes, TOTAL)) for name, codes in axes.items()))
    problem = Problem(frame, counts, Policy(), keys_of(frame, [table]), seconds=2)
    from amparo.methods.disclosure import blocks

    kept, blocks.BLOCK_CELLS = blocks.BLOCK_CELLS, 400
    try:
        found = solve(problem)
    finally:
        blocks.BLOCK_CELLS = kept
    assert found.method == "heuristic in blocks"
    hidden = problem.costs == 0
    hidden[[problem.system.columns[key] for key in found.hidden]] = True
    grower = Grower(problem.moves, problem.targets, problem.costs)
    pattern = grower.start(hidden, rounds=5)
    assert grower.proved(pattern)
    assert len(found.hidden) < 0.8 * len(problem.wanted)


def test_a_policy_that_cannot_be_met_is_refused_by_the_name_of_the_cell():
    given = case_of("two_way_5x4")
    given["publish"] = [[["region", ["R1", "Total"]]]]
    given["truth"] = [{"region": "R1", "form": "F1", "count": 3}]
    release = protect_case(read_case(given))
    assert all(cell["value"] is None for cell in release["tables"][0]["cells"])

    case = read_case({**given, "publish": None, "publish_seq": [{"id": "a", "table": [["region", ["R1"]]]}]})
    from amparo.methods.disclosure.protecting import protect_step

    key = case.frame.key({"region": "R1"})
    with pytest.raises(Conflict, match="cannot be met"):
        protect_step(case, [case.frame.key({})], {key}, frozenset({key}), seconds=1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"truth": [{"region": "R1", "form": "F1", "count": -3}]}, "whole number"),
        ({"truth": [{"region": "R1", "form": "F1", "count": 2.5}]}, "whole number"),
        ({"truth": [{"region": "R1", "form": "F1", "count": 3}] * 2}, "given before"),
        ({"truth": [{"region": "R9", "form": "F1", "count": 3}]}, "no finest code"),
        ({"groups": {"region": {"North": ["R1", "R7"]}}}, "no code and no group"),
        ({"groups": {"region": {"A": ["B"], "B": ["A"]}}}, "holds itself"),
        ({"groups": {"region": {"North": []}}}, "empty"),
        ({"publish": []}, "nothing to publish"),
        ({"publish": [[["region", ["R1", "Nowhere"]]]]}, "no code and no group"),
        ({"totals": [{"region": "R1", "count": 999}]}, "add up to"),
        ({"policy": {"threshold": 1}}, "threshold"),
        ({"policy": {"thresold": 5}}, "has no thresold"),
        ({"policy": "five"}, "names and values"),
        ({"policy": {"insiders": [{"agency": "A1"}]}}, "no variable agency"),
        ({"truth": {"R1": 3}}, "list of lines"),
        ({"groups": {"region": {"North": "R1"}}}, "list of codes"),
        ({"variables": {"region": "R1", "form": ["F1"]}}, "needs codes"),
        ({"publish": [[["agency", ["A1"]]]]}, "no variable agency"),
        ({"publish": None, "publish_seq": [{"id": "a"}]}, "Step 1 has no table"),
        ({"totals": [{"agency": "A1", "count": 1}]}, "no variable agency"),
    ],
)
def test_a_case_that_is_wrong_is_refused_in_words(change, said):
    with pytest.raises(Invalid, match=said):
        protect_case(read_case({**case_of("two_way_5x4"), **change}))


def test_the_width_follows_the_threshold_when_it_is_not_said():
    assert policy_of({"threshold": 8}).width == 8
