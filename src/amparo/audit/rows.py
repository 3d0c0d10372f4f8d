"""Many rows in one statement, for files of a hundred thousand cases; and one row, held while an act is done on it.

Writing many does what `bulk_create` and `bulk_update` do. SQLite's driver binds faster than Django compiles, so there
the driver gets prepared values: five times as fast. It lives in this step because audit is the lowest that knows a
database.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connections, models, router


def insert(rows: Iterable[models.Model], *, unless_there: bool = False) -> None:
    """Insert new rows of one model; with `unless_there`, leave out those that a unique constraint forbids."""
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0])
    names = [field.attname for field in _fields(model)]
    insert_values(model, names, ([getattr(row, name) for name in names] for row in rows), unless_there=unless_there)
    for row in rows:
        row._state.adding, row._state.db = False, _home(model)  # noqa: SLF001 - as Django does after an insert


def insert_values(
    model: type[models.Model], names: Sequence[str], values: Iterable[Sequence[Any]], *, unless_there: bool = False
) -> None:
    """Insert new rows given as the values of `names`: every column but a key that the database gives."""
    connection = connections[_home(model)]
    if connection.vendor != "sqlite":
        found = model._default_manager.using(connection.alias)
        found.bulk_create(
            [model(**dict(zip(names, each, strict=True))) for each in values], ignore_conflicts=unless_there
        )
        return
    fields = {field.attname: field for field in _fields(model)}
    columns = ", ".join(f'"{fields[name].column}"' for name in names)
    holes = ", ".join(["%s"] * len(names))
    tail = " ON CONFLICT DO NOTHING" if unless_there else ""
    _many(
        connection,
        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({holes}){tail}',  # noqa: S608 - our own names
        [fields[name] for name in names],
        values,
    )


def update(rows: Iterable[models.Model], *names: str) -> None:
    """Save the fields `names` of rows of one model."""
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0])
    connection = connections[_home(model)]
    if connection.vendor != "sqlite":
        model._default_manager.using(connection.alias).bulk_update(rows, names)
        return
    fields: list[Any] = [*(model._meta.get_field(name) for name in names), model._meta.pk]
    sets = ", ".join(f'"{field.column}" = %s' for field in fields[:-1])
    statement = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE "{fields[-1].column}" = %s'  # noqa: S608
    _many(connection, statement, fields, ([getattr(row, field.attname) for field in fields] for row in rows))


def hold(row: models.Model, *columns: str) -> None:
    """Wait for whoever acts on a row at this moment, and see `columns` as they stand now: until the transaction ends.

    A row was read before the act began; without this, of two who act at once the later one would decide on what is
    past. SQLite's writers follow one another anyhow and only read again.
    """
    row.refresh_from_db(fields=columns, from_queryset=type(row)._default_manager.select_for_update())


def _home(model: type[models.Model]) -> str:
    return router.db_for_write(model)


def _fields(model: type[models.Model]) -> list[Any]:
    given = (models.AutoField, models.BigAutoField)
    return [field for field in model._meta.local_concrete_fields if not isinstance(field, given)]


def _many(connection: Any, statement: str, fields: Sequence[Any], values: Iterable[Sequence[Any]]) -> None:
    prepare = [_prepared(field, connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [[each(value) for each, value in zip(prepare, row, strict=True)] for row in values]
        )


def _prepared(field: Any, connection: Any) -> Callable[[Any], Any]:
    """How a value of this field is given to SQLite: what Django does, without asking anew for every value."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.UUIDField):
        return lambda value: None if value is None else value.bytes
    if isinstance(target, models.CharField | models.IntegerField | models.BooleanField | models.BinaryField):
        return lambda value: value
    if isinstance(target, models.DateTimeField):
        return cache(lambda value: field.get_db_prep_save(value, connection))  # many rows share a moment
    return lambda value: field.get_db_prep_save(value, connection)
