"""The child is assessed, heard and answered; the life project is made, approved, reviewed and closed.

Referrals have a page of their own: `referring`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.care.facts import facts_of_assessment, facts_of_plan, facts_of_view
from amparo.care.hearing import DECISIONS, WAYS, Heard, hear, keep
from amparo.care.models import Assessment, AssessmentCode, ChildView, Goal, Plan, PlanReview, Step
from amparo.care.states import GOAL, PLAN
from amparo.cases import ledger
from amparo.cases.models import Case
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

# How soon after an assessment the child has a plan.
PLAN_WITHIN = timedelta(days=30)
# A plan is looked at again at least twice a year [A/HRC/43/40, para 101: regular monitoring and assessment].
REVIEW_WITHIN = timedelta(days=183)
# Answers that say that there is no other.
_ALONE = frozenset({"none_found", "unknown", "not_asked", "refused"})


@dataclass(frozen=True)
class Found:
    """What an assessment found, in codes. `difficulties`: domain of the Child Functioning Module → degree."""

    urgency: str
    schooling: str
    housing: str
    risk_factors: list[str]
    needs: list[str]
    difficulties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GoalFacts:
    """A goal in codes; its words go to the vault."""

    domain: str
    said_by_child: bool = False
    due: date | None = None
    words: str = ""


@gated
def assess(
    *, by: Actor, case: Case, found: Found, narrative: str = "", health: str = "", supersedes: UUID | None = None
) -> Assessment:
    """Keep a new assessment beside the earlier ones. `supersedes` is the latest that the assessor saw.

    Raises `Conflict` when somebody assessed meanwhile or the case is closed, `Invalid` for a code of no list.
    """
    rule = allow(by, Permission.CARE_WRITE, case)
    ledger.need_open(case)
    codes = _checked(found)
    latest = Assessment.objects.filter(case=case, superseded_by=None).first()
    if (latest.id if latest else None) != supersedes:
        raise Conflict(_("Somebody assessed this child meanwhile. Read that assessment first."))
    made = Assessment.objects.create(
        case=case, agency_id=case.agency_id, at=clock.now(), urgency=found.urgency, schooling=found.schooling,
        housing=found.housing, supersedes=latest, narrative=keep(case, "assessment", narrative),
        health=keep(case, "assessment", health, Compartment.HEALTH),
    )  # fmt: skip
    AssessmentCode.objects.bulk_create(
        [AssessmentCode(assessment=made, scheme=scheme, code=code, degree=degree) for scheme, code, degree in codes]
    )
    ledger.assessed(case, schooling=found.schooling, housing=found.housing)
    if not Plan.objects.filter(case=case).exists():
        ledger.done(case, "make_plan")
        ledger.ask(case, "make_plan", clock.now() + PLAN_WITHIN)
    before = facts_of_assessment(latest) if latest else None
    facts.changed("assessment", case.id, before=before, after=facts_of_assessment(made))
    ledger.note(case, "child_assessed", term=found.urgency, record=made.id, agency=case.agency_id)
    record(by, "child:assessed", "case", case.id, rule=rule, detail={"assessment": str(made.id)})
    return made


def _checked(found: Found) -> list[tuple[str, str, str]]:
    for scheme in ("urgency", "schooling", "housing"):
        need(scheme, getattr(found, scheme))
    rows = [("risk_factor", code, "") for code in _many("risk_factor", found.risk_factors)]
    rows += [("need", code, "") for code in _many("need", found.needs)]
    for domain, degree in found.difficulties.items():
        rows.append(("disability_domain", need("disability_domain", domain), need("difficulty", degree)))
    return rows


def _many(scheme: str, codes: list[str]) -> list[str]:
    given = sorted({need(scheme, code) for code in codes})
    if not given:
        raise Invalid({scheme: _("Choose at least one; “none found” is an answer too.")})
    if len(given) > 1 and _ALONE & set(given):
        raise Invalid({scheme: _("This answer stands alone; take the others away.")})
    return given


@gated
def hear_child(*, by: Actor, case: Case, decision: str, heard: Heard) -> ChildView:
    """Record the child's view at a decision that is taken elsewhere: a placement, the closing of the case …"""
    rule = allow(by, Permission.CARE_WRITE, case)
    if decision not in DECISIONS:
        raise Invalid({"decision": _("Choose one of the list.")})
    view = hear(case, decision, heard)
    record(by, "child:heard", "case", case.id, rule=rule, detail={"view": str(view.id), "given": heard.given})
    return view


