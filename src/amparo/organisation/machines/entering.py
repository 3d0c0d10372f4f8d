"""A system shows its key: who it is, or why it is not let in. What it then does is decided as for everybody."""

import hmac
from hashlib import sha256

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from amparo.audit.actions import MAIN, record
from amparo.common import clock
from amparo.common.types import Actor, Post
from amparo.organisation.machines import keys
from amparo.organisation.machines.models import Machine, MachineKey
from amparo.organisation.machines.queries import ALWAYS
from amparo.organisation.models import Membership
from amparo.organisation.queries import current

UNKNOWN = _("This key opens nothing. Ask whoever answers for this system.")
SPENT = _("This system has asked as often as it may today.")


class NotLetIn(Exception):
    """`status` 401 or 429, and the words for it. Which of the reasons it was stands in the record only."""

    def __init__(self, status: int, words: object) -> None:
        super().__init__(str(words))
        self.status = status


def enter(token: str) -> Actor:
    """The system that this key is of; counts the request. Raises `NotLetIn`. Three statements."""
    works_there = Membership.objects.filter(
        current(), person=OuterRef("machine__owner"), agency=OuterRef("machine__agency"), person__is_active=True
    )
    found = MachineKey.objects.select_related("machine__agency").annotate(answered_for=Exists(works_there))
    key = found.filter(locator=keys.locator_of(token)).first()
    if key is None:
        raise NotLetIn(401, UNKNOWN)
    actor = _actor(key)
    if why := _why_not(key, token):
        _note(actor, why)
        raise NotLetIn(401, UNKNOWN)
    if not _counted(key):
        _note(actor, "ceiling")
        raise NotLetIn(429, SPENT)
    return actor


def _why_not(key: MachineKey, token: str) -> str:
    machine = key.machine
    if not hmac.compare_digest(key.digest, keys.digest(token)):
        return "secret"
    if machine.revoked_at:
        return "revoked"
    if key.until <= clock.now():
        return "ended"
    if machine.agency.closed_on:
        return "agency"
    return "" if key.answered_for else "owner"  # type: ignore[attr-defined]  # annotated in `enter`


def _counted(key: MachineKey) -> bool:
    """Count this request, and say when the key was last used; false when the day's number is reached."""
    today = clock.today()
    within = Machine.objects.filter(
        Q(calls_on=None) | ~Q(calls_on=today) | Q(calls__lt=F("ceiling")), pk=key.machine_id
    )
    one_more = Case(When(calls_on=today, then=F("calls") + 1), default=1)
    if not within.update(calls=one_more, calls_on=today):
        return False
    MachineKey.objects.filter(pk=key.pk).update(used_at=clock.now())
    return True


def _actor(key: MachineKey) -> Actor:
    machine = key.machine
    return Actor(
        "machine", machine.id, (Post(machine.role, machine.agency_id, machine.team_id),),
        session=sha256(key.id.bytes).hexdigest()[:16], owner=machine.owner_id, only=ALWAYS.union(machine.allowed),
    )  # fmt: skip


def _note(actor: Actor, why: str) -> None:
    """A key that was not let in stands in the record under its system, without the key."""
    with transaction.atomic(using=MAIN):
        record(actor, "machine:refused", "machine", actor.id, outcome="refused", detail={"why": why})
