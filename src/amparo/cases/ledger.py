"""What every act on a case leaves beside its own row: scopes in step, counters, the time line, tasks, changed facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from amparo.audit import rows
from amparo.cases.facts import facts_of
from amparo.cases.models import Case, Moment, Scope, Share, Task, WorkCounter, living
from amparo.cases.states import CASE
from amparo.common import clock, facts
from amparo.common.errors import Conflict

# What every scope of a case repeats of it and what changes.
COPIED = ("status", "risk", "respond_by")
_MOVING = (*COPIED, "closed_at", "close_reason", "missing_since", "placement", "team", "worker")


def hold(case: Case) -> None:
    """See the case as it stands now, and let nobody else act on it until this act is done."""
    rows.hold(case, *_MOVING)


def need_open(case: Case) -> None:
    """`hold` a case; what is added to one, is added to an open one. Raises `Conflict`."""
    hold(case)
    if case.status != CASE.start:
        raise Conflict(_("This case is closed. Open it again first, with a reason."))


def opened(case: Case) -> None:
    """The first scope of a new case, its counter and its facts."""
    own_scope(case).save(force_insert=True)
    count(case.agency_id, case.status, case.risk, 1)
    facts.changed("case", case.id, before=None, after=facts_of(case))


def own_scope(case: Case) -> Scope:
    """The scope by which the case's own agency meets it."""
    return Scope(kind="own", agency_id=case.agency_id, team_id=case.team_id, worker_id=case.worker_id, **columns(case))


def columns(case: Case) -> dict[str, object]:
    """The columns of a scope that repeat the case and the child."""
    return {
        "case_id": case.id, "child": case.child_id, "reference": case.reference, "status": case.status,
        "risk": case.risk, "sex": case.child.sex, "birth_year": case.child.birth_year, "region": case.agency.place.path,
        "opened_at": case.opened_at, "respond_by": case.respond_by,
    }  # fmt: skip


def changed(case: Case, *fields: str) -> None:
    """Save `fields` of a case and bring scopes, counter and facts into step."""
    before = Case.objects.select_related("child").get(pk=case.pk)
    case.save(update_fields=fields)
    Scope.objects.filter(case=case).update(**{name: getattr(case, name) for name in COPIED})
    own = Scope.objects.filter(case=case, kind="own")
    own.update(team_id=case.team_id, worker_id=case.worker_id)
    if (before.status, before.risk) != (case.status, case.risk):
        count(case.agency_id, before.status, before.risk, -1)
        count(case.agency_id, case.status, case.risk, 1)
    facts.changed("case", case.id, before=facts_of(before), after=facts_of(case))


def shares_changed(case: Case, agency: UUID) -> None:
    """Bring the scope of an agency into step with the shares that live: until the latest end, or gone at once."""
    Case.objects.select_for_update().get(pk=case.pk)  # two shares at once must see each other
    living_ones = Share.objects.filter(living(clock.now()), case=case, agency_id=agency)
    if latest := living_ones.aggregate(latest=Max("until"))["latest"]:
        kept = columns(case) | {"expires_at": latest, "revoked_at": None}
        Scope.objects.update_or_create(case=case, agency_id=agency, kind="share", defaults=kept)
    else:
        Scope.objects.filter(case=case, agency_id=agency, kind="share").update(revoked_at=clock.now())


def assessed(case: Case, *, schooling: str, housing: str) -> None:
    """Let lists of one's own cases be narrowed by what the latest assessment says."""
    Scope.objects.filter(case=case, kind="own").update(schooling=schooling, housing=housing)


def note(case: Case, code: str, *, term: str = "", record: UUID | None = None, agency: UUID | None = None) -> None:
    """Add a line to the time line."""
    Moment.objects.create(case=case, at=clock.now(), code=code, term=term, record=record, agency_id=agency)


def ask(case: Case, code: str, due_at: datetime, *, record: UUID | None = None) -> Task:
    """Set something to be done by the case's worker."""
    asked = task(case, code, due_at, record=record)
    asked.save(force_insert=True)
    return asked


def task(case: Case, code: str, due_at: datetime, *, record: UUID | None = None) -> Task:
    """What `ask` saves."""
    return Task(
        case_id=case.id, agency_id=case.agency_id, worker_id=case.worker_id, reference=case.reference,
        code=code, record=record, due_at=due_at,
    )  # fmt: skip


def done(case: Case, code: str, *, record: UUID | None = None) -> None:
    """Everything of this kind on the case is done."""
    tasks = Task.objects.filter(case=case, code=code, done_at=None)
    if record:
        tasks = tasks.filter(record=record)
    tasks.update(done_at=clock.now())


def count(agency: UUID, status: str, risk: str, step: int) -> None:
    """Keep the counter of an agency's own cases of a status and a risk."""
    cell: dict[str, Any] = {"agency_id": agency, "status": status, "risk": risk}
    WorkCounter.objects.get_or_create(**cell)
    WorkCounter.objects.filter(**cell).update(number=F("number") + step)
