"""What differs from `django.db.backends.sqlite3`, and why (docs/decisions/0003-storage.md).

An identifier is stored as its 16 bytes, not as 32 letters: most of what a case weighs is identifiers and the indexes
of them. A table whose key is composite is kept in the tree of that key. A whole number that is a key is the row's own
number. Nothing of it shows in a model, and PostgreSQL does the like by itself.
"""

import sqlite3
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

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        # SQLite has it from 3.41 on; the record of looks turns the identifiers of a list to bytes by it.
        connection.create_function("unhex", 1, bytes.fromhex, deterministic=True)
        return connection
