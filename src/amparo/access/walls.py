"""Is there a wall between a person and a record? Asked of one record, and of a table."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
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
    condition = Q()
    for column in columns:
        walls = Wall.objects.filter(record=OuterRef(column), against__in=_names(standing), lifted_at=None)
        condition &= ~Q(Exists(walls))
    return condition


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
