"""Reading counts: for statisticians, and recorded."""

from django.db.models import Sum

from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.types import Actor
from amparo.counting.models import Cell, Snapshot
from amparo.counting.positions import CHILDREN_IDENTIFIED


@gated
def children_identified(*, by: Actor, year: int) -> dict[tuple[str, str], int]:
    """Children by age group and region, unprotected, from the maintained counts; what is not there is nought."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    cells = Cell.objects.filter(measure=CHILDREN_IDENTIFIED, year=year, number__gt=0)
    found = cells.values_list("age_group", "region").annotate(Sum("number")).order_by("age_group", "region")
    record(by, "counts:read", "counts", rule=rule, detail={"year": year})
    return {(age_group, region): number for age_group, region, number in found}


@gated
def closed_years(*, by: Actor) -> list[tuple[int, int]]:
    """The years that are over and have children in them, newest first, each with how many."""
    allow(by, Permission.SNAPSHOT_TAKE)
    cells = Cell.objects.filter(measure=CHILDREN_IDENTIFIED, year__lt=clock.today().year, number__gt=0)
    return list(cells.values_list("year").annotate(Sum("number")).order_by("-year"))


@gated
def snapshots(*, by: Actor, limit: int = 20) -> list[Snapshot]:
    """The latest snapshots, without their rows."""
    rule = allow(by, Permission.SNAPSHOT_TAKE)
    found = list(Snapshot.objects.defer("sealed").order_by("-taken_at")[:limit])
    listed(by, "snapshot:listed", "list", [each.id for each in found], rule=rule)
    return found
