"""The one reader of the vault: asks the purpose, decides, leaves its audit row, and only then decrypts.

What a look may open is tied to whom the look is about: a guarded record names the subject of the vault whose values it
answers for (`sealed_under`), and a pointer to another subject's value opens for nobody through it.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, allow_all, listed, look, looking
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid, Refused
from amparo.common.types import Actor
from amparo.vault import cipher
from amparo.vault.compartments import Compartment, opened_by
from amparo.vault.keyring import Erased, keys_for_reading
from amparo.vault.models import Sealed
from amparo.vault.store import bound_to


class _Row(NamedTuple):
    id: UUID
    subject: UUID
    column: str
    ciphertext: bytes | memoryview


def reveal(*, by: Actor, subject: Any, pointer: UUID, compartment: Compartment, purpose: str) -> Any:
    """The value behind `pointer`, which belongs to the record `subject`.

    `subject` is a guarded record, or one that says which record guards it (`guarded`). Raises `Refused` (policy, or a
    pointer to somebody else's value), `Invalid` (no purpose), `Erased` (key destroyed), `Unreadable` (tampered).
    """
    rows = _found([pointer], compartment)
    _record_look(by=by, subject=subject, rows=rows, compartment=compartment, purpose=purpose)
    opened = _opened(rows, compartment)
    if pointer not in opened:
        raise Erased
    return opened[pointer]


def reveal_many(*, by: Actor, subjects: Mapping[UUID, Any], compartment: Compartment, purpose: str) -> dict[UUID, Any]:
    """The values behind many pointers (pointer: record): each decided, one audit row, two statements.

    One pointer to somebody else's value and all of them stay closed. Raises as `reveal` does.
    """
    rows = _found(list(subjects), compartment)
    _record_looks(by=by, subjects=subjects, rows=rows, compartment=compartment, purpose=purpose)
    return _opened(rows, compartment)


def compared(
    *, by: Actor, subjects: Mapping[UUID, Any], to: Permission, purpose: str
) -> dict[UUID, Any]:  # fmt: skip
    """The matching copies behind many pointers (pointer: record), for the server to compare; nobody is shown one.

    `to` is what the comparison is for: a search before a registration, or the nightly run. One audit row.
    """
    rows = _found(list(subjects), Compartment.MATCHING)
    _record_comparison(by=by, subjects=subjects, rows=rows, to=to, purpose=purpose)
    return _opened(rows, Compartment.MATCHING)


@looking
def _record_comparison(
    *, by: Actor, subjects: Mapping[UUID, Any], rows: list[_Row], to: Permission, purpose: str
) -> None:  # fmt: skip
    _need(purpose)
    rule = allow(by, to)
    for row in rows:
        _need_own(row, subjects[row.id])
    # How many, and not whose: nobody looks at these children, and their record of looks must not say so.
    look(by, "vault:matching_compared", "vault", rule=rule, purpose=purpose, detail={"copies": len(rows)})


@looking
def _record_look(*, by: Actor, subject: Any, rows: list[_Row], compartment: Compartment, purpose: str) -> None:
    _need(purpose)
    guarded = _guarded(subject)
    rule = allow(by, opened_by(guarded.guarded_kind, compartment), guarded)
    for row in rows:
        _need_own(row, subject)
    look(by, f"vault:{compartment}_revealed", guarded.guarded_kind, guarded.pk, purpose=purpose, rule=rule)


@looking
def _record_looks(
    *, by: Actor, subjects: Mapping[UUID, Any], rows: list[_Row], compartment: Compartment, purpose: str
) -> None:
    _need(purpose)
    guarded = {each.pk: each for each in map(_guarded, subjects.values())}
    needed = sorted({opened_by(each.guarded_kind, compartment) for each in guarded.values()})
    for permission in needed:
        allow_all(by, permission, [s for s in guarded.values() if opened_by(s.guarded_kind, compartment) == permission])
    for row in rows:
        _need_own(row, subjects[row.id])
    listed(by, f"vault:{compartment}_revealed", "list", guarded, purpose=purpose, rule=" ".join(needed)[:80])


def _guarded(subject: Any) -> Any:
    """The record that the policy is asked about: the record itself, or the one that it is a part of."""
    return getattr(subject, "guarded", subject)


def _need(purpose: str) -> None:
    if not purpose:
        raise Invalid({"purpose": _("Say for what purpose you look.")})


def _need_own(row: _Row, subject: Any) -> None:
    if row.subject != subject.sealed_under:
        guarded = _guarded(subject)
        raise Refused("This belongs to another record.", rule=f"vault:foreign_pointer {guarded.pk}", visible=False)


def _found(pointers: list[UUID], compartment: Compartment) -> list[_Row]:
    """Still sealed: only whom each is about is read before the look is decided."""
    found = Sealed.objects.filter(id__in=pointers, compartment=compartment)
    rows = found.values_list("id", "subject", "column", "ciphertext")
    return [_Row(id, subject, column, sealed) for id, subject, column, sealed in rows]


def _opened(rows: list[_Row], compartment: Compartment) -> dict[UUID, Any]:
    keys = keys_for_reading({row.subject for row in rows}, compartment)
    return {
        row.id: json.loads(
            cipher.unseal(keys[row.subject], row.ciphertext, bound_to(row.id, row.subject, compartment, row.column))
        )
        for row in rows
        if row.subject in keys
    }
