"""Build Lumeria through the same actions that people use, from a seed: the same seed gives the same histories."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import transaction

from amparo.cases import actions as cases
from amparo.cases.actions import IncidentFacts
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.demo import figures
from amparo.demo.country import AGENCIES, FAMILY, GIVEN, REGIONS, STAFF, WORKING_CASES
from amparo.linkage.actions import ChildFacts, Identity, register_child
from amparo.organisation import actions as organisation
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.vault.compartments import Compartment

PASSWORD = "lumeria is made up"  # noqa: S105 - printed on every demonstration page
FIRST_DAY = datetime(2021, 11, 1, 9, tzinfo=UTC)
YEARS = 5
FORMS = ["grooming", "sexual_extortion", "in_prostitution", "trafficking", "child_marriage", "begging", "forced_labour"]
SETTINGS = ["home", "online", "street", "school", "hotel_lodging", "workplace", "unknown"]
RELATIONSHIPS = ["other_relative", "online_contact", "employer", "stranger", "family_friend", "unknown"]
CLOSE = ["goals_reached", "safe_and_stable", "transferred", "lost_contact"]


@dataclass
class Country:
    """What was built: agencies, teams and people by code."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)


def build(*, children: int, seed: int, told: Callable[[int], object] = lambda _done: None) -> Country:
    """Found the State and walk `children` histories over five years; `told` hears after each hundred.

    All or nothing: one outer transaction of `main`, so that an interrupted build leaves an empty house.
    """
    with transaction.atomic():
        with clock.stopped(FIRST_DAY):
            country = _found()
        chance = random.Random(seed)  # noqa: S311 - a demonstration must be repeatable, not secret
        for number, at in enumerate(_days(children), start=1):
            with clock.stopped(at):
                _history(country, chance, at)
            if number % 100 == 0:
                told(100)
        figures.publish(
            statistician=country.people["statistician", "STAT"], reviewer=country.people["reviewer", "STAT"],
            first=FIRST_DAY.year + 1, last=FIRST_DAY.year + YEARS - 1,
        )  # fmt: skip
    return country


def _found() -> Country:
    root = organisation.add_place(by=IMPORTER, code="LM", name="Lumeria")
    regions = {
        code: organisation.add_place(by=IMPORTER, code=code, name=name, parent=root) for code, name in REGIONS.items()
    }
    country = Country()
    for code, about in AGENCIES.items():
        _found_agency(country, code, regions[about[2]])
    return country


def _found_agency(country: Country, code: str, region: Place) -> None:
    name, kind, _region, takes_reports, independent = AGENCIES[code]
    agency = organisation.found_agency(
        by=IMPORTER, code=code, name=name, kind=kind, place=region, takes_reports=takes_reports, independent=independent
    )
    team = organisation.add_team(by=IMPORTER, agency=agency, name="First team")
    country.agencies[code], country.teams[code] = agency, team
    for role in STAFF[code]:
        username = f"{role.replace('_', '.')}.{code.lower()}"
        country.people[role, code] = organisation.add_person_with_post(
            by=IMPORTER, username=username, name=f"Demo {role.replace('_', ' ')}, {name}", password=PASSWORD,
            role=role, agency=agency, team=team,
        )  # fmt: skip


def _days(children: int) -> Iterator[datetime]:
    step = timedelta(days=365 * YEARS) / max(children, 1)
    return (FIRST_DAY + step * number for number in range(children))


def _history(country: Country, chance: random.Random, at: datetime) -> None:
    code = chance.choice(WORKING_CASES)
    case, age = _opened(country, chance, code, at)
    happened = at.date() - timedelta(days=chance.randint(5, 300))
    facts = IncidentFacts(
        form=chance.choice(FORMS), setting=chance.choice(SETTINGS), relationship=chance.choice(RELATIONSHIPS),
        place=country.agencies[code].place, happened_on=happened, age=age,
    )  # fmt: skip
    cases.record_incident(by=IMPORTER, case=case, facts=facts)
    cases.judge_risk(by=IMPORTER, case=case, risk=chance.choice(["high", "medium", "low"]))
    if chance.random() < 0.2:  # noqa: PLR2004
        _shared(country, case, chance.choice(["POL-N", "POL-S", "HOSP", "SHEL"]), at)
    if chance.random() < 0.6:  # noqa: PLR2004
        with clock.stopped(min(at + timedelta(days=chance.randint(30, 400)), FIRST_DAY + timedelta(days=365 * YEARS))):
            cases.close(by=IMPORTER, case=case, reason=chance.choice(CLOSE))


def _opened(country: Country, chance: random.Random, code: str, at: datetime) -> tuple[Case, int]:
    age = min(17, max(0, round(chance.gauss(12, 4))))
    child = register_child(
        by=IMPORTER, agency=country.agencies[code],
        identity=Identity(given=chance.choice(GIVEN), family=chance.choice(FAMILY)),
        facts=ChildFacts(
            sex=chance.choices(["female", "male", "unknown"], [60, 36, 4])[0], birth_year=at.year - age,
            birth_precision=chance.choice(["year", "estimated"]),
            migration_status=chance.choice(["national", "refugee"]),
            separation=chance.choices(["with_family", "unaccompanied", "separated"], [8, 1, 1])[0],
        ),
    )  # fmt: skip
    worker = country.people["case_worker", code]
    return cases.open_case(by=IMPORTER, child=child, team=country.teams[code], worker=worker), age


def _shared(country: Country, case: Case, code: str, at: datetime) -> None:
    cases.share(
        by=IMPORTER, case=case, agency=country.agencies[code], compartments=[Compartment.IDENTITY],
        purpose="referral", consent="given", until=at + timedelta(days=3650),
    )  # fmt: skip
