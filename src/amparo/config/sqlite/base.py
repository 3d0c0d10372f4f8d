"""What differs from `django.db.backends.sqlite3`, and why (docs/decisions/0003-storage.md).

An identifier is stored as its 16 bytes, not as 32 letters: most of what a case weighs is identifiers and the indexes
of them. A table whose key is composite is kept in the tree of that key. A whole number that is a key is the row's own
number. Nothing of it shows in a model, and PostgreSQL does the like by itself.

A transaction waits for the disk after it has let go of the pen, not before: several then wait together, where one after
the other did. Nobody goes on before what they wrote, and so everything written before it, is on the disk.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base, features, operations, schema
from django.db.models import CompositePrimaryKey, Model

sqlite3.register_adapter(UUID, lambda value: value.bytes)


class Features(features.DatabaseFeatures):
    has_native_uuid_field = True


class Operations(operations.DatabaseOperations):
    def convert_uuidfield_value(self, value: bytes | None, _expression: Any, _connection: Any) -> UUID | None:
        return None if value is None else UUID(bytes=value)


class SchemaEditor(schema.DatabaseSchemaEditor):
    def table_sql(self, model: type[Model]) -> tuple[str, Any]:
        sql, parameters = super().table_sql(model)
        return f"{sql} WITHOUT ROWID" if isinstance(model._meta.pk, CompositePrimaryKey) else sql, parameters


class DatabaseWrapper(base.DatabaseWrapper):
    data_types = base.DatabaseWrapper.data_types | {"UUIDField": "blob", "BigIntegerField": "integer"}
    features_class = Features
    ops_class = Operations
    SchemaEditorClass = SchemaEditor
    _journal: int | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        # SQLite has it from 3.41 on; the record of looks turns the identifiers of a list to bytes by it.
        connection.create_function("unhex", 1, bytes.fromhex, deterministic=True)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_at_commit("NORMAL")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._wait_at_commit("FULL")
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        try:
            if self._keeps_a_journal():
                os.fdatasync(self._open_journal())
        finally:
            self._wait_at_commit("FULL")

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._wait_at_commit("FULL")

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None

    def _wait_at_commit(self, how: str) -> None:
        if self.connection is not None and self._keeps_a_journal():
            self.connection.execute(f"PRAGMA synchronous={how}")

    def _keeps_a_journal(self) -> bool:
        asked = self.settings_dict["OPTIONS"].get("init_command", "")
        return "journal_mode=WAL" in asked and not self.is_in_memory_db()

    def _open_journal(self) -> int:
        """The write-ahead log. Nobody removes it while this connection is open; its name in the folder is kept too."""
        if self._journal is None:
            path = Path(f"{self.settings_dict['NAME']}-wal")
            self._journal, folder = os.open(path, os.O_RDONLY), os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
        return self._journal
