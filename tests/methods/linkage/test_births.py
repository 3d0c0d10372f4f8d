"""When a child was born, as far as a record knows it."""

from datetime import date

import pytest

from amparo.methods.linkage.births import UNKNOWN, birth, day_of


@pytest.mark.parametrize(
    "written", ["2014-03-09", "09/03/2014", "9.3.2014", "2014/3/9", "20140309", "2014-03-09T00:00:00"]
)
def test_a_day_may_be_written_in_many_ways(written):
    assert day_of(written) == date(2014, 3, 9)
    assert birth(written).day == date(2014, 3, 9).toordinal()


def test_a_month_that_can_be_none_stands_in_the_days_place():
    assert day_of("03/25/2014") == date(2014, 3, 25)


@pytest.mark.parametrize(
    "written", ["", "unknown", "2014-13-45", "9", "31/31/2014", "1900-01-01", "abc-de-fg", "0000-00-00"]
)
def test_what_is_no_birth_is_not_known(written):
    assert birth(written).day is None


def test_the_first_of_january_is_only_a_year():
    found = birth("2014-01-01", "exact")
    assert found.day is None
    assert (found.first, found.last) == (date(2014, 1, 1).toordinal(), date(2014, 12, 31).toordinal())
    assert found.years == (2013, 2014, 2015)


def test_an_estimate_is_only_a_year_whatever_its_day():
    assert birth("2014-07-09", "estimated").day is None


def test_a_part_of_a_date_is_an_interval():
    assert birth("2014-03").last - birth("2014-03").first == 30
    assert birth("2014").last - birth("2014").first == 364
    assert birth("2014-03").years == (2014,)


def test_an_age_reaches_over_two_years():
    found = birth("", "", "9", "2024-05-01")
    assert found.first < date(2014, 12, 31).toordinal() < found.last
    assert found.years == (2014, 2015)


def test_an_age_without_the_day_of_registration_says_nothing():
    assert birth("", "", "9", "") == birth("", "", "ninety", "2024-05-01") == UNKNOWN


def test_a_birth_after_the_registration_says_nothing():
    assert birth("2030-03-09", "exact", "", "2024-05-01") == UNKNOWN
    assert birth("2030-03-09", "exact", "9", "2024-05-01").years == (2014, 2015)


def test_day_and_month_may_have_been_swapped():
    assert birth("2014-03-09").swapped == birth("2014-09-03").day
    assert birth("2014-03-25").swapped is None
