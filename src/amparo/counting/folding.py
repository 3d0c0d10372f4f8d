"""Actions say what changed; here it becomes a number. A correction is taken out of one cell and put into another."""

from uuid import UUID

from django.db import connections
from django.db.models import F

from amparo.audit.actions import MAIN
from amparo.cases.facts import first_cases
from amparo.common import clock, facts
from amparo.common.facts import Facts
from amparo.counting.models import Cell, Counted, FactChange
from amparo.counting.positions import CHILDREN_IDENTIFIED, Position, position

# Only these facts of a record can move a child from one cell to another; a case is worked on far more often.
_MOVES = {"case": ("child", "agency", "opened"), "child": ("sex", "birth_year")}


def listen() -> None:
    """Called once, when the program starts."""
    facts.subscribe(heard)


def heard(kind: str, record: UUID, before: Facts | None, after: Facts | None) -> None:
    """Note a change that matters to a count. SQLite has one writer and folds at once; else the worker does it."""
    if kind not in _MOVES or _alike(kind, before, after):
        return
    change = FactChange.objects.create(kind=kind, record=record, before=before, after=after, at=clock.now())
    if connections[MAIN].vendor == "sqlite":
        fold_one(change)


def fold_waiting() -> int:
    """Fold every change that waits, the oldest first; two who fold at once take turns. Returns how many there were."""
    changes = list(FactChange.objects.select_for_update().order_by("id"))
    for change in changes:
        fold_one(change)
    return len(changes)


def fold_one(change: FactChange) -> None:
    """Put the child of a changed record where the child belongs now. Folding twice is the same as folding once."""
    for child in _children(change):
        found = next(first_cases(child), None)
        _move(child, position(found) if found else None)
    change.delete()


def _alike(kind: str, before: Facts | None, after: Facts | None) -> bool:
    one, other = before or {}, after or {}
    return all(one.get(name) == other.get(name) for name in _MOVES[kind])


def _children(change: FactChange) -> set[UUID]:
    if change.kind == "child":
        return {change.record}
    return {UUID(side["child"]) for side in (change.before, change.after) if side}


def _move(child: UUID, to: Position | None) -> None:
    kept = Counted.objects.filter(child=child).first()
    stands = Position(kept.year, kept.age_group, kept.region, kept.sex) if kept else None
    if stands == to:
        return
    if stands:
        _add(stands, -1)
    if to:
        _add(to, 1)
        Counted.objects.update_or_create(child=child, defaults=vars(to))
    elif kept:
        kept.delete()


def _add(place: Position, step: int) -> None:
    if not Cell.objects.filter(measure=CHILDREN_IDENTIFIED, **vars(place)).update(number=F("number") + step):
        Cell.objects.create(measure=CHILDREN_IDENTIFIED, number=step, **vars(place))
