"""What the arrays lean on: sorting, and one row for each unit and combination; and what they refuse (S1)."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.methods.tabulation import arrays
from amparo.methods.tabulation.arrays import Arrays, first, places_of, sorting
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.coding import Column, coded
from amparo.methods.tabulation.columns import as_table
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import CODES, MONTH, TABLES, columns


def engine(**rows):
    tables = {name: as_table(name, rows.get(name, [])) for name in TABLES}
    return Arrays(lambda table, column: tables[table][column])


def child(number, **known):
    blank = {name: None if kind == MONTH else "x" for name, kind in columns("child").items()}
    return blank | {"child": number, "key": 1 << 31, "adult": "no", "identified": 202501} | known


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_numbers_are_sorted_and_equal_ones_stay_as_they_come(numbers):
    assert sorting(np.array(numbers, dtype=np.int64)).tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3))))
def test_a_unit_says_each_thing_once(said):
    said = sorted(said, key=lambda each: each[0])
    units, codes = (np.array([each[at] for each in said], dtype=np.int32) for at in (0, 1))
    kept = [said[place] for place in first(units, [Column(("a", "b", "c", "d"), codes)])]
    assert kept == list(dict.fromkeys(said))


@given(st.lists(st.integers(0, 99), unique=True, min_size=1))
def test_a_child_is_found_by_its_number_in_whatever_order_children_stand(among):
    numbers = np.array(among)
    assert places_of(numbers[::-1], numbers).tolist() == list(range(len(among)))[::-1]


def test_nothing_known_is_a_code_too_and_nothing_that_came_is_none():
    lists = coded(pa.array([["x", "y"], None, []]), CODES)
    assert lists.holding(["not_recorded"]).tolist() == [False, True, True]
    assert coded(pa.array([202501, None]), MONTH).holding([""]).tolist() == [False, True]


def test_record_keys_of_many_children_wrap_around_as_keys_do():
    found = engine(child=[child(number) for number in range(5)])
    cell = found.count(plan(Question("children_identified"), catalogue())).cells[()]
    assert (cell.number, cell.key) == (5, 5 * (1 << 31) % (1 << 32))


def test_a_table_of_too_many_cells_and_quartiles_are_refused(monkeypatch):
    found = engine(child=[child(number, age=str(number)) for number in range(9)])
    monkeypatch.setattr(arrays, "MOST_CELLS", 19)
    with pytest.raises(Invalid, match="A table of 20 cells is too large"):
        found.count(plan(Question("children_identified", ("age", "year")), catalogue()))
    with pytest.raises(Invalid, match="no quartiles"):
        found.count(plan(Question("case_days"), catalogue()))
