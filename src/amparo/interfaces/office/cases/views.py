"""The list of cases, and the page of one child's case."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from amparo.cases import queries
from amparo.cases.queries import Filter
from amparo.common.errors import Invalid
from amparo.interfaces.office.cases.forms import CaseFilterForm, PurposeForm
from amparo.interfaces.office.request import DeskRequest
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal


@require_safe
def cases(request: DeskRequest) -> HttpResponse:
    """The cases that the person may read, narrowed and paged by key."""
    form = CaseFilterForm(request.GET or {"status": "open"})
    only = Filter(**form.cleaned_data) if form.is_valid() else Filter()
    page = queries.cases(by=request.actor, only=only, after=_key(request))
    return render(request, "office/cases/cases.html", {"form": form, "page": page, "next": _next(request, page)})


@require_safe
def case(request: DeskRequest, id: UUID) -> HttpResponse:
    """One child's case: clocks, what to do next, everything that happened. Who the child is stays closed."""
    found = queries.case(by=request.actor, id=id)
    shown = {
        "case": found,
        "moments": queries.timeline(found),
        "tasks": queries.open_tasks(found),
        "purpose": PurposeForm(),
    }
    return render(request, "office/cases/case.html", shown)


@require_http_methods(["POST"])
def identity(request: DeskRequest, id: UUID) -> HttpResponse:
    """Open who the child is, for a purpose, once."""
    found = queries.case(by=request.actor, id=id)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": "Say for what purpose you look."})
    opened = reveal(
        by=request.actor, subject=found, pointer=found.child.identity,
        compartment=Compartment.IDENTITY, purpose=form.cleaned_data["purpose"],
    )  # fmt: skip
    return render(request, "office/cases/identity.html", {"case": found, "identity": opened})


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
