"""The clock of a case: dates that hold, bounds where days are not known, or no law recorded (J2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.law.clock import Between, acted, born, limit, plus
from amparo.law.models import Provision

TODAY = date(2026, 11, 24)
DAY = date(2020, 5, 17)
EXACT = Between(DAY, DAY)
BORN = Between(date(2008, 3, 1), date(2008, 3, 1))


def rule(answer="from_act", years=10, age=None, begin=date(2000, 1, 1), end=None, offence="") -> Provision:
    return Provision(
        state="XLM", element="limitation", offence=offence, answer=answer, years=years, age=age, in_force_on=begin,
        repealed_on=end, law="A made-up act", pinpoint="section 1",
    )  # fmt: skip


def asked(*rules, act=EXACT, birth=BORN, offences=("",), today=TODAY):
    return limit(rules, offences, act, birth, today)


def test_without_a_rule_the_law_is_not_recorded():
    assert asked().status == "not_recorded"
    assert asked(rule(begin=date(2021, 1, 1))).status == "not_recorded"  # it came later
    assert asked(rule(end=date(2020, 1, 1))).status == "not_recorded"  # it had gone


def test_from_the_act_it_is_one_day():
    found = asked(rule())
    assert (found.status, found.first, found.last, found.exact) == ("runs", date(2030, 5, 17), date(2030, 5, 17), True)
    assert asked(rule(years=5)).status == "ran_out"


def test_from_majority_it_runs_from_the_birthday_or_from_a_later_act():
    assert asked(rule("from_majority", 15, 18)).first == date(2041, 3, 1)
    late = asked(rule("from_majority", 15, 10))  # the act came after the age
    assert late.first == date(2035, 5, 17)


def test_of_a_birth_year_alone_there_are_two_bounds_and_a_reason():
    birth = born(2008, "year", None, EXACT)
    found = asked(rule("from_majority", 15, 18), birth=birth)
    assert (found.first, found.last, found.why) == (date(2041, 1, 1), date(2041, 12, 31), ["birth"])


def test_the_age_then_narrows_the_birth():
    assert born(2008, "year", 11, EXACT) == Between(date(2008, 5, 17), date(2008, 12, 31))


def test_an_estimated_birth_bounds_nothing_but_that_it_was_a_child():
    for precision in ("estimated", "unknown"):
        assert born(2008, precision, 11, EXACT) == Between(DAY.replace(year=2002) + timedelta(1), DAY)
    assert born(None, "year", 11, EXACT) == born(2008, "estimated", None, EXACT)


def test_a_day_that_nobody_knows_gives_bounds():
    act = acted(None, date(2024, 6, 1), 2008, "day")
    assert act == Between(date(2008, 1, 1), date(2024, 6, 1))
    found = asked(rule(), act=act, birth=born(2008, "day", None, act))
    assert (found.status, found.first, found.last) == ("may_have_run_out", date(2018, 1, 1), date(2034, 6, 1))
    assert "day" in found.why
    nothing = acted(None, date(2024, 6, 1), None, "unknown")
    assert asked(rule(begin=date(1900, 1, 1)), act=nothing, birth=Between(None, None)).status == "not_recorded"  # a gap


def test_two_rules_in_the_time_of_an_unknown_day_give_the_widest_bounds():
    act = Between(date(2009, 1, 1), date(2011, 12, 31))
    found = asked(rule(years=5, end=date(2010, 7, 1)), rule(years=20, begin=date(2010, 7, 1)), act=act)
    assert (found.first, found.last) == (date(2014, 1, 1), date(2031, 12, 31))
    assert len(found.rules) == 2


def test_a_hole_in_the_recorded_law_is_said_and_nothing_is_computed():
    act = Between(date(2009, 1, 1), date(2011, 12, 31))
    found = asked(rule(end=date(2010, 1, 1)), rule(begin=date(2010, 7, 1)), act=act)
    assert (found.status, "gap" in found.why, found.first) == ("not_recorded", True, None)


def test_a_later_change_is_told_and_not_applied():
    found = asked(rule(end=date(2022, 1, 1)), rule("never", None, begin=date(2022, 1, 1)))
    assert (found.status, found.first, found.why) == ("runs", date(2030, 5, 17), ["changed"])


def test_what_never_runs_out_and_what_is_another_rule_have_no_day():
    assert asked(rule("never", None)).status == "never"
    assert asked(rule("other", None)).status == "not_computed"
    act = Between(date(2009, 1, 1), date(2011, 12, 31))
    both = asked(rule(end=date(2010, 7, 1), years=5), rule("never", None, begin=date(2010, 7, 1)), act=act)
    assert (both.status, both.first, both.last) == ("may_have_run_out", date(2014, 1, 1), None)


def test_a_rule_of_the_offence_goes_before_a_rule_of_all():
    rules = rule(years=10), rule(years=30, offence="sale")
    assert asked(*rules, offences=("illegal_adoption", "sale", "")).first == date(2050, 5, 17)
    assert asked(*rules, offences=("grooming", "online", "")).first == date(2030, 5, 17)


def test_the_29th_of_february_counts_as_the_day_before_or_after():
    leap = Between(date(2020, 2, 29), date(2020, 2, 29))
    found = asked(rule(years=1), act=leap)
    assert (found.first, found.last) == (date(2021, 2, 28), date(2021, 3, 1))
    assert plus(date(2020, 2, 29), 4) == date(2024, 2, 29)


days = st.dates(date(1990, 1, 1), date(2024, 12, 31))


@given(act=days, age=st.integers(0, 6570), years=st.integers(0, 40), from_age=st.integers(10, 21), known=st.booleans())
def test_whatever_is_not_known_the_true_day_lies_within_the_bounds(act, age, years, from_age, known):
    """The rule by full dates is the oracle; the clock is given only what facts hold."""
    birth = act - timedelta(days=age)
    told = years_between(birth, act)
    for precision in ("day", "year", "estimated", "unknown"):
        seen = acted(act if known else None, date(2025, 1, 1), birth.year, precision)
        bounds = born(birth.year, precision, told if known else None, seen)
        for each in (
            rule("from_act", years, begin=date(1900, 1, 1)),
            rule("from_majority", years, from_age, begin=date(1900, 1, 1)),
        ):
            start = act if each.answer == "from_act" else max(act, plus(birth, from_age, late=True))
            found = asked(each, act=seen, birth=bounds)
            if found.status == "not_recorded":
                continue
            assert found.first is None or found.first <= plus(start, years, late=True)
            assert found.last is None or found.last >= plus(start, years)


def years_between(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_bounds_that_contradict_each_other_leave_the_year(precision):
    assert born(2019, precision, 15, EXACT) == Between(date(2019, 1, 1), date(2019, 12, 31))
