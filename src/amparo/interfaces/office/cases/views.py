"""The list of cases, and the pages of one child's case."""

import csv
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.cases import actions, queries
from amparo.cases.actions import IncidentFacts
from amparo.cases.limits import limits
from amparo.cases.models import Case
from amparo.cases.queries import Filter
from amparo.common.errors import Invalid, NotFound
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases.forms import CaseFilterForm, FindForm, IncidentForm, PurposeForm
from amparo.interfaces.office.request import DeskRequest
from amparo.methods.spreadsheet import MEDIA_TYPE, workbook
from amparo.organisation.models import Place
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal, reveal_many

WRITE = Permission.CASE_WRITE


@require_safe
def cases(request: DeskRequest) -> HttpResponse:
    """The cases that the person may read, narrowed and paged by key."""
    form = CaseFilterForm(request.GET or {"status": "open"})
    only = Filter(**form.cleaned_data) if form.is_valid() else Filter()
    page = queries.cases(by=request.actor, only=only, after=_key(request))
    shown = {"form": form, "page": page, "next": _next(request, page), "narrowed": bool(request.GET)}
    shown["supervises"] = bool(request.actor.agencies_as(Role.SUPERVISOR))
    return render(request, "office/cases/cases.html", shown)


@require_safe
def cases_file(request: DeskRequest) -> HttpResponse:
    """The same list, whole, as CSV in codes."""
    rows = _whole_list(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=_named("cases.csv"))
    csv.writer(response).writerows([queries.FILE_COLUMNS, *rows])
    return response


@require_safe
def cases_sheet(request: DeskRequest) -> StreamingHttpResponse:
    """The same as a spreadsheet, sent while it is written."""
    sheet = workbook({_("Cases"): chain([queries.FILE_COLUMNS], _whole_list(request))})
    return StreamingHttpResponse(sheet, content_type=MEDIA_TYPE, headers=_named("cases.xlsx"))


def _whole_list(request: DeskRequest) -> list[list[Any]]:
    form = CaseFilterForm(request.GET or {"status": "open"})
    if not form.is_valid():  # a file never holds more than was asked for
        raise Invalid({name: " ".join(map(str, words)) for name, words in form.errors.items()})
    return queries.cases_file(by=request.actor, only=Filter(**form.cleaned_data))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: DeskRequest) -> HttpResponse:
    """Find one's own cases by name. The name travels in the body, never in an address, and is kept nowhere."""
    form = FindForm(acts.sent(request))
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        rows = queries.find_by_name(by=request.actor, written=form.cleaned_data["written"])
        shown |= {"rows": rows, "names": _names(request, rows, form.cleaned_data["purpose"])}
    return render(request, "office/cases/find.html", shown)


def _names(request: DeskRequest, rows: list[Any], purpose: str) -> dict[UUID, Any]:
    """By case: who the child is, all of a page in one look."""
    if not purpose:
        return {}
    by_pointer = {row.case.child.identity: row.case for row in rows}
    opened = reveal_many(by=request.actor, subjects=by_pointer, compartment=Compartment.IDENTITY, purpose=purpose)
    return {by_pointer[pointer].id: identity for pointer, identity in opened.items()}


@require_safe
def case(request: DeskRequest, id: UUID) -> HttpResponse:
    """One child's case: clocks, what to do next, everything that happened. Who the child is stays closed."""
    found = queries.case(by=request.actor, id=id)
    shown = {
        "case": found,
        "tab": "overview",
        "moments": queries.timeline(found),
        "tasks": queries.open_tasks(found) if WRITE in found.may else None,
        "purpose": PurposeForm(),
    }
    return render(request, "office/cases/case.html", shown)


@require_POST
def identity(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open who the child is, for a purpose, once."""
    found = queries.case(by=request.actor, id=id)
    opened = _open(request, found, found.child.identity, Compartment.IDENTITY)
    return render(request, "office/cases/opened.html", {"case": found, "opened": opened, "tab": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def incidents(request: DeskRequest, id: UUID) -> HttpResponse:
    """What happened to the child, in codes, and one more of it."""
    found = queries.case(by=request.actor, id=id)
    form = IncidentForm(acts.sent(request))
    if request.method == "POST" and acts.done(form, lambda given: _incident(request, found, given)):
        return redirect("office:incidents", id=id)
    shown = {"case": found, "tab": "incidents", "form": form, "purpose": PurposeForm()}
    shown["incidents"] = limits(found, queries.incidents(found))
    return render(request, "office/cases/incidents.html", shown, status=422 if form.errors else 200)


def _incident(request: DeskRequest, found: Case, given: dict[str, Any]) -> object:
    place = Place.objects.filter(path=given["place"]).first() if given["place"] else None
    told = given["narrative"]
    codes = {name: value for name, value in given.items() if name not in {"place", "narrative"}}
    return actions.record_incident(
        by=request.actor, case=found, facts=IncidentFacts(place=place, **codes), narrative=told
    )


@require_POST
def told(request: DeskRequest, id: UUID, incident: UUID) -> HttpResponse:
    """Open what was told of one incident, for a purpose, once."""
    found = queries.case(by=request.actor, id=id)
    pointer = next((each.narrative for each in queries.incidents(found) if each.id == incident), None)
    if pointer is None:
        raise NotFound
    opened = _open(request, found, pointer, Compartment.NARRATIVE)
    return render(request, "office/cases/opened.html", {"case": found, "opened": {"told": opened}, "tab": ""})


@require_http_methods(["GET", "HEAD", "POST"])
def placement(request: DeskRequest, id: UUID) -> HttpResponse:
    """Where the child lives: for a purpose, past a fresh second factor, once."""
    found = queries.case(by=request.actor, id=id)
    if request.method == "POST" and found.placement:
        opened = _open(request, found, found.placement, Compartment.PLACEMENT)
        return render(request, "office/cases/opened.html", {"case": found, "opened": opened, "tab": ""})
    return render(request, "office/cases/placement.html", {"case": found, "purpose": PurposeForm(), "tab": ""})


def _open(request: DeskRequest, found: Case, pointer: UUID, compartment: Compartment) -> Any:
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": _("Say for what purpose you look.")})
    purpose = form.cleaned_data["purpose"]
    return reveal(by=request.actor, subject=found, pointer=pointer, compartment=compartment, purpose=purpose)


def _key(request: HttpRequest) -> tuple[datetime, UUID] | None:
    at = parse_datetime(request.GET.get("at", "").replace(" ", "+"))
    try:
        return (at, UUID(request.GET["case"])) if at else None
    except (KeyError, ValueError):
        return None


def _next(request: HttpRequest, page: queries.Page) -> str:
    if page.after is None:
        return ""
    at, last = page.after
    asked = request.GET.copy()
    asked["at"], asked["case"] = at.isoformat(), str(last)
    return f"?{asked.urlencode()}"
