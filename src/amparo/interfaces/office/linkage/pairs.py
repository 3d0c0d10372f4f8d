"""Two records that may be of one child: the queue, side by side, judging, parting; and how good the linkage is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.interfaces.office import acts
from amparo.interfaces.office.linkage.forms import PartForm, VerdictForm
from amparo.interfaces.office.linkage.waterfall import waterfall
from amparo.interfaces.office.linkage.words import compared, level
from amparo.interfaces.office.request import DeskRequest
from amparo.linkage import quality as qualities
from amparo.linkage import reviewing
from amparo.linkage.reviewing import Sides
from amparo.linkage.states import UNDECIDED

# What is opened of a record, in the order in which it is compared.
_SHOWN = ("given", "family", "other", "birth_date", "mother", "father", "birth_place", "contact")


@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """The pairs that I have not judged, and what was merged."""
    shown = {"pairs": reviewing.waiting(by=request.actor), "merges": reviewing.merged(by=request.actor)}
    return render(request, "office/linkage/pairs.html", shown)


@require_safe
def pair(request: DeskRequest, id: UUID) -> HttpResponse:
    """Two records side by side."""
    return _page(request, reviewing.sides(by=request.actor, id=id))


@require_POST
def judge(request: DeskRequest, id: UUID) -> HttpResponse:
    """My opinion; then the next pair."""
    found, form = reviewing.sides(by=request.actor, id=id), VerdictForm(request.POST)
    if acts.done(form, lambda given: reviewing.judge(by=request.actor, pair=found.pair, **given)):
        messages.success(request, _said(found))
        return redirect("office:pair", id=id)
    return _page(request, found, judging=form)


def _said(found: Sides) -> str:
    if found.pair.status == "merged":
        return _("Two people are of one mind: the records are merged.")
    if found.pair.status == "decided":
        return _("Two people are of one mind: the pair is decided.")
    return _("Your opinion is kept. Another person decides with you, without seeing it.")


@require_POST
def part(request: DeskRequest, id: UUID) -> HttpResponse:
    """Undo a merge."""
    found, form = reviewing.sides(by=request.actor, id=id), PartForm(request.POST)
    if acts.done(form, lambda given: reviewing.part(by=request.actor, pair=found.pair, **given)):
        messages.success(request, _("The records are parted again; both agencies are told."))
        return redirect("office:pair", id=id)
    return _page(request, found, parting=form)


@require_safe
def quality(request: DeskRequest) -> HttpResponse:
    """How good the links are, by agency, and what changed."""
    return render(request, "office/linkage/quality.html", {"report": qualities.report(by=request.actor)})


def _page(request: DeskRequest, found: Sides, **filled: Form) -> HttpResponse:
    names = [name for name in _SHOWN if (found.one or {}).get(name) or (found.two or {}).get(name)]
    shown: dict[str, Any] = {
        "sides": found, "pair": found.pair, "judging": VerdictForm(), "parting": PartForm(),
        "rows": [(name, _value(found.one, name), _value(found.two, name)) for name in names],
        "lines": [(compared(each.name), level(each.level)) for each in found.steps if each.level],
        "why": waterfall(found.steps) if found.mine or found.pair.decided_at else None,
        "may_judge": found.pair.status in UNDECIDED and not found.mine,
    } | filled  # fmt: skip
    return render(request, "office/linkage/pair.html", shown, status=422 if filled else 200)


def _value(side: dict[str, str] | None, name: str) -> str | None:
    """None for a record of another agency."""
    return None if side is None else side.get(name, "")
