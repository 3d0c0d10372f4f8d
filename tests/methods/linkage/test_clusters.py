"""Groups by average odds: a chain joins nobody, and a twin is never joined."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.linkage.clusters import clusters


def grouped(count, *pairs):
    left, right, rows = [], [], []
    for one, two, same, twin in pairs:
        left.append(one)
        right.append(two)
        rest = 1 - same - twin
        rows.append([same, 0.0, twin, 0.0, rest])
    return clusters(count, np.array(left, int), np.array(right, int), np.array(rows, float).reshape(-1, 5)).tolist()


def test_three_records_that_agree_are_one_child():
    assert grouped(4, (0, 1, 0.99, 0), (1, 2, 0.99, 0), (0, 2, 0.95, 0)) == [0, 0, 0, 3]


def test_a_chain_of_likely_pairs_is_not_one_child():
    chain = [(each, each + 1, 0.97, 0.0) for each in range(9)]
    assert max(grouped(10, *chain).count(each) for each in range(10)) <= 2


def test_a_weak_pair_inside_a_group_is_carried_by_the_others():
    assert grouped(3, (0, 1, 0.999, 0), (1, 2, 0.999, 0), (0, 2, 0.3, 0)) == [0, 0, 0]


def test_a_sure_twin_forbids_a_group_even_where_others_are_sure():
    pairs = [(0, 1, 0.999, 0), (1, 2, 0.999, 0), (0, 2, 0.01, 0.98)]
    found = grouped(3, *pairs)
    assert found[0] != found[2]


def test_no_pairs_are_as_many_children_as_records():
    assert grouped(3) == [0, 1, 2]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0, 1)), max_size=30))
def test_every_record_is_in_one_group_named_by_its_first(pairs):
    once = {(min(a, b), max(a, b)): (min(a, b), max(a, b), p, 0.0) for a, b, p in pairs if a != b}
    found = grouped(8, *once.values())
    assert len(found) == 8
    assert all(found[each] == each and each <= place for place, each in enumerate(found))
