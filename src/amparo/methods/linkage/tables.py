"""Where a run keeps what it compares: tables in DuckDB, on disk when they grow; `spark` keeps them on Apache Spark."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from amparo.common.errors import AmparoError

Columns = dict[str, "np.ndarray[Any, Any]"]
Settings = Mapping[str, Any]


class Tables(Protocol):
    """What the engine asks of a store. Its SQL is the part that DuckDB and Spark share."""

    def put(self, name: str, rows: Any) -> None:
        """Append Arrow rows to a table, which is made when it is not there."""

    def add(self, name: str, query: str) -> None:
        """Append what a query finds, likewise."""

    def make(self, name: str, query: str) -> None:
        """Make a table of what a query finds, in the place of one of that name."""

    def drop(self, *names: str) -> None:
        """Forget tables, where they are."""

    def read(self, query: str) -> Columns:
        """What a query finds, a column a name."""

    def has(self, name: str) -> bool: ...

    def predicted(self, pairs: str, settings: Settings, *, threshold: float | None = None) -> str:
        """Splink's table of these pairs of `people`, compared and weighed."""

    def noted(self) -> dict[str, str]:
        """What was noted of the run."""

    def note(self, **notes: str) -> None: ...

    def whole(self) -> AbstractContextManager[None]:
        """What is done inside is kept as a whole or not at all, notes included."""

    def close(self) -> None: ...


class Duck:
    """Tables in DuckDB: in memory, or in `folder`. Raises `AmparoError` without the extra `linkage`."""

    def __init__(self, *, memory: str = "2GB", folder: Path | None = None) -> None:
        duckdb, self._splink = extras()
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self.db = duckdb.connect(str(folder / "linkage.duckdb") if folder else ":memory:")
        self.db.execute(f"set memory_limit = '{memory}'")
        self.db.execute("set preserve_insertion_order = false")
        if folder:
            self.db.execute(f"set temp_directory = '{folder / 'spill'}'")
        self.db.execute("create table if not exists notes (name varchar primary key, said varchar)")

    def put(self, name: str, rows: Any) -> None:
        self.db.register("arrived", rows)
        self.add(name, "select * from arrived")
        self.db.unregister("arrived")

    def add(self, name: str, query: str) -> None:
        self.db.execute(f"{f'insert into {name}' if self.has(name) else f'create table {name} as'} {query}")

    def make(self, name: str, query: str) -> None:
        self.db.execute(f"create or replace table {name} as {query}")

    def drop(self, *names: str) -> None:
        for name in names:
            self.db.execute(f'drop table if exists "{name}"')

    def read(self, query: str) -> Columns:
        return dict(self.db.execute(query).fetchnumpy())

    def has(self, name: str) -> bool:
        found = self.db.execute("select count(*) from duckdb_tables() where table_name = ?", [name])
        return bool(found.fetchone()[0])

    def predicted(self, pairs: str, settings: Settings, *, threshold: float | None = None) -> str:
        from splink.backends.duckdb import DuckDBAPI

        return weighed_by(self._splink, DuckDBAPI(self.db), pairs, settings, threshold)

    def noted(self) -> dict[str, str]:
        return dict(self.db.execute("select name, said from notes").fetchall())

    def note(self, **notes: str) -> None:
        self.db.executemany("insert or replace into notes values (?, ?)", list(notes.items()))

    @contextmanager
    def whole(self) -> Iterator[None]:
        self.db.execute("begin")
        try:
            yield
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def close(self) -> None:
        self.db.close()


def weighed_by(splink: Any, api: Any, pairs: str, settings: Settings, threshold: float | None) -> str:
    """The name of Splink's table of predictions for pairs that are blocked already."""
    linker = splink.Linker(api.register("people"), dict(settings))
    logging.getLogger("splink").setLevel(logging.ERROR)  # the linker sets it anew
    linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    found = linker.inference.predict(threshold_match_weight=threshold, warning_mode="never")
    return str(found.physical_name)


def extras() -> tuple[Any, Any]:
    """DuckDB and Splink. Raises `AmparoError` where they are not installed."""
    try:
        import duckdb
        import splink
    except ModuleNotFoundError:
        raise AmparoError("Linkage in bulk needs the extra `linkage`: install amparo[linkage].") from None
    return duckdb, splink
