"""Cases: have we met this child, register, list, read, and every act on a case."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from amparo.access.permissions import Permission
from amparo.cases import actions, queries
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Case, Incident, Moment, Scope, Task
from amparo.cases.queries import Filter
from amparo.common.errors import NotFound
from amparo.interfaces.api.finding import chosen, perhaps
from amparo.interfaces.api.paging import key, token
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import (
    AgencyOut,
    Code,
    Done,
    In,
    MaybeCode,
    MomentOut,
    Purpose,
    Words,
    answers,
)
from amparo.interfaces.api.start import TaskOut
from amparo.organisation.models import Person, Place
from amparo.organisation.queries import open_agencies
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal

router = Router(tags=["cases"])
Year = Annotated[int, Field(ge=1900, le=2200)]


class CaseAsked(Schema):
    """What a list of cases is narrowed to; `next` comes from the page before."""

    status: Literal["open", "closed", ""] = "open"
    risk: MaybeCode = ""
    sex: MaybeCode = ""
    birth_year: Year | None = None
    region: Annotated[str, Field(max_length=200)] = ""
    reference: Annotated[str, Field(max_length=12)] = ""
    next: Annotated[str, Field(max_length=200)] = ""


class RowOut(Schema):
    """A case in a list, without the child's name."""

    id: UUID
    reference: str
    status: str
    risk: str
    sex: str
    birth_year: int | None
    opened_at: datetime
    respond_by: datetime | None

    @staticmethod
    def resolve_id(row: Scope) -> UUID:
        return row.case_id


class CasesOut(Schema):
    """A page of cases."""

    cases: list[RowOut]
    next: str | None


class ChildOut(Schema):
    """The child in codes."""

    id: UUID
    sex: str
    birth_year: int | None
    birth_precision: str
    nationality: str
    language: str
    migration_status: str
    care_status: str
    separation: str


class CaseOut(Schema):
    """A case in codes. Who the child is stays closed."""

    id: UUID
    reference: str
    status: str
    risk: str
    respond_by: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    close_reason: str
    agency: AgencyOut
    worker: UUID | None
    child: ChildOut
    missing_since: datetime | None
    may: list[str]
    tasks: list[TaskOut]

    @staticmethod
    def resolve_worker(case: Case) -> UUID | None:
        return case.worker_id

    @staticmethod
    def resolve_tasks(case: Case) -> list[Task]:
        return queries.open_tasks(case) if Permission.CASE_WRITE in case.may else []

    @staticmethod
    def resolve_may(case: Case) -> list[str]:
        return sorted(case.may)


class IncidentIn(In):
    """What happened, in codes; how it came about and for what consideration. `narrative` goes to the vault."""

    form: Code
    setting: Code = "unknown"
    relationship: Code = "unknown"
    place: UUID | None = None
    happened_on: date | None = None
    age: Annotated[int, Field(ge=0, le=120)] | None = None
    how: Annotated[list[Code], Field(max_length=20)] = []
    consideration: Annotated[list[Code], Field(max_length=20)] = []
    narrative: Words = ""


class RiskIn(In):
    risk: Code


class AssignIn(In):
    worker: UUID


class ShareIn(In):
    """Let another agency take part."""

    agency: UUID
    compartments: list[Compartment]
    purpose: Code
    consent: Code
    limits: Annotated[list[Code], Field(max_length=20)] = []
    until: AwareDatetime


class ReasonIn(In):
    reason: Code


class IdentityOut(Schema):
    """Who the child is, opened for a purpose; what is not known is empty."""

    given: str = ""
    family: str = ""
    other: str = ""
    birth_date: str = ""
    contact: str = ""
    address: str = ""


@router.get("/cases", response=answers(CasesOut))
def cases(request: ApiRequest, asked: Query[CaseAsked]) -> dict[str, Any]:
    """The cases that I may read, newest first."""
    narrowed = asked.model_dump()
    page = queries.cases(by=request.actor, after=key(narrowed.pop("next")), only=Filter(**narrowed))
    return {"cases": page.rows, "next": token(page.after)}


