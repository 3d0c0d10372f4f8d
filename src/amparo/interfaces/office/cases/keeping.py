"""How long a record is kept: holds of those who need it, and the erasure of who the child was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.permissions import Permission as P
from amparo.cases import erasure, queries
from amparo.common.errors import NotFound
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases import forms
from amparo.interfaces.office.request import DeskRequest


@require_safe
def keeping(request: DeskRequest, id: UUID) -> HttpResponse:
    """Why the record must be kept, or who asked that it go."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_HOLD)
    shown = {"case": case, "kept": erasure.kept(case), "mine": request.actor.agencies, "tab": "keeping"}
    return render(request, "office/cases/keeping.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say that the record must be kept."""

    def do(case: Any, given: dict[str, Any]) -> object:
        return erasure.place_hold(by=request.actor, case=case, **given)

    return acts.page(
        request, id, to=P.CASE_HOLD, title=_("Keep the record"), said=_("The record is kept."), back="office:keeping",
        intro=_("Until your agency lifts it, nothing of this child is erased."),
        form=lambda _case, given: forms.HoldForm(given, agencies=request.actor.agencies), do=do,
    )  # fmt: skip


@require_POST
def lift(request: DeskRequest, id: UUID, hold: UUID) -> HttpResponse:
    """End a hold of one's own agency."""
    case = queries.case(by=request.actor, id=id, to=P.CASE_HOLD)
    found = case.holds.select_related("case__child", "case__agency__place").filter(id=hold).first()
    if found is None:
        raise NotFound
    erasure.lift_hold(by=request.actor, hold=found)
    messages.success(request, _("The hold is lifted."))
    return redirect("office:keeping", id=id)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: DeskRequest, id: UUID) -> HttpResponse:
    """Ask that who the child was be erased."""
    return acts.page(
        request, id, to=P.ERASURE_REQUEST, title=_("Ask for the erasure"), danger=True, back="office:keeping",
        said=_("It is asked. An auditor or a supervisor of another agency must confirm it."),
        intro=_("Names, contacts and every word of the child’s cases can never be read again. Counted facts stay."),
        form=acts.plain(forms.EraseForm), do=acts.of(request, erasure.request_erasure),
    )  # fmt: skip
