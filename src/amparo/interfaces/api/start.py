"""Where everybody begins: who am I, what are the codes, what is to be done; the glass; the record of looks."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.middleware.csrf import get_token
from ninja import Query, Router, Schema
from pydantic import Field

from amparo.access.decisions import decide
from amparo.access.policy import POLICY
from amparo.access.queries import looks as looked
from amparo.audit.models import Event
from amparo.cases import actions, queries
from amparo.cases.models import Task
from amparo.common.errors import NotFound
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import AgencyOut, Before, Code, Done, In, Words, answers
from amparo.organisation.actions import see
from amparo.organisation.models import Agency, Notice
from amparo.organisation.queries import notices_for, open_agencies
from amparo.vocabulary.queries import choices, schemes

router = Router(tags=["start"])


class PostOut(Schema):
    """A role, where it holds."""

    role: str
    agency: UUID
    team: UUID | None


class MeOut(Schema):
    """Who is signed in. `form_token` goes into the header X-CSRFToken of everything that changes something."""

    id: UUID
    name: str
    posts: list[PostOut]
    permissions: list[str]
    form_token: str


class SchemeOut(Schema):
    """A code with its words in the reader's language."""

    code: str
    label: str


class TaskOut(Schema):
    """Something to be done on a case."""

    id: UUID
    case: UUID
    reference: str
    code: str
    due_at: datetime

    @staticmethod
    def resolve_case(task: Task) -> UUID:
        return task.case_id


class NoticeOut(Schema):
    """Something that happened, for whoever should know."""

    at: datetime
    code: str
    reference: str


class DayOut(Schema):
    """My day."""

    news: list[NoticeOut]
    overdue: list[TaskOut]
    due: list[TaskOut]


class GlassIn(In):
    """An emergency. `note` says why it cannot wait."""

    reference: Annotated[str, Field(max_length=12)]
    reason: Code
    note: Words


class LookOut(Schema):
    """One link of the record of acts and looks."""

    seq: int
    at: datetime
    actor_kind: str
    actor: UUID
    verb: str
    kind: str
    record: UUID | None
    purpose: str
    rule: str
    outcome: str
    count: int | None
    hash: str


class SeenIn(In):
    """Notices that I have seen."""

    notices: Annotated[list[UUID], Field(max_length=200)]


class SeenOut(Schema):
    """How many of them were mine and unseen."""

    seen: int


class CountOut(Schema):
    """How many cases of my teams are in a status and at a risk."""

    status: str
    risk: str
    number: int


class LoadOut(Schema):
    """The open cases of a worker; without a name: those that wait for one."""

    worker: str | None
    open: int
    high_risk: int


class TeamOut(Schema):
    """My team in numbers."""

    counted: list[CountOut]
    load: list[LoadOut]


@router.get("/me", response=answers(MeOut))
def me(request: ApiRequest) -> dict[str, Any]:
    """Who am I, in which posts, and what may I do that is about no single record?"""
    general = [permission for permission, rule in POLICY.items() if not rule.kind]
    allowed = [each for each in general if decide(by=request.actor, permission=each).allowed]
    return {
        "id": request.actor.id, "name": getattr(request.user, "name", ""), "posts": request.actor.posts,
        "permissions": sorted(allowed),
        "form_token": get_token(request) if request.actor.kind == "person" else "",
    }  # fmt: skip


@router.get("/vocabulary", response=answers(list[str]))
def vocabulary(request: ApiRequest) -> list[str]:  # noqa: ARG001
    """Every code list by name."""
    return schemes()


@router.get("/vocabulary/{str:scheme}", response=answers(list[SchemeOut]))
def scheme(request: ApiRequest, scheme: str) -> list[dict[str, str]]:  # noqa: ARG001
    """The codes of a list, in its order, with their words in the reader's language."""
    if scheme not in schemes():
        raise NotFound
    return [{"code": code, "label": label} for code, label in choices(scheme)]


@router.get("/agencies", response=answers(list[AgencyOut]))
def agencies(request: ApiRequest) -> list[Agency]:  # noqa: ARG001
    """The agencies that still work, by name."""
    return list(open_agencies())


@router.get("/day", response=answers(DayOut))
def day(request: ApiRequest) -> dict[str, list[Notice] | list[Task]]:
    """My day: what is new, late, and due."""
    found = queries.my_day(by=request.actor)
    return {"news": notices_for(request.actor), "overdue": found.overdue, "due": found.due}


@router.post("/notices/seen", response=answers(SeenOut))
def seen(request: ApiRequest, given: SeenIn) -> dict[str, int]:
    """Mark notices as seen; those of others stay as they are."""
    return {"seen": see(by=request.actor, notices=given.notices)}


@router.get("/team", response=answers(TeamOut))
def team(request: ApiRequest) -> dict[str, Any]:
    """The cases of the teams that I supervise in numbers, and how they lie on their workers."""
    counted, load = queries.my_team(by=request.actor), queries.my_teams_load(by=request.actor)
    return {
        "counted": [dict(zip(("status", "risk", "number"), row, strict=True)) for row in counted],
        "load": [dict(zip(("worker", "open", "high_risk"), row, strict=True)) for row in load],
    }


@router.post("/glass", response=answers(Done))
def glass(request: ApiRequest, given: GlassIn) -> dict[str, UUID]:
    """Break the glass before one case, in an emergency: sixty minutes, read-only, and told at once."""
    broken = actions.break_glass_by_reference(by=request.actor, **given.model_dump())
    return {"id": broken.record}


@router.get("/looks", response=answers(list[LookOut]))
def looks(request: ApiRequest, asked: Query[Before]) -> list[Event]:
    """The record of every act and every look, newest first, for the auditor."""
    return looked(by=request.actor, before=asked.before)
