"""A release laid out for reading: lines of regions, columns of age groups, each number or its being hidden."""

from dataclasses import dataclass

from amparo.methods.disclosure import TOTAL
from amparo.publication.indicators import age_label, region_labels
from amparo.publication.models import Release
from amparo.publication.tables import published_of


@dataclass(frozen=True)
class Number:
    """One cell; `value` None: hidden. `of` names its column, for a narrow screen."""

    value: int | None
    of: str
    total: bool


@dataclass(frozen=True)
class Line:
    """A region and its numbers, the total last."""

    label: str
    numbers: list[Number]
    total: bool


@dataclass(frozen=True)
class Laid:
    """The table for a page."""

    columns: list[str]
    lines: list[Line]
    hidden: int


def lay_out(release: Release) -> Laid:
    """The words are those of the language that is active."""
    table, names = published_of(release), region_labels()
    ages = (*table.rows, TOTAL)
    words = {age: age_label(age) for age in ages}
    lines = [
        Line(
            names.get(region, region),
            [Number(table.cells[age, region], words[age], TOTAL in {age, region}) for age in ages],
            region == TOTAL,
        )
        for region in (*table.columns, TOTAL)
    ]
    return Laid(list(words.values()), lines, len(table.hidden))
