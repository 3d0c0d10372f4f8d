"""Removing sealed rows to which no record of `main` points: what an interrupted act left behind.

Pointers are found by the columns that declare `vault`: whoever keeps a pointer in any other column loses what it points
to. As a last guard nothing is removed while many rows of one kind are old and not one of that kind is pointed to.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from uuid import UUID

from django.apps import apps
from django.db import models

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict
from amparo.common.types import Actor
from amparo.vault.models import Sealed

_AT_ONCE = 1000
_SUSPICIOUS = 100


@gated
def sweep(*, by: Actor, older_than: timedelta = timedelta(hours=24), dry_run: bool = False) -> Counter[str]:
    """Remove unpointed rows that are older than any act can last, and say how many of each kind (compartment.column).

    Raises `Conflict` when it looks as if a whole kind had lost its pointers; then nothing is removed.
    """
    rule = allow(by, Permission.CLOCKS_RUN)
    pointed, lost = Counter[str](), dict[UUID, str]()
    for id, kind, found in _judged(clock.now() - older_than):
        if found:
            pointed[kind] += 1
        else:
            lost[id] = kind
    counted = Counter(lost.values())
    for kind, number in counted.items():
        if number > _SUSPICIOUS and not pointed[kind]:
            raise Conflict(f"{number} rows of {kind} and no pointer to any: is its column declared? Nothing was swept.")
    if lost and not dry_run:
        _remove(list(lost))
        record(by, "vault:swept", "vault", rule=rule, detail={"rows": len(lost)})
    return counted


def pointer_columns() -> list[tuple[type[models.Model], str]]:
    """Every column of every installed step that points into the vault."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.UUIDField) and field.db_comment == "vault"
    ]


def _judged(before: datetime) -> Iterator[tuple[UUID, str, bool]]:
    """Each old row with its kind, and whether something points to it: two sorted walks side by side."""
    pointers = merge(*(_pointers(*column) for column in pointer_columns()))
    pointer = next(pointers, None)
    for id, kind in _old(before):
        while pointer is not None and pointer < id:
            pointer = next(pointers, None)
        yield id, kind, pointer == id


def _pointers(model: type[models.Model], name: str) -> Iterator[UUID]:
    found = model._default_manager.exclude(**{name: None}).order_by(name).values_list(name, flat=True)
    return found.iterator(chunk_size=_AT_ONCE)


def _old(before: datetime) -> Iterator[tuple[UUID, str]]:
    found = Sealed.objects.filter(written_at__lt=before).order_by("id").values_list("id", "compartment", "column")
    for id, compartment, column in found.iterator(chunk_size=_AT_ONCE):
        yield id, f"{compartment}.{column}"


def _remove(ids: list[UUID]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        Sealed.objects.filter(id__in=ids[start : start + _AT_ONCE]).delete()
