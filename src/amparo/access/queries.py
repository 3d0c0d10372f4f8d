"""Reading the record of acts and looks: itself a look."""

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit import queries
from amparo.audit.actions import record
from amparo.audit.models import Event
from amparo.common.types import Actor


@gated
def looks(*, by: Actor, before: int | None = None, size: int = 50) -> list[Event]:
    """A page of the record, newest first, from link `before` backwards."""
    rule = allow(by, Permission.AUDIT_READ)
    found = queries.before(before, size=size)
    record(by, "audit:read", "list", rule=rule, detail={"from": before, "rows": len(found)})
    return found