@gated
def answer_child(*, by: Actor, view: ChildView, way: str, words: str) -> ChildView:
    """Record the answer that the child got, in words for their age, and how it was given (a way of `view_given`)."""
    rule = allow(by, Permission.CARE_WRITE, view.case)
    if way not in WAYS:
        raise Invalid({"way": _("Choose one of the list.")})
    if not words.strip():
        raise Invalid({"words": _("Write what the child was told.")})
    before = facts_of_view(view)
    pointer = keep(view.case, "answer_to_child", words)
    answered = ChildView.objects.filter(id=view.id, answered_at=None).update(
        answered_at=clock.now(), answer_way=way, answer=pointer
    )
    if not answered:
        raise Conflict(_("The child has this answer already."))
    view.refresh_from_db()
    facts.changed("child_view", view.id, before=before, after=facts_of_view(view))
    ledger.done(view.case, "answer_child", record=view.id)
    ledger.note(view.case, "child_answered", term=way, record=view.id, agency=view.agency_id)
    record(by, "child:answered", "case", view.case_id, rule=rule, detail={"view": str(view.id)})
    return view


@gated
def make_plan(*, by: Actor, case: Case, goals: list[GoalFacts], heard: Heard, next_review: date) -> Plan:
    """Draft the life project with its first goals and the child's view. Raises `Conflict`, `Invalid`."""
    rule = allow(by, Permission.CARE_WRITE, case)
    ledger.need_open(case)
    _review_day(next_review)
    if Plan.objects.exclude(status="closed").filter(case=case).exists():
        raise Conflict(_("The child has a plan already. Review it, or close it first."))
    if not goals:
        raise Invalid({"domain": _("A plan begins with a goal.")})
    plan = Plan.objects.create(case=case, made_at=clock.now(), made_by=by.id, next_review=next_review)
    for goal in goals:
        _goal(plan, goal)
    hear(case, "plan", heard)
    tell(code="plan_to_approve", kind="case", record_id=case.id, reference=case.reference, agency=case.agency_id,
         role=Role.SUPERVISOR)  # fmt: skip
    ledger.done(case, "make_plan")
    ledger.ask(case, "approve_plan", clock.now() + timedelta(days=7), record=plan.id)
    facts.changed("plan", plan.id, before=None, after=facts_of_plan(plan))
    ledger.note(case, "plan_made", record=plan.id, agency=case.agency_id)
    record(by, "plan:made", "case", case.id, rule=rule, detail={"plan": str(plan.id), "goals": len(goals)})
    return plan


@gated
def add_goal(*, by: Actor, plan: Plan, goal: GoalFacts) -> Goal:
    """Add a goal to a plan that is not closed."""
    rule = allow(by, Permission.CARE_WRITE, plan.case)
    rows.hold(plan, "status")
    PLAN.after(plan.status, "close")
    made = _goal(plan, goal)
    ledger.note(plan.case, "goal_added", term=goal.domain, record=made.id, agency=plan.case.agency_id)
    record(by, "plan:goal_added", "case", plan.case_id, rule=rule, detail={"goal": str(made.id)})
    return made


def _goal(plan: Plan, goal: GoalFacts) -> Goal:
    return Goal.objects.create(
        plan=plan, domain=need("goal_domain", goal.domain), said_by_child=goal.said_by_child, due=goal.due,
        words=keep(plan.case, "goal", goal.words),
    )  # fmt: skip


@gated
def end_goal(*, by: Actor, goal: Goal, reached: bool) -> Goal:
    """A goal is reached, or given up."""
    case = goal.plan.case
    rule = allow(by, Permission.CARE_WRITE, case)
    rows.hold(goal, "status")
    goal.status = GOAL.after(goal.status, "reach" if reached else "give_up")
    goal.ended_at = clock.now()
    goal.save(update_fields=["status", "ended_at"])
    ledger.note(case, f"goal_{goal.status}", term=goal.domain, record=goal.id, agency=case.agency_id)
    record(by, f"plan:goal_{goal.status}", "case", case.id, rule=rule, detail={"goal": str(goal.id)})
    return goal


@gated
def add_step(*, by: Actor, goal: Goal, service: str, due: date, agency: Agency | None = None) -> Step:
    """Add what is to be done for a goal, by the case's agency or another; it becomes a task."""
    case = goal.plan.case
    rule = allow(by, Permission.CARE_WRITE, case)
    rows.hold(goal.plan, "status")
    rows.hold(goal, "status")
    PLAN.after(goal.plan.status, "close")
    GOAL.after(goal.status, "reach")
    if due < clock.today():
        raise Invalid({"due": _("Choose today or a day to come.")})
    whose = agency.id if agency else case.agency_id
    step = Step.objects.create(goal=goal, service=need("service", service), agency_id=whose, due=due)
    ledger.ask(case, "plan_step", end_of(due), record=step.id)
    ledger.note(case, "step_added", term=service, record=step.id, agency=step.agency_id)
    record(by, "plan:step_added", "case", case.id, rule=rule, detail={"step": str(step.id)})
    return step


