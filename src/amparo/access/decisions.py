"""`decide`: the one question, with its answer in words; `permitted`: the same answer for a whole table."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from amparo.access import predicates, walls
from amparo.access.permissions import Permission
from amparo.access.policy import NEVER, POLICY
from amparo.access.predicates import NOTHING, Standing
from amparo.common.types import Actor


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


def permitted(*, by: Actor, permission: Permission) -> Q:
    """The condition that picks, out of the table guarded for the permission's kind, what `by` may."""
    rule = POLICY[permission]
    ways = [_table_in_one_post(standing, rule.kind, rule.lines) for standing in predicates.standings(by)]
    return _any_of([way for way in ways if way != NOTHING])


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


def _table_in_one_post(standing: Standing, kind: str, lines: tuple[tuple[str, ...], ...]) -> Q:
    asked = [[predicates.find(kind, name).where(standing) for name in line] for line in lines]
    ways = [reduce(and_, facts) for facts in asked if NOTHING not in facts]
    if not ways or not standing.post:
        return _any_of(ways)
    return _any_of(ways) & _denied_by_none(standing, kind)


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
