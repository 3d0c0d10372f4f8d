"""The engines by name; each takes a snapshot's tables and answers any question the same."""

from collections.abc import Mapping
from typing import Any, Protocol

from amparo.common.errors import Invalid
from amparo.methods.tabulation import oracle
from amparo.methods.tabulation.arrays import Arrays
from amparo.methods.tabulation.asking import Plan, Table
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.spark import Spark


class Engine(Protocol):
    """What answers questions."""

    def count(self, asked: Plan) -> Table: ...
    def close(self) -> None: ...


class Oracle:
    """Plain Python: for small snapshots, and for whoever doubts an engine."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.facts = {name: table.to_pylist() for name, table in tables.items()}

    def count(self, asked: Plan) -> Table:
        return oracle.count(self.facts, asked)

    def close(self) -> None:
        self.facts = {}


NAMES = ("arrays", "duckdb", "spark", "python")


def engine(name: str, tables: Mapping[str, Any]) -> Engine:
    """Raises `Invalid` for an engine that there is not, `AmparoError` for one whose extra is not installed."""
    if name == "arrays":
        return Arrays(lambda table, column: tables[table][column])
    if name == "duckdb":
        return Duck(tables)
    if name == "spark":
        return Spark(tables)
    if name == "python":
        return Oracle(tables)
    raise Invalid({"engine": f"There is no engine {name}. There are: {', '.join(NAMES)}."})
