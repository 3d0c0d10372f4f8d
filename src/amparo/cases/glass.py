"""Breaking the glass: an emergency, one case, sixty minutes, read-only, and everybody who should know knows at once."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.gate import allow, gated, listed
from amparo.access.models import Glass
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case, Scope
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.types import Actor
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

GLASS = timedelta(minutes=60)


@gated
def break_glass(*, by: Actor, case: Case, reason: str, note: str) -> Glass:
    """See one case for sixty minutes, read-only, in an emergency. The owner and every auditor hear of it at once.

    Needs a second factor given within five minutes. A wall is never opened so: the case does not exist for the asker.
    """
    rule = allow(by, Permission.CASE_GLASS, case)
    need("glass_reason", reason)
    if not note.strip():
        raise Invalid({"note": _("Say in a sentence why this cannot wait.")})
    # The agency of a post in which glass may be broken: with several posts, not just any of them.
    agency = min(by.agencies_as(Role.CASE_WORKER, Role.SUPERVISOR, Role.INTAKE_OFFICER))
    until = clock.now() + GLASS
    pointer = store.put(
        subject=case.child_id,
        agency=case.agency_id,
        compartment=Compartment.NARRATIVE,
        column="glass",
        value=note,
    )
    glass = Glass.objects.create(
        person=by.id,
        agency=agency,
        record=case.id,
        reason=reason,
        note=pointer,
        broken_at=clock.now(),
        expires_at=until,
    )
    Scope.objects.create(
        kind="glass",
        agency_id=agency,
        worker_id=by.id,
        expires_at=until,
        purpose=reason,
        **ledger.columns(case),
    )
    _tell_of_glass(case)
    record(by, "case:glass_broken", "case", case.id, rule=rule, detail={"reason": reason})
    return glass


def _tell_of_glass(case: Case) -> None:
    told = partial(tell, code="glass_broken", kind="case", record_id=case.id, reference=case.reference)
    told(agency=case.agency_id, role=Role.SUPERVISOR)
    if case.worker_id:
        told(person=case.worker_id)
    for auditor in organisation.holders(Role.AUDITOR).values_list("agency_id", flat=True).distinct():
        told(agency=auditor, role=Role.AUDITOR)


@gated
def break_glass_by_reference(*, by: Actor, reference: str, reason: str, note: str) -> Glass:
    """Break the glass before the case that somebody names. A walled case and none at all answer alike: `NotFound`.

    The second factor is asked for before the case is looked up, so that the asking tells nothing.
    """
    allow(by, Permission.GLASS_ASK)
    case = Case.objects.select_related("child", "agency__place").filter(reference=reference.strip().upper()).first()
    if case is None:
        raise NotFound
    return break_glass(by=by, case=case, reason=reason, note=note)


@gated
def broken_glass(*, by: Actor, limit: int = 200) -> list[Any]:
    """Glass that was broken, what nobody has reviewed first, then the latest: before which case (`reference`), by whom.

    What was written stays in the vault: a review asks whether the look was right, not who the child is.
    """
    rule = allow(by, Permission.GLASS_REVIEW)
    rows = list(_reviewable(by).order_by(F("reviewed_at").asc(nulls_first=True), "-broken_at")[:limit])
    listed(by, "glass:listed", "list", [row.record for row in rows], rule=rule)
    return rows


@gated
def review_glass(*, by: Actor, id: UUID) -> Glass:
    """Say that an independent auditor has looked at why this glass was broken. Raises `NotFound`, `Conflict`."""
    rule = allow(by, Permission.GLASS_REVIEW)
    glass: Glass | None = _reviewable(by).filter(id=id).first()
    if glass is None:
        raise NotFound
    if glass.person == by.id:
        raise Conflict(_("Whoever broke a glass does not review it; another auditor does."))
    if not Glass.objects.filter(id=id, reviewed_at=None).update(reviewed_at=clock.now(), reviewed_by=by.id):
        raise Conflict(_("This was reviewed already."))
    record(by, "glass:reviewed", "case", glass.record, rule=rule, detail={"glass": str(id)})
    return glass


def _reviewable(by: Actor) -> QuerySet[Any]:
    """All glass but what was broken before a child from whom a wall keeps `by`."""
    case = Case.objects.filter(id=OuterRef("record"))
    found = Glass.objects.annotate(
        reference=Subquery(case.values("reference")[:1]), child=Subquery(case.values("child")[:1])
    )
    for standing in standings(by):
        found = found.filter(walls.none_between(standing, "record", "child"))
    return found
