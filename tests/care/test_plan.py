"""The life project: goals, steps, a second person's yes, reviews (C3); Primero's scenarios 15 and 16."""

from datetime import timedelta

import pytest

from amparo.audit.models import Event
from amparo.care import actions
from amparo.care.actions import GoalFacts
from amparo.care.models import Goal, Plan, PlanReview
from amparo.cases import actions as cases
from amparo.cases import queries
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, Refused
from amparo.common.types import IMPORTER
from amparo.organisation.queries import notices_for
from amparo.vault.models import Sealed
from tests.care.build import SPOKEN, in_days, plan
from tests.cases.build import as_read, open_case, share

pytestmark = pytest.mark.django_db(databases="__all__")


def tasks(case) -> list[str]:
    return sorted(task.code for task in queries.open_tasks(case) if task.code != "answer_child")


def test_a_draft_waits_for_a_supervisor_who_is_told(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    made = plan(case, by=by, approved=False)
    supervisor = house.actor("supervisor", "NORTH")
    assert (made.status, tasks(case)) == ("draft", ["approve_plan", "assess_risk"])
    assert "plan_to_approve" in [notice.code for notice in notices_for(supervisor)]
    with pytest.raises(Refused):
        actions.approve_plan(by=by, plan=made)
    actions.approve_plan(by=supervisor, plan=made)
    assert (made.status, made.approved_by) == ("active", supervisor.id)
    assert tasks(case) == ["assess_risk", "review_plan"]
    assert "plan_approved" in [notice.code for notice in notices_for(by)]


def test_nobody_approves_a_plan_of_their_own(house):
    case, by = open_case(house, "NORTH"), house.actor("supervisor", "NORTH")
    made = plan(case, by=by, approved=False)
    with pytest.raises(Conflict, match="of their own"):
        actions.approve_plan(by=by, plan=made)
    assert Plan.objects.get().status == "draft"


def test_a_child_has_one_plan_at_a_time_and_a_plan_begins_with_a_goal(house):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="begins with a goal"):
        actions.make_plan(by=IMPORTER, case=case, goals=[], heard=SPOKEN, next_review=in_days(30))
    made = plan(case)
    with pytest.raises(Conflict, match="a plan already"):
        plan(case)
    actions.close_plan(by=IMPORTER, plan=made)
    assert plan(case).id != made.id


@pytest.mark.parametrize("days", [-1, 0, 184])
def test_the_next_review_lies_within_six_months(house, days):
    case = open_case(house, "NORTH")
    with pytest.raises(Invalid, match="six months"):
        actions.make_plan(by=IMPORTER, case=case, goals=[GoalFacts("safety")], heard=SPOKEN, next_review=in_days(days))
    assert Plan.objects.count() == 0


