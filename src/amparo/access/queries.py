"""Reading the record of acts and looks: itself a look."""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import Q

from amparo.access import walls
from amparo.access.decisions import met
from amparo.access.gate import allow, look, looking
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.audit import queries
from amparo.audit.models import Event
from amparo.common.types import Actor


@looking
def looks(
    *, by: Actor, before: int | None = None, size: int = 50, verb: str = "", outcome: str = "",
    of: UUID | None = None, also: Mapping[str, Any] | None = None,
) -> list[Event]:  # fmt: skip
    """A page of the record, newest first, from link `before` backwards; `of` one record, perhaps.

    `also` are expressions that each event carries besides: what a later step knows of whom it names.
    """
    rule = allow(by, Permission.AUDIT_READ)
    found = queries.before(before, size=size, verb=verb, outcome=outcome, record=of, only=_met(by), also=also)
    look(by, "audit:read", "list", of, rule=rule, detail={"from": before, "rows": len(found)})
    return found


def _met(by: Actor) -> Q:
    """A wall stands before an auditor too, whatever post they ask in; most have none, and pay nothing for it."""
    walled = [standing for standing in standings(by) if walls.any_against(standing)]
    return reduce(and_, map(met, walled), Q())
