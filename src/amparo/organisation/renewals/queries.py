"""Which renewals wait for a second person."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from amparo.access.gate import allow, looking
from amparo.access.permissions import Permission
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.organisation.renewals.models import Renewal

# From the asking until the new password.
HOLDS = timedelta(hours=24)


def waiting() -> Q:
    """The condition that a renewal is neither used nor too old."""
    return Q(ended_at=None, asked_at__gt=clock.now() - HOLDS)


@looking
def renewals(*, by: Actor) -> list[Renewal]:
    """Those that wait in the agencies of `by`, the newest first."""
    allow(by, Permission.RENEWAL_LIST)
    found = Renewal.objects.filter(waiting(), agency__in=by.agencies).select_related("person", "agency")
    return list(found.order_by("-asked_at"))


@looking
def renewal(*, by: Actor, id: UUID) -> Renewal:
    """One of them. Raises `NotFound`."""
    allow(by, Permission.RENEWAL_LIST)
    found = Renewal.objects.filter(waiting(), agency__in=by.agencies, id=id).select_related("person").first()
    if found is None:
        raise NotFound
    return found
