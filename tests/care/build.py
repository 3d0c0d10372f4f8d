"""Care for tests, given by the same actions that people use."""

from datetime import timedelta

from amparo.care import actions, referring
from amparo.care.actions import Found, GoalFacts
from amparo.care.hearing import Heard
from amparo.care.models import Plan, Referral
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.vault.compartments import Compartment

WORDS = "I would like to go on with the guitar."
FOUND = Found(
    urgency="normal", schooling="attends", housing="relatives", risk_factors=["poverty", "out_of_school"],
    needs=["education"], difficulties={"seeing": "some"},
)  # fmt: skip
SPOKEN = Heard("spoken")


def in_days(number: int):
    return clock.today() + timedelta(days=number)


def plan(case: Case, *, by=IMPORTER, approved: bool = True, heard: Heard = SPOKEN) -> Plan:
    """A plan with one goal."""
    goals = [GoalFacts(domain="education", said_by_child=True, words=WORDS)]
    made = actions.make_plan(by=by, case=case, goals=goals, heard=heard, next_review=in_days(90))
    return actions.approve_plan(by=IMPORTER, plan=made) if approved else made


def offer(house, case: Case, agency: str = "SOUTH", *, by=None, service: str = "psychological", **given) -> Referral:
    """Ask a service of another agency, for thirty days, with the child's yes."""
    asked = {
        "consent": "given", "compartments": [Compartment.IDENTITY], "until": in_days(30), "heard": SPOKEN, **given,
    }  # fmt: skip
    return referring.offer_referral(
        by=by or house.actor("case_worker", "NORTH"), case=case, agency=house.agencies[agency], service=service, **asked
    )
