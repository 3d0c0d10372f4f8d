"""Reading which systems act for agencies."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from amparo.access.gate import allow, looking
from amparo.access.permissions import Permission
from amparo.access.policy import MACHINES, POLICY
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.organisation.machines.models import Machine

ACTING_FIRST = F("revoked_at").asc(nulls_first=True)
# What every system does without being given it: say who it is, read code lists and agencies.
ALWAYS = frozenset({Permission.DAY_READ, Permission.ORGANISATION_READ})


@looking
def machines(*, by: Actor) -> list[Machine]:
    """Every system, those that still act first."""
    allow(by, Permission.MACHINE_LIST)
    return list(Machine.objects.select_related("agency", "owner").order_by(ACTING_FIRST, "agency__name", "name"))


@looking
def machine(*, by: Actor, id: UUID) -> Machine:
    """One system with its keys, the newest first. Raises `NotFound`."""
    allow(by, Permission.MACHINE_LIST)
    found = Machine.objects.select_related("agency", "owner", "team").filter(id=id).first()
    if found is None:
        raise NotFound
    return found


def may_be_given(role: str) -> frozenset[Permission]:
    """What a system in a role may be given at all."""
    of_role = {each for each in MACHINES if any(role in line for line in POLICY[each].lines)}
    return frozenset(of_role - ALWAYS)


def names_of(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """The reference of each system and the name of its agency, as the record of looks tells it. One statement."""
    rows = Machine.objects.filter(id__in=set(ids)).values_list("id", "reference", "agency__name")
    return {id: (reference, agency) for id, reference, agency in rows}
