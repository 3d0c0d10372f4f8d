"""The shapes of care: what may be sent about it, and what is shown of it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from amparo.care.hearing import Heard
from amparo.care.models import AssessmentCode, ChildView, Referral
from amparo.care.queries import Care
from amparo.interfaces.api.schemas import Code, In, Words
from amparo.vault.compartments import Compartment

Codes = Annotated[list[Code], Field(max_length=60)]


class HeardIn(In):
    """How the child was heard, or why not; the child's words, if the child wants them kept."""

    given: Code
    words: Words = ""

    def heard(self) -> Heard:
        return Heard(self.given, self.words)


class AssessIn(In):
    """What an assessment found. `supersedes` is the latest that the assessor saw."""

    urgency: Code
    schooling: Code
    housing: Code
    risk_factors: Codes
    needs: Codes
    difficulties: Annotated[dict[Code, Code], Field(max_length=30)] = {}
    narrative: Words = ""
    health: Words = ""
    supersedes: UUID | None = None


class ViewIn(HeardIn):
    """The child's view at a decision that is taken elsewhere."""

    decision: Code


class AnswerChildIn(In):
    """What the child was told, and how."""

    way: Code
    words: Words


class GoalIn(In):
    """A goal of the life project."""

    domain: Code
    said_by_child: bool = False
    due: date | None = None
    words: Words = ""


class PlanIn(In):
    """The life project with its first goals."""

    goals: Annotated[list[GoalIn], Field(max_length=30)]
    heard: HeardIn
    next_review: date


class GoalEndIn(In):
    reached: bool


class StepIn(In):
    """What is to be done for a goal, by the case's agency or another."""

    service: Code
    due: date
    agency: UUID | None = None


class OutcomeIn(In):
    outcome: Code


class ReviewIn(In):
    """Does the plan serve the child's best interests; is the family part of it where that is safe?"""

    heard: HeardIn
    best_interests: bool
    family_involved: bool
    next_review: date


class ReferralIn(In):
    """A service is asked of another agency, on a yes and within its limits."""

    agency: UUID
    service: Code
    consent: Code
    limits: Codes = []
    compartments: Annotated[list[Compartment], Field(max_length=7)]
    until: date
    heard: HeardIn
    step: UUID | None = None


class DeclineIn(In):
    reason: Code
    note: Words = ""


class DeliveryIn(In):
    outcome: Code
    note: Words = ""


class InboxAsked(Schema):
    """Referrals that were asked of my agency, or that mine asked; those that wait, or those that ended."""

    side: Literal["asked_of_me", "asked_by_us"] = "asked_of_me"
    ended: bool = False
    next: Annotated[str, Field(max_length=200)] = ""


class FindingOut(Schema):
    """One code of the latest assessment; `degree` for difficulties."""

    scheme: str
    code: str
    degree: str


class StepOut(Schema):
    """A step of a goal."""

    step: UUID
    service: str
    due: date
    done_at: datetime | None
    outcome: str


class GoalOut(Schema):
    """A goal with its steps; words stay closed."""

    id: UUID
    domain: str
    said_by_child: bool
    status: str
    due: date | None
    steps: list[StepOut]


class PlanOut(Schema):
    """The plan that is not closed."""

    id: UUID
    status: str
    made_at: datetime
    next_review: date
    goals: list[GoalOut]


class ViewOut(Schema):
    """How the child was heard at a decision; words stay closed."""

    id: UUID
    at: datetime
    decision: str
    given: str
    answered: bool

    @staticmethod
    def resolve_answered(view: ChildView) -> bool:
        return view.answered_at is not None


class ReferralRow(Schema):
    """A referral in a list."""

    id: UUID
    reference: str
    service: str
    status: str
    agency: UUID
    by_agency: UUID
    offered_at: datetime
    answer_by: datetime
    outcome: str
    decline_reason: str

    @staticmethod
    def resolve_agency(referral: Referral) -> UUID:
        return referral.agency_id

    @staticmethod
    def resolve_by_agency(referral: Referral) -> UUID:
        return referral.by_agency_id


class InboxOut(Schema):
    """A page of referrals, and how many wait on each side."""

    referrals: list[ReferralRow]
    for_me: int
    for_others: int
    next: str | None


class ReferralOut(Schema):
    """A referral with the share that goes with it: which parts, on what consent, within what limits, until when."""

    referral: ReferralRow
    case: UUID
    consent: str
    limits: list[str]
    compartments: list[str]
    until: datetime


class CareOut(Schema):
    """The care of one child, as far as the reader may read it."""

    assessment: UUID | None
    findings: list[FindingOut]
    plan: PlanOut | None
    views: list[ViewOut]
    referrals: list[ReferralRow]

    @staticmethod
    def resolve_assessment(care: Care) -> UUID | None:
        return care.codes[0].assessment_id if care.codes else None

    @staticmethod
    def resolve_findings(care: Care) -> list[AssessmentCode]:
        return care.codes


def shown(found: Any) -> dict[str, Any]:
    """The shape of one referral, from what the query gives."""
    return {
        "referral": found.referral, "case": found.referral.case_id, "consent": found.share.consent,
        "limits": found.share.limit_codes, "compartments": found.share.parts, "until": found.share.until,
    }  # fmt: skip
