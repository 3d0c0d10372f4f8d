"""A great many made-up children, for the benches and for a large demonstration: the same seed gives the same crowd.

The population is that of the measurements: forty agencies of very unequal size (Zipf, exponent .8: the largest has a
sixth of the children), a thousand workers, eight years, every fifth case shared, a third of them open, more than a
quarter of the children with two incidents. It is made by the bulk verbs, so it is checked, counted and audited as
everything is.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import islice

from django.db import transaction

from amparo.access.roles import Role
from amparo.cases import actions, bulk
from amparo.cases.actions import IncidentFacts
from amparo.cases.bulk import Happening, Judgement, Opening
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.linkage.actions import ChildFacts, Identity
from amparo.linkage.bulk import Newcomer, register_children
from amparo.organisation import actions as organisation
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import codes

AGENCIES, WORKERS, REGIONS, YEARS = 40, 1000, 24, 8
SHARED, CLOSED, TWO_INCIDENTS = 0.22, 0.68, 0.28
_AT_ONCE = 1000
_SYLLABLES = ["ar", "bel", "cor", "dun", "el", "fim", "gal", "hal", "jor", "kel", "lum", "mir", "nor", "pel"]


@dataclass
class Office:
    """One agency of the crowd, its team, and who works there."""

    agency: Agency
    team: Team
    workers: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class History:
    """One child's history, drawn before anything is written."""

    newcomer: Newcomer
    at: datetime
    worker: Person
    incidents: list[IncidentFacts]
    risk: str
    closes: tuple[str, datetime] | None
    shared_with: Agency | None


def build(*, children: int, seed: int, told: Callable[[int], object] = lambda _done: None) -> list[Office]:
    """Found the agencies and let `children` histories happen in them; `told` hears how many after each batch."""
    chance = random.Random(seed)  # noqa: S311 - it must be repeatable, not secret
    offices = _found(chance)
    until = clock.now() - timedelta(days=1)
    weights = [1 / rank**0.8 for rank in range(1, AGENCIES + 1)]
    shares = [round(children * weight / sum(weights)) for weight in weights]
    shares[0] += children - sum(shares)
    for office, number in zip(offices, shares, strict=True):
        histories = _histories(chance, office, offices, number, until)
        while batch := list(islice(histories, _AT_ONCE)):
            _happen(office, batch, until)
            told(len(batch))
    return offices


def _found(chance: random.Random) -> list[Office]:
    root = organisation.add_place(by=IMPORTER, code="CR", name="Crowd")
    regions = [
        organisation.add_place(by=IMPORTER, code=f"CR-{number:02}", name=f"Region {number}", parent=root)
        for number in range(1, REGIONS + 1)
    ]
    return [_office(number, chance.choice(regions)) for number in range(1, AGENCIES + 1)]


