"""The usual engine: DuckDB over the columns of a snapshot, in memory, on one machine."""

from collections.abc import Mapping
from typing import Any

from amparo.methods.extra import duckdb
from amparo.methods.tabulation.asking import TOTAL, Cell, Plan, Table
from amparo.methods.tabulation.sql import DUCKDB, statements


class Duck:
    """A snapshot's tables, loaded once and asked often. `threads`: how many processors a question may use.

    Raises `AmparoError` when the extra is not installed.
    """

    def __init__(self, tables: Mapping[str, Any], *, threads: int = 2) -> None:
        self.database = duckdb().connect(":memory:", config={"threads": threads})
        for name, table in tables.items():
            self.database.register("incoming", table)
            self.database.execute(f"CREATE TABLE t_{name} AS SELECT * FROM incoming")  # noqa: S608 - our own names
            self.database.unregister("incoming")

    def count(self, asked: Plan) -> Table:
        """The table."""
        cells: dict[tuple[str, ...], Cell] = {}
        for places, statement in statements(asked, DUCKDB):
            for row in self.database.cursor().execute(statement).fetchall():
                take(cells, asked, places, row)
        return Table(tuple(part.code for part in asked.by), cells)

    def close(self) -> None:
        self.database.close()


def take(cells: dict[tuple[str, ...], Cell], asked: Plan, places: tuple[int, ...], row: tuple[Any, ...]) -> None:
    """One line of an answer; no line of a total comes where nobody was counted."""
    coordinate = [TOTAL] * len(asked.by)
    for place, code in zip(places, row, strict=False):
        coordinate[place] = TOTAL if code is None else code
    number, key, *quartiles = row[len(places) :]
    if number:
        cells[tuple(coordinate)] = Cell(number, key, tuple(quartiles))

