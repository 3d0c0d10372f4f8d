"""Which charts a published table gets: what its dimensions are shown best by."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amparo.interfaces.design.charts import pyramid, regions
from amparo.interfaces.design.plots import multiples
from amparo.methods.disclosure import TOTAL
from amparo.methods.tabulation.indicators import TIMES
from amparo.publication.naming import labels, named, title
from amparo.publication.sheets import Codes, Shown
from amparo.publication.summary import margin

_MOST_PERIODS, _MOST_LINES = 12, 24


@dataclass(frozen=True)
class Line:
    """A course over time."""

    label: str
    points: list[tuple[str, int | None]]


@dataclass(frozen=True)
class Chart:
    """What it shows in words, and the drawing."""

    words: str
    svg: SafeString


def charts(sheet: Shown, number: int) -> list[Chart]:
    """Of a table: a pyramid by age and sex, a map by region, lines over time; none where nothing fits."""
    found = []
    if set(sheet.by) in ({"age_group", "sex"}, {"age", "sex"}):
        found.append(_pyramid(sheet, number))
    if "region" in sheet.by and (drawn := _regions(sheet, number)):
        found.append(drawn)
    return found


def lines(sheet: Shown) -> list[tuple[str, SafeString]]:
    """Small multiples: a line over time for each code of the other dimensions, all on one scale."""
    at = next((axis for axis, each in enumerate(sheet.by) if each in TIMES), None)
    if at is None or len(sheet.codes[at]) - 1 > _MOST_PERIODS:
        return []
    courses: dict[Codes, list[tuple[str, int | None]]] = {}
    for place, value in sheet.cells.items():
        if place[at] != TOTAL:
            courses.setdefault((*place[:at], *place[at + 1 :]), []).append((place[at], value))
    others = [labels(each, sheet.codes[axis]) for axis, each in enumerate(sheet.by) if axis != at]
    drawn = [
        Line(" · ".join(words[code] for words, code in zip(others, place, strict=True)) or title(sheet.by[at]), points)
        for place, points in courses.items()
        if any(value != 0 for _period, value in points)
    ]
    label = _("by {time}; the table has the same numbers").format(time=title(sheet.by[at]))
    return multiples(drawn, label=label) if len(drawn) <= _MOST_LINES else []


def _pyramid(sheet: Shown, number: int) -> Chart:
    age, sex = ("age_group" if "age_group" in sheet.by else "age"), sheet.by.index("sex")
    ages = [code for code in sheet.codes[1 - sex] if code[:1] in {"Y", *"0123456789"}]

    def side(code: str) -> tuple[str, list[int | None]]:
        return named("sex", code), [sheet.cells[(code, each) if sex == 0 else (each, code)] for each in ages]

    words = _("Girls and boys by age: a bar for each age, girls to the one side, boys to the other.")
    drawn: Any = pyramid(
        [named(age, each) for each in ages], side("female"), side("male"), label=words, hidden=_("hidden"),
        id=f"pyramid-{number}",
    )  # fmt: skip
    return Chart(words, drawn)


def _regions(sheet: Shown, number: int) -> Chart | None:
    counts = margin(sheet, "region")
    words = _("Map of the regions: the darker, the more. Hatched: hidden, which is not nought.")
    names = labels("region", counts)
    drawn = regions(counts, names, label=words, hidden=_("hidden"), id=f"map-{number}")
    return Chart(words, drawn) if drawn else None
