"""A published table as every format needs it: what its columns mean, its cells, and where it comes from.

It is made of what was published and of nothing else: of a hidden cell there is no number here that could leak.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

TOTAL = "_T"
HIDDEN, SHOWN = "hidden", "shown"


@dataclass(frozen=True)
class Dimension:
    """What divides the children. `words` says each code in the reader's language, in the table's order."""

    code: str
    title: str
    words: Mapping[str, str]
    terms: str = ""  # the address of its code list, where it has one
    adds_up: bool = True  # else one may stand in several cells, and a total counts each once


@dataclass(frozen=True)
class About:
    """What the figure is, what it is not, and how it was made. Words are in `language`."""

    reference: str
    indicator: str
    title: str
    unit: str
    year: int
    published: date
    definition: str
    not_said: str
    source: str
    method: str
    policy: Mapping[str, object]
    snapshot: str  # SHA-256 of the frozen year, as hexadecimal
    software: str
    licence: str
    address: str
    cite: str
    language: str
    demonstration: bool
    first_year: int = 0  # of several; nought: only `year`
    table: int = 0  # which of the release's tables
    counted: str = "child"  # the unit as a code

    @property
    def years(self) -> str:
        """2025, or 2023–2025."""
        return f"{self.year}" if self.first_year in {0, self.year} else f"{self.first_year}–{self.year}"

    @property
    def name(self) -> str:
        """Of its files, without the ending."""
        table = f"_{self.table + 1}" if self.table else ""
        return f"{self.indicator}_{self.years.replace('–', '_')}_{self.reference}{table}"

    @property
    def rule(self) -> str:
        """The policy of protection on one line."""
        return ", ".join(f"{name} {value}" for name, value in self.policy.items())


@dataclass(frozen=True)
class Figure:
    """`cells` by one code of each dimension, in the table's order, totals (``_T``) included; None: hidden."""

    about: About
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], int | None]

    @property
    def period(self) -> tuple[str, str]:
        """The column that says the years of the whole table, and what it says: ``year``, or ``period`` of several."""
        one = self.about.first_year in {0, self.about.year} and "year" not in {each.code for each in self.dimensions}
        return ("year", str(self.about.year)) if one else ("period", self.about.years.replace("–", "/"))

    def lines(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], int | None]]:
        """The codes, their words, and the value of each cell."""
        for codes, value in self.cells.items():
            words = tuple(each.words.get(code, code) for each, code in zip(self.dimensions, codes, strict=True))
            yield codes, words, value


def provenance(about: About) -> dict[str, str]:
    """What every file of a figure carries, so that a line cut out of it still says where it comes from."""
    return {
        "release": about.reference,
        "published": about.published.isoformat(),
        "snapshot": about.snapshot,
        "policy": about.rule,
        "software": about.software,
        "licence": about.licence,
        "address": about.address,
        "cite": about.cite,
    }
