"""Where the child lives, whether the child is there, and what was told of what happened: each opened for a purpose."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from amparo.access.permissions import Permission as P
from amparo.care import words as spoken
from amparo.cases import actions, queries
from amparo.cases.models import Case, Incident, Scope
from amparo.cases.safety import Placement
from amparo.common.errors import NotFound
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Done, In, Line, Purpose, Words, answers
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal

router = Router(tags=["safety"])


class LabelOut(Schema):
    """What somebody confirmed that an incident is in law."""

    rules: str
    edition: str
    code: str
    state: str


class IncidentOut(Schema):
    """What happened, in codes."""

    id: UUID
    form: str
    setting: str
    relationship: str
    place: str | None
    happened_on: date | None
    age: int | None
    recorded_at: datetime
    labels: list[LabelOut]

    @staticmethod
    def resolve_place(incident: Incident) -> str | None:
        return incident.place.code if incident.place else None

    @staticmethod
    def resolve_labels(incident: Incident) -> list[Any]:
        return list(incident.labels.all())


class NarrativeOut(Schema):
    told: str


class PlacementIn(In):
    """Where the child lives now: for the vault only."""

    address: Words
    provider: Line = ""
    contact: Line = ""


class PlacementOut(Schema):
    address: str = ""
    provider: str = ""
    contact: str = ""


class MissingIn(In):
    since: AwareDatetime


class CalledIn(In):
    """A name, or parts of one; what is typed travels in the body and is kept nowhere."""

    written: Annotated[str, Field(min_length=1, max_length=200)]


class FoundOut(Schema):
    """One of my own cases."""

    id: UUID
    reference: str
    status: str
    risk: str

    @staticmethod
    def resolve_id(row: Scope) -> UUID:
        return row.case_id


class CareWordsIn(Purpose):
    part: Literal["narrative", "health"]


class CareWordsOut(Schema):
    """What was written or said in care."""

    kind: str
    code: str
    at: datetime | None
    text: Any


@router.post("/cases/find", response=answers(list[FoundOut]))
def find(request: ApiRequest, given: CalledIn) -> list[Scope]:
    """My own cases whose child is called so, the closest first."""
    return queries.find_by_name(by=request.actor, written=given.written)


@router.get("/cases/{uuid:id}/incidents/all", response=answers(list[IncidentOut]))
def incidents(request: ApiRequest, id: UUID) -> list[Incident]:
    """What happened to the child, in codes, the latest recorded first."""
    return queries.incidents(queries.case(by=request.actor, id=id))


@router.post("/cases/{uuid:id}/incidents/{uuid:incident}/told", response=answers(NarrativeOut))
def narrative(request: ApiRequest, id: UUID, incident: UUID, given: Purpose) -> dict[str, Any]:
    """Open what was told of one incident, for a purpose, once. The look is recorded."""
    case = queries.case(by=request.actor, id=id)
    pointer = next((each.narrative for each in queries.incidents(case) if each.id == incident), None)
    return {"told": _open(request, case, pointer, Compartment.NARRATIVE, given)}


@router.post("/cases/{uuid:id}/placement", response=answers(Done))
def place(request: ApiRequest, id: UUID, given: PlacementIn) -> Case:
    """Write down where the child lives now."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_WRITE)
    return actions.set_placement(by=request.actor, case=case, placement=Placement(**given.model_dump()))


@router.post("/cases/{uuid:id}/placement/opened", response=answers(PlacementOut))
def placement(request: ApiRequest, id: UUID, given: Purpose) -> Any:
    """Open where the child lives: for a purpose, past a fresh second factor. The look is recorded."""
    case = queries.case(by=request.actor, id=id)
    return _open(request, case, case.placement, Compartment.PLACEMENT, given)


@router.post("/cases/{uuid:id}/acted", response=answers(Done))
def acted(request: ApiRequest, id: UUID) -> Case:
    """Somebody has acted for the child: the clock that the risk set stops."""
    return actions.say_acted(by=request.actor, case=queries.case(by=request.actor, id=id, to=P.CASE_WRITE))


@router.post("/cases/{uuid:id}/missing", response=answers(Done))
def missing(request: ApiRequest, id: UUID, given: MissingIn) -> Case:
    """The child is missing since a moment: everybody concerned is told at once."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_WRITE)
    return actions.report_missing(by=request.actor, case=case, since=given.since)


@router.post("/cases/{uuid:id}/found", response=answers(Done))
def found(request: ApiRequest, id: UUID) -> Case:
    """The child is found."""
    return actions.report_found(by=request.actor, case=queries.case(by=request.actor, id=id, to=P.CASE_WRITE))


@router.post("/cases/{uuid:id}/care/words", response=answers(list[CareWordsOut]))
def care_words(request: ApiRequest, id: UUID, given: CareWordsIn) -> list[spoken.Words]:
    """Open what was written and said in care, for a purpose. The look is recorded."""
    return spoken.words(by=request.actor, case=id, compartment=Compartment(given.part), purpose=given.purpose)


def _open(request: ApiRequest, case: Case, pointer: UUID | None, part: Compartment, given: Purpose) -> Any:
    if pointer is None:
        raise NotFound
    return reveal(by=request.actor, subject=case, pointer=pointer, compartment=part, purpose=given.purpose)
