"""What every act on a report leaves beside its own row: the time line, notices, the reporter's word, changed facts."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from amparo.access.roles import Role
from amparo.common import clock, facts
from amparo.common.errors import Conflict
from amparo.intake.facts import facts_of
from amparo.intake.models import Report, ReportMoment
from amparo.intake.states import REPORT
from amparo.organisation.actions import tell


def moved(report: Report, verb: str, **columns: Any) -> None:
    """Move a report along its life-cycle and set `columns`. Raises `Conflict`."""
    changed(report, status=REPORT.after(report.status, verb), **columns)


def changed(report: Report, **columns: Any) -> None:
    """Set `columns` if the report still stands as it was read; of two who act at once, one hears of a `Conflict`."""
    before = facts_of(report)
    as_read = {
        "status": report.status, "urgency": report.urgency, "agency": report.agency_id,
        "risen_to": report.risen_to_id, "claimed_by": report.claimed_by_id,
    }  # fmt: skip
    if not Report.objects.filter(pk=report.pk, **as_read).update(**columns):
        raise Conflict(_("Somebody else changed this report a moment ago. Load the page again and look what is new."))
    for name, value in columns.items():
        setattr(report, name, value)
    facts.changed("report", report.id, before=before, after=facts_of(report))


def hold(report: Report) -> None:
    """Wait until whoever acts on the report at this moment has done (SQLite's writers wait anyhow)."""
    Report.objects.select_for_update().only("id").get(pk=report.pk)


def word(report: Report, word: str) -> dict[str, Any]:
    """The columns that let the door show a status word to the reporter; the worker carries it there."""
    return {"word": word, "word_due": report.thread is not None}


def due(urgency: str, since: Any) -> Any:
    """By when somebody must have acted."""
    return since + settings.INTAKE_CLOCKS[urgency]


def note(report: Report, code: str, *, term: str = "", agency: UUID | None = None) -> None:
    """Add a line to the time line; the agency is the holder unless another is named."""
    ReportMoment.objects.create(
        report=report, at=clock.now(), code=code, term=term, agency_id=agency or report.agency_id
    )


def tell_agency(report: Report, code: str, agency: UUID | None, *roles: Role) -> None:
    """Tell whoever holds one of `roles` in an agency."""
    for role in roles or (Role.INTAKE_OFFICER,):
        tell(code=code, kind="report", record_id=report.id, reference=report.reference, agency=agency, role=role)


def tell_claimer(report: Report, code: str) -> None:
    """Tell whoever works on the report, or all who might claim it."""
    if report.claimed_by_id:
        tell(code=code, kind="report", record_id=report.id, reference=report.reference, person=report.claimed_by_id)
    else:
        tell_agency(report, code, report.agency_id)


def tell_of_letter(record_id: UUID, agency: UUID) -> None:
    """Tell an agency's supervisors that a letter was set aside."""
    tell(code="letter_set_aside", kind="letter", record_id=record_id, reference="", agency=agency, role=Role.SUPERVISOR)
