"""Making a system's account, giving it keys, taking them away."""

from datetime import timedelta

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.audit.rows import hold
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.organisation.machines import keys
from amparo.organisation.machines.models import Machine, MachineKey
from amparo.organisation.machines.queries import may_be_given
from amparo.organisation.models import Agency, Membership, Person, Team
from amparo.organisation.queries import current

LONGEST = 365
# Both keys are good for so long after a new one was made, so that the system is changed without a gap.
OVERLAP = timedelta(days=1)


@gated
def make(
    *, by: Actor, agency: Agency, name: str, owner: Person, role: str, team: Team | None = None,
    allowed: list[str], days: int, ceiling: int,
) -> tuple[Machine, str]:  # fmt: skip
    """Make a system's account, and its first key, which is shown this once. `ceiling`: requests a day.

    Raises `Invalid` when nobody at the agency answers for it, or its role does not include what it is to do.
    """
    rule = allow(by, Permission.MACHINE_WRITE)
    _need(agency=agency, owner=owner, role=role, team=team, allowed=allowed, ceiling=ceiling)
    machine = Machine.objects.create(
        reference=new_reference("X"), name=name, agency=agency, owner=owner, role=role, team=team,
        allowed=sorted(set(allowed)), ceiling=ceiling, made_at=clock.now(), made_by=by.id,
    )  # fmt: skip
    given = {"role": role, "owner": str(owner.id), "allowed": " ".join(machine.allowed)}
    record(by, "machine:made", "machine", machine.id, rule=rule, detail=given)
    tell(code="machine_made", kind="machine", record_id=machine.id, reference=machine.reference, person=owner.id)
    return machine, _key(by, machine, days)


@gated
def renew(*, by: Actor, machine: Machine, days: int) -> str:
    """Give a system a new key, shown this once; the keys before it end within a day. Raises `Conflict`."""
    rule = allow(by, Permission.MACHINE_WRITE)
    hold(machine, "revoked_at", "revoked_by")
    if machine.revoked_at:
        raise Conflict(_("This system was shut out; make another account."))
    now = clock.now()
    machine.keys.filter(until__gt=now + OVERLAP).update(until=now + OVERLAP)
    record(by, "machine:renewed", "machine", machine.id, rule=rule)
    return _key(by, machine, days)


@gated
def revoke(*, by: Actor, machine: Machine) -> Machine:
    """Shut a system out from this moment on, with all its keys: no second factor stands in the way.

    Raises `Conflict` when it was shut out already.
    """
    rule = allow(by, Permission.ORGANISATION_WRITE)
    hold(machine, "revoked_at", "revoked_by")
    if machine.revoked_at:
        raise Conflict(_("This system was shut out already."))
    machine.revoked_at, machine.revoked_by = clock.now(), by.id
    machine.save(update_fields=["revoked_at", "revoked_by"])
    record(by, "machine:revoked", "machine", machine.id, rule=rule)
    return machine


def _key(by: Actor, machine: Machine, days: int) -> str:
    if not 1 <= days <= LONGEST:
        raise Invalid({"days": _("A key holds at least one day and at most a year.")})
    locator, token = keys.mint()
    now = clock.now()
    MachineKey.objects.create(
        machine=machine, locator=locator, digest=keys.digest(token), made_at=now, made_by=by.id,
        until=now + timedelta(days=days),
    )  # fmt: skip
    return token


def _need(*, agency: Agency, owner: Person, role: str, team: Team | None, allowed: list[str], ceiling: int) -> None:
    wrong: dict[str, str] = {}
    if not Membership.objects.filter(current(), person=owner, agency=agency, person__is_active=True).exists():
        wrong["owner"] = _("Whoever answers for a system works at its agency.")
    if team and team.agency_id != agency.id:
        wrong["team"] = _("This team is of another agency.")
    if not allowed or not set(allowed) <= may_be_given(role):
        wrong["allowed"] = _("Choose what this role includes, and no more than the system needs.")
    if ceiling < 1:
        wrong["ceiling"] = _("Allow at least one request a day.")
    if wrong:
        raise Invalid(wrong)
