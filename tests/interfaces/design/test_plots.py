"""Charts that are part of a page: every word escaped, every number in its place (X2)."""

from dataclasses import dataclass

from amparo.interfaces.design.plots import intervals, upset


@dataclass
class Each:
    label: str
    low: float | None
    total: float | None
    high: float | None
    code: str = "ok"


def test_an_upset_plot_has_a_bar_and_a_dot_for_each_list_of_each_combination():
    drawn = upset(["A", "B"], [(1, 23), (2, 17), (3, 11)], label="Lists")
    assert drawn.count("<rect") == 3
    assert drawn.count("<circle") == 6
    assert drawn.count('"dot off"') == 2
    assert drawn.count('class="tie"') == 1


def test_no_word_becomes_markup():
    sly = '<script>"x"'
    assert "<script" not in upset([sly, "B"], [(1, 1)], label=sly) + intervals([Each(sly, 1, 2, 3, sly)], label=sly)


def test_an_interval_without_an_upper_end_is_an_arrow_and_one_without_numbers_is_left_out():
    drawn = intervals([Each("a", 1, 2, None), Each("b", None, None, None), Each("c", 1, None, 9)], label="Methods")
    assert (drawn.count("<line"), drawn.count("<circle"), drawn.count("<path")) == (2, 1, 1)
    assert intervals([], label="Nothing").startswith("<svg")
