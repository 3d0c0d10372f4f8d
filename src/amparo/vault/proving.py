"""Does this house still hold together? The chain, and words of the vault that open: after a restore, or any night."""

from dataclasses import dataclass

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit import actions as audit
from amparo.audit.actions import record
from amparo.common.errors import Conflict
from amparo.common.types import Actor
from amparo.vault import cipher
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import keys_for_reading
from amparo.vault.models import Sealed
from amparo.vault.store import bound_to


@dataclass(frozen=True)
class Proof:
    """How many links are sound, and how many sealed values were opened for a moment and were whole."""

    links: int
    opened: int


@gated
def prove(*, by: Actor, head: tuple[int, str] | None = None, samples: int = 20) -> Proof:
    """Walk the chain, up to a `head` that was noted elsewhere, and open some sealed values without showing them.

    Raises `Conflict` naming what is broken, `Unreadable` and `Sealed` for words that do not open.
    """
    rule = allow(by, Permission.AUDIT_READ)
    verdict = audit.verify(expected_head=head)
    if not verdict.sound:
        raise Conflict(f"The chain is broken: {verdict.why}.")
    opened = sum(_open(row) for row in Sealed.objects.order_by("?")[:samples])
    record(by, "house:proved", "house", rule=rule, detail={"links": verdict.links, "opened": opened})
    return Proof(verdict.links, opened)


def _open(row: Sealed) -> int:
    keys = keys_for_reading([row.subject], Compartment(row.compartment))
    if row.subject in keys:  # else it was erased
        cipher.unseal(keys[row.subject], row.ciphertext, bound_to(row.id, row.subject, row.compartment, row.column))
    return len(keys)
