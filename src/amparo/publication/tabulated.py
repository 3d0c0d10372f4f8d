"""Tables of a release laid out for reading: lines and columns in words, each number or its being hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amparo.methods.disclosure import TOTAL
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication.kin import single
from amparo.publication.models import Release
from amparo.publication.naming import labels, title
from amparo.publication.sheets import Codes, Shown, sheets_of

MOST_COLUMNS = 12  # more codes than these go down


@dataclass(frozen=True)
class Number:
    """One cell; `value` None: hidden. `of` names its column, for a narrow screen."""

    value: int | None
    of: str
    total: bool


@dataclass(frozen=True)
class Line:
    """The codes of a line in words, and its numbers, the total last."""

    label: str
    numbers: list[Number]
    total: bool


@dataclass(frozen=True)
class Laid:
    """A table for a page. `by`: its dimensions in words; `several`: those over which a total is no sum."""

    number: int
    head: str
    by: str
    columns: list[str]
    lines: list[Line]
    hidden: int
    several: list[str]


def lay_out(release: Release) -> list[Laid]:
    """Every table, in the words of the language that is active."""
    return [_laid(release.indicator, number, sheet) for number, sheet in enumerate(sheets_of(release))]


def _laid(indicator: str, number: int, sheet: Shown) -> Laid:
    across = sheet.by[-1] if len(sheet.by) > 1 and len(sheet.codes[-1]) <= MOST_COLUMNS else ""
    down = sheet.by[:-1] if across else sheet.by
    columns = labels(across, sheet.codes[-1]) if across else {"": _("Number")}
    words = [labels(dimension, codes) for dimension, codes in zip(down, sheet.codes, strict=False)]
    lines: dict[Codes, list[Number]] = {}
    for place, value in sheet.cells.items():
        of = columns[place[-1] if across else ""]
        lines.setdefault(place[: len(down)], []).append(Number(value, of, TOTAL in place))
    found = catalogue().indicator(indicator)
    return Laid(
        number, " · ".join(map(title, down)), ", ".join(map(title, sheet.by)), list(columns.values()),
        [Line(_label(words, place), numbers, TOTAL in place) for place, numbers in lines.items()],
        len(sheet.hidden), [title(each) for each in sheet.by if not single(found, each)],
    )  # fmt: skip


def _label(words: Sequence[Mapping[str, str]], place: Codes) -> str:
    return " · ".join(named[code] for named, code in zip(words, place, strict=True))
