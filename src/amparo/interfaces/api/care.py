"""Care: the child assessed, heard and answered; the life project; referrals from both sides."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from amparo.care import actions, queries, referring
from amparo.care.actions import Found, GoalFacts
from amparo.care.models import Assessment, ChildView, Goal, Plan, PlanReview, Referral, Step
from amparo.care.queries import Care
from amparo.interfaces.api.care_shapes import (
    AnswerChildIn,
    AssessIn,
    CareOut,
    DeclineIn,
    DeliveryIn,
    GoalEndIn,
    GoalIn,
    InboxAsked,
    InboxOut,
    OutcomeIn,
    PlanIn,
    ReferralIn,
    ReferralOut,
    ReviewIn,
    StepIn,
    ViewIn,
    shown,
)
from amparo.interfaces.api.finding import chosen, perhaps
from amparo.interfaces.api.paging import key, token
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Done, Made, answers
from amparo.organisation.queries import open_agencies

router = Router(tags=["care"])


@router.get("/cases/{uuid:id}/care", response=answers(CareOut))
def care(request: ApiRequest, id: UUID) -> Care:
    """The care of one child: findings, plan, the child's views, referrals."""
    return queries.care(by=request.actor, case=id)


@router.post("/cases/{uuid:id}/assessments", response=answers(Done, 201))
def assess(request: ApiRequest, id: UUID, given: AssessIn) -> Status[Assessment]:
    """Keep a new assessment beside the earlier ones."""
    case = queries.to_write(by=request.actor, case=id)
    told = given.model_dump()
    apart = {name: told.pop(name) for name in ("narrative", "health", "supersedes")}
    return Status(201, actions.assess(by=request.actor, case=case, found=Found(**told), **apart))


@router.post("/cases/{uuid:id}/views", response=answers(Done, 201))
def hear_child(request: ApiRequest, id: UUID, given: ViewIn) -> Status[ChildView]:
    """Record the child's view at a decision, or why there is none."""
    case = queries.to_write(by=request.actor, case=id)
    view = actions.hear_child(by=request.actor, case=case, decision=given.decision, heard=given.heard())
    return Status(201, view)


@router.post("/cases/{uuid:id}/views/{uuid:view}/answer", response=answers(Done))
def answer_child(request: ApiRequest, id: UUID, view: UUID, given: AnswerChildIn) -> ChildView:
    """Record the answer that the child got, in words for their age."""
    case = queries.to_write(by=request.actor, case=id)
    return actions.answer_child(by=request.actor, view=queries.view_of(case, view), **given.model_dump())


@router.post("/cases/{uuid:id}/plan", response=answers(Done, 201))
def make_plan(request: ApiRequest, id: UUID, given: PlanIn) -> Status[Plan]:
    """Draft the life project with its first goals and the child's view."""
    case = queries.to_write(by=request.actor, case=id)
    goals = [GoalFacts(**goal.model_dump()) for goal in given.goals]
    plan = actions.make_plan(
        by=request.actor, case=case, goals=goals, heard=given.heard.heard(), next_review=given.next_review
    )
    return Status(201, plan)


@router.post("/cases/{uuid:id}/plan/approve", response=answers(Done))
def approve_plan(request: ApiRequest, id: UUID) -> Plan:
    """Let the plan begin: a supervisor who did not make it."""
    case = queries.to_write(by=request.actor, case=id)
    return actions.approve_plan(by=request.actor, plan=queries.plan_of(case))


@router.post("/cases/{uuid:id}/plan/review", response=answers(Done, 201))
def review_plan(request: ApiRequest, id: UUID, given: ReviewIn) -> Status[PlanReview]:
    """Look at the plan again."""
    case = queries.to_write(by=request.actor, case=id)
    told = given.model_dump() | {"heard": given.heard.heard()}
    return Status(201, actions.review_plan(by=request.actor, plan=queries.plan_of(case), **told))


@router.post("/cases/{uuid:id}/plan/close", response=answers(Done))
def close_plan(request: ApiRequest, id: UUID) -> Plan:
    """Close the plan."""
    case = queries.to_write(by=request.actor, case=id)
    return actions.close_plan(by=request.actor, plan=queries.plan_of(case))


