"""Who may see a case and who looked; walls; broken glass and its review; how long a record is kept, and its erasure."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from amparo.access.models import Glass, Wall
from amparo.access.permissions import Permission as P
from amparo.cases import actions, erasure, queries
from amparo.cases import glass as breaking
from amparo.cases.models import Erasure, LegalHold
from amparo.common.errors import NotFound
from amparo.intake.walls import walls_before
from amparo.interfaces.api.finding import chosen
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Before, Code, Done, In, answers
from amparo.organisation.models import Person
from amparo.organisation.queries import open_agencies

router = Router(tags=["trust"])


class LookedOut(Schema):
    """A line of a child's look-log. `count`: how many records were shown together, where it was a list."""

    seq: int = Field(alias="event.seq")
    at: datetime = Field(alias="event.at")
    who: str = Field(alias="name")
    agency: str
    verb: str = Field(alias="event.verb")
    purpose: str = Field(alias="event.purpose")
    outcome: str = Field(alias="event.outcome")
    count: int | None = Field(alias="event.count")


class ScopeOut(Schema):
    """A way by which an agency, or a person, may meet a case now."""

    kind: str
    agency: UUID = Field(alias="agency_id")
    team: UUID | None = Field(alias="team_id")
    person: UUID | None = Field(alias="worker_id")
    until: datetime | None = Field(alias="expires_at")


class SharedOut(Schema):
    """A share, living or ended."""

    id: UUID
    agency: UUID = Field(alias="agency_id")
    compartments: list[str] = Field(alias="parts")
    purpose: str
    consent: str
    limits: list[str] = Field(alias="limit_codes")
    until: datetime
    revoked_at: datetime | None


class WallOut(Schema):
    """A standing wall; `name` is whom it keeps out, for those who may know."""

    id: UUID
    against_kind: str
    name: str | None = None
    reason: str
    reference: str | None = None
    raised_at: datetime


class AccessOut(Schema):
    """Who may see a case, and who must not."""

    scopes: list[ScopeOut]
    shares: list[SharedOut]
    walls: list[WallOut]


class WallIn(In):
    """Keep a person or an agency from a child."""

    against_kind: Literal["person", "agency"]
    against: UUID
    reason: Code


class GlassOut(Schema):
    """Glass that was broken: before which case, by whom, why, until when, and whether it was reviewed."""

    id: UUID
    reference: str
    person: UUID
    agency: UUID
    reason: str
    broken_at: datetime
    expires_at: datetime
    reviewed_at: datetime | None


class HoldIn(In):
    """Say for an agency of one's own that the record must be kept."""

    agency: UUID
    reason: Code


class EraseIn(In):
    """Ask that who the child was be erased; another agency must confirm it."""

    reason: Code


class HoldOut(Schema):
    """A hold that stands."""

    id: UUID
    agency: UUID = Field(alias="agency_id")
    reason: str
    placed_at: datetime


class ErasureOut(Schema):
    """An erasure that was asked for."""

    id: UUID
    agency: UUID = Field(alias="agency_id")
    reason: str
    asked_at: datetime
    confirmed_at: datetime | None
    done_at: datetime | None


class WaitingOut(ErasureOut):
    """An erasure that waits for another agency; whether I may confirm it."""

    reference: str = Field(alias="case.reference")
    confirmable: bool


class KeptOut(Schema):
    """What stands for and against the keeping of a record."""

    holds: list[HoldOut]
    erasure: ErasureOut | None


@router.get("/cases/{uuid:id}/looks", response=answers(list[LookedOut]))
def case_looks(request: ApiRequest, id: UUID, asked: Query[Before]) -> list[queries.Look]:
    """Who looked at a case or was shown it in a list, when, and for what, newest first. Reading it is a look too."""
    found = queries.case(by=request.actor, id=id, to=P.CASE_LOOKS, verb="case:looks_read")
    return queries.looks(found, before=asked.before)


@router.get("/cases/{uuid:id}/access", response=answers(AccessOut))
def access(request: ApiRequest, id: UUID) -> queries.Access:
    """Who may see a case now, and who must not."""
    return queries.access(queries.case(by=request.actor, id=id, to=P.CASE_LOOKS))


