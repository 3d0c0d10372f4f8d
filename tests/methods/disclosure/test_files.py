"""A statistician's own file of counts goes in, the protected one comes out (S3, X3)."""

import io

import pytest

from amparo.common.errors import Invalid
from amparo.methods.disclosure import TOTAL, Table
from amparo.methods.disclosure.files import read_counts, write_counts

GOOD = "age,place,count\nyoung,north,7\nold,north,2\nyoung,south,9\nyoung,north,1\n"


def read(text: str) -> Table:
    return read_counts(io.StringIO(text), rows="age", columns="place")


def test_lines_of_the_same_codes_are_added_up_and_others_are_nought():
    table = read(GOOD)
    assert table.cells["young", "north"] == 8
    assert table.cells["old", "south"] == 0
    assert table.cells[TOTAL, TOTAL] == 19


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "names no column age, place, count"),
        ("age,count\nyoung,2\n", "names no column place"),
        ("age,place,count\n", "There are no counts"),
        ("age,place,count\nyoung,north,-1\n", "Line 2: a count is a whole number"),
        ("age,place,count\nyoung,north,2\nold,north,two\n", "Line 3: a count is a whole number"),
        ("age,place,count\nyoung,north,2.5\n", "Line 2: a count is a whole number"),
        ("age,place,count\nyoung,north\n", "Line 2: a count is a whole number"),
        ("age,place,count\nyoung,_T,9\n", "Line 2: a cell needs two codes"),
        ("age,place,count\n,north,9\n", "Line 2: a cell needs two codes"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_line(text, told):
    with pytest.raises(Invalid, match=told):
        read(text)


def test_a_hidden_count_is_a_word_and_a_formula_is_none():
    table = Table(("=1+1", "b"), ("x",), {("=1+1", "x"): 2, ("b", "x"): 0})
    into = io.StringIO()
    write_counts(table.hiding([("=1+1", "x")]), into, rows="age", columns="place")
    assert into.getvalue().splitlines() == [
        "age,place,count", "'=1+1,x,hidden", "'=1+1,_T,2", "b,x,0", "b,_T,0", "_T,x,2", "_T,_T,2",
    ]  # fmt: skip
