"""Register a child: first ask whether somebody has met the child, then write it down, once however often it is sent."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from amparo.cases import actions
from amparo.cases.meeting import meet
from amparo.cases.models import Case
from amparo.intake.queries import report
from amparo.interfaces.api.finding import chosen
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, In, Line, Made, answers
from amparo.linkage import tickets
from amparo.linkage.actions import ChildFacts, Identity
from amparo.organisation.models import Team

router = Router(tags=["children"])
Year = Annotated[int, Field(ge=1990, le=2200)]


class SearchIn(In):
    """Has anybody met this child? `id`, made by the client, is what the child will be registered under.

    `names`: the given name, then the family name, then others. The more is told, the better the answer.
    """

    id: UUID
    names: Annotated[list[Line], Field(max_length=6)]
    birth_year: Year
    birth_date: date | None = None
    sex: Code = "unknown"
    mother: Line = ""
    father: Line = ""
    birth_place: Line = ""
    reason: Code


class ComparedOut(Schema):
    """One thing that was compared: what it showed (null: not known), and its weight in bits."""

    name: str
    level: str | None
    bits: float


class MetOut(Schema):
    """A possible earlier record. One's own case: the child, the chance that it is the same, and why.

    Of one's own agency otherwise: only that; a supervisor knows. Of another agency: the `contact` by which it is asked.
    `may_be` is "same" or "sibling".
    """

    child: UUID | None
    agency: UUID
    may_be: str
    score: float | None
    steps: list[ComparedOut]
    contact: UUID | None


class SearchOut(Schema):
    """Who may have met the child; with `key` the child is registered if it was not met."""

    met: list[MetOut]
    key: str


class IdentityIn(In):
    """Who the child is: for the vault only. Name parts may be in any script; any of it may be missing."""

    given: Line = ""
    family: Line = ""
    other: Line = ""
    mother: Line = ""
    father: Line = ""
    birth_place: Line = ""
    birth_date: date | None = None
    contact: Line = ""
    address: Line = ""


class FactsIn(In):
    """The child in codes. `difficulties`: domain of the Child Functioning Module to a degree."""

    sex: Code = "unknown"
    birth_year: Year | None = None
    birth_precision: Code = "unknown"
    nationality: Annotated[str, Field(pattern=r"^[A-Za-z_]{1,12}$")] = "unknown"
    language: Code = "unknown"
    migration_status: Code = "unknown"
    care_status: Code = "unknown"
    separation: Code = "unknown"
    difficulties: Annotated[dict[Code, Code], Field(max_length=30)] = {}


class RegisterIn(In):
    """A child who was not met, the team whose case it will be, and perhaps the claimed report that becomes it."""

    key: Annotated[str, Field(max_length=300)]
    team: UUID
    report: UUID | None = None
    identity: IdentityIn
    facts: FactsIn = FactsIn()


@router.post("/children/search", response=answers(SearchOut))
def search(request: ApiRequest, given: SearchIn) -> dict[str, Any]:
    """Search before registering, over all agencies."""
    parts = [*given.names, "", ""]
    identity = Identity(
        given=parts[0], family=parts[1], other=" ".join(parts[2:]).strip(), birth_date=given.birth_date,
        mother=given.mother, father=given.father, birth_place=given.birth_place,
    )  # fmt: skip
    facts = ChildFacts(
        sex=given.sex, birth_year=given.birth_year, birth_precision="day" if given.birth_date else "year"
    )
    found = meet(by=request.actor, identity=identity, facts=facts, reason=given.reason)
    met = [*(each for _case, each in found.mine), *found.ours, *found.elsewhere]
    return {"met": met, "key": tickets.issue(request.actor.id, given.id)}


@router.post("/children", response=answers(Made, 201))
def register_child(request: ApiRequest, given: RegisterIn) -> Status[Case]:
    """Register the child and open the case in a team of one's own; sent twice, it is one child and one case.

    With `report` the report is accepted, and its reporter learns so.
    """
    case = actions.register(
        by=request.actor,
        team=chosen(Team.objects.select_related("agency"), given.team, "team"),
        identity=Identity(**given.identity.model_dump()),
        facts=ChildFacts(**given.facts.model_dump()),
        id=tickets.number_on(given.key, of=request.actor.id),
        report=report(by=request.actor, id=given.report) if given.report else None,
    )
    return Status(201, case)
