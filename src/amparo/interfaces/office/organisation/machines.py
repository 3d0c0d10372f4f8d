"""Systems of agencies that use the API: which there are, a new one, a new key, none any more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.interfaces.office.organisation.machine_forms import KeyForm, MachineForm
from amparo.interfaces.office.organisation.views import ask, both, say
from amparo.interfaces.office.organisation.words import GIVEN
from amparo.interfaces.office.request import DeskRequest
from amparo.organisation import queries as organisation
from amparo.organisation.machines import actions, queries


@require_safe
def machines(request: DeskRequest) -> HttpResponse:
    """Every system that has, or had, an account."""
    shown = {"machines": queries.machines(by=request.actor), "agencies": organisation.open_agencies()}
    return render(request, "office/organisation/machines.html", shown | {"may_write": _may_write(request)})


@require_safe
def machine(request: DeskRequest, id: UUID) -> HttpResponse:
    """One system: who answers for it, what it may do, its keys."""
    found = queries.machine(by=request.actor, id=id)
    shown = {
        "machine": found,
        "allowed": [words for each, words in GIVEN.items() if each in found.allowed],
        "keys": found.keys.order_by("-made_at"),
        "now": clock.now(),
        "may_write": _may_write(request) and not found.revoked_at,
    }
    return render(request, "office/organisation/machine.html", shown)


@both
def new(request: DeskRequest, id: UUID) -> HttpResponse:
    """Make a system's account. Its key is shown once, on the answer to this form."""
    of = organisation.agency(by=request.actor, id=id)
    form = MachineForm(request.POST or None, agency=of)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = actions.make(by=request.actor, agency=of, **form.cleaned_data)
            return render(request, "office/organisation/machine_key.html", {"machine": made, "token": token})
        except Invalid as invalid:
            say(form, invalid)
    return ask(request, form, _("Add a system"))


@both
def renew(request: DeskRequest, id: UUID) -> HttpResponse:
    """Give a system a new key, shown once on the answer to this form."""
    found = queries.machine(by=request.actor, id=id)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = actions.renew(by=request.actor, machine=found, **form.cleaned_data)
        return render(request, "office/organisation/machine_key.html", {"machine": found, "token": token})
    return ask(request, form, _("Give a new key"))


@require_POST
def revoke(request: DeskRequest, id: UUID) -> HttpResponse:
    """Shut a system out at once."""
    actions.revoke(by=request.actor, machine=queries.machine(by=request.actor, id=id))
    messages.success(request, _("The system is shut out."))
    return redirect("office:machine", id=id)


def _may_write(request: DeskRequest) -> bool:
    return decide(by=request.actor, permission=Permission.ORGANISATION_WRITE).allowed
