"""Where a child is counted: the rule of the indicator *children identified*, small and pure."""

from dataclasses import dataclass

from amparo.common.facts import Facts
from amparo.organisation.facts import region_of

CHILDREN_IDENTIFIED = "children_identified"
UNKNOWN = "unknown"

# The bands of the code list `age_group` (SDMX, code list for age): the first and the last year of age.
BANDS = {"Y0T4": (0, 4), "Y5T9": (5, 9), "Y10T14": (10, 14), "Y15T17": (15, 18)}


@dataclass(frozen=True, order=True)
class Position:
    """One combination of codes."""

    year: int
    age_group: str
    region: str
    sex: str


def position(facts: Facts) -> Position | None:
    """The cell of a child, by the facts of the child's first case; None for somebody who was no child any more."""
    year = int(str(facts["identified"])[:4])
    band = age_group(year, facts["birth_year"])
    return Position(year, band, region_of(str(facts["region"])), str(facts["sex"])) if band else None


def age_group(year: int, birth_year: object) -> str:
    """The band of the age that is reached in the year; "unknown" without a year of birth, "" for an adult.

    Facts hold the year of birth only. Somebody who turns 18 in the year is counted in the last band: for a part of the
    year, and perhaps on the day of identification, a child.
    """
    if not isinstance(birth_year, int):
        return UNKNOWN
    age = year - birth_year
    if age < 0:
        return UNKNOWN
    return next((band for band, (first, last) in BANDS.items() if first <= age <= last), "")
