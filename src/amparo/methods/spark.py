"""A session of Apache Spark, on this machine or on a cluster by configuration.

`AMPARO_SPARK_MASTER` names the cluster (`local[2]` without it). Spark and Java are an extra of their own.
"""

import os
import sys
from typing import Any

from amparo.common.errors import AmparoError

MISSING = "This engine needs the extra `spark` and Java 17: install amparo[spark]."
_QUIET = {
    "spark.ui.enabled": "false", "spark.log.level": "ERROR", "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}  # fmt: skip


def session(parts: int) -> Any:
    """The session of this program, made when there is none. Raises `AmparoError` without the extra or Java."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise AmparoError(MISSING) from None
    master = os.environ.get("AMPARO_SPARK_MASTER", "local[2]")
    built = SparkSession.builder.appName("amparo").master(master).config("spark.sql.shuffle.partitions", parts)
    if master.startswith("local"):
        built = built.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    built = built.config("spark.pyspark.python", sys.executable) if master.startswith("local") else built
    for name, value in _QUIET.items():
        built = built.config(name, value)
    try:
        return built.getOrCreate()
    except (PySparkException, OSError, RuntimeError):
        raise AmparoError(MISSING) from None
