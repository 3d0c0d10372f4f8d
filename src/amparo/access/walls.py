"""Is there a wall between a person and a record? Asked of one record, and of a table."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Func, Q
from django.utils.translation import gettext as _

from amparo.access.models import Wall
from amparo.access.predicates import Standing
from amparo.common import clock
from amparo.common.errors import Conflict
from amparo.common.types import Actor


def stands_between(standing: Standing, *records: UUID) -> bool:
    """True when a wall keeps the person, or the agency of this post, from any of `records`."""
    return Wall.objects.filter(record__in=records, against__in=_names(standing), lifted_at=None).exists()


def none_between(standing: Standing, *columns: str) -> Q:
    """The condition that no wall stands before the record whose identifiers are in `columns`."""
    return ~Q(_Walled(*columns, names=tuple(_names(standing))))


class _Walled(Func):
    """Is one of the columns a record from which a wall keeps one of `names`?

    In words of its own: Django took a millisecond to make them anew, and every list and every case asks several times.
    """

    output_field = BooleanField()
    template = (  # our own words
        f"EXISTS(SELECT 1 FROM {Wall._meta.db_table} wall WHERE wall.record IN (%(expressions)s) "  # noqa: S608
        "AND wall.against IN (%(names)s) AND wall.lifted_at IS NULL)"
    )

    def __init__(self, *columns: str, names: tuple[UUID, ...]) -> None:
        super().__init__(*columns)
        self.names = names

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, Any]:  # type: ignore[override]
        sql, parameters = super().as_sql(compiler, connection, names=", ".join(["%s"] * len(self.names)))
        return sql, [*parameters, *self.names]


def behind(by: Actor, records: Iterable[UUID]) -> set[UUID]:
    """Those of `records` that a wall keeps from a person in any of their posts. One statement."""
    return set(
        Wall.objects.filter(
            record__in=list(records), against__in=[*by.people, *by.agencies], lifted_at=None
        ).values_list("record", flat=True)
    )


def any_against(standing: Standing) -> bool:
    """Has this person, or this agency, any wall at all? Then counters are counted live."""
    return Wall.objects.filter(against__in=_names(standing), lifted_at=None).exists()


def take_down(wall: Wall, by: Actor) -> None:
    """Write down that a wall is lifted: part of the act that lifts it. Raises `Conflict`.

    Never by whoever raised it, and once only.
    """
    if wall.raised_by == by.id:
        raise Conflict(_("Whoever raised a wall does not lift it; ask another supervisor or an auditor."))
    standing = Wall.objects.filter(pk=wall.pk, lifted_at=None)
    if not standing.update(lifted_at=clock.now(), lifted_by=by.id):
        raise Conflict(_("This wall was lifted already."))
    wall.refresh_from_db()


def _names(standing: Standing) -> list[UUID]:
    return [*standing.actor.people, *([standing.agency] if standing.agency else [])]
