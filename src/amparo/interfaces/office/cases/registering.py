"""Register a child: first ask whether we have met, then write down who the child is, once however often it is sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.cases import actions
from amparo.cases.meeting import Meeting, meet
from amparo.cases.models import Case
from amparo.common.errors import Conflict
from amparo.common.ids import new_id
from amparo.intake import queries as reports
from amparo.intake.models import Report
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases.child_forms import ChildForm, SearchForm
from amparo.interfaces.office.linkage.waterfall import waterfall
from amparo.interfaces.office.request import DeskRequest
from amparo.linkage import tickets
from amparo.organisation.queries import open_agencies


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: DeskRequest, report: UUID | None = None) -> HttpResponse:
    """Search; then, under the number that the search gave out, register. Names travel in bodies, never in addresses.

    With a `report`, the case opens from it, and its reporter learns so.
    """
    accepted = reports.report(by=request.actor, id=report) if report else None
    if "key" in request.POST:
        return _register(request, accepted)
    form = SearchForm(acts.sent(request))
    met: list[Meeting] = []

    def search(given: dict[str, Any]) -> None:
        met.append(meet(by=request.actor, identity=form.identity, facts=form.facts, reason=given["reason"]))

    if request.method == "POST" and acts.done(form, search):
        key = tickets.issue(request.actor.id, new_id())
        child = ChildForm(by=request.actor, initial={name: value for name, value in form.cleaned_data.items() if value})
        return _child_page(request, child, key, **_said(met[0]))
    return render(request, "office/cases/register.html", {"form": form}, status=422 if form.errors else 200)


def _register(request: DeskRequest, report: Report | None) -> HttpResponse:
    try:
        id = tickets.number_on(request.POST["key"], of=request.actor.id)
    except Conflict as conflict:
        messages.warning(request, conflict.reason)
        return redirect(request.path)
    form = ChildForm(request.POST, by=request.actor)
    made: list[Case] = []

    def act(given: dict[str, Any]) -> None:
        told = {"team": given["team"], "identity": form.identity, "facts": form.facts}
        made.append(actions.register(by=request.actor, id=id, report=report, **told))

    if not acts.done(form, act):
        return _child_page(request, form, request.POST["key"], status=422)
    words = _("The child is registered and case {reference} is open.")
    messages.success(request, words.format(reference=made[0].reference))
    if report:
        return redirect("office:report", id=report.id)
    # Who opens a case for others does not always read it.
    return redirect("office:case", id=id) if made[0].worker_id else redirect("office:day")


def _child_page(request: DeskRequest, form: ChildForm, key: str, *, status: int = 200, **said: Any) -> HttpResponse:
    return render(request, "office/cases/register_child.html", {"form": form, "key": key} | said, status=status)


def _said(met: Meeting) -> dict[str, Any]:
    """What the search is answered: one's own cases and why, one's own agency's by word, others by whom to ask."""
    names = {agency.id: agency for agency in open_agencies()} if met.ours or met.elsewhere else {}
    return {
        "searched": True,
        "mine": [(scope, each, waterfall(each.steps)) for scope, each in met.mine],
        "ours": list(dict.fromkeys(names[each.agency] for each in met.ours if each.agency in names)),
        "elsewhere": [(names[each.agency], each) for each in met.elsewhere if each.agency in names],
    }
