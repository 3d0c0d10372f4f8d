"""The engine for more children than one machine holds: Apache Spark (see `methods.spark`)."""

from collections.abc import Mapping
from typing import Any

from amparo.methods.spark import session
from amparo.methods.tabulation.asking import Cell, Plan, Table
from amparo.methods.tabulation.duck import take
from amparo.methods.tabulation.sql import SPARK, statements


class Spark:
    """A snapshot's tables in a session of its own. Raises `AmparoError` when the extra or Java is not installed."""

    def __init__(self, tables: Mapping[str, Any], *, parts: int = 2) -> None:
        self.session = session(parts)
        for name, table in tables.items():
            self.session.createDataFrame(table).repartition(parts).cache().createOrReplaceTempView(f"t_{name}")

    def count(self, asked: Plan) -> Table:
        """The table."""
        cells: dict[tuple[str, ...], Cell] = {}
        for places, statement in statements(asked, SPARK):
            for row in self.session.sql(statement).collect():
                take(cells, asked, places, tuple(row))
        return Table(tuple(part.code for part in asked.by), cells)

    def close(self) -> None:
        """Forget the tables; the session ends with the program, for the next question would wait for a new one."""
        self.session.catalog.clearCache()
