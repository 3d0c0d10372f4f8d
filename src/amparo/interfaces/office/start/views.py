"""Where everybody begins: my day; breaking the glass; the record of looks."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amparo.access.queries import looks
from amparo.cases import actions, queries
from amparo.interfaces.office.request import DeskRequest
from amparo.interfaces.office.start.forms import GlassForm
from amparo.organisation.queries import notices_for


@require_safe
def day(request: DeskRequest) -> HttpResponse:
    """My day: what is new, late, and due."""
    found = queries.my_day(by=request.actor)
    notices = notices_for(request.actor)
    return render(request, "office/start/day.html", {"day": found, "notices": notices})


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: DeskRequest) -> HttpResponse:
    """Break the glass before a case, in an emergency."""
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        broken = actions.break_glass_by_reference(by=request.actor, **given)
        return redirect("office:case", id=broken.record)
    return render(request, "office/start/glass.html", {"form": form})


@require_safe
def record(request: DeskRequest) -> HttpResponse:
    """The record of every act and every look, for the auditor."""
    before = request.GET.get("before", "")
    events = looks(by=request.actor, before=int(before) if before.isdigit() else None)
    return render(request, "office/start/record.html", {"events": events})
