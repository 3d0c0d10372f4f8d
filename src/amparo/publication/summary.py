"""A table in plain sentences, from what is shown and nothing else, and the same indicator over the years."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.counting.positions import UNKNOWN
from amparo.methods.disclosure import TOTAL, Published
from amparo.publication.indicators import age_label, region_labels
from amparo.publication.models import Release, ReleaseCell
from amparo.publication.tables import published_of


def sentences(release: Release) -> list[str]:
    """How many, which age and which region most, and how much is hidden. A hidden count is compared with nothing."""
    table, names = published_of(release), region_labels()
    total = table.cells[TOTAL, TOTAL]
    if total is None:
        return [_("In {year}, so few children were met that not even their number is shown.").format(year=release.year)]
    said = ngettext(
        "In {year}, agencies met {total} child as a possible victim and opened a case.",
        "In {year}, agencies met {total} children as possible victims and opened a case for each.", total,
    )  # fmt: skip
    told = [said.format(year=release.year, total=number_format(total, force_grouping=True))]
    if age := _most(table, [(age, TOTAL) for age in table.rows]):
        told.append(_("The largest age group: {name}.").format(name=age_label(age[0])))
    if place := _most(table, [(TOTAL, region) for region in table.columns]):
        told.append(_("The region whose agencies met most: {name}.").format(name=names.get(place[1], place[1])))
    hidden = len(table.hidden)
    if hidden:
        words = ngettext("{hidden} count is hidden.", "{hidden} counts are hidden.", hidden)
        told.append(words.format(hidden=hidden))
    return told


def _most(table: Published, cells: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The cell with the largest count; none when one of them is hidden or the largest is shared, or nobody is there."""
    counts = {cell: table.cells[cell] for cell in cells if UNKNOWN not in cell}
    shown = [number for number in counts.values() if number is not None]
    if len(shown) < len(counts) or not shown or not max(shown) or shown.count(max(shown)) > 1:
        return None
    return next(cell for cell, number in counts.items() if number == max(shown))


@dataclass(frozen=True)
class Course:
    """A region over the years: a number a year, None where it is hidden or nothing stands."""

    label: str
    points: list[tuple[int, int | None]]
    total: bool


def over_the_years(indicator: str) -> list[Course]:
    """Every region's children by year, from the tables that stand; nothing with fewer than two years."""
    cells = ReleaseCell.objects.filter(
        release__indicator=indicator, release__status="published", age_group=TOTAL
    ).order_by("release__published_at", "id")
    found: dict[str, dict[int, int | None]] = {}
    for region, year, value in cells.values_list("region", "release__year", "value"):
        found.setdefault(region, {})[year] = value
    years = sorted({year for by_year in found.values() for year in by_year})
    if len(years) < 2:  # noqa: PLR2004 - one year is no course
        return []
    names = region_labels()
    return [
        Course(names.get(region, region), [(year, by_year.get(year)) for year in years], region == TOTAL)
        for region, by_year in found.items()
        if region != UNKNOWN or any(by_year.values())
    ]
