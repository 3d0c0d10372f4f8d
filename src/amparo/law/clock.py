"""When a limitation period runs out: bounds that hold whatever the unknown days are, or that no law is recorded.

The rule that was in force when the act took place is asked (no retroactive law); where the day is not known, every rule
that may have been in force is. Interruption and suspension are not counted, and a court decides: this is a clock, not
an opinion.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from amparo.law.models import Provision

CHILD = 18  # a person below this age is a child (Convention on the Rights of the Child, art. 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Between:
    """A day that is known to lie between two, both included; None: no bound is known."""

    first: date | None
    last: date | None

    def within(self, other: "Between") -> "Between":
        """What both allow; this one, where they contradict each other."""
        first = max((each for each in (self.first, other.first) if each), default=None)
        last = min((each for each in (self.last, other.last) if each), default=None)
        return self if first and last and first > last else Between(first, last)

    def later(self, years: int) -> "Between":
        """The same so many years on; 29 February may count as the day before or after."""
        return Between(self.first and plus(self.first, years), self.last and plus(self.last, years, late=True))


@dataclass(frozen=True)
class Limit:
    """When it runs out, by `rules`. `status`: see `limit`. `why` says in codes why the bounds are apart."""

    status: str
    first: date | None = None
    last: date | None = None
    rules: Sequence[Provision] = ()
    why: Sequence[str] = field(default_factory=tuple)

    @property
    def exact(self) -> bool:
        """One day, not two bounds."""
        return self.first is not None and self.first == self.last


def plus(day: date, years: int, *, late: bool = False) -> date:
    """The same day so many years on; 29 February becomes the 28th, or with `late` the 1st of March."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1) if late else date(year, 2, 28)


def born(birth_year: int | None, precision: str, age: int | None, act: Between) -> Between:
    """Between which days the child was born, from the year, the age at the act, and that it was a child then.

    An estimated year, and an age that goes with it, bounds nothing.
    """
    child = Between(act.first and plus(act.first, -CHILD) + _DAY, act.last)
    if birth_year is None or precision in {"estimated", "unknown"}:
        return child
    if age is not None and act.first and act.last:
        child = child.within(Between(plus(act.first, -age - 1), plus(act.last, -age, late=True)))
    return Between(date(birth_year, 1, 1), date(birth_year, 12, 31)).within(child)


def acted(happened_on: date | None, recorded_on: date, birth_year: int | None, precision: str) -> Between:
    """Between which days the act took place: the day, or after the birth and before somebody wrote it down."""
    if happened_on:
        return Between(happened_on, happened_on)
    if birth_year is None or precision in {"estimated", "unknown"}:
        return Between(None, recorded_on)
    return Between(date(birth_year, 1, 1), min(recorded_on, plus(date(birth_year, 12, 31), CHILD)))


def limit(provisions: Iterable[Provision], offences: Sequence[str], act: Between, birth: Between, today: date) -> Limit:
    """The limit for an act, by the rules recorded for the first of `offences` that has any.

    `status`: `not_recorded` – no rule is recorded for all the time in which it may have happened; `not_computed` –
    the rule is of another kind; `never` – it never runs out; `runs`, `may_have_run_out`, `ran_out` – today against
    the bounds.
    """
    recorded = list(provisions)
    about = next((o for o in offences if any(each.offence == o for each in recorded)), None)
    of_offence = [each for each in recorded if each.offence == about]
    rules = [each for each in of_offence if _may_be_in_force(each, act)]
    if not rules:
        return Limit("not_recorded")
    why = _why(rules, of_offence, act)
    if "gap" in why:  # the bounds would not hold
        return Limit("not_recorded", rules=rules, why=why)
    if any(each.answer == "other" for each in rules):
        return Limit("not_computed", rules=rules, why=why)
    ends = [_end(each, act, birth) for each in rules if each.answer != "never"]
    never = len(ends) < len(rules)
    first = _bound(min, [each.first for each in ends])
    last = None if never else _bound(max, [each.last for each in ends])
    if ends and first != last and birth.first != birth.last and any(each.answer == "from_majority" for each in rules):
        why = [*why, "birth"]
    return Limit(_status(first, last, today, never=never, only=not ends), first, last, rules, why)


def _bound(which: Callable[[Iterable[date]], date], days: Sequence[date | None]) -> date | None:
    """The least or the greatest of the days; none where one is not known."""
    known = [each for each in days if each]
    return which(known) if known and len(known) == len(days) else None


def _may_be_in_force(rule: Provision, act: Between) -> bool:
    begun = act.last is None or rule.in_force_on <= act.last
    return begun and (rule.repealed_on is None or act.first is None or rule.repealed_on > act.first)


def _why(rules: list[Provision], recorded: list[Provision], act: Between) -> list[str]:
    """`day`: it is not known; `gap`: no law is recorded for a part of the time; `changed`: another rule came later."""
    ordered = sorted(rules, key=lambda each: each.in_force_on)
    covered = act.first is not None and ordered[0].in_force_on <= act.first
    for before, after in pairwise(ordered):
        covered = covered and before.repealed_on is not None and before.repealed_on >= after.in_force_on
    end = ordered[-1].repealed_on
    covered = covered and (end is None or (act.last is not None and end > act.last))
    later = any(each not in rules and act.last and each.in_force_on > act.last for each in recorded)
    told = {"day": act.first != act.last, "gap": not covered, "changed": later}
    return [code for code, so in told.items() if so]


def _end(rule: Provision, act: Between, birth: Between) -> Between:
    """When the period of one rule ends; it cannot begin before the act, nor where the rule was not yet in force."""
    within = act.within(Between(rule.in_force_on, rule.repealed_on and rule.repealed_on - _DAY))
    if rule.answer == "from_act" or rule.age is None:
        return within.later(rule.years or 0)
    grown = birth.later(rule.age)
    first = max((each for each in (within.first, grown.first) if each), default=None)
    last = max(within.last, grown.last) if within.last and grown.last else None
    return Between(first, last).later(rule.years or 0)


def _status(first: date | None, last: date | None, today: date, *, never: bool, only: bool) -> str:
    if only:
        return "never"
    if first and today < first:
        return "runs"
    if last and today >= last and not never:
        return "ran_out"
    return "may_have_run_out"
