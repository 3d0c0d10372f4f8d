"""Rows become records: the same row twice changes nothing, a changed one closes the record that it replaces."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from amparo.monitoring.importing.reading import Outcome, Row, Wrong
from amparo.monitoring.models import Recorded

BATCH = 1000


@dataclass(frozen=True)
class Shape:
    """What a row of a kind becomes. `key` names the columns that tell which record it is about; `facts` the others."""

    model: type[Recorded]
    key: tuple[str, ...]
    facts: tuple[str, ...]
    make: Callable[[Row], Recorded]


def take(shape: Shape, rows: Iterable[Row], at: datetime) -> Outcome:
    """Take every good row, as recorded `at`; a refused row is only counted and named. A batch costs four statements."""
    outcome, waiting = Outcome(), iter(rows)
    while batch := list(islice(waiting, BATCH)):
        outcome.read += len(batch)
        _take_batch(shape, _made(shape, batch, outcome), at, outcome)
    return outcome


def _made(shape: Shape, batch: list[Row], outcome: Outcome) -> dict[tuple[Any, ...], tuple[int, Recorded]]:
    found: dict[tuple[Any, ...], tuple[int, Recorded]] = {}
    for row in batch:
        try:
            record = shape.make(row)
            key = _values(record, shape.key)
            if key in found:
                raise Wrong(_column(shape), f"repeats what line {found[key][0]} says")
            found[key] = row.line, record
        except Wrong as wrong:
            outcome.refuse(row.line, wrong)
    return found


def _take_batch(
    shape: Shape, made: dict[tuple[Any, ...], tuple[int, Recorded]], at: datetime, outcome: Outcome
) -> None:
    kept, fresh, replaced = _kept(shape, made), [], []
    for key, (line, record) in made.items():
        before = kept.get(key)
        if before and _values(before, shape.facts) == _values(record, shape.facts):
            outcome.same += 1
            continue
        if before and before.recorded_at == at:
            outcome.refuse(line, Wrong(_column(shape), "repeats what an earlier line says, otherwise"))
            continue
        record.recorded_at = at
        fresh.append(record)
        if before:
            replaced.append(before.pk)
    shape.model._default_manager.filter(pk__in=replaced).update(superseded_at=at)
    shape.model._default_manager.bulk_create(fresh)
    outcome.changed += len(replaced)
    outcome.made += len(fresh) - len(replaced)


def _kept(shape: Shape, made: dict[tuple[Any, ...], tuple[int, Recorded]]) -> dict[tuple[Any, ...], Recorded]:
    """The records that hold now, of all keys that the batch may be about."""
    wanted = {f"{name}__in": {key[place] for key in made} for place, name in enumerate(shape.key)}
    found = shape.model._default_manager.filter(superseded_at=None, **wanted)
    return {_values(record, shape.key): record for record in found}


def _column(shape: Shape) -> str:
    return shape.key[0].removesuffix("_id")


def _values(record: Recorded, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in names)