def test_a_step_is_a_task_until_it_is_done_and_late_the_day_after_it_was_due(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    goal = plan(case).goals.get()
    step = actions.add_step(by=by, goal=goal, service="education", due=in_days(5))
    due = next(task for task in queries.open_tasks(case) if task.code == "plan_step")
    with clock.stopped(clock.now() + timedelta(days=6)):
        assert due.id in [task.id for task in queries.my_day(by=by).overdue]
    actions.finish_step(by=by, step=step, outcome="delivered_in_part")
    assert "plan_step" not in tasks(case)
    with pytest.raises(Conflict):
        actions.finish_step(by=by, step=step, outcome="delivered")


def test_finishing_one_step_leaves_the_other_to_be_done(house):
    case = open_case(house, "NORTH")
    goal = plan(case).goals.get()
    one, _other = [actions.add_step(by=IMPORTER, goal=goal, service="education", due=in_days(5)) for _ in range(2)]
    actions.finish_step(by=IMPORTER, step=one, outcome="delivered")
    assert tasks(case).count("plan_step") == 1


def test_a_review_asks_for_the_next_one_and_keeps_what_was_considered(house):
    case, by = open_case(house, "NORTH"), house.actor("case_worker", "NORTH")
    made = plan(case)
    actions.review_plan(
        by=by, plan=made, heard=SPOKEN, best_interests=True, family_involved=False, next_review=in_days(100)
    )
    review = PlanReview.objects.get()
    assert (review.best_interests, review.family_involved, review.view.decision) == (True, False, "plan_review")
    assert [task.due_at.date() for task in queries.open_tasks(case) if task.code == "review_plan"] == [in_days(100)]


def test_a_draft_is_not_reviewed_and_a_closed_plan_does_not_move(house):
    case = open_case(house, "NORTH")
    made = plan(case, approved=False)
    told = {"heard": SPOKEN, "best_interests": True, "family_involved": True, "next_review": in_days(9)}
    with pytest.raises(Conflict):
        actions.review_plan(by=IMPORTER, plan=made, **told)
    goal = made.goals.get()
    actions.close_plan(by=IMPORTER, plan=made)
    goal.refresh_from_db()
    for act in (
        lambda: actions.approve_plan(by=IMPORTER, plan=made),
        lambda: actions.add_goal(by=IMPORTER, plan=made, goal=GoalFacts("health")),
        lambda: actions.add_step(by=IMPORTER, goal=goal, service="medical", due=in_days(3)),
        lambda: actions.close_plan(by=IMPORTER, plan=made),
    ):
        goal.plan = made
        with pytest.raises(Conflict):
            act()


def test_closing_a_plan_ends_all_that_it_asked_for_and_nothing_else(house):
    case = open_case(house, "NORTH")
    made = plan(case)
    actions.add_step(by=IMPORTER, goal=made.goals.get(), service="education", due=in_days(5))
    actions.close_plan(by=IMPORTER, plan=made)
    assert tasks(case) == ["assess_risk"]


def test_a_goal_is_reached_or_given_up_once(house):
    case = open_case(house, "NORTH")
    goal = plan(case).goals.get()
    actions.end_goal(by=IMPORTER, goal=goal, reached=True)
    assert Goal.objects.get().status == "reached"
    with pytest.raises(Conflict):
        actions.end_goal(by=IMPORTER, goal=goal, reached=False)
    with pytest.raises(Conflict):
        actions.add_step(by=IMPORTER, goal=goal, service="education", due=in_days(3))


def test_bad_input_is_refused(house):
    case = open_case(house, "NORTH")
    goal = plan(case).goals.get()
    with pytest.raises(Invalid):
        actions.add_step(by=IMPORTER, goal=goal, service="nonsense", due=in_days(3))
    with pytest.raises(Invalid):
        actions.add_step(by=IMPORTER, goal=goal, service="education", due=in_days(-1))
    with pytest.raises(Invalid):
        actions.add_goal(by=IMPORTER, plan=goal.plan, goal=GoalFacts("nonsense"))
    step = actions.add_step(by=IMPORTER, goal=goal, service="education", due=in_days(3))
    with pytest.raises(Invalid):
        actions.finish_step(by=IMPORTER, step=step, outcome="nonsense")


def test_what_a_goal_says_is_sealed_and_everything_is_recorded_in_codes(house):
    case = open_case(house, "NORTH")
    made = plan(case)
    assert Sealed.objects.filter(id=made.goals.get().words, compartment="narrative").exists()
    assert "guitar" not in str([*Goal.objects.values(), *Event.objects.values()])
    assert [moment.code for moment in queries.timeline(as_read(house, case))][:3] == [
        "plan_approved",
        "plan_made",
        "child_heard",
    ]


def test_neighbours_do_not_plan(house):
    case = open_case(house, "NORTH")
    share(house, case, "SOUTH")
    for role, agency in (("service_provider", "SOUTH"), ("supervisor", "SOUTH"), ("intake_officer", "NORTH")):
        with pytest.raises(Refused):
            plan(case, by=house.actor(role, agency))
    assert Plan.objects.count() == 0


def test_no_plan_on_a_closed_case(house):
    case = open_case(house, "NORTH")
    cases.close(by=IMPORTER, case=case, reason="duplicate")
    with pytest.raises(Conflict):
        plan(case)
