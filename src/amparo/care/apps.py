from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "amparo.care"
    label = "care"

    def ready(self) -> None:
        from amparo.access.permissions import Permission
        from amparo.care import predicates
        from amparo.care.queries import referral_is_open
        from amparo.cases import lines, objections

        predicates.register_all()
        objections.against("close", referral_is_open)
        lines.need(
            Permission.CARE_READ, "child_assessed", "child_heard", "child_answered", "plan_made", "plan_approved",
            "plan_reviewed", "plan_closed", "goal_added", "goal_reached", "goal_given_up", "step_added", "step_done",
        )  # fmt: skip
        # An agency that is asked for one service does not learn what was asked of others.
        lines.need(
            Permission.CASE_LOOKS, "referral_offered", "referral_accepted", "referral_declined", "referral_goes_on",
            "referral_ended", "referral_withdrawn",
        )  # fmt: skip
