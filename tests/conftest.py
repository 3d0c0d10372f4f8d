"""A small house that every test may walk into: two agencies, and in each somebody of every role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as random_cases

from amparo.access.roles import Role
from amparo.audit import append_only
from amparo.audit.actions import Act, record_each
from amparo.audit.append_only import GUARDED
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.types import OPERATOR, Actor
from amparo.organisation import actions, queries
from amparo.organisation.models import Agency, Membership, Person, Place, Team
from amparo.vault.root import PassphraseFile
from amparo.vocabulary import actions as vocabulary
from amparo.vocabulary.models import Edition

# A busy machine fails no rule, and the short round is the same each time: what it finds is the change, not the day.
unhurried = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
random_cases.register_profile("short", derandomize=True, **unhurried)
random_cases.register_profile("long", max_examples=2000, **unhurried)
random_cases.load_profile("short")


@pytest.fixture(scope="session", autouse=True)
def _root_key() -> None:
    if not settings.ROOT_KEY_FILE.exists():
        PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE).create()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The shipped code lists are there before the first test, which finds an empty record all the same."""
    with django_db_blocker.unblock():
        _load_words()


def _load_words() -> None:
    """The shipped code lists, without the rows that say so."""
    vocabulary.load_shipped(by=OPERATOR)
    append_only.remove(connection, "audit_event")
    Event.objects.all().delete()
    append_only.install(connection, "audit_event")


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_triggers() -> Iterator[None]:
    """A test with real commits is cleaned by DELETE, which the append-only triggers rightly forbid."""
    flush = DatabaseOperations.execute_sql_flush

    def past(self, sql_list):
        there = set(self.connection.introspection.table_names())
        tables = [table for table, alias in GUARDED.items() if alias == self.connection.alias and table in there]
        for table in tables:
            append_only.remove(self.connection, table)
        flush(self, sql_list)
        for table in tables:
            append_only.install(self.connection, table)
        if self.connection.alias == DEFAULT_DB_ALIAS:
            _load_words()  # whichever test comes next finds them

    DatabaseOperations.execute_sql_flush = past
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> Iterator[None]:
    """A request in Spanish leaves its language active in the thread; the next test must not speak it."""
    translation.deactivate()
    yield
    translation.deactivate()


@dataclass
class House:
    """Agencies by code, their first team, and one person a role and agency."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    def actor(self, role: str, agency: str, *, fresh: bool = False) -> Actor:
        """Whoever holds `role` in `agency`, perhaps with a second factor given a moment ago."""
        at = clock.now() - timedelta(seconds=5) if fresh else None
        return queries.actor_of(self.people[role, agency], session="test", second_factor_at=at)


@pytest.fixture
def house(db) -> House:
    return furnished_house()


def furnished_house() -> House:
    """What `build_house` builds, by one statement a table: thousands of tests begin here (tests/test_house.py)."""
    if not Edition.objects.exists():  # PostgreSQL, after a test with real commits
        vocabulary.load_shipped(by=OPERATOR)
    root, built, posts = Place(code="LM", name="Lumeria", level=0, path="LM/"), House(), []
    for code in ("NORTH", "SOUTH"):
        name, path = f"{code.title()} region", f"LM/LM-{code}/"
        place = built.places[code] = Place(code=f"LM-{code}", name=name, level=1, parent=root, path=path)
        agency = built.agencies[code] = Agency(
            code=code, name=f"{code.title()} office", kind="ministry", place=place, takes_reports=True
        )
        team = built.teams[code] = Team(agency=agency, name="First team")
        for role in Role.values:
            person = built.people[role, code] = Person(
                username=f"{role}.{code.lower()}", name=f"Demo {role} {code}", password=make_password(None)
            )
            posts.append(Membership(person=person, role=role, agency=agency, team=team, from_date=clock.today()))
    people = built.people.values()
    Place.objects.bulk_create([root, *built.places.values()])
    Agency.objects.bulk_create(built.agencies.values())
    Team.objects.bulk_create(built.teams.values())
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(posts)
    with transaction.atomic():
        record_each(OPERATOR, "place:added", "place", [Act(each.id) for each in (root, *built.places.values())])
        record_each(OPERATOR, "agency:founded", "agency", [Act(each.id) for each in built.agencies.values()])
        record_each(OPERATOR, "team:added", "team", [Act(each.id) for each in built.teams.values()])
        record_each(OPERATOR, "person:added", "person", [Act(each.id) for each in people])
        given = [Act(post.person_id, {"role": post.role, "agency": str(post.agency_id)}) for post in posts]
        record_each(OPERATOR, "post:given", "person", given)
    return built


def build_house() -> House:
    """The same by the actions that an administrator would use."""
    built = House()
    if not Edition.objects.exists():
        vocabulary.load_shipped(by=OPERATOR)
    root = actions.add_place(by=OPERATOR, code="LM", name="Lumeria")
    for code in ("NORTH", "SOUTH"):
        place = actions.add_place(by=OPERATOR, code=f"LM-{code}", name=f"{code.title()} region", parent=root)
        agency = actions.found_agency(
            by=OPERATOR,
            code=code,
            name=f"{code.title()} office",
            kind="ministry",
            place=place,
            takes_reports=True,
        )
        team = actions.add_team(by=OPERATOR, agency=agency, name="First team")
        built.places[code], built.agencies[code], built.teams[code] = place, agency, team
        for role in Role.values:
            person = actions.add_person(by=OPERATOR, username=f"{role}.{code.lower()}", name=f"Demo {role} {code}")
            actions.give_post(by=OPERATOR, person=person, role=role, agency=agency, team=team)
            built.people[role, code] = person
    return built