@router.get("/cases/{uuid:id}", response=answers(CaseOut))
def case(request: ApiRequest, id: UUID) -> Case:
    """One case: its clocks, the child in codes, what is to be done."""
    return queries.case(by=request.actor, id=id)


@router.get("/cases/{uuid:id}/time-line", response=answers(list[MomentOut]))
def time_line(request: ApiRequest, id: UUID) -> list[Moment]:
    """Everything that happened on a case, newest first."""
    return queries.timeline(queries.case(by=request.actor, id=id))


@router.post("/cases/{uuid:id}/incidents", response=answers(Done, 201))
def incident(request: ApiRequest, id: UUID, given: IncidentIn) -> Status[Incident]:
    """Record what happened."""
    found = queries.case(by=request.actor, id=id)
    facts = given.model_dump(exclude={"narrative"}) | {
        "place": perhaps(Place.objects.all(), given.place, "place"), "how": tuple(given.how),
        "consideration": tuple(given.consideration),
    }  # fmt: skip
    made = actions.record_incident(
        by=request.actor, case=found, facts=IncidentFacts(**facts), narrative=given.narrative
    )  # fmt: skip
    return Status(201, made)


@router.post("/cases/{uuid:id}/risk", response=answers(Done))
def risk(request: ApiRequest, id: UUID, given: RiskIn) -> Case:
    """Judge the risk; it sets the clock by which somebody must have acted."""
    return actions.judge_risk(by=request.actor, case=queries.case(by=request.actor, id=id), risk=given.risk)


@router.post("/cases/{uuid:id}/assign", response=answers(Done))
def assign(request: ApiRequest, id: UUID, given: AssignIn) -> Case:
    """Give the case to a worker of its team."""
    found = queries.case(by=request.actor, id=id)
    worker = chosen(Person.objects.filter(is_active=True), given.worker, "worker")
    return actions.assign(by=request.actor, case=found, worker=worker)


@router.post("/cases/{uuid:id}/shares", response=answers(Done, 201))
def share(request: ApiRequest, id: UUID, given: ShareIn) -> Status[Any]:
    """Let another agency take part: some parts, a purpose, the consent and its limits, an end."""
    found = queries.case(by=request.actor, id=id)
    told = given.model_dump() | {"agency": chosen(open_agencies(), given.agency, "agency")}
    return Status(201, actions.share(by=request.actor, case=found, **told))


@router.post("/cases/{uuid:id}/shares/{uuid:share}/revoke", response=answers(Done))
def revoke(request: ApiRequest, id: UUID, share: UUID) -> Any:
    """End a share at once."""
    found = queries.case(by=request.actor, id=id)
    of_case = found.shares.select_related("case__child", "case__agency__place").filter(id=share).first()
    if of_case is None:
        raise NotFound
    return actions.revoke(by=request.actor, share=of_case)


@router.post("/cases/{uuid:id}/close", response=answers(Done))
def close(request: ApiRequest, id: UUID, given: ReasonIn) -> Case:
    """Close the case with a reason."""
    return actions.close(by=request.actor, case=queries.case(by=request.actor, id=id), reason=given.reason)


@router.post("/cases/{uuid:id}/reopen", response=answers(Done))
def reopen(request: ApiRequest, id: UUID, given: ReasonIn) -> Case:
    """Open a closed case again, with a reason."""
    return actions.reopen(by=request.actor, case=queries.case(by=request.actor, id=id), reason=given.reason)


@router.post("/cases/{uuid:id}/identity", response=answers(IdentityOut))
def identity(request: ApiRequest, id: UUID, given: Purpose) -> Any:
    """Open who the child is, for a purpose, once. The look is recorded."""
    found = queries.case(by=request.actor, id=id)
    return reveal(
        by=request.actor, subject=found, pointer=found.child.identity,
        compartment=Compartment.IDENTITY, purpose=given.purpose,
    )  # fmt: skip
