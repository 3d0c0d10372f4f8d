"""Plainly named facts about a person and a record. The policy is written in nothing else.

A predicate is asked in two ways that must agree (a property test holds them to it): of one record in Python (`holds`),
and of a table as a condition (`where`). Facts about the person alone live here; each step registers, when the program
starts, the facts about its own records.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from amparo.access.roles import Role
from amparo.common import clock
from amparo.common.types import Actor, Post

FRESH = timedelta(minutes=5)
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING  # an empty Q would vanish in an OR and turn everything into nothing


@dataclass(frozen=True)
class Standing:
    """A person in one of their posts. A rule must hold in a single post: rights of two posts never add up.

    Conditions read the time from `now`, never from the clock: they are also made once for anybody and asked later.
    """

    actor: Actor
    post: Post | None = None
    at: Any = None

    @property
    def now(self) -> datetime:
        return self.at or clock.now()

    @property
    def role(self) -> str:
        return self.post.role if self.post else ""

    @property
    def agency(self) -> UUID | None:
        return self.post.agency if self.post else None

    @property
    def team(self) -> UUID | None:
        return self.post.team if self.post else None


def standings(actor: Actor) -> list[Standing]:
    """One standing a post; a part of the system has a single one, without a post."""
    return [Standing(actor, post) for post in actor.posts] or [Standing(actor)]


@dataclass(frozen=True)
class Predicate:
    """`words` completes "This is not possible: …" when the fact does not hold."""

    name: str
    words: Any
    holds: Callable[[Standing, Any], bool]
    where: Callable[[Standing], Q]


_registered: dict[tuple[str, str], Predicate] = {}


def register(kind: str, predicate: Predicate) -> None:
    """Add a fact about records of `kind` ("" for facts about the person alone)."""
    _registered[kind, predicate.name] = predicate


def find(kind: str, name: str) -> Predicate:
    """The predicate `name` for records of `kind`, or the one about the person alone.

    Raises `KeyError` when the policy names a fact that nobody registered.
    """
    return _registered.get((kind, name)) or _registered["", name]


def is_about_person(kind: str, name: str) -> bool:
    """True when the fact `name` is the same for every record of `kind`."""
    return (kind, name) not in _registered or not kind


def registered() -> dict[tuple[str, str], Predicate]:
    """All of them, for the reference and the tests."""
    return dict(_registered)


_tables: dict[str, tuple[type[Model], str]] = {}


def guard_table(kind: str, table: type[Model], column: str) -> None:
    """Say in which table the conditions of `kind` pick, and which of its columns names the record."""
    _tables[kind] = (table, column)


def table_of(kind: str) -> tuple[type[Model], str] | None:
    """The guarded table of `kind` and its column, if its step named one."""
    return _tables.get(kind)


def about_person(name: str, words: Any, holds: Callable[[Standing], bool]) -> None:
    """Register a fact that is the same for every record."""
    register("", Predicate(name, words, lambda s, _r: holds(s), lambda s: EVERYTHING if holds(s) else NOTHING))


def _has_role(role: str) -> Callable[[Standing], bool]:
    return lambda standing: standing.role == role


def _is_system(kind: str) -> Callable[[Standing], bool]:
    return lambda standing: standing.actor.kind == kind and standing.post is None


def _fresh(standing: Standing) -> bool:
    at = standing.actor.second_factor_at
    return at is not None and clock.now() - at <= FRESH


for _role in Role:
    about_person(_role.value, _("your role does not include it."), _has_role(_role.value))
for _kind in ("worker", "importer", "operator"):
    about_person(f"the_{_kind}", _("only the system itself does this."), _is_system(_kind))
about_person("fresh_second_factor", _("give your second factor again first."), _fresh)
