"""The plainest table, for the oracle and the ledger: counts by two dimensions, with their margins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amparo.methods.disclosure import TOTAL

Cell = tuple[str, str]


@dataclass(frozen=True)
class Published:
    """What the public sees: a count for every cell of the grid, margins included, and None where it is hidden."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]

    @property
    def hidden(self) -> frozenset[Cell]:
        return frozenset(cell for cell, count in self.cells.items() if count is None)


@dataclass(frozen=True)
class Table:
    """The true counts of the inner cells; one that is not given is nought."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[Cell, int]

    @property
    def inner(self) -> list[Cell]:
        """The finest cells, row by row."""
        return [(row, column) for row in self.rows for column in self.columns]

    @property
    def sums(self) -> dict[Cell, list[Cell]]:
        """Every cell that is published, margins last in their line, and the inner cells that it sums."""
        return {
            (row, column): [
                (r, c)
                for r in (self.rows if row == TOTAL else (row,))
                for c in (self.columns if column == TOTAL else (column,))
            ]
            for row in (*self.rows, TOTAL)
            for column in (*self.columns, TOTAL)
        }

    @property
    def cells(self) -> dict[Cell, int]:
        """The true count of every cell, margins included."""
        return {cell: sum(self.counts.get(each, 0) for each in parts) for cell, parts in self.sums.items()}

    def hiding(self, hidden: Iterable[Cell]) -> Published:
        """The table as the public sees it when `hidden` is hidden. Why a cell is hidden cannot be told from it."""
        gone = frozenset(hidden)
        shown = {cell: None if cell in gone else count for cell, count in self.cells.items()}
        return Published(self.rows, self.columns, shown)
