"""Triggers that make a table append-only for everybody, the owner of the connection included."""

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()
"""


# Every append-only table and the database it lives in.
GUARDED = {"audit_event": "default", "audit_shown": "default", "postbox_doorevent": "door"}


def install(connection: Any, table: str) -> None:
    """Forbid UPDATE and DELETE on `table`."""
    template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(template.format(table=table, verb=verb))


def remove(connection: Any, table: str) -> None:
    """Allow them again: only for a migration that must reverse, and for the tests' clean-up."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def operation(table: str) -> migrations.RunPython:
    """The migration step for one of the `GUARDED` tables."""
    alias = GUARDED[table]

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.alias == alias:
            install(editor.connection, table)

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.alias == alias:
            remove(editor.connection, table)

    return migrations.RunPython(forwards, backwards)
