"""Walls before a report: raised when it arrives, and lifted by somebody who did not raise them.

When a report becomes a case, walls like its own are raised before the child; those are lifted on the case.
"""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from amparo.access import walls
from amparo.access.gate import allow, gated
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.intake.models import Report
from amparo.organisation.models import Agency


@gated
def walls_before(*, by: Actor, report: UUID) -> tuple[Report, list[Any]]:
    """A report and the walls that stand before it, each with the `name` of the agency that it keeps out.

    For the supervisors of whoever holds it, and for an auditor. Raises `NotFound`.
    """
    found = Report.objects.filter(id=report).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.REPORT_WALLS, found)
    named = Subquery(Agency.objects.filter(pk=OuterRef("against")).values("name"))
    rows = list(Wall.objects.filter(record=report, lifted_at=None).annotate(name=named).order_by("raised_at", "id"))
    record(by, "wall:listed", "report", report, rule=rule)
    return found, rows


@gated
def lift(*, by: Actor, wall: Wall) -> Wall:
    """Take down a wall before a report. Raises `NotFound`, and `Conflict` for whoever raised it or when it is down."""
    found = Report.objects.filter(id=wall.record).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.REPORT_WALLS, found)
    walls.take_down(wall, by)
    record(by, "wall:lifted", "report", found.id, rule=rule, detail={"wall": str(wall.id)})
    return wall
