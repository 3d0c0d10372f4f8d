"""Was the person a child at the time? Only children's cases are taken.

A child is a human being below 18 (Convention on the Rights of the Child, article 1).
"""

from collections.abc import Mapping
from datetime import date

from amparo.interfaces.exchange.htcds.problems import Problem
from amparo.interfaces.exchange.htcds.reader import Row
from amparo.interfaces.exchange.htcds.standard import Value

ADULT = 18
_APART = 1  # years by which a stated age and a computed one may differ: birthdays and rounding


def years_between(born: date, on: date) -> int:
    """Whole years from `born` to `on`; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_at_event(values: Mapping[str, Value]) -> int | None:
    """Age in whole years when trafficked: as stated, else from birth to event; None when neither is told."""
    stated = values.get("vic_AgeWhenTrafficked")
    return stated if isinstance(stated, int) else _computed(values)


def age_problem(row: Row, *, today: date) -> Problem | None:
    """Why this row is not the case of a child, or None when it is.

    Somebody under 18 at the referral, or today, was under 18 before: such a row is taken, its age unknown.
    """
    if problem := _contradiction(row, today):
        return problem
    age = age_at_event(row.values)
    if age is None:
        return None if _young_later(row.values, today) else _problem(row, "age_unknown", _UNKNOWN)
    if age >= ADULT:
        return _problem(
            row,
            "adult_at_the_time",
            "The person was 18 or older at the time. Only children's cases are taken.",
        )
    return None


_UNKNOWN = "It cannot be told that the person was a child: neither the age nor birth and event date are given."


def _contradiction(row: Row, today: date) -> Problem | None:
    born, event = row.values.get("prs_Birthdate"), row.values.get("hte_Date")
    if isinstance(born, date) and born > today:
        return Problem(row.line, "prs_Birthdate", "date_to_come", "The birth date lies in the future.")
    if isinstance(event, date) and event > today:
        return Problem(row.line, "hte_Date", "date_to_come", "The event's date lies in the future.")
    computed, stated = _computed(row.values), row.values.get("vic_AgeWhenTrafficked")
    if computed is not None and computed < 0:
        return Problem(row.line, "hte_Date", "before_birth", "The event's date lies before the birth date.")
    if computed is not None and isinstance(stated, int) and abs(computed - stated) > _APART:
        return _problem(row, "ages_disagree", "The age does not fit the birth date and the event's date.")
    return None


def _computed(values: Mapping[str, Value]) -> int | None:
    born, event = values.get("prs_Birthdate"), values.get("hte_Date")
    if isinstance(born, date) and isinstance(event, date):
        return years_between(born, event)
    return None


def _young_later(values: Mapping[str, Value], today: date) -> bool:
    born, referred = values.get("prs_Birthdate"), values.get("cas_IncomingReferralDate")
    if not isinstance(born, date):
        return False
    return years_between(born, min(today, referred) if isinstance(referred, date) else today) < ADULT


def _problem(row: Row, rule: str, message: str) -> Problem:
    return Problem(row.line, "vic_AgeWhenTrafficked", rule, message)
