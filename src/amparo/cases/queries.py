"""Reading cases: every list is a list of scopes, and every look is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from amparo.access import walls
from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.audit.actions import record
from amparo.cases.models import Case, Moment, Scope, Task, WorkCounter
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor

PAGE = 20


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means all. `region` is the path of a place: everything below counts too."""

    status: str = "open"
    risk: str = ""
    sex: str = ""
    birth_year: int | None = None
    region: str = ""
    reference: str = ""
    schooling: str = ""
    housing: str = ""

    def condition(self) -> Q:
        given = {name: value for name, value in vars(self).items() if value and name not in {"region", "reference"}}
        found = Q(**given)
        if self.region:
            found &= Q(region__startswith=self.region)
        if self.reference:
            found &= Q(reference__startswith=self.reference.strip().upper())
        return found


@dataclass(frozen=True)
class Page:
    """Some rows, and the key after which the next ones come (None: no more)."""

    rows: list[Scope]
    after: tuple[datetime, UUID] | None


@gated
def cases(*, by: Actor, only: Filter | None = None, after: tuple[datetime, UUID] | None = None) -> Page:
    """The cases that `by` may read, newest first, a page at a time by key. Two statements and the audit row's."""
    rule = allow(by, Permission.CASE_LIST)
    found = Scope.objects.filter(permitted(by=by, permission=Permission.CASE_READ), (only or Filter()).condition())
    if after:
        at, case = after
        found = found.filter(Q(opened_at__lt=at) | Q(opened_at=at, case_id__lt=case))
    rows = list(found.order_by("-opened_at", "-case_id")[: PAGE + 1])
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    shown = rows[:PAGE]
    listed(by, "case:listed", "list", [row.case_id for row in shown], rule=rule)
    return Page(shown, (more.opened_at, more.case_id) if more else None)


@gated
def case(*, by: Actor, id: UUID) -> Case:
    """One case. Raises `NotFound`, alike when there is none and when `by` may not know of it."""
    found = Case.objects.select_related("child", "agency__place", "team", "worker").filter(id=id).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.CASE_READ, found)
    record(by, "case:read", "case", found.id, rule=rule)
    return found


def timeline(found: Case, *, limit: int = 100) -> list[Moment]:
    """Everything that happened on a case that was read, newest first: part of that look."""
    return list(found.moments.select_related("agency").order_by("-at", "-id")[:limit])


def open_tasks(found: Case) -> list[Task]:
    """What is to be done on a case that was read, the most urgent first: part of that look."""
    return list(found.tasks.filter(done_at=None).order_by("due_at"))


@dataclass(frozen=True)
class Day:
    """My day: what is late, what is due within a week."""

    overdue: list[Task]
    due: list[Task]


@gated
def my_day(*, by: Actor) -> Day:
    """The tasks on the cases that `by` may write to. One statement and the audit row's."""
    rule = allow(by, Permission.DAY_READ)
    mine = Q(case__in=Scope.objects.filter(permitted(by=by, permission=Permission.CASE_WRITE)).values("case_id"))
    tasks = list(Task.objects.filter(mine, done_at=None).order_by("due_at")[:50])
    listed(by, "day:read", "list", [task.id for task in tasks], rule=rule)
    now = clock.now()
    return Day([each for each in tasks if each.due_at < now], [each for each in tasks if each.due_at >= now])


@gated
def counted(*, by: Actor) -> dict[str, int]:
    """Open own cases by risk in the agencies that `by` supervises.

    Read from the counters; for somebody before whom a wall stands, counted live, for the counter minus what is
    walled would tell that there is something.
    """
    allow(by, Permission.CASE_LIST)
    agencies = by.agencies_as("supervisor")
    if any(walls.any_against(standing) for standing in standings(by)):
        readable = permitted(by=by, permission=Permission.CASE_READ)
        found = Scope.objects.filter(readable, kind="own", agency_id__in=agencies, status="open")
        return dict(found.values_list("risk").annotate(Count("id")).order_by("risk"))
    kept = WorkCounter.objects.filter(agency_id__in=agencies, status="open", number__gt=0)
    return dict(kept.values_list("risk").annotate(Sum("number")).order_by("risk"))
