"""Questions between agencies: have you met this child? Both sides of them."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.cases.queries import own_cases_of
from amparo.interfaces.office import acts
from amparo.interfaces.office.linkage.forms import AnswerForm, DeclineForm
from amparo.interfaces.office.request import DeskRequest
from amparo.linkage import contacts
from amparo.linkage.models import Contact
from amparo.organisation.queries import names_of


@require_safe
def inbox(request: DeskRequest) -> HttpResponse:
    """What other agencies ask of mine, and what I asked."""
    found = contacts.contacts(by=request.actor)
    return render(request, "office/linkage/contacts.html", {
        "waiting": [each for each in found if each.status == "asked" and each.asker != request.actor.id],
        "others": [each for each in found if each.status != "asked" or each.asker == request.actor.id],
    })  # fmt: skip


@require_safe
def contact(request: DeskRequest, id: UUID) -> HttpResponse:
    """One question: who asks, for what purpose, and what was answered."""
    return _page(request, contacts.contact(by=request.actor, id=id))


@require_POST
def ask(request: DeskRequest, id: UUID) -> HttpResponse:
    """Ask the agency about its possible match."""
    found = contacts.contact(by=request.actor, id=id)
    contacts.ask(by=request.actor, contact=found)
    messages.success(
        request, _("{agency} is asked. You will be told here what it answers.").format(agency=found.agency.name)
    )
    return redirect("office:linked_contact", id=id)


@require_POST
def answer(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say whether it is the child that one's agency knows."""
    found, form = contacts.contact(by=request.actor, id=id), AnswerForm(request.POST)
    if acts.done(form, lambda given: contacts.answer(by=request.actor, contact=found, **given)):
        messages.success(request, _("The answer is sent."))
        return redirect("office:linked_contact", id=id)
    return _page(request, found, answering=form)


@require_POST
def decline(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say that one's agency does not tell, and why."""
    found, form = contacts.contact(by=request.actor, id=id), DeclineForm(request.POST)
    if acts.done(form, lambda given: contacts.decline(by=request.actor, contact=found, **given)):
        messages.success(request, _("The answer is sent."))
        return redirect("office:linked_contact", id=id)
    return _page(request, found, declining=form)


def _page(request: DeskRequest, found: Contact, **filled: Form) -> HttpResponse:
    """For the agency that was asked also its own case, where the reader may know of it."""
    mine = found.asker == request.actor.id
    known = {} if mine else own_cases_of(by=request.actor, children=[found.child_id])
    shown = {
        "contact": found, "mine": mine, "case": known.get(found.child_id), "answering": AnswerForm(),
        "declining": DeclineForm(), "people": names_of([each for each in (found.asker, found.answered_by) if each]),
        "may_answer": found.status == "asked" and not mine,
    } | filled  # fmt: skip
    return render(request, "office/linkage/contact.html", shown, status=422 if filled else 200)
