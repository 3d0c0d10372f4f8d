"""The usual engine: DuckDB over the columns of a snapshot, in memory, on one machine."""

from collections.abc import Iterator, Mapping
from typing import Any

from amparo.methods.extra import duckdb
from amparo.methods.tabulation.asking import TOTAL, Cell, Plan, Table, time_shown
from amparo.methods.tabulation.schema import CODE, CODES, NOT_RECORDED, columns
from amparo.methods.tabulation.sql import DUCKDB, statements


class Duck:
    """A snapshot's tables, loaded once and asked often. `threads`: how many processors a question may use.

    Codes are kept as DuckDB's enumerations: grouping by one costs as much as by a small number. Raises `AmparoError`
    when the extra is not installed.
    """

    def __init__(self, tables: Mapping[str, Any], *, threads: int = 2) -> None:
        self.database = duckdb().connect(":memory:", config={"threads": threads})
        for name, table in tables.items():
            self.database.register("incoming", table)
            self._load(name)
            self.database.unregister("incoming")
        self._say_what_is_not_there()

    def count(self, asked: Plan) -> Table:
        """The table."""
        cells: dict[tuple[str, ...], Cell] = {}
        for places, statement in statements(asked, DUCKDB):
            for row in self.database.cursor().execute(statement).fetchall():
                take(cells, asked, places, row)
        return Table(tuple(part.code for part in asked.by), cells)

    def columns(self, asked: Plan) -> Iterator[Any]:
        """The same as Arrow tables, one for each statement; an enumeration is a dictionary."""
        for _places, statement in statements(asked, DUCKDB):
            yield self.database.cursor().sql(statement).to_arrow_table()

    def close(self) -> None:
        self.database.close()

    def _load(self, name: str) -> None:
        chosen = []
        for column, kind in columns(name).items():
            if kind == CODE:
                codes = f"SELECT '{NOT_RECORDED}' UNION SELECT {column} FROM incoming ORDER BY 1"  # noqa: S608 - our own names
                self.database.execute(f"CREATE TYPE e_{name}_{column} AS ENUM ({codes})")
                chosen.append(f'CAST("{column}" AS e_{name}_{column}) AS "{column}"')
            else:
                chosen.append(f'"{column}"')
        self.database.execute(f"CREATE TABLE t_{name} AS SELECT {', '.join(chosen)} FROM incoming")  # noqa: S608

    def _say_what_is_not_there(self) -> None:
        """A child without incidents has one that says so: a join needs no outer side, and a code is never missing."""
        silent = [
            f"'{NOT_RECORDED}' AS {name}" if kind == CODE else f"[] AS {name}"
            for name, kind in columns("incident").items()
            if kind in {CODE, CODES}
        ]
        self.database.execute("CREATE TABLE t_occurrence AS SELECT * FROM t_incident")
        self.database.execute(
            f"INSERT INTO t_occurrence BY NAME SELECT child, {', '.join(silent)} FROM t_child "  # noqa: S608
            "WHERE child NOT IN (SELECT child FROM t_incident)"
        )


def take(cells: dict[tuple[str, ...], Cell], asked: Plan, places: tuple[int, ...], row: tuple[Any, ...]) -> None:
    """One line of an answer; no line of a total comes where nobody was counted."""
    coordinate = [TOTAL] * len(asked.by)
    for place, code in zip(places, row, strict=False):
        if code is not None:
            coordinate[place] = time_shown(asked.by[place].kind, code) if isinstance(code, int) else code
    number, key, *quartiles = row[len(places) :]
    if number:
        cells[tuple(coordinate)] = Cell(number, key, tuple(map(int, quartiles)))
