"""Questions between agencies: have you met this child?"""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, In, answers
from amparo.linkage import contacts
from amparo.linkage.models import Contact

router = Router(tags=["linkage"])


class AgencyQuestionOut(Schema):
    """A possible match at another agency, for either side: who asks whom and why, until when, and what was answered.

    Never the child's record, and never what was searched for.
    """

    id: UUID
    reference: str
    agency_id: UUID
    asking_agency_id: UUID
    asker: UUID
    may_be: str
    purpose: str
    status: str
    asked_at: datetime | None
    respond_by: datetime | None
    answer: str
    reason: str
    answered_by: UUID | None
    answered_at: datetime | None


class ContactAnswerIn(In):
    """A code of `contact_answer`."""

    answer: Code


class ContactDeclineIn(In):
    """A code of `contact_decline_reason`."""

    reason: Code


@router.get("/contacts", response=answers(list[AgencyQuestionOut]))
def linked_contacts(request: ApiRequest) -> list[Contact]:
    """What must be answered first, then what I asked and what was answered."""
    return contacts.contacts(by=request.actor)


@router.get("/contacts/{uuid:id}", response=answers(AgencyQuestionOut))
def linked_contact(request: ApiRequest, id: UUID) -> Contact:
    """One question."""
    return contacts.contact(by=request.actor, id=id)


@router.post("/contacts/{uuid:id}/ask", response=answers(AgencyQuestionOut))
def ask_contact(request: ApiRequest, id: UUID) -> Contact:
    """Ask the agency about a possible match that a search of today offered."""
    return contacts.ask(by=request.actor, contact=contacts.contact(by=request.actor, id=id))


@router.post("/contacts/{uuid:id}/answer", response=answers(AgencyQuestionOut))
def answer_contact(request: ApiRequest, id: UUID, given: ContactAnswerIn) -> Contact:
    """Say whether it is the child."""
    return contacts.answer(by=request.actor, contact=contacts.contact(by=request.actor, id=id), answer=given.answer)


@router.post("/contacts/{uuid:id}/decline", response=answers(AgencyQuestionOut))
def decline_contact(request: ApiRequest, id: UUID, given: ContactDeclineIn) -> Contact:
    """Say that the agency does not tell, and why."""
    return contacts.decline(by=request.actor, contact=contacts.contact(by=request.actor, id=id), reason=given.reason)
