"""A reader who has kept every release learns no more from the next one (S3)."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from amparo.methods.disclosure import TOTAL, Policy
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.frame import Frame, Request
from amparo.methods.disclosure.ledger import Entry, Fault, judge
from amparo.methods.disclosure.protecting import protect_step
from amparo.methods.disclosure.reader import Contradiction, Fact, Reader
from amparo.methods.disclosure.suppress import keys_of
from tests.methods.disclosure import oracle
from tests.methods.disclosure.tables import Table

RULE = Policy()
AXES = {"row": ("a", "b", "c"), "column": ("x", "y", "z")}
FRAME = Frame(AXES, {})
TABLE = Table(*AXES.values(), {
    ("a", "x"): 2, ("a", "y"): 30, ("a", "z"): 9,
    ("b", "x"): 40, ("b", "y"): 50, ("b", "z"): 60,
    ("c", "x"): 8, ("c", "y"): 90, ("c", "z"): 7,
})  # fmt: skip
SAFE = {("a", "x"), ("a", "z"), ("c", "x"), ("c", "z")}
OTHER = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def key(frame, table, cell):
    parts = (table.rows if cell[0] == TOTAL else cell[:1]), (table.columns if cell[1] == TOTAL else cell[1:])
    names = list(frame.variables)
    return tuple(
        tuple(sorted(frame.part(name, code)[0] for code in codes)) for name, codes in zip(names, parts, strict=True)
    )


def facts(table, hidden, frame=FRAME):
    return [
        Fact(key(frame, table, cell), "/".join(cell), *((0, inf) if cell in hidden else (count, count)))
        for cell, count in table.cells.items()
    ]


def counts(table):
    return np.array([[table.counts.get((r, c), 0) for c in table.columns] for r in table.rows], dtype=float)


def verdict(table, hidden, former=(), *, snapshot="now", frame=FRAME):
    entries = [Entry(id, when, facts(each, gone, frame)) for id, when, each, gone in former]
    return judge(frame, RULE, Entry("", snapshot, facts(table, hidden, frame)), counts(table), entries)


def changed(**late):
    return Table(TABLE.rows, TABLE.columns, {**TABLE.counts, **{tuple(cell): count for cell, count in late.items()}})


def told(found):
    return {(each.fault, each.name, each.against) for each in found.findings}


def test_a_lone_hidden_cell_is_a_subtraction_and_no_former_release_is_blamed():
    assert told(verdict(TABLE, {("a", "x")})) == {(Fault.EXACT, "a/x", ())}


def test_a_hidden_line_of_two_is_given_away_by_the_other_totals():
    assert verdict(TABLE, {("a", "x"), ("a", "z")}).faults == {Fault.EXACT}


def test_a_rectangle_is_safe_and_a_small_count_that_is_shown_is_not():
    assert verdict(TABLE, SAFE).safe
    assert told(verdict(TABLE, set())) == {(Fault.SHOWN, "a/x", ())}


def test_a_count_that_is_not_the_records_count_is_found():
    wrong = changed(by=51)
    found = judge(FRAME, RULE, Entry("", "now", facts(wrong, SAFE)), counts(TABLE), [])
    assert Fault.CONTRADICTION in found.faults


def test_the_same_release_again_tells_nothing_new_of_the_same_records_or_of_others():
    assert verdict(TABLE, SAFE, [("F-1", "now", TABLE, SAFE)]).safe
    assert verdict(TABLE, SAFE, [("F-1", "then", TABLE, SAFE)]).safe


@pytest.mark.parametrize("when", ["now", "then"])
def test_another_pattern_over_the_same_counts_is_found_and_the_former_release_named(when):
    """Each release is safe alone; together they are two halves of one answer."""
    assert verdict(TABLE, OTHER).safe
    found = verdict(TABLE, OTHER, [("F-1", when, TABLE, SAFE)])
    assert (Fault.EXACT, "a/x", ("F-1",)) in told(found)
    assert (Fault.EARLIER in found.faults) == (when == "then")


@pytest.mark.parametrize(("late", "faults"), [(1, {Fault.CHANGE}), (4, {Fault.CHANGE}), (5, set())])
def test_a_few_late_children_are_recognised_by_the_difference(late, faults):
    found = verdict(changed(by=50 + late), SAFE, [("F-1", "then", TABLE, SAFE)])
    assert found.faults == faults
    assert {each.against for each in found.findings} <= {("F-1",)}


def test_a_child_who_moved_between_two_shown_cells_is_recognised():
    found = verdict(changed(by=49, bz=61), SAFE, [("F-1", "then", TABLE, SAFE)])
    assert {(Fault.CHANGE, "b/y", ("F-1",)), (Fault.CHANGE, "b/z", ("F-1",))} <= told(found)


def test_a_withdrawn_release_is_remembered_past_a_later_one():
    """Only with the first release does the third give something away."""
    everything = set(TABLE.cells)
    former = [("F-1", "first", TABLE, OTHER), ("F-2", "second", TABLE, everything)]
    assert (Fault.EXACT, "a/x", ("F-1",)) in told(verdict(TABLE, SAFE, former))


def test_a_table_by_other_lines_is_attacked_with_those_of_the_same_records():
    """Total minus part: two overlapping geographies differ by one small district."""
    frame = Frame({"place": tuple("abcd"), "form": ("x",)}, {"place": {"court": tuple("abc")}})
    counts_ = np.array([[30.0], [20.0], [10.0], [3.0]])

    def release(id, *cells):
        return Entry(id, "now", [
            Fact(frame.key({"place": each}), each, *[float(counts_[np.ix_(*frame.key({"place": each}))].sum())] * 2)
            for each in cells
        ])  # fmt: skip

    alone = judge(frame, RULE, release("", "court"), counts_, [])
    found = judge(frame, RULE, release("", "court"), counts_, [release("F-7", TOTAL.replace("_T", "Total"))])
    assert alone.safe
    assert {(each.fault, each.against) for each in found.findings} == {(Fault.EXACT, ("F-7",))}


def test_what_contradicts_itself_is_said_to():
    with pytest.raises(Contradiction):
        Reader(FRAME, [*facts(TABLE, SAFE), Fact(FRAME.key({"row": "a"}), "it", 40, 40)])


def test_whole_numbers_tell_more_than_fractions():
    """Of three sums of two cells, each 1, at most one cell is 1; in fractions each could be a half. Here twice."""
    columns = tuple(f"{name}{turn}" for turn in (1, 2) for name in "xyzpqr")
    frame = Frame({"column": columns}, {})
    places = {code: place for place, code in enumerate(columns)}
    sums = [
        Fact((tuple(sorted(places[f"{name}{turn}"] for name in each)),), "sum", 1, 1)
        for each in ("xyp", "yzq", "xzr") for turn in (1, 2)
    ]  # fmt: skip
    assert Reader(frame, sums).bounds(frame.key({}))[0] == 3
    assert Reader(frame, sums, whole=True).bounds(frame.key({}))[0] == 4


def tables(rows, columns, greatest):
    names = tuple("abcd"[:rows]), tuple("xyz"[:columns])
    drawn = some.lists(some.integers(0, greatest), min_size=rows * columns, max_size=rows * columns)
    return drawn.map(
        lambda given: Table(
            *names, {(r, c): given[i * columns + j] for i, r in enumerate(names[0]) for j, c in enumerate(names[1])}
        )
    )


def protected(table):
    frame = Frame({"row": table.rows, "column": table.columns}, {})
    request = Request("t", (("row", (*table.rows, "Total")), ("column", (*table.columns, "Total"))))
    keys = keys_of(frame, [request])
    found = protect_step(Case(frame, counts(table), RULE, []), keys, set(), frozenset(), seconds=5)
    return frame, {cell for cell in table.cells if key(frame, table, cell) in found.hidden}


@settings(max_examples=40, deadline=None)
@given(some.data())
def test_the_reader_finds_the_very_interval_that_all_tables_leave(data):
    table = data.draw(tables(3, 2, 6))
    hidden = data.draw(some.sets(some.sampled_from(sorted(table.cells)), max_size=4))
    frame = Frame({"row": table.rows, "column": table.columns}, {})
    greatest = max(table.counts.values())
    slow = oracle.intervals(table.hiding(hidden), greatest + oracle.BEYOND)
    reader = Reader(frame, facts(table, hidden, frame), whole=True)
    for cell in hidden:
        low, high = reader.bounds(key(frame, table, cell))
        assert low == slow[cell][0]
        # Where nothing ends the interval, the written-down tables end it above the greatest count.
        assert high == slow[cell][1] or high >= slow[cell][1] >= min(table.cells[cell], greatest) + oracle.BEYOND


@settings(max_examples=25, deadline=None)
@given(tables(2, 2, 9))
def test_in_tables_of_four_every_pattern_was_tried_and_none_is_smaller(table):
    frame, hidden = protected(table)
    assert oracle.safe(table, hidden, RULE)
    assert len(hidden) == oracle.fewest(table, RULE)
    assert verdict(table, hidden, frame=frame).safe


@settings(max_examples=15, deadline=None)
@given(tables(4, 3, 25))
def test_the_attacker_never_undoes_what_was_protected(table):
    frame, hidden = protected(table)
    assert verdict(table, hidden, frame=frame).safe


def test_of_two_patterns_that_hide_as_many_cells_the_one_that_keeps_the_totals_is_taken():
    table = Table(("a", "b"), ("x", "y"), {("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 6, ("b", "y"): 8})
    assert protected(table)[1] == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