@router.post("/cases/{uuid:id}/plan/goals", response=answers(Done, 201))
def add_goal(request: ApiRequest, id: UUID, given: GoalIn) -> Status[Goal]:
    """Add a goal to the plan."""
    case = queries.to_write(by=request.actor, case=id)
    goal = GoalFacts(**given.model_dump())
    return Status(201, actions.add_goal(by=request.actor, plan=queries.plan_of(case), goal=goal))


@router.post("/cases/{uuid:id}/goals/{uuid:goal}/end", response=answers(Done))
def end_goal(request: ApiRequest, id: UUID, goal: UUID, given: GoalEndIn) -> Goal:
    """A goal is reached, or given up."""
    case = queries.to_write(by=request.actor, case=id)
    return actions.end_goal(by=request.actor, goal=queries.goal_of(case, goal), reached=given.reached)


@router.post("/cases/{uuid:id}/goals/{uuid:goal}/steps", response=answers(Done, 201))
def add_step(request: ApiRequest, id: UUID, goal: UUID, given: StepIn) -> Status[Step]:
    """Add what is to be done for a goal."""
    case = queries.to_write(by=request.actor, case=id)
    told = given.model_dump() | {"agency": perhaps(open_agencies(), given.agency, "agency")}
    return Status(201, actions.add_step(by=request.actor, goal=queries.goal_of(case, goal), **told))


@router.post("/cases/{uuid:id}/steps/{uuid:step}/finish", response=answers(Done))
def finish_step(request: ApiRequest, id: UUID, step: UUID, given: OutcomeIn) -> dict[str, UUID]:
    """A step is done, with what came of it."""
    case = queries.to_write(by=request.actor, case=id)
    actions.finish_step(by=request.actor, step=queries.step_of(case, step), outcome=given.outcome)
    return {"id": step}


@router.post("/cases/{uuid:id}/referrals", response=answers(Made, 201))
def offer_referral(request: ApiRequest, id: UUID, given: ReferralIn) -> Status[Referral]:
    """Ask a service of another agency, on a yes and within its limits."""
    case = queries.to_write(by=request.actor, case=id)
    told = given.model_dump() | {
        "agency": chosen(open_agencies(), given.agency, "agency"),
        "heard": given.heard.heard(),
        "step": queries.step_of(case, given.step) if given.step else None,
    }
    return Status(201, referring.offer_referral(by=request.actor, case=case, **told))


@router.get("/referrals", response=answers(InboxOut))
def referrals(request: ApiRequest, asked: Query[InboxAsked]) -> dict[str, Any]:
    """Referrals that wait, the longest first, or that ended, the newest first."""
    found = queries.referrals(
        by=request.actor, asked_of_me=asked.side == "asked_of_me", ended=asked.ended, after=key(asked.next)
    )
    return {
        "referrals": found.rows, "for_me": found.for_me, "for_others": found.for_others, "next": token(found.after),
    }  # fmt: skip


@router.get("/referrals/{uuid:id}", response=answers(ReferralOut))
def referral(request: ApiRequest, id: UUID) -> dict[str, Any]:
    """One referral."""
    return shown(queries.referral(by=request.actor, id=id))


@router.post("/referrals/{uuid:id}/accept", response=answers(Done))
def accept_referral(request: ApiRequest, id: UUID) -> Referral:
    """My agency will help."""
    return referring.accept_referral(by=request.actor, referral=_asked(request, id))


@router.post("/referrals/{uuid:id}/decline", response=answers(Done))
def decline_referral(request: ApiRequest, id: UUID, given: DeclineIn) -> Referral:
    """My agency cannot help, and says why."""
    return referring.decline_referral(by=request.actor, referral=_asked(request, id), **given.model_dump())


@router.post("/referrals/{uuid:id}/delivery", response=answers(Done))
def report_delivery(request: ApiRequest, id: UUID, given: DeliveryIn) -> Referral:
    """Tell the referrer what came of the service."""
    return referring.report_delivery(by=request.actor, referral=_asked(request, id), **given.model_dump())


@router.post("/referrals/{uuid:id}/withdraw", response=answers(Done))
def withdraw_referral(request: ApiRequest, id: UUID) -> Referral:
    """The referrer asks no more."""
    return referring.withdraw_referral(by=request.actor, referral=_asked(request, id))


def _asked(request: ApiRequest, id: UUID) -> Referral:
    return queries.referral(by=request.actor, id=id).referral
