"""It becomes a case: register and open, record what happened, judge the risk, assign, close, reopen.

Sharing, walls, glass, labels and safety have pages of their own; their verbs stand here beside the others.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access import walls as wall
from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases import glass, labels, ledger, objections, safety, sharing, walls
from amparo.cases.models import Case, Incident, as_list
from amparo.cases.states import CASE
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.intake import actions as intake
from amparo.intake.models import Report
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.linkage.models import Child
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.organisation.models import Person, Place, Team
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

# How soon somebody must have acted for the child, by risk.
RESPOND_WITHIN = {"high": timedelta(days=1), "medium": timedelta(days=7), "low": timedelta(days=30)}
# Answers that no other answer can stand beside.
ALONE = frozenset({"none", "unknown", "not_asked"})

share, revoke = sharing.share, sharing.revoke
raise_wall, lift_wall = walls.raise_wall, walls.lift_wall
break_glass, break_glass_by_reference = glass.break_glass, glass.break_glass_by_reference
record_elements, confirm_label = labels.record_elements, labels.confirm_label
set_placement, report_missing, report_found = safety.set_placement, safety.report_missing, safety.report_found


@dataclass(frozen=True)
class IncidentFacts:
    """What happened, in codes; `age` is the child's age in whole years when it happened.

    How it came about and what was given or promised: as many codes as hold, none where nobody wrote any down.
    """

    form: str
    setting: str = "unknown"
    relationship: str = "unknown"
    place: Place | None = None
    happened_on: date | None = None
    age: int | None = None
    how: tuple[str, ...] = ()
    consideration: tuple[str, ...] = ()

    def columns(self) -> dict[str, object]:
        """As a row keeps them."""
        return vars(self) | {"how": as_list(self.how), "consideration": as_list(self.consideration)}


@gated
def open_case(
    *, by: Actor, child: Child, team: Team, worker: Person | None = None, report: UUID | None = None,
    id: UUID | None = None,
) -> Case:  # fmt: skip
    """Open the case of a registered child in a team. The same `id` sent twice is one case.

    Raises `Conflict` when the team has one open already, and what `check_opening` raises.
    """
    rule = allow(by, Permission.CHILD_REGISTER)
    if id and (kept := Case.objects.filter(id=id, child=child, team=team).first()):
        return kept
    check_opening(by, team, [child])
    if Case.objects.filter(child=child, team=team, status="open").exists():
        raise Conflict(_("This child has an open case in this team already."))
    case = Case.objects.create(
        id=id or new_id(), reference=new_reference("C"), child=child, agency_id=child.agency_id, team=team,
        worker=worker, report=report, opened_at=clock.now(),
    )  # fmt: skip
    ledger.opened(case)
    ledger.note(case, "case_opened", agency=case.agency_id)
    ledger.ask(case, "assess_risk", clock.now() + RESPOND_WITHIN["high"])
    record(by, "case:opened", "case", case.id, rule=rule)
    return case


def check_opening(by: Actor, team: Team, children: Collection[Child]) -> None:
    """A case opens in a team of the agency that knows the child, by somebody of it, and past no wall.

    Raises `Invalid`; `Refused`, invisible, for a walled child.
    """
    agency = team.agency_id
    if any(child.agency_id != agency for child in children) or (by.posts and agency not in by.agencies):
        raise Invalid({"team": _("Choose a team of the agency that registered the child, and of your own.")})
    for walled in wall.behind(by, [child.id for child in children]):
        raise Refused(_("There is no such child for you."), rule=f"never:not_walled {walled}", visible=False)


@gated
def open_from_report(
    *, by: Actor, report: Report, child: Child, team: Team, worker: Person | None = None, id: UUID | None = None
) -> Case:
    """Open the case that a report becomes: the report is accepted, and its reporter learns so.

    The same `id` sent twice is one case. Raises `Refused` unless the report is claimed by `by`, `Conflict` when it
    became something else.
    """
    allow(by, Permission.CHILD_REGISTER)
    case = open_case(by=by, child=child, team=team, worker=worker, report=report.id, id=id)
    if report.case != case.id:
        intake.accept(by=by, report=report, case=case.id, reference=case.reference)
        walls.carry_over(report.id, case, by=by)
    return case


@gated
def register(
    *, by: Actor, team: Team, identity: Identity, facts: ChildFacts, id: UUID, report: Report | None = None
) -> Case:
    """Register a child and open the case in a team of one's own, in one go; the same `id` sent twice is one child.

    A case worker of the team becomes the worker; otherwise its supervisors hear that the case waits for one.
    Raises `Invalid`, and what `open_from_report` raises.
    """
    allow(by, Permission.CHILD_REGISTER)
    if team.id not in by.teams:
        raise Invalid({"team": _("Choose a team of your own.")})
    if kept := Case.objects.filter(id=id, team=team).first():
        return kept
    child = register_child(by=by, agency=team.agency, identity=identity, facts=facts, id=id)
    mine = Person.objects.get(id=by.id) if team.id in by.teams_as(Role.CASE_WORKER) else None
    case = (
        open_from_report(by=by, report=report, child=child, team=team, worker=mine, id=id)
        if report
        else open_case(by=by, child=child, team=team, worker=mine, id=id)
    )
    if mine is None:
        tell(code="case_waits", kind="case", record_id=case.id, reference=case.reference, agency=team.agency_id,
             role=Role.SUPERVISOR)  # fmt: skip
    return case


@gated
def record_incident(*, by: Actor, case: Case, facts: IncidentFacts, narrative: str = "") -> Incident:
    """Add a coded incident. What was told in words goes to the vault. Raises `Invalid`, `Conflict` (closed)."""
    rule = allow(by, Permission.CASE_WRITE, case)
    ledger.need_open(case)
    check_incident(facts)
    incident = Incident(id=new_id(), case=case, recorded_at=clock.now(), **facts.columns())
    if narrative:
        incident.narrative = store.put(
            subject=case.child_id, agency=case.agency_id, compartment=Compartment.NARRATIVE,
            column="incident", value=narrative,
        )  # fmt: skip
    incident.save(force_insert=True)
    ledger.note(case, "incident_recorded", term=facts.form, record=incident.id, agency=case.agency_id)
    record(by, "incident:recorded", "case", case.id, rule=rule, detail={"form": facts.form})
    return incident


def check_incident(facts: IncidentFacts) -> None:
    """Raise `Invalid` for what no incident can be recorded with."""
    need("form", facts.form)
    need("setting", facts.setting)
    need("relationship", facts.relationship)
    _need_all("how", facts.how)
    _need_all("consideration", facts.consideration)
    if facts.age is not None and not 0 <= facts.age < 18:  # noqa: PLR2004
        raise Invalid(
            {"age": _("Give the age when it happened: 0 to 17. An adult may report what happened in childhood.")}
        )
    if facts.happened_on and facts.happened_on > clock.today():
        raise Invalid({"happened_on": _("This day lies in the future.")})


def _need_all(scheme: str, given: tuple[str, ...]) -> None:
    """Raise `Invalid` for a code that there is not, and for *unknown* beside something that is known."""
    for code in given:
        need(scheme, code)
    if len(set(given)) > 1 and ALONE & set(given):
        raise Invalid({scheme: _("None, unknown and not asked stand alone: they are no answer beside another.")})


@gated
def judge_risk(*, by: Actor, case: Case, risk: str) -> Case:
    """Set the risk level, and with it the clock by which somebody must have acted."""
    rule = allow(by, Permission.CASE_WRITE, case)
    need("risk_level", risk)
    ledger.need_open(case)  # only an open case runs a clock
    case.risk = risk
    within = RESPOND_WITHIN.get(risk)
    case.respond_by = clock.now() + within if within else None
    ledger.changed(case, "risk", "respond_by")
    ledger.done(case, "assess_risk")
    ledger.done(case, "respond_to_risk")
    if case.respond_by:
        ledger.ask(case, "respond_to_risk", case.respond_by)
    ledger.note(case, "risk_judged", term=risk, agency=case.agency_id)
    record(by, "case:risk_judged", "case", case.id, rule=rule, detail={"risk": risk})
    return case


@gated
def say_acted(*, by: Actor, case: Case) -> Case:
    """Somebody has acted for the child: the clock that the risk set stops. Raises `Conflict` when none runs."""
    rule = allow(by, Permission.CASE_WRITE, case)
    ledger.hold(case)
    if case.respond_by is None:
        raise Conflict(_("No clock runs on this case."))
    case.respond_by = None
    ledger.changed(case, "respond_by")
    ledger.done(case, "respond_to_risk")
    ledger.note(case, "acted", agency=case.agency_id)
    record(by, "case:acted", "case", case.id, rule=rule)
    return case


@gated
def assign(*, by: Actor, case: Case, worker: Person) -> Case:
    """Give the case to a worker of its team. Nobody assigns a case to themselves. Raises `Invalid`."""
    rule = allow(by, Permission.CASE_ASSIGN, case)
    if worker.id == by.id:
        raise Conflict(_("Nobody takes a case by assigning it to themselves; ask another supervisor."))
    ledger.hold(case)
    posts = organisation.holders(Role.CASE_WORKER, agency=case.agency_id)
    if not posts.filter(person=worker, team_id=case.team_id).exists():
        raise Invalid({"worker": _("Choose a case worker of this team.")})
    case.worker = worker
    ledger.changed(case, "worker")
    case.tasks.filter(done_at=None).update(worker=worker)
    ledger.note(case, "case_assigned", agency=case.agency_id)
    tell(code="case_assigned", kind="case", record_id=case.id, reference=case.reference, person=worker.id)
    record(by, "case:assigned", "case", case.id, rule=rule, detail={"worker": str(worker.id)})
    return case


@gated
def close(*, by: Actor, case: Case, reason: str) -> Case:
    """Close a case with a reason; its open tasks are done. Raises `Conflict` with what stands against it."""
    rule = allow(by, Permission.CASE_CLOSE, case)
    need("case_close_reason", reason)
    ledger.hold(case)
    need_closable([case])
    case.status = CASE.after(case.status, "close")
    case.closed_at, case.close_reason, case.respond_by = clock.now(), reason, None
    ledger.changed(case, "status", "closed_at", "close_reason", "respond_by")
    case.tasks.filter(done_at=None).update(done_at=clock.now())
    ledger.note(case, "case_closed", term=reason, agency=case.agency_id)
    record(by, "case:closed", "case", case.id, rule=rule, detail={"reason": reason})
    return case


def need_closable(cases: Collection[Case]) -> None:
    """Raise `Conflict`, with the reason, when something stands against closing any of `cases`."""
    if any(case.missing_since for case in cases):
        raise Conflict(_("This child is recorded as missing. Record first that the child is found."))
    objections.need_none("close", cases)


@gated
def reopen(*, by: Actor, case: Case, reason: str) -> Case:
    """Open a closed case again, with a reason; its risk must be judged anew."""
    rule = allow(by, Permission.CASE_CLOSE, case)
    need("reopen_reason", reason)
    ledger.hold(case)
    case.status = CASE.after(case.status, "reopen")
    case.closed_at, case.close_reason = None, ""
    ledger.changed(case, "status", "closed_at", "close_reason")
    ledger.note(case, "case_reopened", term=reason, agency=case.agency_id)
    ledger.ask(case, "assess_risk", clock.now() + RESPOND_WITHIN["high"])
    record(by, "case:reopened", "case", case.id, rule=rule, detail={"reason": reason})
    return case
