"""Asking another agency: have you met this child? Asked, then answered or declined with a reason, on a clock (C1).

The asker is told the agency and, when it answers, in codes what it says and with whom to speak; never what it knows.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, NotFound
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.linkage.models import Child, Contact
from amparo.linkage.states import CONTACT
from amparo.organisation.actions import tell
from amparo.vocabulary.queries import need

# Who may know a child in danger is asked today and answered within two days; an offer is of the day's search.
ANSWER = timedelta(days=2)
OFFERED = timedelta(days=1)
_ROLES = (Role.INTAKE_OFFICER, Role.CASE_WORKER, Role.SUPERVISOR)


def offer(by: Actor, found: Sequence[tuple[Child, str]], purpose: str) -> dict[UUID, UUID]:
    """Let `by` ask about children of other agencies: part of the search that met them. By child its contact's id."""
    if not found or not by.posts:
        return {}
    mine = next(post.agency for post in by.posts if post.role in _ROLES)
    made = [
        Contact(
            reference=new_reference("M"), child=child, agency_id=child.agency_id, asker=by.id, asking_agency_id=mine,
            may_be=may_be, purpose=purpose, offered_at=clock.now(),
        )
        for child, may_be in found
    ]  # fmt: skip
    rows.insert(made)
    return {each.child_id: each.id for each in made}


@gated
def ask(*, by: Actor, contact: Contact) -> Contact:
    """Ask the agency. Its supervisors and intake officers are told, and have two days. Raises `Conflict`."""
    rule = allow(by, Permission.CONTACT_ASK, contact)
    now = clock.now()
    if now - contact.offered_at > OFFERED:
        raise Conflict(_("This search is of another day; search again."))
    _moved(contact, "ask", asked_at=now, respond_by=now + ANSWER)
    _tell_agency(contact, "contact_asked")
    record(by, "contact:asked", "contact", contact.id, rule=rule, purpose=contact.purpose)
    return contact


@gated
def answer(*, by: Actor, contact: Contact, answer: str) -> Contact:
    """Say, for the agency that was asked, whether it is the child; the asker is told. Raises `Invalid`, `Conflict`."""
    rule = allow(by, Permission.CONTACT_ANSWER, contact)
    need("contact_answer", answer)
    _moved(contact, "answer", answer=answer, answered_by=by.id, answered_at=clock.now())
    _tell_asker(contact, "contact_answered")
    record(by, "contact:answered", "contact", contact.id, rule=rule, detail={"answer": answer})
    return contact


@gated
def decline(*, by: Actor, contact: Contact, reason: str) -> Contact:
    """Say that the agency does not tell, and why; the asker is told. Raises `Invalid`, `Conflict`."""
    rule = allow(by, Permission.CONTACT_ANSWER, contact)
    need("contact_decline_reason", reason)
    _moved(contact, "decline", reason=reason, answered_by=by.id, answered_at=clock.now())
    _tell_asker(contact, "contact_declined")
    record(by, "contact:declined", "contact", contact.id, rule=rule, detail={"reason": reason})
    return contact


@gated
def contacts(*, by: Actor, limit: int = 100) -> list[Contact]:
    """What one's agency was asked and must answer, the next clock first; then what one asked oneself, the newest first.

    Two statements and the audit row's.
    """
    rule = allow(by, Permission.CONTACT_LIST)
    mine = _of(by).filter(permitted(by=by, permission=Permission.CONTACT_READ))
    waiting = list(mine.filter(status="asked").exclude(asker=by.id).order_by("respond_by", "id")[:limit])
    others = mine.exclude(status="offered").filter(Q(asker=by.id) | ~Q(status="asked"))
    found = [*waiting, *others.order_by("-asked_at", "id")[:limit]]
    listed(by, "contact:listed", "list", [each.id for each in found], rule=rule)
    return found


@gated
def contact(*, by: Actor, id: UUID) -> Contact:
    """One question between two agencies, for either. Raises `NotFound`, alike where a wall stands."""
    found = Contact.objects.select_related("agency", "asking_agency", "child").filter(id=id).first()
    if found is None:
        raise NotFound
    rule = allow(by, Permission.CONTACT_READ, found)
    record(by, "contact:read", "contact", found.id, rule=rule)
    return found


@gated
def find_late(*, by: Actor) -> int:
    """Questions whose clock ran out unanswered: the agency is told again, and the asker; once. Returns how many.

    Offers that nobody took up are forgotten.
    """
    rule = allow(by, Permission.CLOCKS_RUN)
    now = clock.now()
    Contact.objects.filter(status="offered", offered_at__lt=now - OFFERED).delete()
    late = list(Contact.objects.filter(status="asked", late_told_at=None, respond_by__lt=now).order_by("respond_by"))
    for each in late:
        _tell_agency(each, "contact_late")
        _tell_asker(each, "contact_late")
    if late:
        Contact.objects.filter(id__in=[each.id for each in late]).update(late_told_at=now)
        record(by, "contact:late", "list", ids=[each.id for each in late], rule=rule)
    return len(late)


def _of(by: Actor) -> QuerySet[Contact]:
    found = Contact.objects.select_related("agency", "asking_agency")
    for standing in standings(by):
        found = found.filter(walls.none_between(standing, "child_id"))
    return found


def _moved(contact: Contact, verb: str, **columns: object) -> None:
    """Move it once, however often and by however many it is sent at the same moment. Raises `Conflict`."""
    before, columns["status"] = contact.status, CONTACT.after(contact.status, verb)
    if not Contact.objects.filter(id=contact.id, status=before).update(**columns):
        raise Conflict(_("Somebody did this a moment ago. Load the page again and look what is new."))
    for name, value in columns.items():
        setattr(contact, name, value)


def _tell_agency(contact: Contact, code: str) -> None:
    for role in (Role.SUPERVISOR, Role.INTAKE_OFFICER):
        tell(code=code, kind="contact", record_id=contact.id, reference=contact.reference,
             agency=contact.agency_id, role=role)  # fmt: skip


def _tell_asker(contact: Contact, code: str) -> None:
    tell(code=code, kind="contact", record_id=contact.id, reference=contact.reference, person=contact.asker)
