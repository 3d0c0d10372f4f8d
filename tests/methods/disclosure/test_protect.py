"""Cells are hidden so that no small count comes back, and no more than must be (S3)."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.disclosure import TOTAL, Policy, Table, judge, protect
from tests.methods.disclosure import oracle

DATA = Path(__file__).resolve().parents[2] / "data" / "sdc"
RULE = Policy()


def tables(rows: int, columns: int, greatest: int):
    names = tuple("abcd"[:rows]), tuple("xyz"[:columns])
    counts = st.lists(st.integers(0, greatest), min_size=rows * columns, max_size=rows * columns)
    return counts.map(
        lambda given: Table(
            *names, {(r, c): given[i * columns + j] for i, r in enumerate(names[0]) for j, c in enumerate(names[1])}
        )
    )


def case(name: str) -> tuple[Table, dict]:
    read = json.loads((DATA / f"{name}.case.json").read_text())
    counts = {(row["region"], row["form"]): row["count"] for row in read["truth"]}
    table = Table(tuple(read["variables"]["region"]), tuple(read["variables"]["form"]), counts)
    return table, json.loads((DATA / f"{name}.answer.json").read_text())


@pytest.mark.parametrize("name", ["two_way_5x4", "two_way_8x5"])
def test_the_proven_optimum_is_reached_and_the_attacker_finds_nothing(name):
    table, answer = case(name)
    hidden = protect(table, RULE)
    assert len(hidden) == answer["count"]["objective_count"]
    assert sum(table.cells[cell] for cell in hidden) <= answer["count"]["objective_sum"]
    assert judge(table.hiding(hidden), RULE, truth=table).safe


@pytest.mark.parametrize("name", ["two_way_5x4", "two_way_8x5"])
def test_hiding_only_the_small_counts_would_give_them_away(name):
    table, _answer = case(name)
    small = [cell for cell, count in table.cells.items() if RULE.sensitive(count)]
    assert not judge(table.hiding(small), RULE, truth=table).safe


def test_one_small_count_needs_a_rectangle():
    table = Table(("a", "b", "c"), ("x", "y", "z"), {
        ("a", "x"): 2, ("a", "y"): 30, ("a", "z"): 9,
        ("b", "x"): 40, ("b", "y"): 50, ("b", "z"): 60,
        ("c", "x"): 8, ("c", "y"): 90, ("c", "z"): 7,
    })  # fmt: skip
    assert protect(table, RULE) == {("a", "x"), ("a", "z"), ("c", "x"), ("c", "z")}


def test_a_table_without_small_counts_is_shown_whole():
    table = Table(("a", "b"), ("x", "y"), {("a", "x"): 5, ("b", "y"): 70})
    assert protect(table, RULE) == frozenset()


def test_a_table_of_three_children_shows_no_total_either():
    table = Table(("a", "b"), ("x", "y"), {("a", "x"): 3})
    hidden = protect(table, RULE)
    assert {("a", "x"), ("a", TOTAL), (TOTAL, "x"), (TOTAL, TOTAL)} <= hidden
    assert judge(table.hiding(hidden), RULE, truth=table).safe


def test_what_was_hidden_before_stays_hidden():
    table = Table(("a", "b"), ("x", "y"), {("a", "x"): 50, ("a", "y"): 60, ("b", "x"): 70, ("b", "y"): 80})
    before = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    assert protect(table, RULE) == frozenset()
    assert protect(table, RULE, also_hidden=before) == before


def test_the_same_table_gives_the_same_pattern():
    table, _answer = case("two_way_8x5")
    assert protect(table, RULE) == protect(table, RULE)


@settings(max_examples=40, deadline=None)
@given(tables(2, 2, 9))
def test_in_tables_of_four_every_pattern_was_tried_and_none_is_smaller(table):
    hidden = protect(table, RULE)
    assert oracle.safe(table, hidden, RULE)
    assert len(hidden) == oracle.fewest(table, RULE)


@settings(max_examples=40, deadline=None)
@given(tables(3, 2, 7))
def test_what_is_hidden_is_safe_when_all_tables_are_written_down(table):
    hidden = protect(table, RULE)
    if len([cell for cell in hidden if TOTAL not in cell]) <= 4:
        assert oracle.safe(table, hidden, RULE)
    assert judge(table.hiding(hidden), RULE, truth=table).safe


@settings(max_examples=25, deadline=None)
@given(tables(4, 3, 25))
def test_the_attacker_never_undoes_what_was_protected(table):
    assert judge(table.hiding(protect(table, RULE)), RULE, truth=table).safe
