"""What happened, by its elements: the rules asked about facts, an incident's answers, its confirmed labels."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from amparo.access.permissions import Permission
from amparo.cases import actions, labels, queries
from amparo.cases.models import Classification, Incident
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, Done, In, answers
from amparo.vocabulary.classification.classify import next_question
from amparo.vocabulary.classification.readings import Found, all_results, reading

router = Router(tags=["labels"])
Answer = Literal["yes", "no", "unknown", "not_asked"]
Age = Annotated[int, Field(ge=0, le=120)]
Answers = Annotated[dict[Code, Answer], Field(max_length=100)]


class FactsIn(In):
    """Elements of what happened, the age and the day then. `rules`: one rule set, or all under every reading."""

    elements: Answers = {}
    age: Age | None = None
    happened_on: date | None = None
    rules: Annotated[str, Field(max_length=40)] = ""
    settings: Annotated[dict[Code, bool], Field(max_length=20)] = {}


class AnswersIn(In):
    """What is known of an incident; what is not named stays as it was."""

    elements: Answers = {}
    age: Age | None = None


class LabelIn(In):
    """A label under one reading of its rules."""

    rules: Code
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
    settings: Annotated[dict[Code, bool], Field(max_length=20)] = {}


class NeedOut(Schema):
    """One need: met by any of `yes` that is so, or any of `no` that is not."""

    yes: list[str]
    no: list[str]
    state: str


class ResultOut(Schema):
    """What the rules say of one label: `met`, `not_met` or `open`, why, and what is missing.

    `in_force`: was the instrument in force on the day, if the day is known? `wording`: the law's own words.
    """

    rules: str
    edition: str
    settings: dict[str, bool]
    code: str
    label: str
    pinpoint: str
    pinpoint_confirmed: bool
    wording: str
    in_force: bool
    state: str
    needs: list[NeedOut]
    missing: list[str]


class ResultsOut(Schema):
    """Every result; `next`: the element whose answer would help most."""

    results: list[ResultOut]
    next: str | None


class ElementsOut(ResultsOut):
    """An incident's answers and what follows from them."""

    elements: dict[str, str]
    age: int | None


@router.post("/classify", response=answers(ResultsOut))
def classify_facts(request: ApiRequest, given: FactsIn) -> dict[str, Any]:  # noqa: ARG001 - nothing is recorded
    """Ask the rules about facts. Nothing is kept, and it is about nobody."""
    facts: dict[str, object] = {**given.elements} | ({} if given.age is None else {"age": given.age})
    found = reading(given.rules, given.settings).results(facts) if given.rules else all_results(facts)
    return _told(found, given.happened_on)


@router.get("/cases/{uuid:id}/incidents/{uuid:incident}/elements", response=answers(ElementsOut))
def elements(request: ApiRequest, id: UUID, incident: UUID) -> dict[str, Any]:
    """An incident's answers, and what follows from them under every reading."""
    found = _incident(request, id, incident, Permission.CASE_READ)
    facts = labels.facts_of(found)
    age = facts.get("age")
    answered = {name: answer for name, answer in facts.items() if name != "age"}
    return _told(all_results(facts), found.happened_on) | {"age": age, "elements": answered}


@router.post("/cases/{uuid:id}/incidents/{uuid:incident}/answers", response=answers(Done))
def record_elements(request: ApiRequest, id: UUID, incident: UUID, given: AnswersIn) -> Incident:
    """Keep answers about an incident."""
    found = _incident(request, id, incident, Permission.CASE_WRITE)
    told: dict[str, object] = {**given.elements} | ({} if given.age is None else {"age": given.age})
    return actions.record_elements(by=request.actor, incident=found, answers=told)


@router.post("/cases/{uuid:id}/incidents/{uuid:incident}/labels", response=answers(Done, 201))
def confirm_label(request: ApiRequest, id: UUID, incident: UUID, given: LabelIn) -> Status[Classification]:
    """Confirm what the rules say of an incident today."""
    found = _incident(request, id, incident, Permission.CASE_CONFIRM)
    return Status(201, actions.confirm_label(by=request.actor, incident=found, **given.model_dump()))


def _incident(request: ApiRequest, id: UUID, incident: UUID, to: Permission) -> Incident:
    return labels.incident_of(queries.case(by=request.actor, id=id, to=to), incident)


def _told(found: Iterable[Found], day: date | None) -> dict[str, Any]:
    rows = list(found)
    return {"results": [_result(each, day) for each in rows], "next": next_question(each.result for each in rows)}


def _result(found: Found, day: date | None) -> dict[str, Any]:
    result = found.result
    return {
        "rules": result.rules, "edition": result.edition, "settings": found.reading.settings, "code": result.code,
        "label": result.label, "pinpoint": result.pinpoint, "pinpoint_confirmed": found.offence.verified,
        "wording": found.offence.wording, "in_force": found.reading.rules.holds_on(day), "state": result.state,
        "needs": [vars(need) for need in found.needs], "missing": result.missing,
    }  # fmt: skip
