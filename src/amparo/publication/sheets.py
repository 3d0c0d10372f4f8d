"""Tables as they are published: any number of dimensions, totals included; of a hidden cell only that it is hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from amparo.methods.disclosure import TOTAL
from amparo.publication.models import Release, ReleaseCell

REST: Final = "rest"  # all codes of a long list that the table does not name
Codes = tuple[str, ...]
_BETWEEN = "|"


@dataclass(frozen=True)
class Sheet:
    """What a table is to show: its dimensions, and the codes of each in their order, the total last."""

    by: tuple[str, ...]
    codes: tuple[Codes, ...]

    @property
    def places(self) -> Iterable[Codes]:
        """Every cell, line by line; the last dimension goes across."""
        return product(*self.codes)


@dataclass(frozen=True)
class Shown(Sheet):
    """… and its counts; None: hidden."""

    cells: Mapping[Codes, int | None]

    @property
    def hidden(self) -> frozenset[Codes]:
        return frozenset(place for place, value in self.cells.items() if value is None)

    @property
    def whole(self) -> int | None:
        """The total of all."""
        return self.cells[(TOTAL,) * len(self.by)]


def sheets_of(release: Release) -> list[Shown]:
    """The tables of a release as they are, or would be, published."""
    cells: dict[int, dict[Codes, int | None]] = {}
    for cell in sorted(release.cells.all(), key=lambda cell: cell.id):
        cells.setdefault(cell.table, {})[tuple(cell.place.split(_BETWEEN))] = cell.value
    return [
        Shown(tuple(by), tuple(tuple(dict.fromkeys(axis)) for axis in zip(*cells[number], strict=True)), cells[number])
        for number, by in enumerate(release.tables)
    ]


def cells_of(release: Release, sheets: Sequence[Shown]) -> list[ReleaseCell]:
    """The rows to keep of tables that are to be published."""
    return [
        ReleaseCell(release=release, table=number, place=_BETWEEN.join(place), shown=value is not None, value=value)
        for number, sheet in enumerate(sheets)
        for place, value in sheet.cells.items()
    ]
