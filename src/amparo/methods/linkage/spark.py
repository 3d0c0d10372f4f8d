"""The same tables on Apache Spark, for more records than one machine holds; Splink compares there, too.

`AMPARO_SPARK_MASTER` names the cluster, whose machines need Amparo and this folder; `local[2]` without it. A run is
not resumed: what is noted lives as long as the run.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from amparo.methods.linkage.comparisons import sounds
from amparo.methods.linkage.tables import Columns, Settings, extras, weighed_by
from amparo.methods.spark import session

# What is called otherwise in Spark's SQL than in DuckDB's.
_ALIKE = "amparo_alike"  # a name that no Spark has for a way of its own
_CALLED = (
    (r"\bjaro_winkler_similarity\(", f"{_ALIKE}("),
    (r"\blist_has_any\(", "arrays_overlap("),
    (r"\blen\(", "size("),
    (r"([\w.]+)\[1\]", r"get(\1, 0)"),
)


class Spark:
    """Tables as Parquet files in a folder of their own. Raises `AmparoError` without the extra `spark` or Java 17."""

    def __init__(self, folder: Path | None = None, *, parts: int = 2) -> None:
        self._splink = extras()[1]
        self.session = session(parts)
        self._folder = Path(tempfile.mkdtemp(prefix="amparo-link-", dir=folder))
        self._files, self._notes, self._views = count(), dict[str, str](), dict[str, list[str]]()
        self.session.udf.register(_ALIKE, _alike())

    def put(self, name: str, rows: Any) -> None:
        import pyarrow.parquet

        path = self._path()
        pyarrow.parquet.write_table(rows, path)
        self._show(name, [*self._views.get(name, ()), path])

    def add(self, name: str, query: str) -> None:
        self._show(name, [*self._views.get(name, ()), self._kept(query)])

    def make(self, name: str, query: str) -> None:
        self._show(name, [self._kept(query)])

    def drop(self, *names: str) -> None:
        for name in names:
            self.session.catalog.dropTempView(name)
            for path in self._views.pop(name, ()):
                shutil.rmtree(path, ignore_errors=True)

    def read(self, query: str) -> Columns:
        found = self.session.sql(said(query)).toArrow()
        return {name: found.column(name).to_numpy(zero_copy_only=False) for name in found.column_names}

    def has(self, name: str) -> bool:
        return name in self._views

    def predicted(self, pairs: str, settings: Settings, *, threshold: float | None = None) -> str:
        from splink.backends.spark import SparkAPI

        kind: Any = SparkAPI  # it has no types
        api = kind(
            spark_session=self.session, register_udfs_automatically=False, break_lineage_method="persist",
            num_partitions_on_repartition=2,
        )  # fmt: skip
        return weighed_by(self._splink, api, pairs, in_spark(settings), threshold)

    def noted(self) -> dict[str, str]:
        return dict(self._notes)

    def note(self, **notes: str) -> None:
        self._notes |= notes

    @contextmanager
    def whole(self) -> Iterator[None]:
        yield

    def close(self) -> None:
        """Forget the tables; the session ends with the program."""
        self.session.catalog.clearCache()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self) -> str:
        return str(self._folder / f"{next(self._files)}.parquet")

    def _kept(self, query: str) -> str:
        path = self._path()
        self.session.sql(said(query)).write.parquet(path)
        return path

    def _show(self, name: str, paths: list[str]) -> None:
        self._views[name] = paths
        self.session.read.parquet(*paths).createOrReplaceTempView(name)


def said(query: str) -> str:
    """The same question in Spark's words."""
    for ours, theirs in _CALLED:
        query = re.sub(ours, theirs, query)
    return query


def in_spark(settings: Settings) -> dict[str, Any]:
    """The same model, its conditions in Spark's words."""
    return {
        **settings,
        "comparisons": [
            each | {"comparison_levels": [
                level | {"sql_condition": said(level["sql_condition"])} for level in each["comparison_levels"]
            ]}
            for each in settings["comparisons"]
        ],
    }  # fmt: skip


def _alike() -> Any:
    """How alike two names sound, by the very function of our scorer: Spark's own way rounds other names up."""
    import pandas as pd
    from pyspark.sql import functions

    known: Any = functions  # its types do not know all that is in it

    def alike(one: pd.Series, two: pd.Series) -> pd.Series:
        return pd.Series([sounds(a, b) for a, b in zip(one, two, strict=True)], dtype=np.float64)

    return known.pandas_udf(alike, "double")
