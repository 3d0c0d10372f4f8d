"""Putting values into the vault. Called by other steps' actions, before they write the pointer in `main`."""

import json
from collections.abc import Sequence
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
    now, pointers = clock.now(), [new_id() for _ in values]
    rows.insert_values(
        Sealed, ["id", "subject", "compartment", "column", "written_at", "ciphertext"],
        [
            (id, each.subject, compartment.value, column, now,
             _sealed(keys[each.subject], each.value, bound_to(id, each.subject, compartment, column)))
            for id, each in zip(pointers, values, strict=True)
        ],
    )  # fmt: skip
    return pointers


def bound_to(id: UUID, subject: UUID, compartment: str, column: str) -> str:
    """What a sealed row is tied to: its compartment, column, subject and own id, which is its version."""
    return f"amparo|{compartment}|sealed|{column}|{subject}|{id}"


def _sealed(key: bytes, value: Any, bound: str) -> bytes:
    return cipher.seal(key, json.dumps(value, ensure_ascii=False).encode(), bound)
