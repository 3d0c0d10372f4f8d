"""Where the child lives, and whether the child is there: the placement, and going missing (C9)."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case, Share, living
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.vault import store
from amparo.vault.compartments import Compartment

# A missing child is looked for at once.
FIND_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class Placement:
    """Where the child lives now, and with whom: for the vault only. Facts never say which house or provider."""

    address: str
    provider: str = ""
    contact: str = ""


@gated
def set_placement(*, by: Actor, case: Case, placement: Placement) -> Case:
    """Write down where the child lives now. What was written before stays sealed and is no longer pointed to."""
    rule = allow(by, Permission.CASE_WRITE, case)
    ledger.need_open(case)
    if not placement.address.strip():
        raise Invalid({"address": _("Say where the child lives now.")})
    case.placement = store.put(
        subject=case.child_id, agency=case.agency_id, compartment=Compartment.PLACEMENT, column="placement",
        value={name: value for name, value in asdict(placement).items() if value},
    )  # fmt: skip
    ledger.changed(case, "placement")
    ledger.note(case, "placement_set", agency=case.agency_id)
    record(by, "case:placement_set", "case", case.id, rule=rule)
    return case


@gated
def report_missing(*, by: Actor, case: Case, since: datetime) -> Case:
    """The child is missing since a moment: risk high, a task within the hour, and everybody concerned is told.

    Told are the worker, the supervisors, and the police with whom the case is shared. Raises `Invalid`, `Conflict`.
    """
    rule = allow(by, Permission.CASE_WRITE, case)
    ledger.need_open(case)
    if case.missing_since:
        raise Conflict(_("The child is recorded as missing already."))
    if since > clock.now():
        raise Invalid({"since": _("This moment lies in the future.")})
    case.missing_since, case.risk, case.respond_by = since, "high", clock.now() + FIND_WITHIN
    ledger.changed(case, "missing_since", "risk", "respond_by")
    ledger.ask(case, "find_child", case.respond_by)
    ledger.note(case, "child_missing", agency=case.agency_id)
    _tell_of(case, "child_missing")
    record(by, "case:child_missing", "case", case.id, rule=rule)
    return case


@gated
def report_found(*, by: Actor, case: Case) -> Case:
    """The child is found: the risk must be judged anew. Raises `Conflict` when nobody was missing."""
    rule = allow(by, Permission.CASE_WRITE, case)
    ledger.hold(case)
    if case.missing_since is None:
        raise Conflict(_("The child is not recorded as missing."))
    case.missing_since = None
    ledger.changed(case, "missing_since")
    ledger.done(case, "find_child")
    ledger.ask(case, "assess_risk", clock.now() + timedelta(days=1))
    ledger.note(case, "child_found", agency=case.agency_id)
    _tell_of(case, "child_found")
    record(by, "case:child_found", "case", case.id, rule=rule)
    return case


def _tell_of(case: Case, code: str) -> None:
    told = partial(tell, code=code, kind="case", record_id=case.id, reference=case.reference)
    told(agency=case.agency_id, role=Role.SUPERVISOR)
    if case.worker_id:
        told(person=case.worker_id)
    shared = Share.objects.filter(living(clock.now()), case=case).order_by().values_list("agency_id", flat=True)
    for agency in shared.distinct():
        told(agency=agency, role=Role.POLICE)
