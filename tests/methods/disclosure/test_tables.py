"""A table, its margins and its rule (S3)."""

import pytest

from amparo.methods.disclosure import TOTAL, Policy, Table

TABLE = Table(("young", "old"), ("north", "south"), {("young", "north"): 7, ("old", "south"): 5})


def test_margins_are_sums_and_a_missing_cell_is_nought():
    assert TABLE.cells == {
        ("young", "north"): 7, ("young", "south"): 0, ("young", TOTAL): 7,
        ("old", "north"): 0, ("old", "south"): 5, ("old", TOTAL): 5,
        (TOTAL, "north"): 7, (TOTAL, "south"): 5, (TOTAL, TOTAL): 12,
    }  # fmt: skip


def test_a_hidden_cell_is_none_and_never_nought():
    published = TABLE.hiding([("young", "south")])
    assert published.cells["young", "south"] is None
    assert published.cells["old", "north"] == 0
    assert published.hidden == {("young", "south")}


@pytest.mark.parametrize(
    ("rows", "columns", "counts"),
    [
        (("a", "a"), ("x",), {}),
        ((), ("x",), {}),
        (("a",), (TOTAL,), {}),
        (("a",), ("x",), {("b", "x"): 1}),
        (("a",), ("x",), {("a", "x"): -1}),
    ],
)
def test_what_is_no_table_is_refused(rows, columns, counts):
    with pytest.raises(ValueError):
        Table(rows, columns, counts)


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False), (400, False)])
def test_one_to_four_is_small_and_nought_and_five_are_not(count, small):
    assert Policy().sensitive(count) is small


def test_where_noughts_are_not_shown_they_are_small_too():
    assert Policy(zeros_shown=False).sensitive(0)
    assert Policy(zeros_shown=False).must_fall(0) == 0


@pytest.mark.parametrize("wrong", [{"threshold": 1}, {"width": 0}, {"lower": -1}])
def test_a_policy_that_protects_nothing_is_refused(wrong):
    with pytest.raises(ValueError):
        Policy(**wrong)
