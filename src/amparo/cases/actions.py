"""It becomes a case: open, record what happened, judge the risk, assign, share, close, reopen; walls and glass."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from amparo.access.gate import allow, gated
from amparo.access.models import Glass, Wall
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case, Incident, Scope
from amparo.cases.states import CASE
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.linkage.models import Child
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

# How soon somebody must have acted for the child, by risk.
RESPOND_WITHIN = {"high": timedelta(days=1), "medium": timedelta(days=7), "low": timedelta(days=30)}
GLASS = timedelta(minutes=60)


@dataclass(frozen=True)
class IncidentFacts:
    """What happened, in codes; `age` is the child's age in whole years when it happened."""

    form: str
    setting: str = "unknown"
    relationship: str = "unknown"
    place: Place | None = None
    happened_on: date | None = None
    age: int | None = None


@gated
def open_case(*, by: Actor, child: Child, team: Team, worker: Person | None = None, report: UUID | None = None) -> Case:
    """Open the case of a registered child in a team. Raises `Conflict` when the team has one open already."""
    rule = allow(by, Permission.CHILD_REGISTER)
    if Case.objects.filter(child=child, team=team, status="open").exists():
        raise Conflict("This child has an open case in this team already.")
    case = Case.objects.create(
        reference=new_reference("C"), child=child, agency_id=child.agency_id, team=team, worker=worker,
        report=report, opened_at=clock.now(),
    )  # fmt: skip
    ledger.opened(case)
    ledger.note(case, "case_opened", agency=case.agency_id)
    ledger.ask(case, "assess_risk", clock.now() + RESPOND_WITHIN["high"])
    record(by, "case:opened", "case", case.id, rule=rule)
    return case


@gated
def record_incident(*, by: Actor, case: Case, facts: IncidentFacts, narrative: str = "") -> Incident:
    """Add a coded incident. What was told in words goes to the vault. Raises `Invalid`."""
    rule = allow(by, Permission.CASE_WRITE, case)
    check_incident(facts)
    incident = Incident(id=new_id(), case=case, recorded_at=clock.now(), **vars(facts))
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
    if facts.age is not None and not 0 <= facts.age < 18:  # noqa: PLR2004
        raise Invalid(
            {"age": "Give the age when it happened: 0 to 17. An adult may report what happened in childhood."}
        )
    if facts.happened_on and facts.happened_on > clock.today():
        raise Invalid({"happened_on": "This day lies in the future."})


@gated
def judge_risk(*, by: Actor, case: Case, risk: str) -> Case:
    """Set the risk level, and with it the clock by which somebody must have acted."""
    rule = allow(by, Permission.CASE_WRITE, case)
    need("risk_level", risk)
    CASE.after(case.status, "close")  # only an open case runs a clock
    case.risk = risk
    within = RESPOND_WITHIN.get(risk)
    case.respond_by = clock.now() + within if within else None
    ledger.changed(case, "risk", "respond_by")
    ledger.done(case, "assess_risk")
    if case.respond_by:
        ledger.ask(case, "respond_to_risk", case.respond_by)
    ledger.note(case, "risk_judged", term=risk, agency=case.agency_id)
    record(by, "case:risk_judged", "case", case.id, rule=rule, detail={"risk": risk})
    return case


@gated
def assign(*, by: Actor, case: Case, worker: Person) -> Case:
    """Give the case to a worker of its team. Nobody assigns a case to themselves. Raises `Invalid`."""
    rule = allow(by, Permission.CASE_ASSIGN, case)
    if worker.id == by.id:
        raise Conflict("Nobody takes a case by assigning it to themselves; ask another supervisor.")
    posts = organisation.holders(Role.CASE_WORKER, agency=case.agency_id)
    if not posts.filter(person=worker, team_id=case.team_id).exists():
        raise Invalid({"worker": "Choose a case worker of this team."})
    case.worker = worker
    ledger.changed(case, "worker")
    case.tasks.filter(done_at=None).update(worker=worker)
    ledger.note(case, "case_assigned", agency=case.agency_id)
    tell(code="case_assigned", kind="case", record_id=case.id, reference=case.reference, person=worker.id)
    record(by, "case:assigned", "case", case.id, rule=rule, detail={"worker": str(worker.id)})
    return case


@gated
def share(
    *, by: Actor, case: Case, agency: Agency, compartments: list[Compartment], purpose: str, consent: str,
    until: datetime,
) -> Scope:  # fmt: skip
    """Let another agency take part: named compartments, a purpose, the consent it rests on, and an end.

    Raises `Invalid` for the own agency, no end in the future, a consent that was refused or withdrawn, or the matching
    and reporter compartments, which are never shared.
    """
    rule = allow(by, Permission.CASE_SHARE, case)
    need("purpose", purpose)
    need("consent", consent)
    if consent in {"refused", "withdrawn"}:
        raise Invalid({"consent": "The child or whoever speaks for the child said no. Nothing is shared."})
    if agency.id == case.agency_id:
        raise Invalid({"agency": "This is the case's own agency."})
    if until <= clock.now():
        raise Invalid({"until": "A share ends on a day to come."})
    if {Compartment.MATCHING, Compartment.REPORTER} & set(compartments):
        raise Invalid({"compartments": "This part is never shared."})
    scope, _made = Scope.objects.update_or_create(
        case=case, agency=agency, kind="share",
        defaults=ledger.columns(case) | {
            "compartments": f",{','.join(sorted(compartments))},", "purpose": purpose, "consent": consent,
            "expires_at": until, "revoked_at": None,
        },
    )  # fmt: skip
    ledger.note(case, "case_shared", agency=agency.id)
    record(by, "case:shared", "case", case.id, rule=rule, purpose=purpose, detail={"agency": str(agency.id)})
    return scope


