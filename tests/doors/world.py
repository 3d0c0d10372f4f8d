"""The records that the matrix asks for, each in its relation to the agency NORTH and its first team."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client

from amparo.access.roles import Role
from amparo.cases import actions as cases
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER, OPERATOR
from amparo.organisation import actions as organisation
from amparo.organisation.queries import actor_of
from amparo.vault.compartments import Compartment
from tests.cases.build import open_case, share
from tests.conftest import build_house


@dataclass
class World:
    """`records[kind, relation]` is a record; its absence is a record that does not exist."""

    house: object
    records: dict[tuple[str, str], object] = field(default_factory=dict)

    def id(self, kind: str, relation: str) -> UUID:
        found = self.records.get((kind, relation))
        return found.pk if found is not None else uuid4()


def build() -> World:
    house = build_house()
    world = World(house)
    world.records |= {("case", relation): case for relation, case in _cases(house).items()}
    return world


def client_of(world: World, asker: str) -> Client:
    """A browser in which `asker` has signed in, without typing."""
    client = Client(headers={"host": settings.OFFICE_HOST})
    if asker == "nobody":
        return client
    person = world.house.people["case_worker" if asker == "password_only" else asker, "NORTH"]
    client.force_login(person, backend="amparo.config.backends.DeskBackend")
    factors = ["password"] if asker == "password_only" else ["password", "mfa"]
    session = client.session
    session["account_authentication_methods"] = [{"method": factor, "at": time.time()} for factor in factors]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return client


def _cases(house) -> dict[str, Case]:
    colleague = organisation.add_person(by=OPERATOR, username="colleague.north", name="Demo colleague")
    first = house.teams["NORTH"]
    organisation.give_post(
        by=OPERATOR, person=colleague, role=Role.CASE_WORKER, agency=house.agencies["NORTH"], team=first
    )
    made = {
        "own": open_case(house, "NORTH"),
        "own_team": open_case(house, "NORTH", worker=False),
        "other_team": open_case(house, "NORTH", worker=False),
        "other_agency": open_case(house, "SOUTH"),
        "shared": open_case(house, "SOUTH"),
        "share_expired": open_case(house, "SOUTH"),
        "walled": open_case(house, "NORTH"),
        "walled_share": open_case(house, "SOUTH"),
    }
    cases.assign(by=IMPORTER, case=made["own_team"], worker=colleague)
    second = organisation.add_team(by=OPERATOR, agency=house.agencies["NORTH"], name="Second team")
    _move(made["other_team"], second)
    share(house, made["shared"], "NORTH", Compartment.IDENTITY)
    share(house, made["walled_share"], "NORTH", Compartment.IDENTITY)
    with clock.stopped(clock.now() - timedelta(days=60)):
        share(house, made["share_expired"], "NORTH", Compartment.IDENTITY)
    _wall(house, made["walled"], "NORTH", {("person", house.people[role, "NORTH"].id) for role in Role.values})
    _wall(house, made["walled_share"], "SOUTH", {("agency", house.agencies["NORTH"].id)})
    return made


def _move(case: Case, team) -> None:
    """Cases do not change their team yet; this one is born in the other."""
    case.team = team
    case.save()
    case.scopes.update(team=team)


def _wall(house, case: Case, agency: str, against: set[tuple[str, UUID]]) -> None:
    """Raised by a supervisor of the case's agency who meets no wall: nobody walls themselves out."""
    free = organisation.add_person(by=OPERATOR, username=f"free.{case.reference.lower()}", name="Demo supervisor")
    organisation.give_post(
        by=OPERATOR, person=free, role=Role.SUPERVISOR, agency=house.agencies[agency], team=house.teams[agency]
    )
    for kind, who in against:
        cases.raise_wall(by=actor_of(free), case=case, against_kind=kind, against=who, reason="threat")
