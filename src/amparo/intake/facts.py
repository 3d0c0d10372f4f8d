"""The coded facts of reports: all that counting may ever read of them."""

from collections.abc import Iterator
from datetime import datetime

from amparo.common.facts import Facts
from amparo.intake.models import Report


def facts_of(report: Report) -> Facts:
    """One report in codes. `worries` and `forms` hold several codes parted by commas; hours are whole, rounded down."""
    return {
        "agency": str(report.agency_id),
        "received": report.received_at.strftime("%Y-%m"),
        "status": report.status,
        "urgency": report.urgency,
        "urgency_told": report.urgency_told,
        "reporter_kind": report.reporter_kind,
        "channel": report.channel,
        "worries": ",".join(sorted(report.worries)),
        "forms": ",".join(sorted(report.forms)),
        "outcome": report.outcome,
        "close_reason": report.close_reason,
        "rose": report.risen_at is not None,
        "hours_to_claim": _hours(report, report.first_claimed_at),
        "hours_to_answer": _hours(report, report.first_answered_at),
    }


def reports() -> Iterator[Facts]:
    """A row for each report."""
    for report in Report.objects.order_by("received_at", "id").iterator(chunk_size=2000):
        yield {"report": str(report.id), **facts_of(report)}


def _hours(report: Report, at: datetime | None) -> int | None:
    return None if at is None else int((at - report.received_at).total_seconds() // 3600)
