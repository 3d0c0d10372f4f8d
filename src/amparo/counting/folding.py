"""Actions say what changed; here it becomes a number. A correction is taken out of one cell and put into another."""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import connections
from django.db.models import F

from amparo.audit.actions import MAIN
from amparo.cases.facts import first_cases
from amparo.common import clock, facts
from amparo.common.facts import Change
from amparo.counting.models import Cell, Counted, FactChange
from amparo.counting.positions import CHILDREN_IDENTIFIED, Position, position

# Only these facts of a record can move a child from one cell to another; a case is worked on far more often.
_MOVES = {"case": ("child", "agency", "opened"), "child": ("sex", "birth_year")}


def listen() -> None:
    """Called once, when the program starts."""
    facts.subscribe(heard)


def heard(kind: str, changes: Sequence[Change]) -> None:
    """Note changes that matter to a count. SQLite has one writer and folds at once; else the worker does it."""
    telling = [change for change in changes if kind in _MOVES and not _alike(kind, change)]
    if not telling:
        return
    if connections[MAIN].vendor == "sqlite":
        fold(set().union(*(_children(kind, change) for change in telling)))
        return
    now = clock.now()
    FactChange.objects.bulk_create([FactChange(kind=kind, at=now, **change._asdict()) for change in telling])


def fold_waiting() -> int:
    """Fold every change that waits, the oldest first; two who fold at once take turns. Returns how many there were."""
    waiting = list(FactChange.objects.select_for_update().order_by("id"))
    if waiting:
        fold(set().union(*(_children(each.kind, Change(each.record, each.before, each.after)) for each in waiting)))
        FactChange.objects.filter(id__in=[each.id for each in waiting]).delete()
    return len(waiting)


def fold(children: Collection[UUID]) -> None:
    """Put each child where the child belongs now. Folding twice is the same as folding once."""
    stood = {kept.child: _where(kept) for kept in Counted.objects.filter(child__in=children)}
    found = {UUID(str(facts["child"])): position(facts) for facts in first_cases(children)}
    moved = {child for child in children if stood.get(child) != found.get(child)}
    steps: Counter[Position] = Counter()
    for child in moved:
        if was := stood.get(child):
            steps[was] -= 1
        if now := found.get(child):
            steps[now] += 1
    for place, step in sorted(steps.items()):
        _add(place, step)
    Counted.objects.filter(child__in=moved).delete()
    Counted.objects.bulk_create([Counted(child=child, **vars(now)) for child in moved if (now := found.get(child))])


def _alike(kind: str, change: Change) -> bool:
    one, other = change.before or {}, change.after or {}
    return all(one.get(name) == other.get(name) for name in _MOVES[kind])


def _children(kind: str, change: Change) -> set[UUID]:
    if kind == "child":
        return {change.record}
    return {UUID(str(side["child"])) for side in (change.before, change.after) if side}


def _where(kept: Counted) -> Position:
    return Position(kept.year, kept.age_group, kept.region, kept.sex)


def _add(place: Position, step: int) -> None:
    if step and not Cell.objects.filter(measure=CHILDREN_IDENTIFIED, **vars(place)).update(number=F("number") + step):
        Cell.objects.create(measure=CHILDREN_IDENTIFIED, number=step, **vars(place))
