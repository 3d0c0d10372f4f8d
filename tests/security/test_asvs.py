"""OWASP ASVS 5.0.0: levels 1 and 2 whole, and what of level 3 we hold ourselves to; each verdict shows its evidence."""

import ast
import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
with (Path(__file__).parent / "asvs.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
# How many requirements the standard has at each of these levels.
IN_ALL = {"1": 70, "2": 183}


@cache
def functions_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_levels_one_and_two_are_whole_and_no_requirement_stands_twice():
    assert Counter(row["level"] for row in ROWS if row["level"] in IN_ALL) == IN_ALL
    assert len({row["requirement"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["requirement"] for row in ROWS])
def test_each_verdict_is_shown_or_argued(row):
    path, _, test = row["evidence"].partition("::")
    if row["verdict"] == "met":
        assert (ROOT / path).exists(), path
        assert path
        assert not test or test in functions_in(path)
    else:
        assert row["verdict"] in {"not met", "not applicable"}
        assert row["note"]
        assert not row["evidence"]
