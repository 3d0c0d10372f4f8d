"""Reading estimates: at the desk, and in public."""

from uuid import UUID

from amparo.access.gate import allow, listed, look, looking
from amparo.access.permissions import Permission
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.publication.estimates.models import Estimate

_HEAVY = ("sealed", "answers")


@looking
def estimates(*, by: Actor, limit: int = 50) -> list[Estimate]:
    """The latest ones, whatever became of them."""
    rule = allow(by, Permission.ESTIMATE_LIST)
    found = list(Estimate.objects.defer(*_HEAVY).order_by("-drafted_at", "-id")[:limit])
    listed(by, "estimate:listed", "list", [each.id for each in found], rule=rule)
    return found


@looking
def estimate(*, by: Actor, id: UUID) -> Estimate:
    """One of them, with its whole report. Raises `NotFound`."""
    rule = allow(by, Permission.ESTIMATE_LIST)
    found = Estimate.objects.defer(*_HEAVY).filter(id=id).first()
    if found is None:
        raise NotFound
    look(by, "estimate:read", "estimate", found.id, rule=rule)
    return found


def public_estimates() -> list[Estimate]:
    """What the public may read, newest first; what was withdrawn stays in the list, without its numbers."""
    found = Estimate.objects.defer(*_HEAVY, "told").filter(published_at__isnull=False)
    return list(found.order_by("-published_at", "-id"))


def public_estimate(reference: str) -> Estimate:
    """One of them. Raises `NotFound`."""
    found = Estimate.objects.defer(*_HEAVY, "told").filter(reference=reference, published_at__isnull=False).first()
    if found is None:
        raise NotFound
    return found
