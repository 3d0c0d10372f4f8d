"""When a child was born, as far as a record knows: a day, a month, a year, or an age at registration.

An estimated date is usually written as 1 January, so a 1 January counts as its year only. A day may have been swapped
with the month. Every birth is an interval of days; the exact ones are one day long.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_YEAR = 366
_OLDEST = 1905  # 1900-01-01 and its like stand for "not known"
_PARTS = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})(?:[-/. ](\d{1,4}))?$")
_VAGUE = {"estimated", "approximate", "unknown", "est", "approx"}


@dataclass(frozen=True, slots=True)
class Birth:
    """Day numbers (`date.toordinal`). `day` only when the day is known; `first`–`last` None when nothing is.

    `pairs` of an exact birth: year with month, year with day, month with day. Two days that share one differ by a slip.
    """

    day: int | None = None
    swapped: int | None = None
    first: int | None = None
    last: int | None = None
    pairs: tuple[int, int, int] | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which the child may have been born; one to either side where that is an estimate."""
        if self.first is None or self.last is None:
            return ()
        around = 0 if self.last - self.first < 32 else 1  # noqa: PLR2004 - a day or a month is a known year
        if self.last - self.first < _YEAR and around and date.fromordinal(self.first).timetuple().tm_yday > 1:
            around = 0  # an age: the two years that its interval touches are enough
        low, high = date.fromordinal(self.first).year - around, date.fromordinal(self.last).year + around
        return tuple(range(low, high + 1))


UNKNOWN = Birth()


@lru_cache(maxsize=200_000)
def birth(written: str, quality: str = "", age: str = "", registered: str = "") -> Birth:
    """What the date, its quality and the age at registration say together. A date in the future says nothing."""
    at = day_of(registered)
    found = _written(written, vague=quality.lower() in _VAGUE)
    if found.first is not None and at is not None and found.first > at.toordinal():
        found = UNKNOWN
    return found if found.first is not None else _from_age(age, at)


def day_of(written: str) -> date | None:
    """A day in any of the usual ways: 2015-03-09, 09/03/2015, 9.3.2015, 20150309; the day stands before the month."""
    year, month, day = _numbers(written)
    return _valid(year, month, day) if year and month and day else None


def _written(written: str, *, vague: bool) -> Birth:
    year, month, day = _numbers(written)
    if not year or year < _OLDEST or year > 2200:  # noqa: PLR2004 - no year of a child
        return UNKNOWN
    exact = _valid(year, month, day) if month and day else None
    if exact and not vague and (month, day) != (1, 1):
        swapped = _valid(year, day, month) if day != month else None
        number = exact.toordinal()
        pairs = (year * 100 + month, year * 100 + day, month * 100 + day)
        return Birth(number, swapped.toordinal() if swapped else None, number, number, pairs)
    if month and not day and 1 <= month <= 12:  # noqa: PLR2004 - months
        return Birth(
            first=date(year, month, 1).toordinal(), last=date(year, month, monthrange(year, month)[1]).toordinal()
        )
    return Birth(first=date(year, 1, 1).toordinal(), last=date(year, 12, 31).toordinal())


def _from_age(age: str, at: date | None) -> Birth:
    years = re.match(r"\d{1,3}", age)
    if not years or at is None or int(years[0]) > 120:  # noqa: PLR2004 - nobody's age
        return UNKNOWN
    last = at.toordinal() - round(int(years[0]) * 365.2425)
    return Birth(first=last - 365, last=last)


def _numbers(written: str) -> tuple[int, int, int]:
    """Year, month, day; 0 for what is not given, and three zeros for what is no date."""
    text = written.strip().split("T")[0].split(" 0")[0]
    if text.isdecimal() and len(text) == 8:  # noqa: PLR2004 - 20150309
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if text.isdecimal() and len(text) == 4:  # noqa: PLR2004 - a year alone
        return int(text), 0, 0
    found = _PARTS.match(text)
    if not found:
        return 0, 0, 0
    one, two, three = (int(each) if each else 0 for each in found.groups())
    if one > 31:  # noqa: PLR2004 - the year first
        return one, two, three
    year = three if three > 31 else two if not three and two > 31 else 0  # noqa: PLR2004 - the year last
    if not three:
        return year, one, 0
    return (year, two, one) if two <= 12 else (year, one, two)  # noqa: PLR2004 - 03/25/2015 can only be March


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
