"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {
    "child_assessed": (_("Child assessed"), "urgency"),
    "child_heard": (_("Child heard"), "view_given"),
    "child_answered": (_("Answer given to the child"), "view_given"),
    "plan_made": (_("Plan drafted"), ""),
    "plan_approved": (_("Plan approved"), ""),
    "plan_reviewed": (_("Plan reviewed"), ""),
    "plan_closed": (_("Plan closed"), ""),
    "goal_added": (_("Goal added"), "goal_domain"),
    "goal_reached": (_("Goal reached"), "goal_domain"),
    "goal_given_up": (_("Goal given up"), "goal_domain"),
    "step_added": (_("Step added to the plan"), "service"),
    "step_done": (_("Step done"), "delivered_outcome"),
    "referral_offered": (_("Service asked for"), "service"),
    "referral_accepted": (_("Referral accepted"), "service"),
    "referral_declined": (_("Referral declined"), "referral_decline_reason"),
    "referral_goes_on": (_("News of a referral"), "delivered_outcome"),
    "referral_ended": (_("Referral finished"), "delivered_outcome"),
    "referral_withdrawn": (_("Referral withdrawn"), "service"),
}
PLAIN: dict[str, Any] = {
    # Tasks.
    "make_plan": _("Make a plan with the child"),
    "approve_plan": _("Approve the plan"),
    "review_plan": _("Look at the plan again"),
    "plan_step": _("Do a step of the plan"),
    "answer_child": _("Give the child an answer"),
    "await_referral": _("Waiting for an agency's answer"),
    # Notices.
    "plan_to_approve": _("A plan waits for your approval"),
    "referral_unanswered": _("Nobody has answered this referral in time"),
    # Statuses.
    "draft": _("Draft"),
    "active": _("Active"),
    "reached": _("Reached"),
    "given_up": _("Given up"),
    "offered": _("Waiting for an answer"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "delivered": _("Delivered"),
    "not_delivered": _("Ended without delivery"),
    "withdrawn": _("Withdrawn"),
    # Decisions at which the child is heard.
    "decision_plan": _("The plan"),
    "decision_plan_review": _("Review of the plan"),
    "decision_referral": _("Asking a service"),
    "decision_placement": _("Where the child lives"),
    "decision_closing": _("Closing the case"),
    "decision_other": _("Another decision"),
    # Words that were opened.
    "assessment": _("Assessment"),
    "goal": _("Goal"),
    "child_view": _("What the child said"),
    "answer_to_child": _("What the child was told"),
    "feedback": _("What the agency wrote back"),
    # Parts of a case.
    "identity": _("Who the child is"),
    "narrative": _("What was told in words"),
    "health": _("Health"),
    "placement": _("Where the child lives"),
}
