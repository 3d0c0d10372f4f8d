"""A question, and what every engine makes of it: the same plan, the same shape of answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from amparo.common.errors import Invalid
from amparo.methods.tabulation.indicators import INCIDENT, MOMENT, OWN, Catalogue, Dimension, Indicator

TOTAL: Final = "_T"  # SDMX's code for a total
# Record keys add up modulo this (`disclosure.cellkey`): whoever adds them up, in whatever order, finds the same key.
KEYS: Final = 1 << 32
MOST: Final = 6
QUARTERS: Final = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Question:
    """Which indicator, broken down by what, of whom. `where`: codes of a dimension of which a row must have one.

    `totals`: with every margin (dimension left out in all ways), or the finest cells only.
    """

    indicator: str
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: bool = True


@dataclass(frozen=True)
class Cell:
    """How many distinct units, the sum of their record keys (modulo `KEYS`), and the quartiles where numbers are asked.

    A quartile is the smallest number that at least that share of the units do not exceed: always one that occurs.
    """

    number: int
    key: int = 0
    quartiles: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """Counts by coordinate: a code a dimension, `TOTAL` where it is left out. A cell that is not there has nobody."""

    by: tuple[str, ...]
    cells: Mapping[tuple[str, ...], Cell]

    @property
    def total(self) -> int:
        """How many in all."""
        found = self.cells.get((TOTAL,) * len(self.by))
        return found.number if found else 0


@dataclass(frozen=True)
class Part:
    """A column of a plan: in which table it stands, and how it is read."""

    code: str
    table: str
    column: str
    kind: str  # code, codes (several a row), or a unit of time: year, quarter, month
    single: bool


@dataclass(frozen=True)
class Plan:
    """A question that fits its indicator. `fixed` is the population, `asked` what the reader adds to it."""

    indicator: Indicator
    by: tuple[Part, ...]
    fixed: tuple[tuple[str, str, tuple[str, ...]], ...]
    asked: tuple[tuple[Part, tuple[str, ...]], ...]
    totals: bool

    @property
    def tables(self) -> set[str]:
        """Which tables must be read."""
        joined = {part.table for part in (*self.by, *(part for part, _ in self.asked))}
        return {self.indicator.source, self.indicator.unit} | joined | {table for table, _, _ in self.fixed}

    @property
    def repeats(self) -> bool:
        """May a unit have several rows?"""
        source, unit = self.indicator.source, self.indicator.unit
        return unit != source or (INCIDENT in self.tables and source != INCIDENT)

    def several(self) -> list[int]:
        """Places in `by` over which a total is no sum."""
        return [place for place, part in enumerate(self.by) if not part.single]


def plan(question: Question, catalogue: Catalogue) -> Plan:
    """Raises `Invalid` for a dimension that the indicator has not, one asked twice, or more than six."""
    indicator = catalogue.indicator(question.indicator)
    if len(question.by) > MOST or len(set(question.by)) < len(question.by):
        raise Invalid({"by": f"Break down by up to {MOST} different dimensions."})
    allowed = catalogue.allowed(indicator)
    for code in (*question.by, *question.where):
        if code not in allowed:
            raise Invalid({"by": f"{indicator.title}: not by {code}. It may be by: {', '.join(allowed)}."})
    fixed = tuple(_fixed(indicator, column, codes) for column, codes in indicator.where.items())
    asked = tuple((_part(indicator, allowed[code]), tuple(codes)) for code, codes in question.where.items())
    return Plan(
        indicator, tuple(_part(indicator, allowed[code]) for code in question.by), fixed, asked, question.totals
    )


def _part(indicator: Indicator, dimension: Dimension) -> Part:
    table = indicator.source if dimension.of in {OWN, MOMENT} else dimension.of
    column = indicator.moment if dimension.of == MOMENT else dimension.column
    kind = dimension.code if dimension.of == MOMENT else "codes" if dimension.several else "code"
    return Part(dimension.code, table, column, kind, indicator.single(dimension))


def _fixed(indicator: Indicator, column: str, codes: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    owner, dot, name = column.partition(".")
    return (owner, name, tuple(codes)) if dot else (indicator.source, column, tuple(codes))


def time_code(kind: str, month: int) -> str:
    """202507 as a year, a quarter or a month: 2025, 2025-Q3, 2025-07 (SDMX's time periods)."""
    year, within = divmod(month, 100)
    return {"year": f"{year}", "quarter": f"{year}-Q{(within + 2) // 3}", "month": f"{year}-{within:02}"}[kind]


def time_number(code: str) -> int:
    """The number by which engines know a time: 2025, 20253, 202507; nought for what is none."""
    number = code.replace("-Q", "").replace("-", "")
    return int(number) if number.isdecimal() else 0


def time_shown(kind: str, number: int) -> str:
    """The code of such a number."""
    if kind == "quarter":
        return f"{number // 10}-Q{number % 10}"
    return f"{number // 100}-{number % 100:02}" if kind == "month" else str(number)
