"""Reading lists: every mistake is named, none becomes a number (S4)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.methods.hidden.lists import read
from tests.methods.hidden.data import counted, table


def lines(text: str):
    return text.strip().splitlines()


def reason(text: str, **how) -> str:
    with pytest.raises(Invalid) as wrong:
        read(lines(text), **how)
    return wrong.value.fields["file"]


def test_counts_and_people_say_the_same():
    counts = read(lines("A,B,count\n1,0,2\n0,1,1\n1,1,1"))[0].lists
    people = read(lines("A,B\n1,0\n1,0\n0,1\n1,1"))[0].lists
    assert counts.names == people.names == ("A", "B")
    assert counts.counts.tolist() == people.counts.tolist() == [2, 1, 1]
    assert (counts.observed, counts.on(0), counts.on(0, 1)) == (4, 3, 1)


def test_a_column_set_makes_several_tables_and_strata_divide_one():
    several = read(lines("set,A,B,count\nx,1,0,2\nx,1,1,1\nx,0,1,1\ny,0,1,3\ny,1,1,4"))
    assert [(each.set, each.lists.observed) for each in several] == [("x", 4), ("y", 7)]
    divided = table("scotland_pwid_4_cov", strata=("gender", "age", "region"))
    assert divided.lists.observed == sum(each.lists.observed for each in divided.strata.values()) == 5670
    assert divided.strata_columns == ("gender", "age", "region")
    assert len(divided.strata) == 8


def test_a_history_told_twice_is_added_up_and_said():
    found = read(lines("A,B,count\n1,0,2\n1,0,3\n0,1,4\n1,1,1"))[0]
    assert found.lists.counts.tolist() == [5, 4, 1]
    assert tuple(map(str, found.warnings)) == (
        "Histories that stand on several lines were added up (1 more than there are histories).",
    )


def test_a_list_of_everybody_and_the_same_list_twice_are_warned_of():
    warned = read(lines("A,B,C,count\n1,0,0,5\n1,1,1,3"))[0].warnings
    assert tuple(map(str, warned)) == (
        "List A contains everybody who was observed: no other list shows anybody whom it misses.",
        "Lists B and C hold the same people; they may be one list.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1: each column needs a name."),
        ("A,A,count\n1,0,1", "Line 1: two columns are named A."),
        ("A,,count\n1,0,1", "Line 1: each column needs a name."),
        ("A,B,count", "There are no people in this file."),
        ("A,B,count\n1,0,1\n1,0", "Line 3: it has not as many columns as line 1."),
        ("A,count\n1,3", "At least two lists are needed: with one list nothing tells how many it misses."),
        ("A,B,count\n0,0,3\n1,0,1", "Line 2: this person is on no list; how many are so is what is to be estimated."),
        ("A,B,count\n1,0,-3", "Line 2, column count: a count is a whole number, 0 or more."),
        ("A,B,count\n1,0,2.5", "Line 2, column count: a count is a whole number, 0 or more."),
        ("A,B,count\n1,0,", "Line 2, column count: a count is a whole number, 0 or more."),
        ("A,B,count\n1,0,1²", "Line 2, column count: a count is a whole number, 0 or more."),
        ("A,B,count\n1,0,0\n0,1,0", "There are no people: every count is 0."),
        ("A,B,C,count\n1,0,0,4\n1,1,0,2", "Nobody is on list C: leave this column out."),
    ],
)  # fmt: skip
def test_a_mistake_is_named(text, said):
    assert reason(text) == said


def test_a_column_that_is_no_list_is_named_without_its_words():
    said = reason("A,B,name,count\n1,0,Somebody,1")
    assert said.startswith("Line 2, column name: “S…” is neither 0 nor 1.")
    assert "omebody" not in said


def test_strata_must_exist_and_hold_somebody():
    assert reason("A,B,count\n1,0,1", strata=("sex",)) == "Line 1 names no column sex."
    empty = "A,B,sex,count\n1,0,f,3\n1,1,f,1\n0,1,f,1\n1,0,m,0"
    assert reason(empty, strata=("sex",)) == "There is nobody in m: leave this stratum out or join it to another."


def test_twenty_five_lists_are_too_many_and_it_says_what_is_feasible():
    names = ",".join(f"L{place}" for place in range(25))
    assert reason(f"{names}\n{','.join('1' * 25)}").startswith("25 lists are too many: 33,554,431 overlaps")


@given(st.lists(st.integers(0, 30), min_size=15, max_size=15))
def test_nobody_gets_lost_in_what_is_derived_from_a_table(counts):
    whole = counted(*counts)
    assert whole.merged(0, 3).observed == whole.observed
    assert whole.merged(0, 3).on(2) == whole.observed - int(whole.counts[(whole.histories & 0b1001) == 0].sum())
    assert whole.without(1).observed == whole.observed - int(whole.counts[0b0010 - 1])
    assert whole.only_on(2).observed == whole.on(2) - int(whole.counts[0b0100 - 1])
    assert np.array_equal(whole.without(3).counts, whole.counts[:7] + whole.counts[8:])
