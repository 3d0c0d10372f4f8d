"""Reading the record of acts and looks: itself a look."""

from uuid import UUID

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit import queries
from amparo.audit.actions import record
from amparo.audit.models import Event
from amparo.common.types import Actor


@gated
def looks(
    *, by: Actor, before: int | None = None, size: int = 50, verb: str = "", outcome: str = "",
    of: UUID | None = None,
) -> list[Event]:  # fmt: skip
    """A page of the record, newest first, from link `before` backwards; `of` one record, perhaps."""
    rule = allow(by, Permission.AUDIT_READ)
    found = queries.before(before, size=size, verb=verb, outcome=outcome, record=of)
    record(by, "audit:read", "list", of, rule=rule, detail={"from": before, "rows": len(found)})
    return found
