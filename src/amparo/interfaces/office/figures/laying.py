"""A piece of an answer as rows and columns in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amparo.counting.frozen.queries import Seen
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication.naming import names, title


@dataclass(frozen=True)
class Row:
    """A row: its names, its numbers each with its column, and the quartiles in words where the indicator gives some."""

    heads: list[str]
    numbers: list[tuple[str, int]]
    quartiles: str = ""

    @property
    def name(self) -> str:
        return ", ".join(self.heads)

    @property
    def last(self) -> int:
        """The total of the row."""
        return self.numbers[-1][1]


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
    named = [names(dimension) for dimension in piece.down]
    rows = [
        Row(
            [name(code) for name, code in zip(named, codes, strict=True)],
            list(zip(columns, numbers, strict=True)),
            _quartiles(seen, (*codes, *(TOTAL for _each in across))),
        )
        for codes, numbers in piece.rows
    ]
    everybody = _quartiles(seen, (TOTAL,) * len(seen.question.by))
    total = Row([names("sex")(TOTAL)], list(zip(columns, piece.all, strict=True)), everybody)
    several = [title(each) for each in seen.question.by if not indicator.single(catalogue().dimensions[each])]
    return Laid([title(each) for each in piece.down], columns, rows, total, bool(indicator.of), several)


def _quartiles(seen: Seen, place: tuple[str, ...]) -> str:
    found = seen.quartiles.get(place)
    if found is None:
        return ""
    return _("{middle} (half of them {low} to {high})").format(middle=found[1], low=found[0], high=found[2])
