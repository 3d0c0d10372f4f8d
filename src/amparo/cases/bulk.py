"""The verbs of cases for many cases at once, for files and for the demonstration.

Each does what its single twin in `actions` does: the same checks, rows, counters, time line, tasks, changed facts and
audit rows, in a handful of statements for all. `at` in an item says when it was done (None: now), for histories that
are walked again. All items of a call, or none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.gate import allow, allow_all, gated
from amparo.access.permissions import Permission
from amparo.audit import rows
from amparo.audit.actions import Act, record_each
from amparo.cases import ledger
from amparo.cases.actions import RESPOND_WITHIN, IncidentFacts, check_incident, check_opening, need_closable
from amparo.cases.facts import facts_of
from amparo.cases.models import Case, Incident, Moment, Scope, Task
from amparo.cases.states import CASE
from amparo.common import clock, facts
from amparo.common.errors import Conflict
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.linkage.models import Child
from amparo.organisation.models import Person, Team
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need


@dataclass(frozen=True)
class Opening:
    """A case to open: see `actions.open_case`."""

    child: Child
    worker: Person | None = None
    report: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Happening:
    """An incident to record on a case: see `actions.record_incident`."""

    case: Case
    facts: IncidentFacts
    narrative: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Judgement:
    """A code by which a case changes: a level of risk, or the reason why it closes."""

    case: Case
    code: str
    at: datetime | None = None


@gated
def open_cases(*, by: Actor, team: Team, openings: Sequence[Opening]) -> list[Case]:
    """Open the cases of registered children in one team. Raises `Conflict` when one has an open case there already."""
    rule = allow(by, Permission.CHILD_REGISTER)
    check_opening(by, team, [each.child for each in openings])
    children = {each.child.pk for each in openings}
    twice = Case.objects.filter(child__in=children, team=team, status="open").exists()
    if twice or len(children) < len(openings):
        raise Conflict("One of these children has an open case in this team already.")
    references, now = _references(len(openings)), clock.now()
    cases = [
        Case(
            reference=reference, child=each.child, agency_id=each.child.agency_id, team=team, worker=each.worker,
            report=each.report, opened_at=each.at or now,
        )
        for reference, each in zip(references, openings, strict=True)
    ]  # fmt: skip
    for case, each in zip(cases, openings, strict=True):
        case.agency = each.child.agency  # already here: the scope repeats its place
    rows.insert(cases)
    rows.insert(ledger.own_scope(case) for case in cases)
    _move(cases, [None] * len(cases))
    _note("case_opened", ((case, case.opened_at, "", None) for case in cases))
    due = RESPOND_WITHIN["high"]
    rows.insert(ledger.task(case, "assess_risk", case.opened_at + due) for case in cases)
    record_each(by, "case:opened", "case", (Act(case.id, at=case.opened_at) for case in cases), rule=rule)
    return cases


@gated
def record_incidents(*, by: Actor, happenings: Sequence[Happening]) -> list[Incident]:
    """Add coded incidents to cases; what was told in words goes to the vault. Raises `Invalid`."""
    if not happenings:
        return []
    rule = allow_all(by, Permission.CASE_WRITE, _cases(happenings))
    incidents, now = [], clock.now()
    for each in happenings:
        check_incident(each.facts)
        coded = each.facts.columns()
        incidents.append(Incident(id=new_id(), case_id=each.case.id, recorded_at=each.at or now, **coded))
    _seal(happenings, incidents)
    rows.insert(incidents)
    _note("incident_recorded", (
        (each.case, row.recorded_at, row.form, row.id) for row, each in zip(incidents, happenings, strict=True)
    ))  # fmt: skip
    acts = (Act(row.case_id, {"form": row.form}, row.recorded_at) for row in incidents)
    record_each(by, "incident:recorded", "case", acts, rule=rule)
    return incidents


@gated
def judge_risks(*, by: Actor, judgements: Sequence[Judgement]) -> None:
    """Set the risk of cases, and with it the clock by which somebody must have acted."""

    def judge(case: Case, risk: str, at: datetime) -> None:
        CASE.after(case.status, "close")  # only an open case runs a clock
        case.risk, within = risk, RESPOND_WITHIN.get(risk)
        case.respond_by = at + within if within else None

    if judgements:
        rule = allow_all(by, Permission.CASE_WRITE, _cases(judgements))
        _change(judgements, "risk_level", judge, "risk", "respond_by")
        _finish(judgements, Q(code="assess_risk"))
        rows.insert(
            ledger.task(each.case, "respond_to_risk", each.case.respond_by)
            for each in judgements if each.case.respond_by
        )  # fmt: skip
        _tell(by, rule, judgements, "risk_judged", "case:risk_judged", "risk")


@gated
def close(*, by: Actor, judgements: Sequence[Judgement]) -> None:
    """Close cases with a reason each; their open tasks are done."""

    def end(case: Case, reason: str, at: datetime) -> None:
        case.status = CASE.after(case.status, "close")
        case.closed_at, case.close_reason, case.respond_by = at, reason, None

    if judgements:
        rule = allow_all(by, Permission.CASE_CLOSE, _cases(judgements))
        need_closable(_cases(judgements))
        _change(judgements, "case_close_reason", end, "status", "closed_at", "close_reason", "respond_by")
        _finish(judgements, Q())
        _tell(by, rule, judgements, "case_closed", "case:closed", "reason")


def _cases(items: Iterable[Happening | Judgement]) -> list[Case]:
    return list({each.case.pk: each.case for each in items}.values())


def _references(number: int) -> list[str]:
    """Forty random bits meet among a million cases; what is taken is drawn again."""
    drawn: set[str] = set()
    while len(drawn) < number:
        new = {new_reference("C") for _ in range(number - len(drawn))}
        drawn |= new - set(Case.objects.filter(reference__in=new).values_list("reference", flat=True))
    return list(drawn)


def _note(code: str, lines: Iterable[tuple[Case, datetime, str, UUID | None]]) -> None:
    """Add a line to the time line of each case: when, the term, the record."""
    rows.insert_values(
        Moment, ["case_id", "at", "code", "term", "record", "agency_id"],
        [(case.id, at, code, term, record, case.agency_id) for case, at, term, record in lines],
    )  # fmt: skip


def _seal(happenings: Sequence[Happening], incidents: list[Incident]) -> None:
    told = [(row, each) for row, each in zip(incidents, happenings, strict=True) if each.narrative]
    for agency in {each.case.agency_id for _, each in told}:
        here = [(row, each) for row, each in told if each.case.agency_id == agency]
        pointers = store.put_many(
            agency=agency, compartment=Compartment.NARRATIVE, column="incident",
            values=[store.Value(each.case.child_id, each.narrative) for _, each in here],
        )  # fmt: skip
        for (row, _), pointer in zip(here, pointers, strict=True):
            row.narrative = pointer


def _change(
    judgements: Sequence[Judgement], scheme: str, change: Callable[[Case, str, datetime], None], *fields: str
) -> None:
    """Change each case in memory and in its row, and bring scopes, counters and facts into step."""
    cases = [each.case for each in judgements]
    if len({case.pk for case in cases}) < len(cases):
        raise Conflict("A case changes once in a call.")
    kept = Case.objects.in_bulk([case.pk for case in cases])
    before = [(kept[case.pk].status, kept[case.pk].risk, facts_of(kept[case.pk])) for case in cases]
    now = clock.now()
    for each in judgements:
        change(each.case, need(scheme, each.code), each.at or now)
    rows.update(cases, *fields)
    by_id = {case.pk: case for case in cases}
    scopes = list(Scope.objects.filter(case__in=by_id))
    for scope in scopes:
        for name in ledger.COPIED:
            setattr(scope, name, getattr(by_id[scope.case_id], name))
    rows.update(scopes, *ledger.COPIED)
    _move(cases, before)


def _move(cases: Sequence[Case], before: Sequence[tuple[str, str, facts.Facts] | None]) -> None:
    """Counters and facts: what each case was (None: it was not), and what it is."""
    steps: Counter[tuple[UUID, str, str]] = Counter()
    for case, was in zip(cases, before, strict=True):
        steps[case.agency_id, case.status, case.risk] += 1
        if was:
            steps[case.agency_id, was[0], was[1]] -= 1
    facts.changed_many(
        "case",
        [facts.Change(case.id, was and was[2], facts_of(case)) for case, was in zip(cases, before, strict=True)],
    )
    for (agency, status, risk), step in steps.items():
        if step:
            ledger.count(agency, status, risk, step)


def _finish(judgements: Sequence[Judgement], which: Q) -> None:
    now = clock.now()
    at = {each.case.pk: each.at or now for each in judgements}
    tasks = list(Task.objects.filter(which, case__in=at, done_at=None))
    for task in tasks:
        task.done_at = at[task.case_id]
    rows.update(tasks, "done_at")


def _tell(by: Actor, rule: str, judgements: Sequence[Judgement], code: str, verb: str, name: str) -> None:
    now = clock.now()
    _note(code, ((each.case, each.at or now, each.code, None) for each in judgements))
    acts = (Act(each.case.pk, {name: each.code}, each.at) for each in judgements)
    record_each(by, verb, "case", acts, rule=rule)
