"""Reading reports: a queue by its clocks, one report, and, deliberately, what was told."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access.decisions import decide, permitted
from amparo.access.gate import allow, listed, look, looking
from amparo.access.permissions import Permission
from amparo.common.errors import Conflict, NotFound
from amparo.common.types import Actor
from amparo.intake.doorway import door_is_open, why_closed
from amparo.intake.models import Message, Report, ReportMoment, Unreadable
from amparo.intake.states import OPEN
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal, reveal_many

__all__ = [
    "contact", "conversation", "door_is_open", "queue", "report", "set_aside", "timeline", "waiting", "why_closed",
]  # fmt: skip

PAGE = 20
COUNTED = 500  # a queue longer than this is said to be "more than", instead of being counted to its end


@dataclass(frozen=True)
class Filter:
    """What the queue is narrowed to; no `status` means everything that somebody still has to do."""

    status: str = ""
    urgency: str = ""

    def condition(self) -> Q:
        found = Q(status=self.status) if self.status else Q(status__in=OPEN)
        return found & Q(urgency=self.urgency) if self.urgency else found


@dataclass(frozen=True)
class Page:
    """Some rows, and the key after which the next ones come (None: no more)."""

    rows: list[Report]
    after: tuple[datetime, UUID] | None


@looking
def queue(*, by: Actor, only: Filter | None = None, after: tuple[datetime, UUID] | None = None) -> Page:
    """The reports that `by` may read, the longest overdue first, then what is due soonest, a page at a time by key.

    One statement and the audit row's.
    """
    rule = allow(by, Permission.REPORT_LIST)
    found = Report.objects.filter(permitted(by=by, permission=Permission.REPORT_READ), (only or Filter()).condition())
    if after:
        due_at, last = after
        found = found.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last))
    rows = list(found.select_related("place", "claimed_by").order_by("due_at", "id")[: PAGE + 1])
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    shown = rows[:PAGE]
    listed(by, "report:listed", "list", [row.id for row in shown], rule=rule)
    return Page(shown, (more.due_at, more.id) if more else None)


@looking
def waiting(*, by: Actor) -> dict[str, int]:
    """How many open reports `by` may read, by status; counted live and only up to `COUNTED`. One statement.

    Live, because most agencies have some wall, and a kept counter minus what is walled would tell of it.
    """
    allow(by, Permission.REPORT_LIST)
    readable = permitted(by=by, permission=Permission.REPORT_READ)
    found = Report.objects.filter(readable, status__in=OPEN).order_by("due_at")
    return dict(Counter(found.values_list("status", flat=True)[:COUNTED]))


@looking
def set_aside(*, by: Actor, limit: int = 100) -> list[Unreadable]:
    """Letters that nobody could be given, the latest first: when and why, never what is in them."""
    rule = allow(by, Permission.LETTER_LIST)
    rows = list(Unreadable.objects.defer("sealed").order_by("-set_aside_at", "-id")[:limit])
    listed(by, "letter:listed", "list", [row.id for row in rows], rule=rule)
    return rows


@looking
def report(*, by: Actor, id: UUID) -> Report:
    """One report in codes. Raises `NotFound`, alike when there is none and when `by` may not know of it."""
    found = (
        Report.objects.select_related("agency", "risen_to", "place", "about_agency", "claimed_by").filter(id=id).first()
    )
    if found is None:
        raise NotFound
    rule = allow(by, Permission.REPORT_READ, found)
    look(by, "report:read", "report", found.id, rule=rule)
    return found


def timeline(found: Report, *, limit: int = 100) -> list[ReportMoment]:
    """Everything that happened on a report that was read, newest first: part of that look."""
    return list(found.moments.select_related("agency").order_by("-at", "-id")[:limit])


@dataclass(frozen=True)
class Said:
    """A message with its words; `told` is None when they were erased, empty when the reporter withdrew."""

    message: Message
    told: str | None
    where: str = ""


def conversation(*, by: Actor, report: Report, purpose: str) -> list[Said]:
    """What was told and answered, oldest first: opened for a purpose, and only once somebody claimed the report.

    Raises `Conflict`, `Refused`, `Invalid` (no purpose).
    """
    decision = decide(by=by, permission=Permission.REPORT_READ, record=report)
    if decision.allowed and report.claimed_by_id is None:
        raise Conflict(_("Claim this report first: what was told is opened by whoever works on it."))
    messages = list(report.messages.order_by("at", "id"))
    pointers = {message.words: report for message in messages if message.words}
    opened = reveal_many(by=by, subjects=pointers, compartment=Compartment.NARRATIVE, purpose=purpose)
    return [_said(message, opened) for message in messages]


def contact(*, by: Actor, report: Report, purpose: str) -> dict[str, str]:
    """How the reporter can be reached safely: for whoever claimed the report. Empty when nothing was given.

    Raises `Refused`, `Invalid` (no purpose).
    """
    if report.contact is None and decide(by=by, permission=Permission.REPORT_REPORTER, record=report).allowed:
        return {}
    found: dict[str, str] = reveal(
        by=by, subject=report, pointer=report.contact or report.told, compartment=Compartment.REPORTER, purpose=purpose
    )
    return found


def _said(message: Message, opened: dict[UUID, dict[str, str]]) -> Said:
    if message.words is None:
        return Said(message, "")
    words = opened.get(message.words)
    return Said(message, words["told"], words["where"]) if words else Said(message, None)
