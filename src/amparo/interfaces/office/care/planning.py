"""The life project: make it, approve it, add goals and steps, mark what is done, review it, close it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from amparo.care import actions, queries
from amparo.interfaces.office.care.acting import act
from amparo.interfaces.office.care.forms import DoneForm, GoalEndForm, GoalForm, PlanForm, ReviewForm, StepForm
from amparo.interfaces.office.care.views import care_page, forms_only
from amparo.interfaces.office.request import DeskRequest
from amparo.organisation.queries import open_agencies

post_only = require_http_methods(["POST"])


@forms_only
def make(request: DeskRequest, id: UUID) -> HttpResponse:
    """Draft the plan with its first goal."""
    case = queries.to_write(by=request.actor, case=id)
    form = PlanForm(request.POST or None)

    def do() -> None:
        next_review = form.cleaned_data["next_review"]
        actions.make_plan(by=request.actor, case=case, goals=[form.goal], heard=form.heard, next_review=next_review)

    return act(request, form, do, title=_("Make a plan with the child"), back=care_page(id), case=case)


@post_only
def approve(request: DeskRequest, id: UUID) -> HttpResponse:
    """Let the plan begin."""
    case = queries.to_write(by=request.actor, case=id)
    actions.approve_plan(by=request.actor, plan=queries.plan_of(case))
    return redirect(care_page(id))


@post_only
def close(request: DeskRequest, id: UUID) -> HttpResponse:
    """Close the plan."""
    case = queries.to_write(by=request.actor, case=id)
    actions.close_plan(by=request.actor, plan=queries.plan_of(case))
    return redirect(care_page(id))


@forms_only
def review(request: DeskRequest, id: UUID) -> HttpResponse:
    """Look at the plan again."""
    case = queries.to_write(by=request.actor, case=id)
    plan = queries.plan_of(case)
    form = ReviewForm(request.POST or None)

    def do() -> None:
        given = form.cleaned_data
        actions.review_plan(
            by=request.actor, plan=plan, heard=form.heard, best_interests=given["best_interests"],
            family_involved=given["family_involved"], next_review=given["next_review"],
        )  # fmt: skip

    return act(request, form, do, title=_("Review the plan"), back=care_page(id), case=case)


@forms_only
def goal(request: DeskRequest, id: UUID) -> HttpResponse:
    """Add a goal."""
    case = queries.to_write(by=request.actor, case=id)
    plan = queries.plan_of(case)
    form = GoalForm(request.POST or None)

    def do() -> None:
        actions.add_goal(by=request.actor, plan=plan, goal=form.goal)

    return act(request, form, do, title=_("Add a goal"), back=care_page(id), case=case)


@forms_only
def goal_end(request: DeskRequest, id: UUID, goal: UUID) -> HttpResponse:
    """Say that a goal is reached, or given up."""
    case = queries.to_write(by=request.actor, case=id)
    found = queries.goal_of(case, goal)
    form = GoalEndForm(request.POST or None)

    def do() -> None:
        actions.end_goal(by=request.actor, goal=found, reached=form.cleaned_data["reached"] == "yes")

    return act(request, form, do, title=_("Is the goal reached?"), back=care_page(id), case=case)


@forms_only
def step(request: DeskRequest, id: UUID) -> HttpResponse:
    """Add a step for a goal."""
    case = queries.to_write(by=request.actor, case=id)
    others = list(open_agencies().exclude(id=case.agency_id))
    form = StepForm(request.POST or None, goals=queries.goals_of(case), agencies=others)

    def do() -> None:
        given = form.cleaned_data
        actions.add_step(
            by=request.actor, goal=form.goals[given["goal"]], service=given["service"], due=given["due"],
            agency=form.agencies.get(given["agency"]),
        )  # fmt: skip

    return act(request, form, do, title=_("Add a step"), back=care_page(id), case=case)


@forms_only
def step_done(request: DeskRequest, id: UUID, step: UUID) -> HttpResponse:
    """Mark a step as done."""
    case = queries.to_write(by=request.actor, case=id)
    found = queries.step_of(case, step)
    form = DoneForm(request.POST or None)

    def do() -> None:
        actions.finish_step(by=request.actor, step=found, outcome=form.cleaned_data["outcome"])

    return act(request, form, do, title=_("This step is done"), back=care_page(id), case=case)
