"""An answer as rows and columns in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amparo.counting.frozen.queries import Answer
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication.naming import named, order, title


@dataclass(frozen=True)
class Row:
    """A row: its name, its numbers each with its column, and the quartiles in words where the indicator gives some."""

    name: str
    numbers: list[tuple[str, int]]
    quartiles: str = ""

    @property
    def last(self) -> int:
        """The total of the row."""
        return self.numbers[-1][1]


@dataclass(frozen=True)
class Laid:
    """`head`: of the rows; `columns`: in words; `total`: the row of all. `several`: over these a total is no sum."""

    head: str
    columns: list[str]
    rows: list[Row]
    total: Row
    of: bool
    several: list[str]


def lay_out(answer: Answer) -> Laid:
    """With the total as last column, and last row apart; rows in the order of their list."""
    by = answer.question.by
    grid = answer.grid.ordered([order(dimension) for dimension in by])
    numbers = grid.numbers.reshape(
        (grid.numbers.shape[0] if by else 1, grid.numbers.shape[1] if len(by) > 1 else 1)
    ).tolist()  # fmt: skip
    names = [named(by[0], code) for code in grid.codes[0]] if by else [named("sex", TOTAL)]
    columns = [named(by[1], code) for code in grid.codes[1]] if len(by) > 1 else [_("Number")]
    codes = list(grid.codes[0]) if by else []
    rows = [
        Row(name, list(zip(columns, line, strict=True)), _quartiles(answer, (code,) if len(by) == 1 else (code, TOTAL)))
        for name, line, code in zip(names, numbers, codes or [TOTAL], strict=False)
    ]
    indicator = catalogue().indicator(answer.question.indicator)
    if not rows:  # nobody was counted, not even in all
        rows = [Row(named("sex", TOTAL), [(column, 0) for column in columns])]
    several = [title(each) for each in by if not indicator.single(catalogue().dimensions[each])]
    head = title(by[0]) if by else ""
    return Laid(head, columns, rows[:-1], rows[-1], bool(indicator.of), several)


def _quartiles(answer: Answer, place: tuple[str, ...]) -> str:
    found = answer.quartiles.get(place if answer.question.by else ())
    if found is None:
        return ""
    return _("{middle} (half of them {low} to {high})").format(middle=found[1], low=found[0], high=found[2])
