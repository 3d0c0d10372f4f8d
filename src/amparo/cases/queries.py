"""Reading cases: every list is a list of scopes, and every look is recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.decisions import Somebody, permitted, ways
from amparo.access.gate import allow, listed, look, looking
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.access.predicates import standings
from amparo.access.queries import looks as looks_of_all
from amparo.access.roles import Role
from amparo.audit import queries as audit
from amparo.audit.models import Event
from amparo.cases import questions
from amparo.cases.models import Case, Classification, Incident, Moment, Scope, Share, Task, WorkCounter, child_said
from amparo.cases.questions import PAGE
from amparo.common import clock
from amparo.common.errors import NotFound, Refused
from amparo.common.types import Actor
from amparo.intake.models import Report
from amparo.linkage import matching
from amparo.organisation import queries as organisation
from amparo.organisation.machines import queries as machines
from amparo.organisation.machines.models import Machine
from amparo.organisation.models import Agency, Person

# Tasks of which others must do the next thing are named so by every step.
WAITS = "await_"
WEEK = timedelta(days=7)
_ON_CASES = [permission for permission in Permission if POLICY[permission].kind == "case"]


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means all. `region` is the path of a place: everything below counts too.

    `age` is in whole years today; without the day of birth it may be off by one, so two birth years fit. `whose` is
    "mine" or "nobodys".
    """

    status: str = "open"
    risk: str = ""
    sex: str = ""
    birth_year: int | None = None
    age: int | None = None
    region: str = ""
    reference: str = ""
    schooling: str = ""
    housing: str = ""
    whose: str = ""

    def lookups(self, by: Actor) -> dict[str, Any]:
        """The same as Django's lookups on scopes."""
        plain = {"status": self.status, "risk": self.risk, "sex": self.sex, "birth_year": self.birth_year,
                 "schooling": self.schooling, "housing": self.housing, "region__startswith": self.region,
                 "reference__startswith": self.reference.strip().upper()}  # fmt: skip
        found: dict[str, Any] = {name: value for name, value in plain.items() if value}
        if self.age is not None:
            born = clock.today().year - self.age
            found |= {"birth_year__gte": born - 1, "birth_year__lte": born}
        if self.whose:
            found["kind"] = "own"
            found |= {"worker_id": by.id} if self.whose == "mine" else {"worker_id__isnull": True}
        return found


@dataclass(frozen=True)
class Page:
    """Some rows, the key after which the next ones come (None: no more), and how many there are in all.

    `total` is exact up to `COUNTED`; one more than that means "more". None: not counted on a later page.
    """

    rows: list[Scope]
    after: tuple[datetime, UUID] | None
    total: int | None = None


@looking
def cases(*, by: Actor, only: Filter | None = None, after: tuple[datetime, UUID] | None = None) -> Page:
    """The cases that `by` may read, newest first, a page at a time by key. Two statements and the audit row's."""
    rule, asked = allow(by, Permission.CASE_LIST), (only or Filter()).lookups(by)
    key = dict(zip(("after", "after_case"), after, strict=True)) if after else {}
    rows = questions.readable(by, asked, questions.following if after else questions.first, **key)
    total = None if after else len(rows) if len(rows) <= PAGE else questions.number_of(by, asked)
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    shown = rows[:PAGE]
    listed(by, "case:listed", "list", [row.case_id for row in shown], rule=rule)
    return Page(shown, (more.opened_at, more.case_id) if more else None, total)


FILE_COLUMNS = ("reference", "status", "risk", "sex", "birth_year", "region", "opened_at", "respond_by")


@looking
def cases_file(*, by: Actor, only: Filter | None = None) -> list[list[Any]]:
    """The whole list of the cases that `by` may read, newest first, as `FILE_COLUMNS`: codes, never a name.

    One statement and the audit row's, which holds how many cases and a hash of which.
    """
    rule = allow(by, Permission.CASE_FILE)
    readable = permitted(by=by, permission=Permission.CASE_READ)
    found = Scope.objects.filter(readable, **(only or Filter()).lookups(by))
    rows = list(found.order_by("-opened_at", "-case_id").values_list("case_id", *FILE_COLUMNS))
    listed(by, "case:exported", "list", [id for id, *_ in rows], rule=rule)
    return [row for _id, *row in rows]


@looking
def find_by_name(*, by: Actor, written: str) -> list[Scope]:
    """The own cases of `by` whose child is called so, the closest first; at most a page.

    Every part of the name first; only when that fills no page, any part. What was typed is kept nowhere.
    """
    rule = allow(by, Permission.CASE_FIND)
    readable = Scope.objects.filter(permitted(by=by, permission=Permission.CASE_READ), kind="own")
    closest: dict[UUID, UUID] = {}
    for every_part in (True, False):
        if len(closest) < PAGE:
            for agency in sorted(by.agencies_as(Role.CASE_WORKER, Role.SUPERVISOR)):
                closest |= _called(readable, matching.named(written, agency, every_part=every_part), closest)
    shown = questions.in_order(list(closest.values())[:PAGE])
    listed(by, "case:searched", "list", [row.case_id for row in shown], rule=rule)
    return shown


