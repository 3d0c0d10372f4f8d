"""Reading who is who."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q, QuerySet, UUIDField

from amparo.access.decisions import met
from amparo.access.gate import allow, looking
from amparo.access.permissions import Permission
from amparo.access.predicates import Standing, standings
from amparo.audit.asking import Given, Question
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor, Post
from amparo.organisation.models import Agency, Membership, Notice, Person, Place


def current(on: date | None = None) -> Q:
    """The condition that a membership holds on a day (today)."""
    return _on(on or clock.today())


def _on(day: Any) -> Q:
    return Q(from_date__lte=day) & (Q(to_date=None) | Q(to_date__gte=day))


def person_with_posts(person_id: UUID) -> tuple[Person, tuple[Post, ...]] | None:
    """A person and today's posts, in one statement (two for somebody without a post)."""
    if rows := _POSTS(day=clock.today(), person=person_id):
        rows[0].person.agency_names = {row.agency_id: row.agency.name for row in rows}
        return rows[0].person, tuple(Post(row.role, row.agency_id, row.team_id) for row in rows)
    person = Person.objects.filter(id=person_id, is_active=True).first()
    return (person, ()) if person else None


def _of_person() -> "QuerySet[Membership]":
    found = Membership.objects.filter(_on(Given("day", DateField())), person_id=Given("person", UUIDField()))
    return found.filter(person__is_active=True).select_related("person", "agency").order_by("from_date", "id")


_POSTS = Question(_of_person)


def actor_of(person: Person, *, session: str = "", second_factor_at: datetime | None = None) -> Actor:
    """The actor that `person` is today; no statement when the posts came along with the person."""
    posts = person.posts
    if posts is None:
        found = person_with_posts(person.id)
        posts = found[1] if found else ()
    return Actor("person", person.id, posts, session, second_factor_at)


def holders(role: str, *, agency: UUID | None = None) -> QuerySet[Membership]:
    """Who holds a role today, perhaps only in one agency."""
    found = Membership.objects.filter(current(), role=role, person__is_active=True)
    return found.filter(agency_id=agency) if agency else found


def places_below(code: str) -> QuerySet[Place]:
    """A place and everything in it."""
    place = Place.objects.get(code=code)
    return Place.objects.filter(path__startswith=place.path).order_by("path")


@looking
def agencies(*, by: Actor) -> list[Agency]:
    """Agencies that still work, by name, with their places."""
    allow(by, Permission.ORGANISATION_READ)
    return list(open_agencies().select_related("place"))


@looking
def agency(*, by: Actor, id: UUID) -> Agency:
    """One agency. Raises `NotFound`."""
    allow(by, Permission.ORGANISATION_READ)
    found = Agency.objects.select_related("place").filter(id=id).first()
    if found is None:
        raise NotFound
    return found


@looking
def post(*, by: Actor, id: UUID) -> Membership:
    """One post that somebody holds today. Raises `NotFound`."""
    allow(by, Permission.ORGANISATION_READ)
    found = Membership.objects.filter(current(), id=id).first()
    if found is None:
        raise NotFound
    return found


@looking
def person(*, by: Actor, id: UUID) -> Person:
    """Somebody who signs in. Raises `NotFound`."""
    allow(by, Permission.ORGANISATION_READ)
    found = Person.objects.filter(id=id).first()
    if found is None:
        raise NotFound
    return found


def posts_of(found: Agency) -> list[Membership]:
    """Today's posts of an agency that was read, by name; locked people too, so that they can be let in again."""
    posts = Membership.objects.filter(current(), agency=found)
    return list(posts.select_related("person", "team").order_by("person__name", "role"))


def open_agencies() -> QuerySet[Agency]:
    """Agencies that still work, by name."""
    return Agency.objects.filter(closed_on=None).order_by("name")


def notices_for(by: Actor, *, limit: int = 20) -> list[Notice]:
    """What `by` has not yet seen, newest first. Statement count: one."""
    return list(Notice.objects.filter(told(by), seen_at=None).order_by("-at")[:limit])


def told(whom: Actor) -> Q:
    """The condition that a notice is for somebody: for the person, or for a role that the person holds there.

    Not when a wall keeps them from what it is about: a notice was perhaps left before the wall was raised.
    """
    return reduce(or_, map(_told_in, standings(whom)))


def _told_in(standing: Standing) -> Q:
    mine = Q(person_id=standing.actor.id)
    if standing.post:
        mine |= Q(person=None, role=standing.role, agency_id=standing.agency)
    return mine & met(standing)


def latest_posts() -> QuerySet[Membership]:
    """Every post that was ever given, the latest first."""
    return Membership.objects.order_by("-from_date", "-id")


def names_of(people: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The name of each person, and of the agency of their latest post ("" for none). One statement."""
    rows = Person.objects.filter(id__in=set(people)).order_by("memberships__from_date")
    return {
        id: (name, agency or "") for id, name, agency in rows.values_list("id", "name", "memberships__agency__name")
    }
