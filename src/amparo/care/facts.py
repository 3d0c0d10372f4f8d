"""The coded facts of care: all that counting may ever read of it."""

from collections.abc import Iterator

from django.db.models import Count, Q

from amparo.care.models import Assessment, AssessmentCode, ChildView, Plan, Referral
from amparo.common.facts import Facts


def facts_of_referral(referral: Referral) -> Facts:
    """One referral; `days` from the offer to its end when the service was delivered, wholly or in part."""
    ended = referral.ended_at
    return {
        "child": str(referral.case.child_id),
        "agency": str(referral.by_agency_id),
        "provider": str(referral.agency_id),
        "service": referral.service,
        "status": referral.status,
        "decline_reason": referral.decline_reason,
        "outcome": referral.outcome,
        "offered": referral.offered_at.strftime("%Y-%m"),
        "ended": ended.strftime("%Y-%m") if ended else None,
        "days": (ended - referral.offered_at).days if ended and referral.status == "delivered" else None,
    }


def facts_of_plan(plan: Plan) -> Facts:
    """One plan, without its goals: those are counted in `plans`."""
    return {
        "child": str(plan.case.child_id),
        "agency": str(plan.case.agency_id),
        "status": plan.status,
        "made": plan.made_at.strftime("%Y-%m"),
        "closed": plan.closed_at.strftime("%Y-%m") if plan.closed_at else None,
    }


def facts_of_view(view: ChildView) -> Facts:
    """One decision at which a child was heard, or not."""
    return {
        "child": str(view.case.child_id),
        "agency": str(view.agency_id),
        "decision": view.decision,
        "given": view.given,
        "month": view.at.strftime("%Y-%m"),
        "answered": view.answered_at is not None,
    }


def facts_of_assessment(assessment: Assessment) -> Facts:
    """What one assessment found, where only one answer holds."""
    return {
        "child": str(assessment.case.child_id),
        "agency": str(assessment.agency_id),
        "urgency": assessment.urgency,
        "schooling": assessment.schooling,
        "housing": assessment.housing,
        "month": assessment.at.strftime("%Y-%m"),
    }


def referrals() -> Iterator[Facts]:
    """A row for each referral."""
    for referral in Referral.objects.select_related("case").order_by("id").iterator(chunk_size=2000):
        yield {"referral": str(referral.id), **facts_of_referral(referral)}


def plans() -> Iterator[Facts]:
    """A row for each plan, with how many goals it has, how many the child named, and how many were reached."""
    counted = Plan.objects.select_related("case").annotate(
        all_goals=Count("goals"),
        named=Count("goals", filter=Q(goals__said_by_child=True)),
        reached=Count("goals", filter=Q(goals__status="reached")),
    )
    for plan in counted.order_by("id").iterator(chunk_size=2000):
        goals = {"goals": plan.all_goals, "goals_said_by_child": plan.named, "goals_reached": plan.reached}
        yield {"plan": str(plan.id), **facts_of_plan(plan), **goals}


def views() -> Iterator[Facts]:
    """A row for each decision at which the child's view was asked for."""
    for view in ChildView.objects.select_related("case").order_by("id").iterator(chunk_size=2000):
        yield {"view": str(view.id), **facts_of_view(view)}


def assessments() -> Iterator[Facts]:
    """A row for each child's latest assessment."""
    latest = Assessment.objects.filter(superseded_by=None).select_related("case")
    for assessment in latest.order_by("id").iterator(chunk_size=2000):
        yield facts_of_assessment(assessment)


def answers() -> Iterator[Facts]:
    """A row for each risk factor, need and difficulty of each child's latest assessment: several a child."""
    latest = AssessmentCode.objects.filter(assessment__superseded_by=None).select_related("assessment__case")
    for row in latest.order_by("id").iterator(chunk_size=2000):
        yield {
            "child": str(row.assessment.case.child_id),
            "scheme": row.scheme,
            "code": row.code,
            "degree": row.degree,
            "month": row.assessment.at.strftime("%Y-%m"),
        }
