"""Pages of the desk. A view turns a request into one action or one read, and shows what came back."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from amparo.access.queries import looks
from amparo.cases import actions, queries
from amparo.cases.queries import Filter
from amparo.common.errors import Invalid
from amparo.common.types import Actor
from amparo.interfaces.office.forms import CaseFilterForm, GlassForm, PurposeForm
from amparo.organisation.queries import notices_for
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal


class DeskRequest(HttpRequest):
    """A request behind the gatekeeper: it knows who acts."""

    actor: Actor


@require_safe
def day(request: DeskRequest) -> HttpResponse:
    """My day: what is new, late, and due."""
    found = queries.my_day(by=request.actor)
    notices = notices_for(request.actor)
    return render(request, "office/day.html", {"day": found, "notices": notices})


@require_safe
def cases(request: DeskRequest) -> HttpResponse:
    """The cases that the person may read, narrowed and paged by key."""
    form = CaseFilterForm(request.GET or {"status": "open"})
    only = Filter(**form.cleaned_data) if form.is_valid() else Filter()
    page = queries.cases(by=request.actor, only=only, after=_key(request))
    return render(request, "office/cases.html", {"form": form, "page": page, "next": _next(request, page)})


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
    return render(request, "office/case.html", shown)


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
    return render(request, "office/identity.html", {"case": found, "identity": opened})


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: DeskRequest) -> HttpResponse:
    """Break the glass before a case, in an emergency."""
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        broken = actions.break_glass_by_reference(by=request.actor, **given)
        return redirect("office:case", id=broken.record)
    return render(request, "office/glass.html", {"form": form})


@require_safe
def record(request: DeskRequest) -> HttpResponse:
    """The record of every act and every look, for the auditor."""
    before = request.GET.get("before", "")
    events = looks(by=request.actor, before=int(before) if before.isdigit() else None)
    return render(request, "office/record.html", {"events": events})


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
