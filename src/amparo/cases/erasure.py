"""Erasing who a child was: one agency asks, another confirms, and then the keys are destroyed. Counted facts stay.

The confirmed intent is committed in `main` with its audit row before a key is touched. If the machine stops in between,
`resume` goes on where it stopped; every step may be done twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases import ledger, objections
from amparo.cases.models import Case, Erasure, LegalHold
from amparo.common import clock
from amparo.common.errors import Conflict, NotFound, Refused
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.organisation.queries import holders
from amparo.vault import erasing
from amparo.vocabulary.queries import need

Subjects = Callable[[Collection[Case]], Collection[UUID]]
_others: list[Subjects] = []


@dataclass(frozen=True)
class Kept:
    """What stands for and against the keeping of a record: holds that stand, and the erasure that was asked, if any."""

    holds: list[LegalHold]
    erasure: Erasure | None


def kept(case: Case) -> Kept:
    """Why the record of a case that was read must be kept, or may go: part of that look. Two statements."""
    if Permission.CASE_HOLD not in case.may:
        words = _("This is not possible: your role does not include it.")
        raise Refused(words, rule=f"{Permission.CASE_HOLD}:may")
    standing = LegalHold.objects.filter(case=case, lifted_at=None).select_related("agency").order_by("placed_at")
    asked = Erasure.objects.filter(case__child=case.child_id).order_by("-asked_at")
    return Kept(list(standing), asked.first())


@gated
def place_hold(*, by: Actor, case: Case, agency: Agency, reason: str) -> LegalHold:
    """Say for an agency of one's own that the record must be kept. Raises `Conflict` when it said so already."""
    rule = allow(by, Permission.CASE_HOLD, case)
    need("hold_reason", reason)
    if by.posts and agency.id not in by.agencies:
        raise Conflict(_("You place a hold for your own agency."))
    if LegalHold.objects.filter(case=case, agency=agency, lifted_at=None).exists():
        raise Conflict(_("Your agency's hold stands already."))
    hold = LegalHold.objects.create(case=case, agency=agency, reason=reason, placed_by=by.id, placed_at=clock.now())
    record(by, "hold:placed", "case", case.id, rule=rule, detail={"reason": reason})
    return hold


@gated
def lift_hold(*, by: Actor, hold: LegalHold) -> None:
    """End a hold. Only the agency that placed it lifts it. Raises `Conflict`."""
    rule = allow(by, Permission.CASE_HOLD, hold.case)
    if by.posts and hold.agency_id not in by.agencies:
        raise Conflict(_("Only the agency that placed a hold lifts it."))
    if not LegalHold.objects.filter(id=hold.id, lifted_at=None).update(lifted_at=clock.now(), lifted_by=by.id):
        raise Conflict(_("This hold is lifted already."))
    record(by, "hold:lifted", "case", hold.case_id, rule=rule)


@gated
def request_erasure(*, by: Actor, case: Case, reason: str) -> Erasure:
    """Ask that who the child of a case was be erased. Raises `Conflict` with what stands against it."""
    rule = allow(by, Permission.ERASURE_REQUEST, case)
    need("erasure_reason", reason)
    _nothing_stands_against(case)
    if Erasure.objects.filter(case__child=case.child_id).exists():
        raise Conflict(_("Somebody asked for this already."))
    erasure = Erasure.objects.create(
        case=case, agency_id=case.agency_id, reason=reason, asked_by=by.id, asked_at=clock.now()
    )
    _tell_auditors(erasure, case.reference)
    record(by, "erasure:requested", "case", case.id, rule=rule, detail={"reason": reason})
    return erasure


def _tell_auditors(erasure: Erasure, reference: str) -> None:
    elsewhere = holders(Role.AUDITOR).exclude(agency=erasure.agency_id)
    for agency in elsewhere.values_list("agency_id", flat=True).distinct():
        tell(
            code="erasure_asked", kind="erasure", record_id=erasure.id, reference=reference,
            agency=agency, role=Role.AUDITOR,
        )  # fmt: skip


