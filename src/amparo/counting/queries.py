"""Reading counts: for statisticians, and recorded."""

from django.db.models import Sum

from amparo.access.gate import allow, look, looking
from amparo.access.permissions import Permission
from amparo.common.types import Actor
from amparo.counting.models import Cell
from amparo.counting.positions import CHILDREN_IDENTIFIED


@looking
def children_identified(*, by: Actor, year: int) -> dict[tuple[str, str], int]:
    """Children by age group and region, unprotected, from the maintained counts; what is not there is nought."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    cells = Cell.objects.filter(measure=CHILDREN_IDENTIFIED, year=year, number__gt=0)
    found = cells.values_list("age_group", "region").annotate(Sum("number")).order_by("age_group", "region")
    look(by, "counts:read", "counts", rule=rule, detail={"year": year})
    return {(age_group, region): number for age_group, region, number in found}
