"""Questions between agencies, and records of two agencies that may be of one child."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, In, answers
from amparo.linkage import contacts, quality, reviewing
from amparo.linkage.models import Contact, Merge, Pair
from amparo.linkage.reviewing import Sides

router = Router(tags=["linkage"])


class AgencyQuestionOut(Schema):
    """A possible match at another agency, for either side: who asks whom and why, until when, and what was answered.

    Never the child's record, and never what was searched for.
    """

    id: UUID
    reference: str
    agency_id: UUID
    asking_agency_id: UUID
    asker: UUID
    may_be: str
    purpose: str
    status: str
    asked_at: datetime | None
    respond_by: datetime | None
    answer: str
    reason: str
    answered_by: UUID | None
    answered_at: datetime | None


class ContactAnswerIn(In):
    """A code of `contact_answer`."""

    answer: Code


class ContactDeclineIn(In):
    """A code of `contact_decline_reason`."""

    reason: Code


@router.get("/contacts", response=answers(list[AgencyQuestionOut]))
def linked_contacts(request: ApiRequest) -> list[Contact]:
    """What must be answered first, then what I asked and what was answered."""
    return contacts.contacts(by=request.actor)


@router.get("/contacts/{uuid:id}", response=answers(AgencyQuestionOut))
def linked_contact(request: ApiRequest, id: UUID) -> Contact:
    """One question."""
    return contacts.contact(by=request.actor, id=id)


@router.post("/contacts/{uuid:id}/ask", response=answers(AgencyQuestionOut))
def ask_contact(request: ApiRequest, id: UUID) -> Contact:
    """Ask the agency about a possible match that a search of today offered."""
    return contacts.ask(by=request.actor, contact=contacts.contact(by=request.actor, id=id))


@router.post("/contacts/{uuid:id}/answer", response=answers(AgencyQuestionOut))
def answer_contact(request: ApiRequest, id: UUID, given: ContactAnswerIn) -> Contact:
    """Say whether it is the child."""
    return contacts.answer(by=request.actor, contact=contacts.contact(by=request.actor, id=id), answer=given.answer)


@router.post("/contacts/{uuid:id}/decline", response=answers(AgencyQuestionOut))
def decline_contact(request: ApiRequest, id: UUID, given: ContactDeclineIn) -> Contact:
    """Say that the agency does not tell, and why."""
    return contacts.decline(by=request.actor, contact=contacts.contact(by=request.actor, id=id), reason=given.reason)


class PairOut(Schema):
    """Two records that may be of one child. Who has not judged yet sees no score."""

    id: UUID
    reference: str
    one_id: UUID
    two_id: UUID
    status: str
    found_at: datetime
    decided_at: datetime | None


class PairStepOut(Schema):
    """One thing that was compared, what it showed (null: not known), and its bits (0 before one has judged)."""

    name: str
    level: str | None
    bits: float


class MergeOut(Schema):
    """Two records taken as one child: for each field the value, from which record, and by which rule it is read."""

    id: UUID
    pair_id: UUID
    one_id: UUID
    two_id: UUID
    fields: dict[str, dict[str, Any]]
    merged_at: datetime
    parted_at: datetime | None
    parted_why: str


class PairSidesOut(Schema):
    """A pair side by side: who each child is, null for the record of another agency and for a pair that is decided."""

    pair: PairOut
    one: dict[str, str] | None
    two: dict[str, str] | None
    steps: list[PairStepOut]
    mine: str
    merge: MergeOut | None


class PairVerdictIn(In):
    """A code of `pair_verdict`."""

    verdict: Code


class PairPartIn(In):
    """A code of `part_reason`."""

    reason: Code


class EstimateOut(Schema):
    """A share and the ends of its 95 % interval."""

    share: float
    low: float
    high: float


class LinksOut(Schema):
    """The links of an agency (null: of all), and how good they are by the pairs that people judged (null: by none)."""

    agency_id: UUID | None
    links: int
    undecided: int
    judged: int
    precision: EstimateOut | None
    recall: EstimateOut | None


class LinkageQualityOut(Schema):
    """How good the links are, and what changed since the edition of the weights before."""

    edition: int | None
    lines: list[LinksOut]
    drift: list[dict[str, Any]]


@router.get("/pairs", response=answers(list[PairOut]))
def pairs(request: ApiRequest) -> list[Pair]:
    """Pairs with a record of my agency that I have not judged, the most doubtful first."""
    return reviewing.waiting(by=request.actor)


@router.get("/pairs/merged", response=answers(list[MergeOut]))
def merged_pairs(request: ApiRequest) -> list[Merge]:
    """Standing merges of my agency's records, the newest first."""
    return reviewing.merged(by=request.actor)


@router.get("/pairs/quality", response=answers(LinkageQualityOut))
def linkage_quality(request: ApiRequest) -> LinkageQualityOut:
    """How good the linkage is, all agencies together and by agency."""
    found = quality.report(by=request.actor)
    lines = [
        {
            "agency_id": each.agency.id if each.agency else None, "links": each.links, "undecided": each.undecided,
            **asdict(each.labelled),
        }
        for each in found.lines
    ]  # fmt: skip
    edition = found.weights.number if found.weights else None
    return LinkageQualityOut.model_validate({"edition": edition, "lines": lines, "drift": found.drift})


@router.get("/pairs/{uuid:id}", response=answers(PairSidesOut))
def pair(request: ApiRequest, id: UUID) -> Sides:
    """One pair side by side, as far as I may see it."""
    return reviewing.sides(by=request.actor, id=id)


@router.post("/pairs/{uuid:id}/judge", response=answers(PairOut))
def judge_pair(request: ApiRequest, id: UUID, given: PairVerdictIn) -> Pair:
    """Say what the two records are of. The second person of one mind decides; for a merge, one of each agency."""
    found = reviewing.sides(by=request.actor, id=id)
    return reviewing.judge(by=request.actor, pair=found.pair, verdict=given.verdict)


@router.post("/pairs/{uuid:id}/part", response=answers(MergeOut))
def part_pair(request: ApiRequest, id: UUID, given: PairPartIn) -> Merge:
    """Undo a merge; both agencies are told."""
    found = reviewing.sides(by=request.actor, id=id)
    return reviewing.part(by=request.actor, pair=found.pair, reason=given.reason)
