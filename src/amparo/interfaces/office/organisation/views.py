"""Agencies, their teams, and who works there."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid
from amparo.interfaces.office.organisation.forms import AgencyForm, GivePostForm, PersonForm, TeamForm
from amparo.interfaces.office.request import DeskRequest
from amparo.organisation import actions, queries

both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agencies(request: DeskRequest) -> HttpResponse:
    """Every agency that still works."""
    shown = {"agencies": queries.agencies(by=request.actor), "may_write": _may_write(request)}
    return render(request, "office/organisation/agencies.html", shown)


@require_safe
def agency(request: DeskRequest, id: UUID) -> HttpResponse:
    """One agency: its teams and today's posts."""
    found = queries.agency(by=request.actor, id=id)
    shown = {
        "agency": found,
        "teams": found.teams.order_by("name"),
        "posts": queries.posts_of(found),
        "may_write": _may_write(request),
    }
    return render(request, "office/organisation/agency.html", shown)


@both
def found(request: DeskRequest) -> HttpResponse:
    """Found an agency."""
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.found_agency(by=request.actor, **form.cleaned_data)
            messages.success(request, _("The agency is founded. Give it a team and people."))
            return redirect("office:agency", id=made.id)
        except Invalid as invalid:
            say(form, invalid)
    return ask(request, form, _("Found an agency"))


@both
def team(request: DeskRequest, id: UUID) -> HttpResponse:
    """Add a team."""
    of = queries.agency(by=request.actor, id=id)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_team(by=request.actor, agency=of, **form.cleaned_data)
            messages.success(request, _("The team is added."))
            return redirect("office:agency", id=of.id)
        except Invalid as invalid:
            say(form, invalid)
    return ask(request, form, _("Add a team"))


@both
def person(request: DeskRequest, id: UUID) -> HttpResponse:
    """Add somebody with a first post. Their first password is shown once, on the answer to this form."""
    of = queries.agency(by=request.actor, id=id)
    form = PersonForm(request.POST or None, agency=of)
    if request.method == "POST" and form.is_valid():
        try:
            password = actions.first_password()
            made = actions.add_person_with_post(by=request.actor, agency=of, password=password, **form.cleaned_data)
            shown = {"agency": of, "person": made, "password": password}
            return render(request, "office/organisation/added.html", shown)
        except Invalid as invalid:
            say(form, invalid)
    return ask(request, form, _("Add a person"))


@both
def post(request: DeskRequest, id: UUID) -> HttpResponse:
    """Give somebody who is here already another post."""
    of = queries.agency(by=request.actor, id=id)
    form = GivePostForm(request.POST or None, agency=of)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.give_post(by=request.actor, person=given["username"], role=given["role"], agency=of, team=given["team"])
        messages.success(request, _("The post is given."))
        return redirect("office:agency", id=of.id)
    return ask(request, form, _("Give a post"))


@require_POST
def end_post(request: DeskRequest, id: UUID) -> HttpResponse:
    """End a post today."""
    ended = actions.end_post(by=request.actor, post=queries.post(by=request.actor, id=id))
    messages.success(request, _("The post ends today."))
    return redirect("office:agency", id=ended.agency_id)


@require_POST
def lock(request: DeskRequest, id: UUID) -> HttpResponse:
    """Keep somebody out at once, or let them in again."""
    found = queries.person(by=request.actor, id=id)
    locked = found.is_active
    act = actions.lock if locked else actions.unlock
    act(by=request.actor, person=found)
    messages.success(request, _("The account is locked.") if locked else _("The account is open again."))
    return redirect("office:agencies")


def _may_write(request: DeskRequest) -> bool:
    return decide(by=request.actor, permission=Permission.ORGANISATION_WRITE).allowed


def say(form: forms.Form, invalid: Invalid) -> None:
    """Put what was wrong beside its field."""
    for name, words in invalid.fields.items():
        form.add_error(name if name in form.fields else None, words)


def ask(request: DeskRequest, form: forms.Form, title: str) -> HttpResponse:
    """The page with one form."""
    return render(request, "office/organisation/form.html", {"form": form, "title": title})
