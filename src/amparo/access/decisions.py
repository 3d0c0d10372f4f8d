"""`decide`: the one question, with its answer in words; `permitted`: the same answer for a whole table."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, UUIDField
from django.utils.translation import gettext as _

from amparo.access import predicates, walls
from amparo.access.permissions import Permission
from amparo.access.policy import MACHINES, NEVER, POLICY
from amparo.access.predicates import EVERYTHING, NOTHING, Standing
from amparo.audit.asking import Given
from amparo.common import clock
from amparo.common.types import OPERATOR, Actor, Post


@dataclass(frozen=True)
class Decision:
    """`rule` names the line that allowed or the fact that failed; `reason` says a refusal in words."""

    allowed: bool
    rule: str
    reason: str = ""


def decide(*, by: Actor, permission: Permission, record: Any = None) -> Decision:
    """May `by` do this with `record`? Deny wins, silence means no.

    `record` must be of the kind that the permission's rule names; None where the rule needs none.
    """
    if _beyond(by, permission):
        return Decision(False, f"{permission}:machine", _sentence(_("this system was not given it.")))
    rule = POLICY[permission]
    closest: tuple[int, Decision] | None = None
    for standing in predicates.standings(by):
        decision, met = _in_one_post(standing, permission, rule.kind, record)
        if decision.allowed:
            return decision
        if closest is None or met > closest[0]:
            closest = (met, decision)
    assert closest is not None
    return closest[1]


# What of a rule is left to ask of the records, once everything about the person alone is known: for each line that
# may still hold, the post it would hold in and the names of its facts about records. Equal ways, equal answers.
Ways = frozenset[tuple[int, frozenset[str]]]


def ways(*, by: Actor, permission: Permission) -> Ways:
    """The ways in which `by` may come to do this; none: whatever the record, the answer is no."""
    if _beyond(by, permission):
        return frozenset()
    rule = POLICY[permission]
    left = {
        (post, facts)
        for post, standing in enumerate(predicates.standings(by))
        for line in rule.lines
        if (facts := _left(standing, rule.kind, line)) is not None
    }
    return frozenset(left)


@dataclass(frozen=True)
class Somebody:
    """Anybody with posts of these roles, each in a team or not: what a `Question` asks for, instead of for one person.

    The conditions of the policy are the same for all of them but for who, where and when, and those are given by
    `given` each time the question is asked. What the policy knows of the person alone is in the `Ways`.
    """

    kind: str
    posts: tuple[tuple[str, bool], ...]
    answered_for: bool

    @classmethod
    def like(cls, actor: Actor) -> "Somebody":
        posts = tuple((post.role, post.team is not None) for post in actor.posts)
        return cls(actor.kind, posts, actor.owner is not None)

    @property
    def standings(self) -> list[Standing]:
        me: Any = Given("me", UUIDField())
        owner: Any = Given("owner", UUIDField()) if self.answered_for else None
        actor = replace(OPERATOR, kind=self.kind, id=me, owner=owner)
        now = Given("now", DateTimeField())
        posts: list[Any] = [
            Post(role, _place(number, "agency"), _place(number, "team") if in_team else None)
            for number, (role, in_team) in enumerate(self.posts)
        ]
        return [Standing(actor, post, now) for post in posts] or [Standing(actor, None, now)]

    @staticmethod
    def given(actor: Actor) -> dict[str, Any]:
        """What stands for the `Given`s when `actor` asks now."""
        agencies = {f"agency_{number}": post.agency for number, post in enumerate(actor.posts)}
        teams = {f"team_{number}": post.team for number, post in enumerate(actor.posts)}
        return {"me": actor.id, "owner": actor.owner, "now": clock.now(), **agencies, **teams}


def _place(number: int, of: str) -> Any:
    return Given(f"{of}_{number}", UUIDField())


def picked(*, by: Actor | Somebody, kind: str, in_ways: Ways) -> Q:
    """The condition that picks, out of the table guarded for `kind`, the records with which one of the ways holds."""
    standings = by.standings if isinstance(by, Somebody) else predicates.standings(by)
    by_post: dict[int, list[Q]] = {}
    for post, facts in sorted(in_ways, key=lambda way: (way[0], sorted(way[1]))):
        asked = (predicates.find(kind, name).where(standings[post]) for name in sorted(facts))
        by_post.setdefault(post, []).append(reduce(and_, asked, Q()) or EVERYTHING)
    return _any_of([
        _any_of(found) & (_denied_by_none(standings[post], kind) if standings[post].post else Q())
        for post, found in by_post.items()
    ])  # fmt: skip


def permitted(*, by: Actor, permission: Permission) -> Q:
    """The condition that picks, out of the table guarded for the permission's kind, what `by` may."""
    return picked(by=by, kind=POLICY[permission].kind, in_ways=ways(by=by, permission=permission))


def _beyond(by: Actor, permission: Permission) -> bool:
    """A system of an agency does what machines may at all, and of that what its administrator ticked."""
    return by.kind == "machine" and permission not in MACHINES & by.only


def _left(standing: Standing, kind: str, line: tuple[str, ...]) -> frozenset[str] | None:
    """The facts of a line that are about records; None when one about the person does not hold."""
    about_person = [name for name in line if predicates.is_about_person(kind, name)]
    if not all(predicates.find(kind, name).holds(standing, None) for name in about_person):
        return None
    return frozenset(line).difference(about_person)


def _in_one_post(standing: Standing, permission: Permission, kind: str, record: Any) -> tuple[Decision, int]:
    """The decision in one post, and how many facts of the best line held (the nearer, the more helpful its reason)."""
    for name in NEVER.get(kind, ()):
        fact = predicates.find(kind, name)
        if standing.post and not fact.holds(standing, record):
            return Decision(False, f"never:{name}", _sentence(fact.words)), 99
    best = (Decision(False, f"{permission}:none", _sentence(_("nobody in your post does this."))), -1)
    for number, line in enumerate(POLICY[permission].lines, start=1):
        met, missing = _walk(standing, kind, line, record)
        if missing is None:
            return Decision(True, f"{permission}#{number}"), met
        if met > best[1]:
            best = (Decision(False, f"{permission}:{missing.name}", _sentence(missing.words)), met)
    return best


def _walk(standing: Standing, kind: str, line: tuple[str, ...], record: Any) -> tuple[int, predicates.Predicate | None]:
    for met, name in enumerate(line):
        fact = predicates.find(kind, name)
        if not fact.holds(standing, record):
            return met, fact
    return len(line), None


def met(standing: Standing) -> Q:
    """The condition that picks rows with a `kind` and a `record` (notices, the record of looks) that nothing hides.

    A wall hides a record wherever it is named, from somebody in the post behind the wall.
    """
    found = walls.none_between(standing, "record")
    for kind in NEVER:
        if guarded := predicates.table_of(kind):
            table, column = guarded
            seen = table._default_manager.filter(_denied_by_none(standing, kind), **{column: OuterRef("record")})
            found &= ~Q(kind=kind) | Q(Exists(seen))
    return found


def _denied_by_none(standing: Standing, kind: str) -> Q:
    return reduce(and_, (predicates.find(kind, name).where(standing) for name in NEVER.get(kind, ())), Q())


def _any_of(ways: list[Q]) -> Q:
    return reduce(or_, ways) if ways else NOTHING


def _sentence(words: Any) -> str:
    return _("This is not possible: {words}").format(words=words)