def _called(readable: Any, children: list[UUID], known: Collection[UUID]) -> dict[UUID, UUID]:
    """By case the scopes of `children` in their order, without those of the cases `known`."""
    place = {child: number for number, child in enumerate(children)}
    rows = readable.filter(child__in=children).values_list("child", "opened_at", "case_id", "id")
    ordered = sorted(rows, key=lambda row: (place[row[0]], -row[1].timestamp()))
    return {case: scope for _child, _at, case, scope in ordered if case not in known}


@looking
def own_cases_of(*, by: Actor, children: list[UUID]) -> dict[UUID, Scope]:
    """Of some children, the case that `by` may read; the newest of each. One statement and the audit row's."""
    rule = allow(by, Permission.CHILD_SEARCH)
    readable = permitted(by=by, permission=Permission.CASE_READ)
    rows = list(Scope.objects.filter(readable, child__in=children).order_by("opened_at"))
    listed(by, "case:listed", "list", [row.case_id for row in rows], rule=rule)
    return {row.child: row for row in rows}


@looking
def case(*, by: Actor, id: UUID, to: Permission = Permission.CASE_READ, verb: str = "case:read") -> Case:
    """One case, with what `by` may do on it in `may`; `to`: what is about to be done must be allowed too.

    One statement and the audit row's (`verb`): the policy is asked as a table, all permissions at once, and what is
    equal once. Raises `NotFound`, alike when there is none and when `by` may not know of it; `Refused` when only
    `to` is missing.
    """
    asked = {each: ways(by=by, permission=each) for each in _ON_CASES}
    columns = {each: f"way_{number}" for number, each in enumerate(filter(None, dict.fromkeys(asked.values())))}
    question = questions.whole_case(Somebody.like(by), tuple(columns.items()))
    if not (rows := question(id=id, **Somebody.given(by))):
        raise NotFound
    (found,) = rows
    found.may = frozenset(each.value for each in _ON_CASES if asked[each] and getattr(found, columns[asked[each]]))
    if not found.may.issuperset({Permission.CASE_READ, to}):
        allow(by, Permission.CASE_READ, found)  # says in words what is missing
        allow(by, to, found)
    look(by, verb, "case", found.id, rule=str(to))
    return found


def timeline(found: Case, *, limit: int = 100) -> list[Moment]:
    """What happened on a case that was read, as far as it is for the reader, newest first: part of that look."""
    return questions.lines_of(found.may, limit)(case=found.id)


def open_tasks(found: Case) -> list[Task]:
    """What is to be done on a case that was read, the most urgent first: part of that look."""
    return questions.OPEN_TASKS(case=found.id)


def incidents(found: Case) -> list[Incident]:
    """What happened to the child of a case that was read, in codes and with the labels confirmed of it.

    The latest recorded first: part of that look. Two statements.
    """
    confirmed = Prefetch("labels", Classification.objects.order_by("confirmed_at", "id"))
    rows = found.incidents.select_related("place").prefetch_related(confirmed).annotate(child_said=child_said())
    return list(rows.order_by("-recorded_at", "-id"))


@dataclass(frozen=True)
class Access:
    """Who may see a case: scopes (own, share, glass) that live, every share ever, walls that stand.

    Each wall carries `name`: whom it keeps out.
    """

    scopes: list[Scope]
    shares: list[Share]
    walls: list[Any]


def access(found: Case) -> Access:
    """Who may see a case that was read by somebody who answers for it: part of that look. Three statements."""
    _for_who_answers(found)
    scopes = Scope.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), case=found, revoked_at=None)
    named = Coalesce(
        Subquery(Person.objects.filter(pk=OuterRef("against")).values("name")),
        Subquery(Agency.objects.filter(pk=OuterRef("against")).values("name")),
    )
    standing = Wall.objects.filter(record__in=[found.id, found.child_id], lifted_at=None).annotate(name=named)
    shares = Share.objects.filter(case=found).select_related("agency").order_by("-shared_at")
    seen_by = scopes.select_related("agency", "team", "worker").order_by("kind", "expires_at")
    return Access(list(seen_by), list(shares), list(standing))


def _for_who_answers(found: Case) -> None:
    if Permission.CASE_LOOKS not in found.may:
        raise Refused(_("This is not possible: you do not answer for this case."), rule=f"{Permission.CASE_LOOKS}:may")


@dataclass(frozen=True)
class Look:
    """A line of the look-log: the event, and the name of whoever it was ("" for a part of the system)."""

    event: Event
    name: str
    agency: str


def looks(found: Case, *, before: int | None = None, size: int = 50) -> list[Look]:
    """Who looked at a case or did something on it, alone or in a list, when, and for what: newest first.

    From link `before` backwards; what was done with the child itself (met in a search, registered) belongs to it.
    For whoever answers for the case and read it as ``case:looks_read``: part of that look. Two statements.
    """
    _for_who_answers(found)
    events = audit.about(found.id, found.child_id)
    if before is not None:
        events = events.filter(seq__lt=before)
    rows = list(events[:size])
    names = organisation.names_of(row.actor for row in rows if row.actor_kind == "person")
    if systems := {row.actor for row in rows if row.actor_kind == "machine"}:
        names |= machines.names_of(systems)
    return [Look(row, *names.get(row.actor, ("", ""))) for row in rows]