@gated
def revoke(*, by: Actor, case: Case, agency: Agency) -> None:
    """End a share at once."""
    rule = allow(by, Permission.CASE_SHARE, case)
    Scope.objects.filter(case=case, agency=agency, kind="share").update(revoked_at=clock.now())
    ledger.note(case, "share_revoked", agency=agency.id)
    record(by, "case:share_revoked", "case", case.id, rule=rule, detail={"agency": str(agency.id)})


@gated
def close(*, by: Actor, case: Case, reason: str) -> Case:
    """Close a case with a reason; its open tasks are done."""
    rule = allow(by, Permission.CASE_CLOSE, case)
    need("case_close_reason", reason)
    case.status = CASE.after(case.status, "close")
    case.closed_at, case.close_reason, case.respond_by = clock.now(), reason, None
    ledger.changed(case, "status", "closed_at", "close_reason", "respond_by")
    case.tasks.filter(done_at=None).update(done_at=clock.now())
    ledger.note(case, "case_closed", term=reason, agency=case.agency_id)
    record(by, "case:closed", "case", case.id, rule=rule, detail={"reason": reason})
    return case


@gated
def reopen(*, by: Actor, case: Case, reason: str) -> Case:
    """Open a closed case again, with a reason; its risk must be judged anew."""
    rule = allow(by, Permission.CASE_CLOSE, case)
    need("reopen_reason", reason)
    case.status = CASE.after(case.status, "reopen")
    case.closed_at, case.close_reason = None, ""
    ledger.changed(case, "status", "closed_at", "close_reason")
    ledger.note(case, "case_reopened", term=reason, agency=case.agency_id)
    ledger.ask(case, "assess_risk", clock.now() + RESPOND_WITHIN["high"])
    record(by, "case:reopened", "case", case.id, rule=rule, detail={"reason": reason})
    return case


@gated
def raise_wall(*, by: Actor, case: Case, against_kind: str, against: UUID, reason: str) -> Wall:
    """Keep a person or an agency from a case and its child, everywhere. Raises `Invalid`, `Conflict`."""
    rule = allow(by, Permission.WALL_RAISE, case)
    need("wall_reason", reason)
    if against in {by.id, case.agency_id}:
        raise Invalid({"against": "A wall against yourself or the case's own agency would leave the child alone."})
    if Wall.objects.filter(record=case.id, against=against, lifted_at=None).exists():
        raise Conflict("This wall stands already.")
    wall = Wall.objects.create(
        against_kind=against_kind, against=against, record=case.id, reason=reason,
        raised_at=clock.now(), raised_by=by.id,
    )  # fmt: skip
    record(by, "wall:raised", "case", case.id, rule=rule, detail={"reason": reason})
    return wall


@gated
def break_glass(*, by: Actor, case: Case, reason: str, note: str) -> Glass:
    """See one case for sixty minutes, read-only, in an emergency. The owner and every auditor hear of it at once.

    Needs a second factor given within five minutes. A wall is never opened so: the case does not exist for the asker.
    """
    rule = allow(by, Permission.CASE_GLASS, case)
    need("glass_reason", reason)
    if not note.strip():
        raise Invalid({"note": "Say in a sentence why this cannot wait."})
    # The agency of a post in which glass may be broken: with several posts, not just any of them.
    agency = min(by.agencies_as(Role.CASE_WORKER, Role.SUPERVISOR, Role.INTAKE_OFFICER))
    until = clock.now() + GLASS
    pointer = store.put(
        subject=case.child_id,
        agency=case.agency_id,
        compartment=Compartment.NARRATIVE,
        column="glass",
        value=note,
    )
    glass = Glass.objects.create(
        person=by.id,
        agency=agency,
        record=case.id,
        reason=reason,
        note=pointer,
        broken_at=clock.now(),
        expires_at=until,
    )
    Scope.objects.create(
        kind="glass",
        agency_id=agency,
        worker_id=by.id,
        expires_at=until,
        purpose=reason,
        **ledger.columns(case),
    )
    _tell_of_glass(case)
    record(by, "case:glass_broken", "case", case.id, rule=rule, detail={"reason": reason})
    return glass


def _tell_of_glass(case: Case) -> None:
    told = partial(tell, code="glass_broken", kind="case", record_id=case.id, reference=case.reference)
    told(agency=case.agency_id, role=Role.SUPERVISOR)
    if case.worker_id:
        told(person=case.worker_id)
    for auditor in organisation.holders(Role.AUDITOR).values_list("agency_id", flat=True).distinct():
        told(agency=auditor, role=Role.AUDITOR)


@gated
def break_glass_by_reference(*, by: Actor, reference: str, reason: str, note: str) -> Glass:
    """Break the glass before the case that somebody names. A walled case and none at all answer alike: `NotFound`."""
    case = Case.objects.select_related("child", "agency__place").filter(reference=reference.strip().upper()).first()
    if case is None:
        allow(by, Permission.DAY_READ)
        raise NotFound
    return break_glass(by=by, case=case, reason=reason, note=note)