def _office(number: int, region: Place) -> Office:
    agency = organisation.found_agency(
        by=IMPORTER, code=f"CR{number:02}", name=f"Crowd agency {number}", kind="ngo", place=region
    )
    office = Office(agency, organisation.add_team(by=IMPORTER, agency=agency, name="First team"))
    for worker in range(1, WORKERS // AGENCIES + 1):
        name = f"crowd.{number:02}.{worker:02}"
        person = organisation.add_person(by=IMPORTER, username=name, name=f"Crowd worker {number}/{worker}")
        role = Role.SUPERVISOR if worker == 1 else Role.CASE_WORKER
        organisation.give_post(by=IMPORTER, person=person, role=role, agency=agency, team=office.team)
        if role == Role.CASE_WORKER:
            office.workers.append(person)
    return office


def _histories(
    chance: random.Random, office: Office, offices: list[Office], number: int, until: datetime
) -> Iterator[History]:
    others = [each.agency for each in offices if each is not office]
    step = timedelta(days=365 * YEARS) / max(number, 1)
    for count in range(number):
        at = until - step * (number - count)
        yield _history(chance, office, at, chance.choice(others) if chance.random() < SHARED else None)


def _history(chance: random.Random, office: Office, at: datetime, shared_with: Agency | None) -> History:
    age = min(17, max(0, round(chance.gauss(12, 4))))
    return History(
        newcomer=Newcomer(_who(chance), _child(chance, at.year - age), at), at=at, worker=chance.choice(office.workers),
        incidents=[_incident(chance, office, at, age) for _ in range(2 if chance.random() < TWO_INCIDENTS else 1)],
        risk=chance.choices(["high", "medium", "low"], [2, 3, 5])[0], shared_with=shared_with,
        closes=_closing(chance, at) if chance.random() < CLOSED else None,
    )  # fmt: skip


def _who(chance: random.Random) -> Identity:
    return Identity(given=_name(chance, 2), family=_name(chance, 3), contact=f"synthetic-{chance.randrange(10**6)}")


def _name(chance: random.Random, syllables: int) -> str:
    """A name that belongs to nobody; early syllables come more often, as with true names."""
    likely = range(len(_SYLLABLES), 0, -1)
    return "".join(chance.choices(_SYLLABLES, likely, k=syllables)).title()


def _child(chance: random.Random, birth_year: int) -> ChildFacts:
    return ChildFacts(
        sex=chance.choices(["female", "male", "unknown"], [60, 36, 4])[0], birth_year=birth_year,
        birth_precision=chance.choice(["year", "estimated"]),
        migration_status=chance.choice(["national", "refugee"]),
        separation=chance.choices(["with_family", "unaccompanied", "separated"], [8, 1, 1])[0],
    )  # fmt: skip


def _incident(chance: random.Random, office: Office, at: datetime, age: int) -> IncidentFacts:
    return IncidentFacts(
        form=chance.choice(_codes("form")), setting=chance.choice(_codes("setting")),
        relationship=chance.choice(_codes("relationship")), place=office.agency.place,
        happened_on=at.date() - timedelta(days=chance.randint(5, 300)), age=age,
    )  # fmt: skip


@cache
def _codes(scheme: str) -> list[str]:
    return sorted(codes(scheme))


def _closing(chance: random.Random, at: datetime) -> tuple[str, datetime]:
    reason = chance.choice(["goals_reached", "safe_and_stable", "transferred", "lost_contact"])
    return reason, at + timedelta(days=chance.randint(10, 400))


def _happen(office: Office, batch: list[History], until: datetime) -> None:
    with ExitStack() as stack:
        # `main` opens first and so commits last: until it has, no record points to what the vault keeps.
        for alias in ("default", "vault", "keys"):
            stack.enter_context(transaction.atomic(using=alias))
        children = register_children(by=IMPORTER, agency=office.agency, newcomers=[each.newcomer for each in batch])
        cases = bulk.open_cases(by=IMPORTER, team=office.team, openings=[
            Opening(child, each.worker, at=each.at) for child, each in zip(children, batch, strict=True)
        ])  # fmt: skip
        together = list(zip(cases, batch, strict=True))
        bulk.record_incidents(by=IMPORTER, happenings=[
            Happening(case, facts, at=each.at) for case, each in together for facts in each.incidents
        ])  # fmt: skip
        bulk.judge_risks(by=IMPORTER, judgements=[Judgement(case, each.risk, each.at) for case, each in together])
        for case, each in together:
            if each.shared_with:
                _share(case, each, until)
        bulk.close(by=IMPORTER, judgements=[
            Judgement(case, each.closes[0], min(each.closes[1], until)) for case, each in together if each.closes
        ])  # fmt: skip


def _share(case: Case, history: History, until: datetime) -> None:
    assert history.shared_with
    with clock.stopped(history.at):
        actions.share(
            by=IMPORTER, case=case, agency=history.shared_with, compartments=[Compartment.IDENTITY],
            purpose="referral", consent="given", until=until + timedelta(days=3650),
        )  # fmt: skip
