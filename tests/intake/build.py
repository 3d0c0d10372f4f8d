"""Reports for tests, made by the same actions that the worker and people use."""

from uuid import uuid4

from amparo.common.types import OPERATOR, WORKER, Actor
from amparo.intake import actions
from amparo.intake.letters import Told
from amparo.intake.models import Report
from amparo.organisation import actions as organisation

TOLD = "A neutral sentence marked quillfeather."
CONTACT = "synthetic-contact-88"


def watched(house) -> None:
    """North answers for everything; the independent ombudsperson is whom reports rise to."""
    above = organisation.found_agency(
        by=OPERATOR, code="OMB", name="Ombudsperson", kind="ombudsperson", place=house.places["NORTH"],
        takes_reports=True, independent=True,
    )  # fmt: skip
    house.agencies["OMB"] = above
    for role in ("intake_officer", "supervisor"):
        person = organisation.add_person(by=OPERATOR, username=f"{role}.omb", name=f"Demo {role} OMB")
        organisation.give_post(by=OPERATOR, person=person, role=role, agency=above)
        house.people[role, "OMB"] = person
    for urgency in ("danger_now", "urgent", "normal"):
        actions.set_watch(by=OPERATOR, urgency=urgency, owner=house.agencies["NORTH"], escalation=above)


def receive(**said) -> Report:
    """A report from the door."""
    told = Told(**{"told": TOLD, "who": "neighbour", "worries": ("hurts", "missing"), "contact": CONTACT} | said)
    return actions.receive(by=WORKER, letter=uuid4(), thread=uuid4(), told=told)


def officer(house, agency: str = "NORTH") -> Actor:
    return house.actor("intake_officer", agency)


def claimed(house, agency: str = "NORTH", **said) -> Report:
    return actions.claim(by=officer(house, agency), report=receive(**said))


def triaged(house, agency: str = "NORTH", **said) -> Report:
    report = claimed(house, agency, **said)
    return actions.triage(by=officer(house, agency), report=report, urgency=report.urgency)
