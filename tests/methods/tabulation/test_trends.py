"""A changed level is noticed, a new form too, and chance seldom gives an alarm (S6)."""

import numpy as np

from amparo.methods.tabulation.trends import changes


def test_a_new_level_is_found_where_it_begins():
    [change] = changes({"steady": [10, 11, 9, 10, 10, 9, 11, 10], "grew": [4, 5, 3, 4, 12, 13, 11, 14]})
    assert (change.code, change.at, change.before, change.after) == ("grew", 4, 4.0, 12.5)
    assert not change.new


def test_what_nobody_saw_before_is_new():
    [change] = changes({"new": [0] * 20 + [6, 8, 7, 9]})
    assert change.new
    assert change.at == 20


def test_few_units_give_no_alarm_however_they_lie():
    assert changes({"few": [0] * 20 + [9, 10]}) == []
    assert changes({}) == []


def test_among_series_without_a_change_hardly_any_gives_an_alarm():
    random = np.random.default_rng(7)
    alarms = sum(bool(changes({f"s{n}": random.poisson(8, 24).tolist() for n in range(10)}, seed=n)) for n in range(20))
    assert alarms <= 4