@gated
def finish_step(*, by: Actor, step: Step, outcome: str) -> Step:
    """A step is done, with what came of it. Raises `Conflict` when it is done already."""
    rule = allow(by, Permission.CARE_WRITE, step.goal.plan.case)
    rows.hold(step, "done_at")
    if step.done_at:
        raise Conflict(_("This step is done already."))
    step_done(step, outcome)
    record(by, "plan:step_done", "case", step.goal.plan.case_id, rule=rule, detail={"step": str(step.id)})
    return step


def step_done(step: Step, outcome: str) -> None:
    """Mark a step: part of the act that ends it, here or in a referral."""
    case = step.goal.plan.case
    step.outcome, step.done_at = need("delivered_outcome", outcome), clock.now()
    step.save(update_fields=["outcome", "done_at"])
    ledger.done(case, "plan_step", record=step.id)
    ledger.note(case, "step_done", term=outcome, record=step.id, agency=step.agency_id)


@gated
def approve_plan(*, by: Actor, plan: Plan) -> Plan:
    """A supervisor who did not make the plan lets it begin. Raises `Conflict`."""
    rule = allow(by, Permission.CARE_APPROVE, plan.case)
    if by.id == plan.made_by and by.posts:
        raise Conflict(_("Nobody approves a plan of their own; ask another supervisor."))
    rows.hold(plan, "status", "next_review")
    before = facts_of_plan(plan)
    plan.status = PLAN.after(plan.status, "approve")
    plan.approved_at, plan.approved_by = clock.now(), by.id
    plan.save(update_fields=["status", "approved_at", "approved_by"])
    case = plan.case
    ledger.done(case, "approve_plan", record=plan.id)
    ledger.ask(case, "review_plan", end_of(plan.next_review), record=plan.id)
    if case.worker_id:
        tell(code="plan_approved", kind="case", record_id=case.id, reference=case.reference, person=case.worker_id)
    facts.changed("plan", plan.id, before=before, after=facts_of_plan(plan))
    ledger.note(case, "plan_approved", record=plan.id, agency=case.agency_id)
    record(by, "plan:approved", "case", case.id, rule=rule, detail={"plan": str(plan.id)})
    return plan


@gated
def review_plan(
    *, by: Actor, plan: Plan, heard: Heard, best_interests: bool, family_involved: bool, next_review: date
) -> PlanReview:
    """Look at a plan again: does it serve the child's best interests, is the family part of it where that is safe?"""
    rule = allow(by, Permission.CARE_WRITE, plan.case)
    rows.hold(plan, "status")
    PLAN.after(plan.status, "review")
    _review_day(next_review)
    case = plan.case
    review = PlanReview.objects.create(
        plan=plan, at=clock.now(), best_interests=best_interests, family_involved=family_involved,
        view=hear(case, "plan_review", heard),
    )  # fmt: skip
    plan.next_review = next_review
    plan.save(update_fields=["next_review"])
    ledger.done(case, "review_plan", record=plan.id)
    ledger.ask(case, "review_plan", end_of(next_review), record=plan.id)
    ledger.note(case, "plan_reviewed", record=review.id, agency=case.agency_id)
    record(by, "plan:reviewed", "case", case.id, rule=rule,
           detail={"plan": str(plan.id), "best_interests": best_interests})  # fmt: skip
    return review


@gated
def close_plan(*, by: Actor, plan: Plan) -> Plan:
    """Close a plan; what was to be done for it is no longer asked."""
    rule = allow(by, Permission.CARE_WRITE, plan.case)
    rows.hold(plan, "status")
    before = facts_of_plan(plan)
    plan.status, plan.closed_at = PLAN.after(plan.status, "close"), clock.now()
    plan.save(update_fields=["status", "closed_at"])
    for code, ids in (
        ("plan_step", list(Step.objects.filter(goal__plan=plan, done_at=None).values_list("id", flat=True))),
        ("review_plan", [plan.id]),
        ("approve_plan", [plan.id]),
    ):
        for each in ids:
            ledger.done(plan.case, code, record=each)
    facts.changed("plan", plan.id, before=before, after=facts_of_plan(plan))
    ledger.note(plan.case, "plan_closed", record=plan.id, agency=plan.case.agency_id)
    record(by, "plan:closed", "case", plan.case_id, rule=rule, detail={"plan": str(plan.id)})
    return plan


def end_of(day: date) -> datetime:
    """The last moment of a day (UTC): until then, what is due on it is not late."""
    return datetime.combine(day, time.max, tzinfo=UTC)


def _review_day(day: date) -> None:
    if not clock.today() < day <= clock.today() + REVIEW_WITHIN:
        raise Invalid({"next_review": _("Choose a day within the next six months.")})
