"""Types that every step shares: who acts, and how a record may move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from amparo.common.errors import Conflict


@dataclass(frozen=True)
class Post:
    """One role of a person, where it holds: in an agency and perhaps only in a team of it."""

    role: str
    agency: UUID
    team: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, a system of an agency (`kind` machine), or a part of ours (worker, door, importer, operator).

    `session` is a hash of the session, or of a machine's key, never the key. `second_factor_at` is when the second
    factor was last given. A machine has an `owner`, the person who answers for it, and does `only` these permissions.
    """

    kind: str
    id: UUID
    posts: tuple[Post, ...] = ()
    session: str = ""
    second_factor_at: datetime | None = field(default=None, compare=False)
    owner: UUID | None = None
    only: frozenset[str] = frozenset()

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @cached_property
    def agencies(self) -> frozenset[UUID]:
        return frozenset(post.agency for post in self.posts)

    @cached_property
    def teams(self) -> frozenset[UUID]:
        return frozenset(post.team for post in self.posts if post.team)

    @cached_property
    def people(self) -> frozenset[UUID]:
        """Whom a wall must name to stand before this actor: itself, and whoever answers for it."""
        return frozenset({self.id, self.owner or self.id})

    def agencies_as(self, *roles: str) -> frozenset[UUID]:
        """The agencies in which this actor holds one of `roles`."""
        return frozenset(post.agency for post in self.posts if post.role in roles)

    def teams_as(self, *roles: str) -> frozenset[UUID]:
        """The teams in which this actor holds one of `roles`."""
        return frozenset(post.team for post in self.posts if post.team and post.role in roles)


def _system(kind: str, number: int) -> Actor:
    return Actor(kind=kind, id=UUID(int=number))


WORKER = _system("worker", 1)
DOOR = _system("door", 2)
IMPORTER = _system("importer", 3)
OPERATOR = _system("operator", 4)


@dataclass(frozen=True)
class LifeCycle:
    """The allowed moves of a record: ``{verb: ({status before, ...}, status after)}``. The diagram is drawn from it.

    `sentence` says in the reader's language why something is not possible, with its ``{status}``; `called` what a
    status is called in that sentence.
    """

    name: str
    start: str
    moves: Mapping[str, tuple[frozenset[str], str]]
    sentence: Any
    called: Mapping[str, Any]

    def after(self, status: str, verb: str) -> str:
        """The status after `verb`.

        Raises `Conflict` when a record in `status` cannot do this.
        """
        before, after = self.moves[verb]
        if status not in before:
            raise self.not_now(status)
        return after

    def not_now(self, status: str) -> Conflict:
        """The refusal of what a record in `status` cannot do, in the reader's language."""
        return Conflict(str(self.sentence).format(status=self.called[status]))

    @property
    def statuses(self) -> list[str]:
        """Every status that a record may come to, each once."""
        ends = [status for before, after in self.moves.values() for status in (*sorted(before), after)]
        return list(dict.fromkeys([self.start, *ends]))

    def possible(self, status: str) -> list[str]:
        """The verbs that a record in `status` allows, in the table's order."""
        return [verb for verb, (before, _) in self.moves.items() if status in before]


def moves(**table: tuple[str, str]) -> dict[str, tuple[frozenset[str], str]]:
    """Write a life-cycle as ``accept=("offered", "accepted")``; several statuses before are parted by blanks."""
    return {verb: (frozenset(before.split()), after) for verb, (before, after) in table.items()}