@router.post("/cases/{uuid:id}/walls", response=answers(Done, 201))
def raise_wall(request: ApiRequest, id: UUID, given: WallIn) -> Status[Wall]:
    """Keep a person or an agency from the child, everywhere."""
    case = queries.case(by=request.actor, id=id, to=P.WALL_RAISE)
    among: Any = Person.objects.all() if given.against_kind == "person" else open_agencies()
    chosen(among, given.against, "against")
    return Status(201, actions.raise_wall(by=request.actor, case=case, **given.model_dump()))


@router.get("/walls", response=answers(list[WallOut]))
def walls(request: ApiRequest) -> list[Any]:
    """Every standing wall, for an auditor: before what and why, never against whom."""
    return queries.walls_standing(by=request.actor)


@router.get("/reports/{uuid:id}/walls", response=answers(list[WallOut]))
def report_walls(request: ApiRequest, id: UUID) -> list[Any]:
    """The walls before a report."""
    return walls_before(by=request.actor, report=id)[1]


@router.post("/walls/{uuid:id}/lift", response=answers(Done))
def lift_wall(request: ApiRequest, id: UUID) -> Wall:
    """Take a wall down before a child or a report; never by whoever raised it."""
    return actions.lift_wall(by=request.actor, id=id)


@router.get("/glass/broken", response=answers(list[GlassOut]))
def broken_glass(request: ApiRequest) -> list[Any]:
    """Glass that was broken, what nobody has reviewed first."""
    return breaking.broken_glass(by=request.actor)


@router.post("/glass/{uuid:id}/reviewed", response=answers(Done))
def review_glass(request: ApiRequest, id: UUID) -> Glass:
    """Say that an independent auditor has looked at why a glass was broken."""
    return breaking.review_glass(by=request.actor, id=id)


@router.get("/cases/{uuid:id}/keeping", response=answers(KeptOut))
def keeping(request: ApiRequest, id: UUID) -> erasure.Kept:
    """Why a record must be kept, or who asked that it go."""
    return erasure.kept(queries.case(by=request.actor, id=id, to=P.CASE_HOLD))


@router.post("/cases/{uuid:id}/holds", response=answers(Done, 201))
def place_hold(request: ApiRequest, id: UUID, given: HoldIn) -> Status[LegalHold]:
    """Say that the record must be kept: until the agency lifts it nothing of the child is erased."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_HOLD)
    agency = chosen(open_agencies(), given.agency, "agency")
    return Status(201, erasure.place_hold(by=request.actor, case=case, agency=agency, reason=given.reason))


@router.post("/cases/{uuid:id}/holds/{uuid:hold}/lift", response=answers(Done))
def lift_hold(request: ApiRequest, id: UUID, hold: UUID) -> LegalHold:
    """End a hold of one's own agency."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_HOLD)
    found = case.holds.select_related("case__child", "case__agency__place").filter(id=hold).first()
    if found is None:
        raise NotFound
    erasure.lift_hold(by=request.actor, hold=found)
    return found


@router.post("/cases/{uuid:id}/erasures", response=answers(Done, 201))
def request_erasure(request: ApiRequest, id: UUID, given: EraseIn) -> Status[Erasure]:
    """Ask that who the child was be erased."""
    case = queries.case(by=request.actor, id=id, to=P.ERASURE_REQUEST)
    return Status(201, erasure.request_erasure(by=request.actor, case=case, reason=given.reason))


@router.get("/erasures", response=answers(list[WaitingOut]))
def erasures(request: ApiRequest) -> list[Any]:
    """Erasures that wait to be confirmed, the longest first."""
    return erasure.asked(by=request.actor)


@router.post("/erasures/{uuid:id}/confirm", response=answers(Done))
def confirm_erasure(request: ApiRequest, id: UUID) -> Erasure:
    """Confirm an erasure for another agency; the keys are destroyed at once."""
    found = erasure.one(by=request.actor, id=id)
    erasure.confirm_erasure(by=request.actor, erasure=found)
    return found
