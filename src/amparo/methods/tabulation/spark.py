"""The engine for more children than one machine holds: Apache Spark, on this machine or on a cluster by configuration.

`AMPARO_SPARK_MASTER` names the cluster (`local[2]` without it). Spark and Java are an extra of their own.
"""

import os
from collections.abc import Mapping
from typing import Any

from amparo.common.errors import AmparoError
from amparo.methods.tabulation.asking import Cell, Plan, Table
from amparo.methods.tabulation.duck import take
from amparo.methods.tabulation.sql import SPARK, statements

MISSING = "This engine needs the extra `spark` and Java 17: install amparo[spark]."
_QUIET = {
    "spark.ui.enabled": "false", "spark.log.level": "ERROR", "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}  # fmt: skip


class Spark:
    """A snapshot's tables in a session of its own. Raises `AmparoError` when the extra or Java is not installed."""

    def __init__(self, tables: Mapping[str, Any], *, parts: int = 2) -> None:
        self.session = _session(parts)
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


def _session(parts: int) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    master = os.environ.get("AMPARO_SPARK_MASTER", "local[2]")
    built = SparkSession.builder.appName("amparo").master(master).config("spark.sql.shuffle.partitions", parts)
    if master.startswith("local"):
        built = built.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    for name, value in _QUIET.items():
        built = built.config(name, value)
    try:
        return built.getOrCreate()
    except (PySparkException, OSError, RuntimeError):
        raise AmparoError(MISSING) from None
