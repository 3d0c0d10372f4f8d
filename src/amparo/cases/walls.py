"""Walls: a person or an agency that must never meet a child, raised by a supervisor and lifted by somebody else."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.access.walls import take_down
from amparo.audit.actions import record
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.types import Actor
from amparo.intake import walls as before_reports
from amparo.vocabulary.queries import need


@gated
def raise_wall(*, by: Actor, case: Case, against_kind: str, against: UUID, reason: str) -> Wall:
    """Keep a person or an agency from a child: every case, list, search and counter. Raises `Invalid`, `Conflict`.

    The wall stands before the child, so that it holds for each case of the child and for "have we met?" too.
    """
    rule = allow(by, Permission.WALL_RAISE, case)
    need("wall_reason", reason)
    if against in {by.id, case.agency_id}:
        words = _("A wall against yourself or the case's own agency would leave the child alone.")
        raise Invalid({"against": words})
    if Wall.objects.filter(record__in=[case.id, case.child_id], against=against, lifted_at=None).exists():
        raise Conflict(_("This wall stands already."))
    wall = Wall.objects.create(
        against_kind=against_kind, against=against, record=case.child_id, reason=reason,
        raised_at=clock.now(), raised_by=by.id,
    )  # fmt: skip
    record(by, "wall:raised", "case", case.id, rule=rule, detail={"reason": reason, "wall": str(wall.id)})
    return wall


def carry_over(report: UUID, case: Case, *, by: Actor) -> None:
    """Let the walls before a report stand before the child too, as part of opening the case from it."""
    for wall in Wall.objects.filter(record=report, lifted_at=None):
        kept = {"against_kind": wall.against_kind, "against": wall.against, "reason": wall.reason}
        if not Wall.objects.filter(record=case.child_id, against=wall.against, lifted_at=None).exists():
            made = Wall.objects.create(record=case.child_id, raised_at=clock.now(), raised_by=by.id, **kept)
            record(by, "wall:raised", "case", case.id, detail={"reason": wall.reason, "wall": str(made.id)})


@gated
def lift_wall(*, by: Actor, id: UUID) -> Wall:
    """Take a wall down: another supervisor of the team, or an auditor, never whoever raised it.

    Before a report that became no case: a supervisor of whoever holds it, or an auditor. Raises `NotFound`, `Conflict`.
    """
    wall = Wall.objects.filter(id=id).first()
    of = Q(id=wall.record) | Q(child_id=wall.record) if wall else Q(pk__in=[])
    case = Case.objects.select_related("child", "agency__place").filter(of).order_by("opened_at").first()
    if wall is None:
        raise NotFound
    if case is None:
        return before_reports.lift(by=by, wall=wall)
    rule = allow(by, Permission.WALL_LIFT, case)
    take_down(wall, by)
    record(by, "wall:lifted", "case", case.id, rule=rule, detail={"wall": str(wall.id)})
    return wall
