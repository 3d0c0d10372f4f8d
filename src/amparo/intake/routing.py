"""Where a report goes: never to the agency that it is about, nor to one that its reporter excluded.

Among those that may have it, the independent ones come first, then by code: the same report goes the same way twice.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from amparo.access.models import Wall
from amparo.access.roles import Role
from amparo.intake.models import Report, Watch
from amparo.organisation.models import Agency
from amparo.organisation.queries import holders, open_agencies


def takers() -> QuerySet[Agency]:
    """Agencies that take reports and have an intake officer today."""
    staffed = holders(Role.INTAKE_OFFICER).values("agency_id")
    return open_agencies().filter(takes_reports=True, id__in=staffed).order_by("-independent", "code")


def barred_from(report: Report) -> set[UUID]:
    """The agencies that must never meet a report: the one it is about, and those that a wall keeps away."""
    walls = Wall.objects.filter(record=report.id, against_kind="agency", lifted_at=None)
    about = {report.about_agency_id} if report.about_agency_id else set()
    return about | set(walls.values_list("against", flat=True))


def first_agency(wished: Agency | None, barred: Iterable[UUID]) -> Agency | None:
    """Who gets a new report: the agency `wished`, or the next that takes reports; None when there is nobody."""
    barred = set(barred)
    if wished and wished.id not in barred:
        return wished
    return takers().exclude(id__in=barred).first()


def agency_above(report: Report) -> Agency | None:
    """Whom a report rises to: the escalation agency of its urgency, or the next independent one that takes reports."""
    barred = barred_from(report) | {report.agency_id}
    watch = Watch.objects.select_related("escalation").filter(urgency=report.urgency).first()
    if watch and watch.escalation_id not in barred:
        return watch.escalation
    return takers().filter(independent=True).exclude(id__in=barred).first()


def agencies_to_forward_to(report: Report) -> QuerySet[Agency]:
    """Whom a report may be forwarded to."""
    return takers().exclude(id__in=barred_from(report) | {report.agency_id})
