"""Justice on a child's case: the track of each proceeding, alleged persons in codes, alarms; a page for each act."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.permissions import Permission
from amparo.cases.models import Case
from amparo.common.errors import Invalid, NotFound
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases.forms import PurposeForm
from amparo.interfaces.office.justice.forms import (
    AlarmForm,
    DayForm,
    EndForm,
    MoveForm,
    OpenForm,
    OutcomeForm,
    PersonForm,
    VerdictForm,
)
from amparo.interfaces.office.justice.track import steps
from amparo.interfaces.office.request import DeskRequest
from amparo.justice import actions, queries
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def justice(request: DeskRequest, id: UUID) -> HttpResponse:
    """What the law did, on one page."""
    found = queries.of_case(by=request.actor, id=id)
    investigates = {"police", "prosecutor"} & request.actor.roles
    shown = {
        "case": found.case,
        "tab": "justice",
        "tracks": [(track, steps(track)) for track in found.tracks],
        "persons": [each for each in found.persons if not each.a_child],
        "children": [each for each in found.persons if each.a_child],
        "sanctions": found.sanctions,
        "limits": found.limits,
        "purpose": PurposeForm() if investigates else None,
        "may_write": Permission.JUSTICE_WRITE in found.case.may,
    }
    return render(request, "office/justice/justice.html", shown)


@form_page
def open_proceeding(request: DeskRequest, id: UUID) -> HttpResponse:
    """A new proceeding."""
    case = queries.of_case(by=request.actor, id=id).case
    act = partial(actions.open_proceeding, by=request.actor, case=case)
    return _filled(request, case, OpenForm(request.POST or None), act, _("Open a proceeding"))


@form_page
def move(request: DeskRequest, id: UUID) -> HttpResponse:
    """The next stage."""
    return _on_track(request, id, MoveForm, actions.move, _("Move to the next stage"))


@form_page
def end_stage(request: DeskRequest, id: UUID) -> HttpResponse:
    """The stage ends; what comes next is not known yet."""
    return _on_track(request, id, OutcomeForm, actions.end_stage, _("End the present stage"))


@form_page
def end_proceeding(request: DeskRequest, id: UUID) -> HttpResponse:
    """The proceeding ends."""
    return _on_track(request, id, EndForm, actions.end_proceeding, _("End the proceeding"))


@form_page
def person(request: DeskRequest, id: UUID) -> HttpResponse:
    """Persons held to be responsible, alleged until a judgment."""
    found = queries.of_case(by=request.actor, id=id)
    act = partial(actions.note_person, by=request.actor, case=found.case)
    return _filled(
        request, found.case, PersonForm(found.tracks, request.POST or None), act, _("Note an alleged person")
    )


@form_page
def verdict(request: DeskRequest, id: UUID) -> HttpResponse:
    """What a judgment said of them."""
    found = queries.person(by=request.actor, id=id)
    act = partial(actions.judge_person, by=request.actor, person=found)
    return _filled(request, found.case, VerdictForm(request.POST or None), act, _("Enter the judgment on a person"))


@require_POST
def name(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open the name of an alleged person, for a purpose, once."""
    found = queries.person(by=request.actor, id=id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": str(_("Say for what purpose you look."))})
    if found.identity is None:
        raise NotFound
    opened = reveal(
        by=request.actor, subject=found, pointer=found.identity,
        compartment=Compartment.INVESTIGATION, purpose=form.cleaned_data["purpose"],
    )  # fmt: skip
    shown = {"case": found.case, "tab": "justice", "opened": {"alleged_person": opened}}
    return render(request, "office/cases/opened.html", shown)


@form_page
def alarm(request: DeskRequest, id: UUID) -> HttpResponse:
    """A child victim was treated as an offender."""
    case = queries.of_case(by=request.actor, id=id).case
    act = partial(actions.raise_alarm, by=request.actor, case=case)
    told = _("A child victim is never an offender. The supervisor, the worker and every auditor hear of it at once.")
    return _filled(request, case, AlarmForm(request.POST or None), act, _("Raise an alarm"), told)


@form_page
def lift(request: DeskRequest, id: UUID) -> HttpResponse:
    """What was done to the child is over."""
    found = queries.sanction(by=request.actor, id=id)
    act = partial(actions.lift_sanction, by=request.actor, sanction=found)
    return _filled(request, found.case, DayForm(request.POST or None), act, _("It was lifted"))


def _on_track(
    request: DeskRequest, id: UUID, kind: type[OutcomeForm], act: Callable[..., object], title: Any
) -> HttpResponse:
    track = queries.proceeding(by=request.actor, id=id)
    form = kind(track, request.POST or None)
    bound = partial(act, by=request.actor, proceeding=track.proceeding)
    return _filled(request, track.proceeding.case, form, bound, title)


def _filled(
    request: DeskRequest, case: Case, form: forms.Form, act: Callable[..., object], title: Any, told: Any = ""
) -> HttpResponse:
    """Show a form; when it is filled in, do what it asks and go back to the tab, or say beside the fields why not."""
    if request.method == "POST" and acts.done(form, lambda given: act(**given)):
        messages.success(request, _("It is entered."))
        return redirect("office:justice", id=case.id)
    shown = {"case": case, "tab": "justice", "form": form, "title": title, "intro": told, "danger": bool(told)}
    shown["back"] = reverse("office:justice", args=[case.id])
    return render(request, "office/cases/act.html", shown, status=422 if form.is_bound else 200)
