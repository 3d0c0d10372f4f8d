"""Sharing a case: each share opens named parts to one agency, for a purpose, on a yes, within limits, until a day."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case, Share, as_list, living
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import Actor
from amparo.organisation.models import Agency
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

NEVER_SHARED = frozenset({Compartment.MATCHING, Compartment.REPORTER})
# Limits of a consent that the system itself can hold; the others bind the people, who are shown them.
_KEEPS_CLOSED = {"no_names": Compartment.IDENTITY, "no_health_facts": Compartment.HEALTH}
_KEEPS_OUT = {"not_to_police": "police", "not_to_school": "school"}


@gated
def share(
    *, by: Actor, case: Case, agency: Agency, compartments: list[Compartment], purpose: str, consent: str,
    until: datetime, limits: Iterable[str] = (), asked_by: UUID | None = None,
) -> Share:  # fmt: skip
    """Let another agency take part: named compartments, a purpose, the consent it rests on and its limits, an end.

    Other shares with the agency stay as they are. Raises `Invalid` for the own agency, one behind a wall, no end in
    the future, a consent that was refused, withdrawn or not asked for, a part that is never shared or that a limit
    keeps closed.
    """
    rule = allow(by, Permission.CASE_SHARE, case)
    limits = _limits(limits)
    need("purpose", purpose)
    _yes(need("consent", consent))
    _with_whom(case, agency, limits)
    _what(compartments, limits)
    if until <= clock.now():
        raise Invalid({"until": _("A share ends on a day to come.")})
    made = Share.objects.create(
        case=case, agency=agency, compartments=as_list(compartments), purpose=purpose, consent=consent,
        limits=as_list(limits), asked_by=asked_by, shared_at=clock.now(), until=until,
    )  # fmt: skip
    ledger.shares_changed(case, agency.id)
    ledger.note(case, "case_shared", record=made.id, agency=agency.id)
    record(by, "case:shared", "case", case.id, rule=rule, purpose=purpose, detail={"agency": str(agency.id)})
    return made


@gated
def revoke(*, by: Actor, share: Share) -> Share:
    """End a share at once; others with the same agency live on. Raises `Conflict` when it has ended already."""
    rule = allow(by, Permission.CASE_SHARE, share.case)
    if not _end(share):
        raise Conflict(_("This share has ended already."))
    record(by, "case:share_revoked", "case", share.case_id, rule=rule, detail={"agency": str(share.agency_id)})
    return share


def end_asked_by(asker: UUID) -> None:
    """End what a record asked for: part of the act, and of the audit row, that ends the record."""
    for share in Share.objects.select_related("case__child", "case__agency__place").filter(asked_by=asker):
        _end(share)


def _end(share: Share) -> bool:
    ended = Share.objects.filter(living(clock.now()), pk=share.pk).update(revoked_at=clock.now())
    if ended:
        share.refresh_from_db(fields=["revoked_at"])
        ledger.shares_changed(share.case, share.agency_id)
        ledger.note(share.case, "share_revoked", record=share.id, agency=share.agency_id)
    return bool(ended)


def _yes(consent: str) -> None:
    if consent in {"refused", "withdrawn"}:
        raise Invalid({"consent": _("The child or whoever speaks for the child said no. Nothing is shared.")})
    if consent in {"not_asked", "unknown"}:
        raise Invalid({"consent": _("Ask first; or say that asking is not possible, or that the law requires it.")})


def _limits(given: Iterable[str]) -> list[str]:
    limits = sorted({need("consent_limit", limit) for limit in given})
    if "none" in limits and len(limits) > 1:
        raise Invalid({"limits": _("Either there are no limits, or these.")})
    return limits


def _with_whom(case: Case, agency: Agency, limits: list[str]) -> None:
    if agency.id == case.agency_id:
        raise Invalid({"agency": _("This is the case's own agency.")})
    if Wall.objects.filter(record__in=[case.id, case.child_id], against=agency.id, lifted_at=None).exists():
        raise Invalid({"agency": _("A wall keeps this agency from the case.")})
    if agency.kind in {_KEEPS_OUT.get(limit) for limit in limits}:
        raise Invalid({"limits": _("The consent does not reach to this agency.")})


def _what(compartments: list[Compartment], limits: list[str]) -> None:
    if NEVER_SHARED & set(compartments):
        raise Invalid({"compartments": _("This part is never shared.")})
    if {_KEEPS_CLOSED.get(limit) for limit in limits} & set(compartments):
        raise Invalid({"limits": _("The consent keeps one of these parts closed.")})