@dataclass(frozen=True)
class Day:
    """My day: what is late, what is due within a week, what comes later, and what waits for others."""

    overdue: list[Task]
    due: list[Task]
    later: list[Task]
    waiting: list[Task]


@looking
def my_day(*, by: Actor) -> Day:
    """The tasks on the cases that `by` may write to. One statement and the audit row's."""
    rule = allow(by, Permission.DAY_READ)
    mine = Q(case__in=Scope.objects.filter(permitted(by=by, permission=Permission.CASE_WRITE)).values("case_id"))
    tasks = list(Task.objects.filter(mine, done_at=None).order_by("due_at")[:50])
    listed(by, "day:read", "list", [task.case_id for task in tasks], rule=rule)
    now = clock.now()
    ours = [task for task in tasks if not task.code.startswith(WAITS) or task.due_at < now]
    return Day(
        overdue=[task for task in ours if task.due_at < now],
        due=[task for task in ours if now <= task.due_at < now + WEEK],
        later=[task for task in ours if task.due_at >= now + WEEK],
        waiting=[task for task in tasks if task not in ours],
    )


@looking
def my_team(*, by: Actor) -> list[tuple[str, str, int]]:
    """How many own cases of the teams that `by` supervises, by status and risk. One statement and the audit row's.

    Counted live from the cases that `by` may read, so that a wall shows in no number.
    """
    rule = allow(by, Permission.TEAM_READ)
    readable = permitted(by=by, permission=Permission.CASE_READ)
    found = Scope.objects.filter(readable, kind="own", team_id__in=by.teams_as(Role.SUPERVISOR))
    rows = list(found.values_list("status", "risk").annotate(Count("id")).order_by("status", "risk"))
    listed(by, "team:read", "list", [], rule=rule)
    return rows


@looking
def my_teams_load(*, by: Actor) -> list[tuple[str | None, int, int]]:
    """The open cases of each worker (None: they wait for one): name, how many, how many of high risk."""
    allow(by, Permission.TEAM_READ)
    readable = permitted(by=by, permission=Permission.CASE_READ)
    found = Scope.objects.filter(readable, kind="own", status="open", team_id__in=by.teams_as(Role.SUPERVISOR))
    load = found.values_list("worker__name").annotate(all=Count("id"), high=Count("id", filter=Q(risk="high")))
    return list(load.order_by("worker__name"))


@looking
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


@looking
def walls_standing(*, by: Actor, limit: int = 200) -> list[Any]:
    """Every wall that stands, for an auditor: before which case or report (`reference`), why, since when.

    Never against whom.
    Nothing of a child from whom a wall keeps the auditor.
    """
    rule = allow(by, Permission.WALL_LIST)
    of = Case.objects.filter(Q(id=OuterRef("record")) | Q(child_id=OuterRef("record"))).order_by("opened_at")
    standing = Wall.objects.filter(lifted_at=None)
    hidden = standing.filter(against__in=[by.id, *by.agencies]).values("record")
    told = Report.objects.filter(id=OuterRef("record")).values("reference")
    named = Coalesce(Subquery(of.values("reference")[:1]), Subquery(told))
    found = standing.exclude(record__in=hidden).annotate(reference=named)
    rows = list(found.order_by("-raised_at")[:limit])
    listed(by, "wall:listed", "list", [row.record for row in rows], rule=rule)
    return rows


@looking
def named_in_the_record(*, by: Actor, reference: str) -> UUID | None:
    """The case that a reference names, for whoever reads the record of looks; nothing else of it is told."""
    allow(by, Permission.AUDIT_READ)
    found = Case.objects.filter(reference=reference.strip().upper()).first()
    return found.id if found and not walls.behind(by, [found.id, found.child_id]) else None


@looking
def the_record(*, by: Actor, **narrowed: Any) -> list[Event]:
    """A page of the record of acts and looks, as `access.queries.looks` gives it, in one statement with its names.

    Each event carries `who` (a system by its reference; "" for a part of ours), the agency of their latest post
    (`at_agency`), and the `reference` of the case that it is about, if it is about one.
    """
    allow(by, Permission.AUDIT_READ)
    of_actor = organisation.latest_posts().filter(person=OuterRef("actor"))
    person, machine = Person.objects.filter(pk=OuterRef("actor")), Machine.objects.filter(pk=OuterRef("actor"))
    also = {
        "who": Coalesce(Subquery(person.values("name")), Subquery(machine.values("reference"))),
        "at_agency": Coalesce(Subquery(of_actor.values("agency__name")[:1]), Subquery(machine.values("agency__name"))),
        "reference": Subquery(Case.objects.filter(pk=OuterRef("record")).values("reference")),
    }
    return looks_of_all(by=by, also=also, **narrowed)