@gated
def asked(*, by: Actor, limit: int = 200) -> list[Any]:
    """Erasures that wait to be confirmed, the longest first: of the agencies of `by`, and what `by` may confirm.

    The latter carry `confirmable`.
    """
    rule = allow(by, Permission.ERASURE_LIST)
    rows = list(_waiting_for(by).order_by("asked_at")[:limit])
    listed(by, "erasure:listed", "list", [row.case_id for row in rows], rule=rule)
    return rows


def _waiting_for(by: Actor) -> QuerySet[Any]:
    mine = Erasure.objects.filter(permitted(by=by, permission=Permission.ERASURE_CONFIRM), pk=OuterRef("pk"))
    found = Erasure.objects.filter(confirmed_at=None).annotate(confirmable=Exists(mine))
    for standing in standings(by):
        found = found.filter(walls.none_between(standing, "case_id", "case__child_id"))
    ours = Q(agency_id__in=by.agencies_as(Role.SUPERVISOR, Role.AUDITOR))
    return found.filter(Q(confirmable=True) | ours).select_related("case", "agency")


@gated
def one(*, by: Actor, id: UUID) -> Erasure:
    """An erasure that was asked for. Raises `NotFound`, alike where there is none and where a wall keeps `by` off."""
    allow(by, Permission.ERASURE_LIST)
    found = Erasure.objects.select_related("case").filter(id=id).first()
    if found is None or walls.behind(by, [found.case_id, found.case.child_id]):
        raise NotFound
    return found


def confirm_erasure(*, by: Actor, erasure: Erasure) -> None:
    """Confirm for another agency what was asked, and carry it out. Raises `Refused`, and `Conflict` as the request."""
    _confirm(by=by, erasure=erasure)
    _carry_out(by, erasure)


def resume(*, by: Actor) -> int:
    """Carry out what was confirmed and not finished, after a machine stopped; returns how many."""
    waiting = _waiting(by=by)
    for erasure in waiting:
        _carry_out(by, erasure)
    return len(waiting)


@gated
def _confirm(*, by: Actor, erasure: Erasure) -> None:
    rule = allow(by, Permission.ERASURE_CONFIRM, erasure)
    ledger.hold(erasure.case)  # so that nobody opens it again meanwhile
    _nothing_stands_against(erasure.case)
    agency = min(by.agencies_as(Role.SUPERVISOR, Role.AUDITOR) - {erasure.agency_id})
    confirmed = Erasure.objects.filter(id=erasure.id, confirmed_at=None).update(
        confirmed_by=by.id, confirmed_agency=agency, confirmed_at=clock.now()
    )
    if not confirmed:
        raise Conflict(_("This is confirmed already."))
    record(by, "erasure:confirmed", "case", erasure.case_id, rule=rule, detail={"agency": str(agency)})


@gated
def _waiting(*, by: Actor) -> list[Erasure]:
    allow(by, Permission.CLOCKS_RUN)
    found = Erasure.objects.exclude(confirmed_at=None).filter(done_at=None)
    return list(found.select_related("case").order_by("confirmed_at"))


def _carry_out(by: Actor, erasure: Erasure) -> None:
    subjects = _subjects(erasure.case)
    erasing.destroy_keys(subjects)
    erasing.forget_lookups(subjects)
    _finish(by=by, erasure=erasure)


@gated
def _finish(*, by: Actor, erasure: Erasure) -> None:
    if Erasure.objects.filter(id=erasure.id, done_at=None).update(done_at=clock.now()):
        record(by, "erasure:done", "case", erasure.case_id)


def _subjects(case: Case) -> set[UUID]:
    """Whose keys go: the child's, those of the reports that became the child's cases, and what later steps keep."""
    cases = list(Case.objects.filter(child=case.child_id))
    others = {subject for find in _others for subject in find(cases)}
    return {case.child_id, *(each.report for each in cases if each.report)} | others


def also(subjects: Subjects) -> None:
    """Let what a later step sealed under keys of its own be erased with the child; said once, at start-up."""
    if subjects not in _others:
        _others.append(subjects)


def _nothing_stands_against(case: Case) -> None:
    cases = list(Case.objects.filter(child=case.child_id))
    for each in cases:
        if each.status == "open":
            raise Conflict(_("A case of this child is open; close it first."))
        if LegalHold.objects.filter(case=each, lifted_at=None).exists():
            raise Conflict(_("A legal hold stands: the record must be kept."))
    objections.need_none("erase", cases)
