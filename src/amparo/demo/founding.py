"""Founding Lumeria: places, agencies, teams, people with posts and passwords, help lines, and who answers."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from django.contrib.auth.hashers import make_password

from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER, Actor
from amparo.demo.country import AGENCIES, HELP_LINES, REGIONS, STAFF, WATCH
from amparo.directory.actions import add_help_line
from amparo.intake.actions import set_watch
from amparo.organisation import actions as organisation
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.organisation.queries import actor_of

PASSWORD = "lumeria is made up"  # noqa: S105 - printed on every demonstration page


@dataclass
class Country:
    """What was founded, by code; posts never end here, so whoever acts is read once."""

    places: dict[str, Place] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    _actors: dict[UUID, Actor] = field(default_factory=dict)

    def actor(self, role: str, code: str) -> Actor:
        """Whoever holds a role in an agency."""
        person = self.people[role, code]
        if person.id not in self._actors:
            self._actors[person.id] = actor_of(person)
        return self._actors[person.id]

    def fresh(self, role: str, code: str) -> Actor:
        """The same, a second factor given just now."""
        return replace(self.actor(role, code), second_factor_at=clock.now())

    def at(self, role: str, case: Case) -> Actor:
        """Whoever holds a role where a case is."""
        return self.actor(role, case.agency.code)


def found() -> Country:
    """Found the State."""
    country = Country()
    root = country.places["LM"] = organisation.add_place(by=IMPORTER, code="LM", name="Lumeria")
    for code, name in REGIONS.items():
        country.places[code] = organisation.add_place(by=IMPORTER, code=code, name=name, parent=root)
    hashed = make_password(PASSWORD)  # once: it takes long on purpose, and everybody's is the same
    for code in AGENCIES:
        _agency(country, code, hashed)
    _where_help_is(country)
    return country


def _agency(country: Country, code: str, hashed: str) -> None:
    name, kind, region, takes_reports, independent = AGENCIES[code]
    agency = organisation.found_agency(
        by=IMPORTER, code=code, name=name, kind=kind, place=country.places[region], takes_reports=takes_reports,
        independent=independent,
    )  # fmt: skip
    team = organisation.add_team(by=IMPORTER, agency=agency, name="First team")
    country.agencies[code], country.teams[code] = agency, team
    for role in STAFF[code]:
        called = f"Demo {role.replace('_', ' ')}, {name}"
        person = organisation.add_person(by=IMPORTER, username=username(role, code), name=called)
        organisation.give_post(by=IMPORTER, person=person, role=role, agency=agency, team=team)
        person.password = hashed
        person.save(update_fields=["password"])
        country.people[role, code] = person


def username(role: str, code: str) -> str:
    """The name by which the holder of a role in an agency signs in."""
    return f"{role.replace('_', '.')}.{code.lower()}"


def _where_help_is(country: Country) -> None:
    owner, above = (country.agencies[code] for code in WATCH)
    for urgency in ("danger_now", "urgent", "normal"):
        set_watch(by=IMPORTER, urgency=urgency, owner=owner, escalation=above)
    for name, number, hours, languages, place in HELP_LINES:
        where = country.places[place] if place else None
        add_help_line(by=IMPORTER, name=name, number=number, hours=hours, languages=languages, place=where)
