"""The rule that says which counts are small (S3)."""

import pytest

from amparo.methods.disclosure import Policy


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
