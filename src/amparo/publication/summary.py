"""A release in plain sentences, from what is shown and nothing else, and the same indicator over the years."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.counting.positions import CHILDREN_IDENTIFIED, UNKNOWN
from amparo.methods.disclosure import TOTAL
from amparo.methods.tabulation.indicators import TIMES
from amparo.methods.tabulation.schema import NOT_RECORDED
from amparo.publication.indicators import unit
from amparo.publication.models import Release
from amparo.publication.naming import labels, named, title
from amparo.publication.sheets import REST, Shown, sheets_of

_NOBODY = {UNKNOWN, NOT_RECORDED, REST, TOTAL}


def sentences(release: Release) -> list[str]:
    """How many, which code of each dimension most, and how much is hidden. A hidden count is compared with nothing."""
    sheets = sheets_of(release)
    total = sheets[0].whole
    if total is None:
        return [_few(release)]
    told = [_all(release, total)]
    for dimension, sheet in {each: one for one in sheets for each in one.by if each not in TIMES}.items():
        if most := _most(sheet, dimension):
            told.append(_largest(release, dimension, most))
    if hidden := sum(len(sheet.hidden) for sheet in sheets):
        words = ngettext("{hidden} count is hidden.", "{hidden} counts are hidden.", hidden)
        told.append(words.format(hidden=hidden))
    return told


def _few(release: Release) -> str:
    if release.indicator == CHILDREN_IDENTIFIED:
        said = _("In {year}, so few children were met that not even their number is shown.")
        return said.format(year=release.years)
    return _("{year}: so few that not even their number is shown.").format(year=release.years)


def _all(release: Release, total: int) -> str:
    shown = number_format(total, force_grouping=True)
    if release.indicator == CHILDREN_IDENTIFIED:
        said = ngettext(
            "In {year}, agencies met {total} child as a possible victim and opened a case.",
            "In {year}, agencies met {total} children as possible victims and opened a case for each.", total,
        )  # fmt: skip
        return said.format(year=release.years, total=shown)
    said = _("{title}, {year}, in all: {total} {unit}.")
    return said.format(title=title(release.indicator), year=release.years, total=shown, unit=unit(release.indicator))


def _largest(release: Release, dimension: str, code: str) -> str:
    name = named(dimension, code)
    if dimension == "age_group":
        return _("The largest age group: {name}.").format(name=name)
    if dimension == "region" and release.indicator == CHILDREN_IDENTIFIED:
        return _("The region whose agencies met most: {name}.").format(name=name)
    return _("Most, by {dimension}: {name}.").format(dimension=title(dimension), name=name)


def margin(sheet: Shown, dimension: str) -> dict[str, int | None]:
    """The counts of one dimension, over all others."""
    axis = sheet.by.index(dimension)
    return {
        place[axis]: value
        for place, value in sheet.cells.items()
        if all(code == TOTAL for at, code in enumerate(place) if at != axis)
    }


def _most(sheet: Shown, dimension: str) -> str | None:
    """The code with the largest count; none when one is hidden or the largest is shared, or nobody is there."""
    counts = {code: value for code, value in margin(sheet, dimension).items() if code not in _NOBODY}
    shown = [number for number in counts.values() if number is not None]
    if len(shown) < len(counts) or not shown or not max(shown) or shown.count(max(shown)) > 1:
        return None
    return next(code for code, number in counts.items() if number == max(shown))


@dataclass(frozen=True)
class Course:
    """A region over the years: a number a year, None where it is hidden or nothing stands."""

    label: str
    points: list[tuple[int, int | None]]
    total: bool


def over_the_years(indicator: str) -> list[Course]:
    """Every region's count by year, from the tables of one year that stand; nothing with fewer than two years."""
    found: dict[str, dict[int, int | None]] = {}
    for year, region, value in _by_year(indicator):
        found.setdefault(region, {})[year] = value
    years = sorted({year for by_year in found.values() for year in by_year})
    if len(years) < 2:  # noqa: PLR2004 - one year is no course
        return []
    names = labels("region", found)
    return [
        Course(names[region], [(year, by_year.get(year)) for year in years], region == TOTAL)
        for region, by_year in found.items()
        if region != UNKNOWN or any(by_year.values())
    ]


def _by_year(indicator: str) -> Iterator[tuple[int, str, int | None]]:
    standing = Release.objects.filter(indicator=indicator, status="published").prefetch_related("cells")
    for release in standing.order_by("published_at", "id"):
        if release.first_year == release.year:
            for sheet in (each for each in sheets_of(release) if "region" in each.by):
                yield from ((release.year, region, value) for region, value in margin(sheet, "region").items())
