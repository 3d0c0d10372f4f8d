"""A service is asked of another agency, answered, delivered: the share that goes with it lives exactly as long."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.care.actions import end_of, step_done
from amparo.care.facts import facts_of_referral
from amparo.care.hearing import Heard, hear, keep
from amparo.care.models import ASKED_AND_NOT_ENDED, Referral, Step
from amparo.care.states import REFERRAL
from amparo.cases import ledger, sharing
from amparo.cases.models import Case
from amparo.common import clock, facts
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

# Outcomes after which the service goes on; with the others it has ended, delivered or not.
GOES_ON = frozenset({"ongoing", "waiting"})
DELIVERED = frozenset({"delivered", "delivered_in_part"})
LONGEST_SHARE = timedelta(days=365)


@gated
def offer_referral(
    *, by: Actor, case: Case, agency: Agency, service: str, consent: str, compartments: list[Compartment],
    until: date, heard: Heard, limits: Iterable[str] = (), step: Step | None = None,
) -> Referral:  # fmt: skip
    """Ask a service of an agency, on a yes and within its limits; meanwhile it meets the case, those parts only.

    Raises `Invalid` for an agency where nobody provides services today and for all that `share` refuses; `Conflict`
    when the same service is asked of it already, or the case is closed.
    """
    rule = allow(by, Permission.CARE_WRITE, case)
    _may_be_asked(case, agency, need("service", service), step)
    if not clock.today() <= until <= clock.today() + LONGEST_SHARE:
        raise Invalid({"until": _("Choose a day within the next twelve months.")})
    made = Referral(
        id=new_id(), reference=new_reference("S"), case=case, by_agency_id=case.agency_id, agency=agency,
        service=service, step=step, offered_at=clock.now(),
        answer_by=clock.now() + settings.REFERRAL_ANSWER_WITHIN, view=hear(case, "referral", heard),
    )  # fmt: skip
    made.save(force_insert=True)
    sharing.share(
        by=by, case=case, agency=agency, compartments=compartments, purpose="referral", consent=consent,
        limits=limits, until=end_of(until), asked_by=made.id,
    )  # fmt: skip
    ledger.ask(case, "await_referral", made.answer_by, record=made.id)
    _tell_asked(made, "referral_offered")
    facts.changed("referral", made.id, before=None, after=facts_of_referral(made))
    ledger.note(case, "referral_offered", term=service, record=made.id, agency=agency.id)
    record(by, "referral:offered", "case", case.id, rule=rule, purpose="referral", detail={"referral": str(made.id)})
    return made


def _may_be_asked(case: Case, agency: Agency, service: str, step: Step | None) -> None:
    ledger.need_open(case)
    if not organisation.holders(Role.SERVICE_PROVIDER, agency=agency.id).exists():
        raise Invalid({"agency": _("Nobody in this agency provides services today.")})
    if step and step.goal.plan.case_id != case.id:
        raise Invalid({"step": _("This step is of another plan.")})
    asked = Referral.objects.filter(case=case, agency=agency, service=service, status__in=ASKED_AND_NOT_ENDED)
    if asked.exists():
        raise Conflict(_("This service is asked of this agency already."))


@gated
def accept_referral(*, by: Actor, referral: Referral) -> Referral:
    """The agency that is asked will help."""
    rule = allow(by, Permission.REFERRAL_ANSWER, referral)
    _move(referral, "accept", answered_at=clock.now())
    ledger.done(referral.case, "await_referral", record=referral.id)
    return _answered(by, referral, "referral_accepted", rule=rule, term=referral.service)


@gated
def decline_referral(*, by: Actor, referral: Referral, reason: str, note: str = "") -> Referral:
    """The agency that is asked cannot help, and says why; it meets the case no more, from now."""
    rule = allow(by, Permission.REFERRAL_ANSWER, referral)
    need("referral_decline_reason", reason)
    _end(referral, "decline", answered_at=clock.now(), decline_reason=reason,
         feedback=keep(referral.case, "referral_feedback", note))  # fmt: skip
    return _answered(by, referral, "referral_declined", rule=rule, term=reason)


@gated
def report_delivery(*, by: Actor, referral: Referral, outcome: str, note: str = "") -> Referral:
    """Tell the referrer what came of the service. Ongoing and waiting keep it open; everything else ends it.

    An ended referral marks its step in the plan as done, and the agency meets the case no more.
    """
    rule = allow(by, Permission.REFERRAL_ANSWER, referral)
    need("delivered_outcome", outcome)
    told: dict[str, Any] = {"outcome": outcome}
    if note.strip():
        told["feedback"] = keep(referral.case, "referral_feedback", note)
    if outcome in GOES_ON:
        _move(referral, "go_on", **told)
        return _answered(by, referral, "referral_goes_on", rule=rule, term=outcome)
    _end(referral, "deliver" if outcome in DELIVERED else "end_without", **told)
    if referral.step:
        rows.hold(referral.step, "done_at")
        if not referral.step.done_at:
            step_done(referral.step, outcome)
    return _answered(by, referral, "referral_ended", rule=rule, term=outcome)


@gated
def withdraw_referral(*, by: Actor, referral: Referral) -> Referral:
    """The referrer asks no more; the agency that was asked meets the case no more, from now."""
    rule = allow(by, Permission.CARE_WRITE, referral.case)
    _end(referral, "withdraw")
    _tell_asked(referral, "referral_withdrawn")
    _noted(by, referral, "referral_withdrawn", rule=rule, term=referral.service)
    return referral


@gated
def remind_of_unanswered(*, by: Actor) -> int:
    """Tell both sides, once, of every referral that nobody answered in time; returns how many."""
    rule = allow(by, Permission.CLOCKS_RUN)
    late = Referral.objects.filter(status="offered", answer_by__lt=clock.now(), reminded_at=None)
    found = list(late.select_related("case", "agency")[:500])
    for referral in found:
        _tell_asked(referral, "referral_unanswered")
        _tell_referrer(referral, "referral_unanswered")
    if found:
        Referral.objects.filter(id__in=[each.id for each in found]).update(reminded_at=clock.now())
        record(by, "referral:reminded", "list", ids=[each.id for each in found], rule=rule)
    return len(found)


def _move(referral: Referral, verb: str, **changes: Any) -> None:
    """Move a referral, if nobody moved it meanwhile. Raises `Conflict`."""
    before, seen = facts_of_referral(referral), referral.status
    changes["status"] = REFERRAL.after(seen, verb)
    if not Referral.objects.filter(id=referral.id, status=seen).update(**changes):
        raise Conflict(_("Somebody answered this referral meanwhile. Read it again."))
    for name, value in changes.items():
        setattr(referral, name, value)
    facts.changed("referral", referral.id, before=before, after=facts_of_referral(referral))


def _end(referral: Referral, verb: str, **changes: Any) -> None:
    _move(referral, verb, ended_at=clock.now(), **changes)
    sharing.end_asked_by(referral.id)
    ledger.done(referral.case, "await_referral", record=referral.id)


def _answered(by: Actor, referral: Referral, code: str, *, rule: str, term: str) -> Referral:
    _tell_referrer(referral, code)
    _noted(by, referral, code, rule=rule, term=term)
    return referral


def _noted(by: Actor, referral: Referral, code: str, *, rule: str, term: str) -> None:
    ledger.note(referral.case, code, term=term, record=referral.id, agency=referral.agency_id)
    detail = {"referral": str(referral.id), "term": term}
    record(by, code.replace("_", ":", 1), "case", referral.case_id, rule=rule, detail=detail)


def _teller(referral: Referral, code: str) -> Callable[..., object]:
    return partial(tell, code=code, kind="referral", record_id=referral.id, reference=referral.reference)


def _tell_asked(referral: Referral, code: str) -> None:
    _teller(referral, code)(agency=referral.agency_id, role=Role.SERVICE_PROVIDER)


def _tell_referrer(referral: Referral, code: str) -> None:
    whom: dict[str, UUID | str | None] = (
        {"person": referral.case.worker_id}
        if referral.case.worker_id
        else {"agency": referral.by_agency_id, "role": Role.SUPERVISOR}
    )
    _teller(referral, code)(**whom)
