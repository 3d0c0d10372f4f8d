"""The one reader of the vault: asks the purpose, decides, leaves its audit row, and only then decrypts."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, allow_all, gated, listed
from amparo.audit.actions import record
from amparo.common.errors import Invalid
from amparo.common.types import Actor
from amparo.vault import cipher
from amparo.vault.compartments import Compartment, opened_by
from amparo.vault.keyring import Erased, keys_for_reading
from amparo.vault.models import Sealed
from amparo.vault.store import bound_to


def reveal(*, by: Actor, subject: Any, pointer: UUID, compartment: Compartment, purpose: str) -> Any:
    """The value behind `pointer`, which belongs to the guarded record `subject`.

    Raises `Refused` (policy), `Invalid` (no purpose), `Erased` (key destroyed), `Unreadable` (tampered).
    """
    _record_look(by=by, subject=subject, compartment=compartment, purpose=purpose)
    found = _opened([pointer], compartment)
    if pointer not in found:
        raise Erased
    return found[pointer]


def reveal_many(*, by: Actor, subjects: Mapping[UUID, Any], compartment: Compartment, purpose: str) -> dict[UUID, Any]:
    """The values behind many pointers (pointer: guarded record): each decided, one audit row, two statements."""
    _record_looks(by=by, subjects=subjects, compartment=compartment, purpose=purpose)
    return _opened(list(subjects), compartment)


@gated
def _record_look(*, by: Actor, subject: Any, compartment: Compartment, purpose: str) -> None:
    _need(purpose)
    rule = allow(by, opened_by(subject.guarded_kind, compartment), subject)
    record(by, f"vault:{compartment}_revealed", subject.guarded_kind, subject.pk, purpose=purpose, rule=rule)


@gated
def _record_looks(*, by: Actor, subjects: Mapping[UUID, Any], compartment: Compartment, purpose: str) -> None:
    _need(purpose)
    guarded = {subject.pk: subject for subject in subjects.values()}
    needed = sorted({opened_by(each.guarded_kind, compartment) for each in guarded.values()})
    for permission in needed:
        allow_all(by, permission, [s for s in guarded.values() if opened_by(s.guarded_kind, compartment) == permission])
    listed(by, f"vault:{compartment}_revealed", "list", guarded, purpose=purpose, rule=" ".join(needed)[:80])


def _need(purpose: str) -> None:
    if not purpose:
        raise Invalid({"purpose": _("Say for what purpose you look.")})


def _opened(pointers: list[UUID], compartment: Compartment) -> dict[UUID, Any]:
    found = Sealed.objects.filter(id__in=pointers, compartment=compartment)
    rows = list(found.values_list("id", "subject", "column", "ciphertext"))
    keys = keys_for_reading({subject for _, subject, _, _ in rows}, compartment)
    return {
        id: json.loads(cipher.unseal(keys[subject], sealed, bound_to(id, subject, compartment, column)))
        for id, subject, column, sealed in rows
        if subject in keys
    }
