"""The attacker finds all that can be found, and nothing that cannot (S3)."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.disclosure import (
    TOTAL,
    Contradiction,
    Fault,
    Known,
    Policy,
    Table,
    attack,
    judge,
    protect,
)
from tests.methods.disclosure import oracle
from tests.methods.disclosure.test_protect import tables

RULE = Policy()
TABLE = Table(("a", "b", "c"), ("x", "y", "z"), {
    ("a", "x"): 2, ("a", "y"): 30, ("a", "z"): 9,
    ("b", "x"): 40, ("b", "y"): 50, ("b", "z"): 60,
    ("c", "x"): 8, ("c", "y"): 90, ("c", "z"): 7,
})  # fmt: skip
HIDDEN = protect(TABLE, RULE)


def faults(published, truth, **public):
    return {finding.fault for finding in judge(published, RULE, truth=truth, **public).findings}


def changed(**counts):
    return Table(TABLE.rows, TABLE.columns, {**TABLE.counts, **{tuple(cell): count for cell, count in counts.items()}})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_he_finds_the_very_interval_that_all_tables_leave(data):
    table = data.draw(tables(3, 2, 6))
    hidden = data.draw(st.sets(st.sampled_from(sorted(table.cells)), max_size=4))
    published = table.hiding(hidden)
    ceiling = max(table.cells.values()) + oracle.BEYOND
    slow = oracle.intervals(published, max(table.counts.values()) + oracle.BEYOND)
    greatest = max(table.counts.values())
    for learned in attack(published):
        low, high = slow[learned.cell]
        assert learned.low == low
        count = table.cells[learned.cell]
        # Where nothing ends the interval, the written-down tables end it above the greatest count.
        assert learned.high == high or (
            min(learned.high, ceiling) >= high >= min(count + oracle.BEYOND, greatest + oracle.BEYOND)
        )


def test_a_lone_hidden_cell_is_a_subtraction():
    assert faults(TABLE.hiding([("a", "x")]), TABLE) == {Fault.EXACT}


def test_a_hidden_line_of_two_is_given_away_by_the_other_totals():
    assert faults(TABLE.hiding([("a", "x"), ("a", "z")]), TABLE) == {Fault.EXACT}


def test_two_small_counts_that_add_up_to_little_are_too_close():
    table = Table(("a", "b"), ("x", "y"), {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 2, ("b", "y"): 60})
    published = table.hiding([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")])
    assert Fault.SHOWN in faults(published, table)
    assert Fault.TOO_CLOSE in faults(published, table)


def test_nothing_ends_the_interval_where_the_totals_are_hidden_too():
    published = TABLE.hiding([("a", "x"), ("a", TOTAL), (TOTAL, "x"), (TOTAL, TOTAL)])
    learned = {each.cell: (each.low, each.high) for each in attack(published)}
    assert learned["a", "x"] == (0, inf)


def test_a_total_that_is_public_elsewhere_is_used():
    published = TABLE.hiding(HIDDEN)
    assert faults(published, TABLE) == set()
    elsewhere = Known((("a", "x"), ("a", "y")), 32)
    assert Fault.EXACT in faults(published, TABLE, beside=[elsewhere])


def test_an_insider_who_knows_one_line_is_heard_of():
    """The officer of region z knows the children there: with one rectangle, that opens the other two cells."""
    known = [Known(((row, "z"),), TABLE.counts[row, "z"]) for row in TABLE.rows]
    assert Fault.EXACT in faults(TABLE.hiding(HIDDEN), TABLE, beside=known)


def test_whole_numbers_tell_more_than_fractions():
    """Of three sums of two cells, each 1, at most one cell is 1; in fractions each could be a half. Here twice."""
    triples = [("x", "y", "p"), ("y", "z", "q"), ("x", "z", "r")]
    columns = tuple(f"{name}{turn}" for turn in (1, 2) for name in "xyzpqr")
    table = Table(("a",), columns, dict.fromkeys([("a", f"{name}{turn}") for name in "xqq" for turn in (1, 2)], 1))
    sums = [Known(tuple(("a", f"{name}{turn}") for name in each), 1) for each in triples for turn in (1, 2)]
    learned = {each.cell: each.low for each in attack(table.hiding(table.cells), beside=sums)}
    assert learned["a", TOTAL] == 4  # in fractions 3


def test_what_contradicts_itself_is_said_to():
    with pytest.raises(Contradiction):
        attack(TABLE.hiding(HIDDEN), beside=[Known((("a", "y"),), 31)])
    assert Fault.CONTRADICTION in faults(TABLE.hiding(HIDDEN), TABLE, beside=[Known((("a", "y"),), 31)])
    assert Fault.CONTRADICTION in faults(changed(by=51).hiding(HIDDEN), TABLE)


def test_the_same_release_again_tells_nothing_new():
    assert faults(TABLE.hiding(HIDDEN), TABLE, earlier=[TABLE.hiding(HIDDEN)]) == set()


def test_another_pattern_over_the_same_counts_is_found():
    """Each release is safe alone; together they are two halves of one answer."""
    other = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    one, two = TABLE.hiding(HIDDEN), TABLE.hiding(other)
    assert faults(one, TABLE) == faults(two, TABLE) == set()
    assert faults(two, TABLE, earlier=[one]) == {Fault.EXACT, Fault.EARLIER}


@pytest.mark.parametrize(("late", "told"), [(1, {Fault.CHANGE}), (4, {Fault.CHANGE}), (5, set())])
def test_a_few_late_children_are_recognised_by_the_difference(late, told):
    later = changed(by=50 + late)
    assert faults(later.hiding(HIDDEN), later, earlier=[TABLE.hiding(HIDDEN)]) == told


def test_a_child_who_moved_between_two_shown_cells_is_recognised():
    later = changed(by=49, bz=61)
    assert Fault.CHANGE in faults(later.hiding(HIDDEN), later, earlier=[TABLE.hiding(HIDDEN)])


def test_a_withdrawn_release_is_remembered_past_a_later_one():
    """Only with the first release does the third give something away."""
    other = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    first, everything = TABLE.hiding(other), TABLE.hiding(TABLE.cells)
    assert faults(TABLE.hiding(HIDDEN), TABLE, earlier=[first, everything]) >= {Fault.EXACT}
