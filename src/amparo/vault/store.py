"""Putting values into the vault. Called by other steps' actions, before they write the pointer in `main`."""

import json
from typing import Any
from uuid import UUID

from amparo.common import clock
from amparo.common.ids import new_id
from amparo.vault import cipher
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import key_for_writing
from amparo.vault.models import Sealed


def put(*, subject: UUID, agency: UUID, compartment: Compartment, column: str, value: Any) -> UUID:
    """Seal `value` (text, or what JSON can hold) as a new row and return its id, the pointer.

    Until a record of `main` points to the row it is invisible, and `sweep` removes it. Raises `Erased`.
    """
    row = Sealed(id=new_id(), subject=subject, compartment=compartment, column=column, written_at=clock.now())
    plain = json.dumps(value, ensure_ascii=False).encode()
    row.ciphertext = cipher.seal(key_for_writing(subject, agency, compartment), plain, bound_to(row))
    row.save(force_insert=True)
    return row.id


def bound_to(row: Sealed) -> str:
    """What a sealed row is tied to: its compartment, column, subject and own id, which is its version."""
    return f"amparo|{row.compartment}|sealed|{row.column}|{row.subject}|{row.id}"
