"""A piece of an answer as rows and columns in words."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from amparo.counting.frozen.queries import Seen
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication.naming import names, title


@dataclass(frozen=True)
class Row:
    """A row: its names, its cells, its total, and the quartiles in words where the indicator gives some."""

    heads: list[str]
    cells: SafeString
    last: int
    quartiles: str = ""

    @property
    def name(self) -> str:
        return ", ".join(self.heads)


@dataclass(frozen=True)
class Laid:
    """`heads`: of the rows; `columns`: in words; `total`: the row of all. `several`: over these a total is no sum."""

    heads: list[str]
    columns: list[str]
    rows: list[Row]
    total: Row
    of: bool
    several: list[str]


def lay_out(seen: Seen) -> Laid:
    """With the total as last column, and last row apart."""
    piece, indicator = seen.sheet, catalogue().indicator(seen.question.indicator)
    across = seen.question.by[len(piece.down) :]
    columns = [names(across[0])(code) for code in piece.across] if across else [_("Number")]
    starts = [format_html('<td class="number" data-label="{}">', column) for column in columns]
    named = [names(dimension) for dimension in piece.down]
    rows = [
        Row(
            [name(code) for name, code in zip(named, codes, strict=True)],
            _cells(starts, numbers),
            numbers[-1],
            _quartiles(seen, (*codes, *(TOTAL for _each in across))),
        )
        for codes, numbers in piece.rows
    ]
    everybody = _quartiles(seen, (TOTAL,) * len(seen.question.by))
    total = Row([names("sex")(TOTAL)], _cells(starts, piece.all), piece.all[-1], everybody)
    several = [title(each) for each in seen.question.by if not indicator.single(catalogue().dimensions[each])]
    return Laid([title(each) for each in piece.down], columns, rows, total, bool(indicator.of), several)


def _cells(starts: list[SafeString], numbers: list[int]) -> SafeString:
    # Hundreds of cells a page: a template would take half of the page's time. Names were escaped, numbers are our own.
    return mark_safe("".join(f"{start}{number}</td>" for start, number in zip(starts, numbers, strict=True)))  # noqa: S308


def _quartiles(seen: Seen, place: tuple[str, ...]) -> str:
    found = seen.quartiles.get(place)
    if found is None:
        return ""
    return _("{middle} (half of them {low} to {high})").format(middle=found[1], low=found[0], high=found[2])
