"""Reading the law: what is published is public and nothing guards it; what waits is for those who review."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.law.models import Provision


def of_state(state: str, on: date | None = None, known: datetime | None = None) -> list[Provision]:
    """What is recorded of a State's law: all of it, or what was in force `on` a day; as we said it at `known`, or now.

    One statement.
    """
    found = Provision.objects.filter(state=state, published_at__isnull=False)
    if known:
        found = found.filter(Q(superseded_at=None) | Q(superseded_at__gt=known), published_at__lte=known)
    else:
        found = found.filter(superseded_at=None)
    if on:
        found = found.filter(Q(repealed_on=None) | Q(repealed_on__gt=on), in_force_on__lte=on)
    return list(found.order_by("offence", "element", "answer", "in_force_on"))


def limitations(state: str) -> list[Provision]:
    """What is recorded of a State's limitation periods, of whatever time. One statement, none without a State."""
    if not state:
        return []
    found = Provision.objects.filter(state=state, element="limitation", published_at__isnull=False, superseded_at=None)
    return list(found.order_by("in_force_on"))


def now_said(state: str, offence: str, element: str, answer: str = "") -> Provision | None:
    """The latest provision that is published of an element (of one `answer`, where several stand side by side)."""
    same = {"state": state, "offence": offence, "element": element} | ({"answer": answer} if answer else {})
    return Provision.objects.filter(status="published", **same).order_by("-in_force_on").first()


def search(asked: str, elements: Collection[str], offences: Collection[str], *, limit: int) -> list[Provision]:
    """Published provisions in whose law, place or source all words of `asked` stand, or of these elements or offences.

    One statement.
    """
    named = Q(element__in=elements) | Q(offence__in=offences)
    words = Q()
    for part in asked.split():
        words &= Q(law__icontains=part) | Q(pinpoint__icontains=part) | Q(external__icontains=part)
    found = Provision.objects.filter(named | words if asked.split() else named, superseded_at=None)
    return list(found.filter(published_at__isnull=False).order_by("state", "offence", "element")[:limit])


@gated
def waiting(*, by: Actor, limit: int = 100) -> list[Provision]:
    """What waits for a review by `by`, the oldest first."""
    rule = allow(by, Permission.MONITOR_LIST)
    mine = permitted(by=by, permission=Permission.PROVISION_REVIEW)
    found = list(Provision.objects.filter(mine, status="submitted").order_by("written_at", "id")[:limit])
    listed(by, "provision:listed", "list", [each.pk for each in found], rule=rule)
    return found


@gated
def provision(*, by: Actor, id: UUID) -> Provision:
    """One provision, whatever its status. Raises `NotFound`."""
    rule = allow(by, Permission.MONITOR_LIST)
    found = Provision.objects.filter(id=id).first()
    if found is None:
        raise NotFound
    record(by, "provision:read", "provision", found.id, rule=rule)
    return found
