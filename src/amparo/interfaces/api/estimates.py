"""Estimates: how lists overlap, ask for an estimate, justify it, let two others check it, withdraw it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from amparo.counting.overlaps import queries as overlaps_of
from amparo.counting.overlaps.queries import Choice
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, Done, In, Made, MaybeCode, answers
from amparo.publication.estimates import actions, queries
from amparo.publication.estimates.models import Estimate

router = Router(tags=["figures"])
Year = Annotated[int, Field(ge=1990, le=2200)]
List = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Method = Literal["main", "stepwise", "bic", "dga", "lcmcr", "chao", "sample-coverage"]


class ChoiceIn(In):
    """The years, both included; what a list is; what divides the children."""

    first: Year
    last: Year
    grouping: Literal["kind", "agency"] = "kind"
    strata: Literal["", "sex", "age_group", "region"] = ""


class ListOut(Schema):
    """A list and how many children are on it."""

    code: str
    children: int


class EstimateRow(Schema):
    """An estimate. Its numbers are rounded, and null where there is none."""

    id: UUID
    reference: str
    first_year: int
    last_year: int
    status: str
    lists: list[str]
    done: int
    asked: int
    children: int | None
    total: int | None
    low: int | None
    high: int | None
    verdict: str
    drafted_at: datetime
    published_at: datetime | None
    verdicts: int
    reason: str


class EstimateOut(EstimateRow):
    """With its parts, what it rests on, and the exact report for the desk."""

    parts: dict[str, Any]
    supposed: dict[str, str]
    statement: str
    told: dict[str, Any] | None


class EstimateIn(ChoiceIn):
    lists: Annotated[list[List], Field(max_length=8)]
    methods: list[Method] = []
    boot: Annotated[int, Field(ge=20, le=10_000)] = 1000
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1234


class JustifyIn(In):
    supposed: dict[Code, Literal["holds", "doubtful", "fails"]]
    statement: Annotated[str, Field(max_length=2000)]


class EstimateCheckIn(In):
    """Agree, or refuse with a reason; the estimate is public once two agreed."""

    agree: bool
    reason: MaybeCode = ""


class EstimateWithdrawIn(In):
    reason: Code


@router.get("/overlaps", response=answers(list[ListOut]))
def overlaps(request: ApiRequest, given: Query[ChoiceIn]) -> list[dict[str, object]]:
    """The lists that there are in these years, the largest first: exact counts, for statisticians."""
    found = overlaps_of.lists(by=request.actor, choice=Choice(**given.model_dump()))
    return [{"code": code, "children": number} for code, number in found.items()]


@router.get("/estimates", response=answers(list[EstimateRow]))
def estimates(request: ApiRequest) -> list[Estimate]:
    """The latest estimates."""
    return queries.estimates(by=request.actor)


@router.post("/estimates/draft", response=answers(Made, 201))
def draft_estimate(request: ApiRequest, given: EstimateIn) -> Status[Estimate]:
    """Ask how many children none of the lists has; the worker computes it."""
    told = given.model_dump()
    choice = Choice(**{name: told.pop(name) for name in ("first", "last", "grouping", "strata")})
    return Status(201, actions.draft(by=request.actor, choice=choice, **told))


@router.get("/estimates/{uuid:id}", response=answers(EstimateOut))
def estimate(request: ApiRequest, id: UUID) -> Estimate:
    """One estimate with all that the methods say."""
    return queries.estimate(by=request.actor, id=id)


@router.post("/estimates/{uuid:id}/justify", response=answers(Done))
def justify_estimate(request: ApiRequest, id: UUID, given: JustifyIn) -> Estimate:
    """Say what is supposed, and why; it is public with the figure."""
    found = queries.estimate(by=request.actor, id=id)
    return actions.justify(by=request.actor, estimate=found, **given.model_dump())


@router.post("/estimates/{uuid:id}/check", response=answers(Done))
def check_estimate(request: ApiRequest, id: UUID, given: EstimateCheckIn) -> Estimate:
    """One of two verdicts, each given without knowing the other; the estimate is public once both agree."""
    found = queries.estimate(by=request.actor, id=id)
    return actions.check(by=request.actor, estimate=found, **given.model_dump())


@router.post("/estimates/{uuid:id}/withdraw", response=answers(Done))
def withdraw_estimate(request: ApiRequest, id: UUID, given: EstimateWithdrawIn) -> Estimate:
    """Take an estimate off the public site, with a reason that the public reads."""
    found = queries.estimate(by=request.actor, id=id)
    return actions.withdraw(by=request.actor, estimate=found, reason=given.reason)
