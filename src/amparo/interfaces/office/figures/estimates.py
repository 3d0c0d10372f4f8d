"""How many children no list has: choose lists, see how they overlap, estimate, justify, let two others check."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid
from amparo.counting.overlaps import queries as overlaps
from amparo.counting.overlaps.queries import Choice, Overlap
from amparo.interfaces.design.plots import intervals, upset
from amparo.interfaces.office.figures.estimate_forms import AskForm, ChoiceForm, JustifyForm, ListsForm
from amparo.interfaces.office.figures.forms import ReasonForm
from amparo.interfaces.office.figures.views import said_of
from amparo.interfaces.office.request import DeskRequest
from amparo.publication.estimates import actions, queries, words
from amparo.publication.estimates.laid import for_the_desk, lay_out

_COLUMNS = 24  # of an UpSet plot; the table has every combination
_CHOSEN_FIRST = 5


@require_safe
def estimates(request: DeskRequest) -> HttpResponse:
    """What was estimated, and what became of it."""
    found = queries.estimates(by=request.actor)
    may = decide(by=request.actor, permission=Permission.ESTIMATE_DRAFT).allowed
    rows = [(each, lay_out(each)) for each in found]
    return render(request, "office/figures/estimates.html", {"estimates": rows, "may_draft": may})


@require_http_methods(["GET", "HEAD", "POST"])
def estimate_new(request: DeskRequest) -> HttpResponse:
    """Guided: years, then lists, then how they overlap, then the methods."""
    if request.method == "POST":
        return _drafted(request)
    asked = request.GET if "first" in request.GET else None
    form = ChoiceForm(asked)
    shown: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        choice = Choice(**form.cleaned_data)
        sizes = overlaps.lists(by=request.actor, choice=choice)
        names = words.list_words(choice.grouping, list(sizes))
        chosen = [code for code in asked.getlist("lists") if code in sizes]
        initial = chosen or list(sizes)[:_CHOSEN_FIRST]
        shown |= {"choice": choice, "lists": ListsForm(initial={"lists": initial}, names=names, sizes=sizes)}
        if len(chosen) > 1:
            found = overlaps.overlap(by=request.actor, choice=choice, chosen=chosen)
            shown |= {"overlap": _overlapping(found, names), "chosen": chosen, "ask": AskForm()}
    return render(request, "office/figures/estimate_new.html", shown)


def _drafted(request: DeskRequest) -> HttpResponse:
    form, ask = ChoiceForm(request.POST), AskForm(request.POST)
    if not (form.is_valid() and ask.is_valid()):
        wrong = {**form.errors, **ask.errors}
        raise Invalid({name: str(errors[0]) for name, errors in wrong.items()})
    made = actions.draft(
        by=request.actor, choice=Choice(**form.cleaned_data), lists=request.POST.getlist("lists"),
        **ask.cleaned_data,
    )  # fmt: skip
    return redirect("office:estimate", id=made.id)


def _overlapping(found: Overlap, names: dict[str, str]) -> dict[str, Any]:
    ordered = sorted(found.histories.items(), key=lambda each: (-each[1], each[0]))
    lists = [names[code] for code in found.lists]
    label = _("UpSet plot: a column for each combination of lists, a bar for the children on exactly these.")
    rows = [([name for place, name in enumerate(lists) if history >> place & 1], number) for history, number in ordered]
    return {
        "plot": upset(lists, ordered[:_COLUMNS], label=label), "rows": rows, "children": found.children,
        "drawings": len(found.drawings),
        "several": sum(number for history, number in ordered if history.bit_count() > 1),
    }  # fmt: skip


@require_safe
def estimate(request: DeskRequest, id: UUID) -> HttpResponse:
    """How far it is, what the methods say, and what must be done with it next."""
    found = queries.estimate(by=request.actor, id=id)
    may = {
        name: decide(by=request.actor, permission=permission, record=found)
        for name, permission in (
            ("justify", Permission.ESTIMATE_JUSTIFY),
            ("check", Permission.ESTIMATE_CHECK),
            ("withdraw", Permission.ESTIMATE_WITHDRAW),
        )
    }
    laid = lay_out(found)
    label = _("The interval of each method; the table has the same numbers.")
    shown = {
        "estimate": found, "laid": laid, "plot": intervals(laid.methods, label=label), "desk": for_the_desk(found),
        "justify": JustifyForm() if may["justify"].allowed and found.status == "computed" else None,
        "may_check": may["check"].allowed and found.status == "waiting",
        "why_not": may["check"].reason if found.status == "waiting" and not may["check"].allowed else "",
        "may_withdraw": may["withdraw"].allowed and found.status == "published",
        "mine": found.drafted_by == request.actor.id, "reason": ReasonForm(),
    }  # fmt: skip
    response = render(request, "office/figures/estimate.html", shown)
    if found.status == "queued":
        response["Refresh"] = "5"  # the worker goes on; without a script the page is loaded again
    return response


@require_POST
def justify(request: DeskRequest, id: UUID) -> HttpResponse:
    """Say what is supposed, and why."""
    supposed = {code: request.POST.get(f"supposed_{code}", "") for code in words.SUPPOSED}
    statement = request.POST.get("statement", "")
    actions.justify(by=request.actor, estimate=actions.found(id), supposed=supposed, statement=statement)
    messages.success(request, _("It waits for the verdicts of two others."))
    return redirect("office:estimate", id=id)


@require_POST
def check(request: DeskRequest, id: UUID) -> HttpResponse:
    """Agree, or refuse with a reason; public once two agreed."""
    agree = request.POST.get("agree") == "yes"
    reason = "" if agree else _reason(request)
    checked = actions.check(by=request.actor, estimate=actions.found(id), agree=agree, reason=reason)
    messages.success(request, said_of(checked))
    return redirect("office:estimate", id=id)


@require_POST
def withdraw(request: DeskRequest, id: UUID) -> HttpResponse:
    """Take an estimate off the public site."""
    actions.withdraw(by=request.actor, estimate=actions.found(id), reason=_reason(request))
    messages.success(request, _("Withdrawn."))
    return redirect("office:estimate", id=id)


def _reason(request: DeskRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid({"reason": _("Choose a reason from the list.")})
    return str(form.cleaned_data["reason"])
