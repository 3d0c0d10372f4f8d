"""Questions that every page asks: built and compiled once, then asked with other values.

Django makes the words of a statement anew each time, which takes ten times as long as SQLite takes to answer it. It
lives in this step because audit is the lowest that knows a database.
"""

from collections.abc import Callable
from copy import copy
from threading import Lock
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Field, QuerySet

from amparo.common import clock

Row = TypeVar("Row")


class Given(Expression):
    """A value that a question is given each time that it is asked. Never None: that has other words."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def prepared(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


Made = tuple[QuerySet[Any, Any], Any, str, tuple[Any, ...]]


class Question(Generic[Row]):
    """A queryset, made once by `build`, in which `Given`s stand for the values; calling it with those gives the rows.

    Whatever else `build` reads (a setting, a person) would be kept for ever: give it as a value. The clock it cannot
    read. Django is asked to compile it by one thread alone, for it notes things in the queryset while it does.
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self.build, self.alone = build, Lock()
        self.made: Made | None = None

    def __call__(self, **values: Any) -> list[Row]:
        (found, compiler, sql, _parameters), connection, given = self._with(values)
        asking, query = copy(compiler), copy(found.query)
        asking.connection = connection
        asking.as_sql = lambda *_args, **_more: (sql, given)
        query.get_compiler = lambda *_args, **_more: asking  # type: ignore[method-assign]
        rows: Any = QuerySet(found.model, query, found.db)
        rows._fields = found._fields  # type: ignore[attr-defined]
        read: Any = found._iterable_class  # noqa: SLF001 - how Django reads rows
        return list(read(rows)) if sql else []

    def number(self, **values: Any) -> int:
        """How many rows there are; the database counts them."""
        (_found, _compiler, sql, _parameters), connection, given = self._with(values)
        if not sql:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) found", given)  # noqa: S608 - Django's words
            return int(cursor.fetchone()[0])

    def _with(self, values: dict[str, Any]) -> tuple[Made, Any, list[Any]]:
        with self.alone:
            self.made = made = self.made or _compiled(self.build)
        connection = connections[made[0].db]
        return (
            made,
            connection,
            [each.prepared(values, connection) if isinstance(each, Given) else each for each in made[3]],
        )


@clock.hidden()
def _compiled(build: Callable[[], QuerySet[Any, Any]]) -> Made:
    found = build()
    compiler = found.query.get_compiler(using=found.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:  # whatever is given, nothing can be found
        sql, parameters = "", ()
    return found, compiler, sql, tuple(parameters)
