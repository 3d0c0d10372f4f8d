"""Who may see a case, who looked at it, whom it is shared with, whom a wall keeps out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.permissions import Permission as P
from amparo.cases import actions, queries
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.interfaces.office import acts
from amparo.interfaces.office.cases import forms
from amparo.interfaces.office.request import DeskRequest


@require_safe
def access(request: DeskRequest, id: UUID) -> HttpResponse:
    """Who may see the case now, and who must not."""
    found = queries.case(by=request.actor, id=id, to=P.CASE_LOOKS)
    who = queries.access(found)
    shown = {"case": found, "who": who, "tab": "access", "me_id": request.actor.id, "now": clock.now()}
    return render(request, "office/cases/access.html", shown)


@require_safe
def looks(request: DeskRequest, id: UUID) -> HttpResponse:
    """Who looked at the case, when, at what, for what."""
    found = queries.case(by=request.actor, id=id, to=P.CASE_LOOKS, verb="case:looks_read")
    before = request.GET.get("before", "")
    rows = queries.looks(found, before=int(before) if before.isdigit() else None)
    return render(request, "office/cases/looks.html", {"case": found, "looks": rows, "tab": "access"})


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: DeskRequest, id: UUID) -> HttpResponse:
    """Share the case with another agency."""
    return acts.page(
        request, id, to=P.CASE_SHARE, title=_("Share the case"), said=_("The case is shared."), back="office:access",
        form=lambda case, given: forms.ShareForm(given, case=case),
        do=acts.of(request, actions.share),
    )  # fmt: skip


@require_POST
def revoke(request: DeskRequest, id: UUID, share: UUID) -> HttpResponse:
    """End a share at once."""
    found = queries.case(by=request.actor, id=id, to=P.CASE_SHARE)
    kept = found.shares.select_related("case__child", "case__agency__place").filter(id=share).first()
    if kept is None:
        raise NotFound
    actions.revoke(by=request.actor, share=kept)
    messages.success(request, _("The share has ended."))
    return redirect("office:access", id=id)


@require_http_methods(["GET", "HEAD", "POST"])
def wall(request: DeskRequest, id: UUID) -> HttpResponse:
    """Raise a wall before the child."""

    def do(case: Case, given: dict[str, Any]) -> object:
        kind, _sep, whom = given["against"].partition(":")
        told = {"against_kind": kind, "against": UUID(whom), "reason": given["reason"]}
        return actions.raise_wall(by=request.actor, case=case, **told)

    return acts.page(
        request, id, to=P.WALL_RAISE, title=_("Raise a wall"), said=_("The wall stands."), back="office:access",
        intro=_("Whoever stands behind it meets this child nowhere. Another supervisor or an auditor can lift it."),
        form=lambda case, given: forms.WallForm(given, case=case), do=do,
    )  # fmt: skip
