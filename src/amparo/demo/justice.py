"""Stories of justice: the police is told, a proceeding goes its way or stands still, alarms are raised."""

import random
from datetime import timedelta

from amparo.cases import actions as cases
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import Actor
from amparo.demo.agenda import Story, after, days, happens
from amparo.demo.founding import Country
from amparo.justice import actions as justice
from amparo.justice.models import ChildSanction, PersonOfConcern, Proceeding
from amparo.vault.compartments import Compartment

POLICE = ("POL-N", "POL-S")
_LONG = timedelta(days=365 * 6)
# Why it ended so.
REASONS = ["evidence_insufficient", "person_not_found", "withdrawn", "time_limit"]


def proceeds(country: Country, chance: random.Random, case: Case) -> Story:
    """A proceeding, from the day on which the police is told."""
    yield after(days(chance, 1, 20))
    code = chance.choice(POLICE)
    _share(country, case, code)
    police = country.actor("police", code)
    first = chance.choice(["complaint", "investigation"])
    proceeding = justice.open_proceeding(by=police, case=case, lead=country.agencies[code], stage=first)
    if first == "complaint":
        yield after(days(chance, 5, 60))
        justice.move(by=police, proceeding=proceeding, stage="investigation")
    yield after(days(chance, 2, 40))
    person = justice.note_person(
        by=police, case=case, category=chance.choice(["situational", "intermediary", "organised_network", "other"]),
        relationship=chance.choice(["online_contact", "stranger", "employer"]), proceeding=proceeding,
        name="Somebody Invented" if happens(chance, 0.5) else "",
    )  # fmt: skip
    yield after(days(chance, 20, 320))
    if happens(chance, 0.3):
        justice.end_proceeding(by=police, proceeding=proceeding, outcome="no_charges", reason=chance.choice(REASONS))
    else:
        yield from _prosecuted(country, chance, proceeding, police, person)


def _prosecuted(
    country: Country, chance: random.Random, proceeding: Proceeding, police: Actor, person: PersonOfConcern
) -> Story:
    justice.move(by=police, proceeding=proceeding, stage="prosecution", handled_by=country.agencies["PROS"])
    _share(country, proceeding.case, "PROS")
    by = country.actor("prosecutor", "PROS")
    yield after(days(chance, 20, 160))
    if happens(chance, 0.25):
        justice.end_proceeding(by=by, proceeding=proceeding, outcome="ended", reason=chance.choice(REASONS))
        return
    court = country.agencies["COURT"]
    justice.move(by=by, proceeding=proceeding, stage="trial", outcome="charges_brought", handled_by=court)
    yield after(days(chance, 40, 400))
    justice.move(by=by, proceeding=proceeding, stage="judgment", handled_by=court)
    yield after(days(chance, 5, 80))
    yield from _judged(chance, proceeding, by, person)


def _judged(chance: random.Random, proceeding: Proceeding, by: Actor, person: PersonOfConcern) -> Story:
    verdict = chance.choices(["convicted", "acquitted"], [7, 3])[0]
    reason = "evidence_insufficient" if verdict == "acquitted" else ""
    if verdict == "acquitted":
        justice.end_proceeding(by=by, proceeding=proceeding, outcome=verdict, reason=reason)
        justice.judge_person(by=by, person=person, verdict=verdict)
        return
    justice.end_stage(by=by, proceeding=proceeding, outcome=verdict)
    justice.judge_person(by=by, person=person, verdict=verdict)
    yield after(days(chance, 10, 60))
    justice.move(by=by, proceeding=proceeding, stage="reparation")
    yield after(days(chance, 30, 250))
    outcome = chance.choice(["reparation_ordered", "reparation_paid"])
    justice.end_proceeding(by=by, proceeding=proceeding, outcome=outcome)


def _share(country: Country, case: Case, code: str) -> None:
    cases.share(
        by=country.at("case_worker", case), case=case, agency=country.agencies[code], purpose="investigation",
        compartments=[Compartment.IDENTITY], consent="given", limits=["none"], until=clock.now() + _LONG,
    )  # fmt: skip


def alarm(country: Country, chance: random.Random, case: Case) -> Story:
    """A child victim was treated as an offender; most of these are put right (W3)."""
    yield after(days(chance, 2, 60))
    by = country.at("case_worker", case)
    made: ChildSanction = justice.raise_alarm(
        by=by, case=case, sanction=chance.choice(["charged", "detained", "immigration_detention"]),
        agency=country.agencies[chance.choice(POLICE)], on=clock.today(),
    )  # fmt: skip
    if happens(chance, 0.8):
        yield after(days(chance, 0.1, 3))
        step = chance.choice(["authority_told", "lawyer_found", "release_asked"])
        justice.follow_up(by=country.at("supervisor", case), alarm=made, step=step)
    if happens(chance, 0.7):
        yield after(days(chance, 1, 30))
        justice.lift_sanction(by=by, sanction=made)
