"""Putting values into the vault. Called by other steps' actions, before they write the pointer in `main`."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from amparo.audit import rows
from amparo.common import clock
from amparo.common.ids import new_id
from amparo.vault import cipher
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import keys_for_writing
from amparo.vault.models import Sealed


class Value(NamedTuple):
    """A value of a subject, to be put with others."""

    subject: UUID
    value: Any


def put(*, subject: UUID, agency: UUID, compartment: Compartment, column: str, value: Any) -> UUID:
    """Seal `value` (text, or what JSON can hold) as a new row and return its id, the pointer.

    Until a record of `main` points to the row it is invisible, and `sweep` removes it. Raises `Erased`.
    """
    return put_many(agency=agency, compartment=compartment, column=column, values=[Value(subject, value)])[0]


def put_many(*, agency: UUID, compartment: Compartment, column: str, values: Sequence[Value]) -> list[UUID]:
    """Seal a value of each of many subjects of one agency; the pointers come in the order of `values`.

    Three or four statements for all of them together. Raises `Erased` when one of the subjects was.
    """
    keys = keys_for_writing({each.subject for each in values}, agency, compartment)
    row = partial(Sealed, compartment=compartment.value, column=column, written_at=clock.now())
    sealed = [_seal(row(id=new_id(), subject=each.subject), keys[each.subject], each.value) for each in values]
    rows.insert(sealed)
    return [row.id for row in sealed]


def bound_to(row: Sealed) -> str:
    """What a sealed row is tied to: its compartment, column, subject and own id, which is its version."""
    return f"amparo|{row.compartment}|sealed|{row.column}|{row.subject}|{row.id}"


def _seal(row: Sealed, key: bytes, value: Any) -> Sealed:
    row.ciphertext = cipher.seal(key, json.dumps(value, ensure_ascii=False).encode(), bound_to(row))
    return row
