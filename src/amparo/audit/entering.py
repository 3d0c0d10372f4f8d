"""A trigger that enters the records of a list, which its link carries, in `Shown`: in the link's own statement."""

from typing import Any

from django.db import migrations

SHOWN = "ids"  # in the link's detail: identifiers in hexadecimal digits, without hyphens
_SQLITE = f"""
CREATE TRIGGER audit_event_shown AFTER INSERT ON audit_event WHEN json_type(NEW.detail, '$.{SHOWN}') = 'array'
BEGIN INSERT INTO audit_shown (record, seq) SELECT unhex(value), NEW.seq FROM json_each(NEW.detail, '$.{SHOWN}'); END
"""  # noqa: S608 - our own words
_POSTGRESQL = f"""
CREATE FUNCTION audit_event_shown() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO audit_shown (record, seq)
  SELECT value::uuid, NEW.seq FROM jsonb_array_elements_text(NEW.detail -> '{SHOWN}');
  RETURN NULL;
END $$;
CREATE TRIGGER audit_event_shown AFTER INSERT ON audit_event FOR EACH ROW
WHEN (NEW.detail ? '{SHOWN}') EXECUTE FUNCTION audit_event_shown()
"""  # noqa: S608


def operation() -> migrations.RunPython:
    """The migration step."""

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.alias == "default":
            with editor.connection.cursor() as cursor:
                cursor.execute(_POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE)

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.alias == "default":
            on = " ON audit_event" if editor.connection.vendor == "postgresql" else ""
            with editor.connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_shown{on}")

    return migrations.RunPython(forwards, backwards)
