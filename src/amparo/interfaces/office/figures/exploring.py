"""Exploring: which indicator, broken down by what, of whom; a chart, and the table that says the same."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.errors import Invalid
from amparo.counting.frozen import actions, queries
from amparo.counting.frozen.queries import Page, Seen
from amparo.interfaces.design.plots import bars
from amparo.interfaces.office.figures.explore_forms import BY, AskForm
from amparo.interfaces.office.figures.laying import lay_out
from amparo.interfaces.office.figures.naming import view_words
from amparo.interfaces.office.request import DeskRequest
from amparo.publication.naming import order, said, title

MOST = 50  # rows of a page
_BARS = 30  # of a chart; the table has every row
_DIGITS = 9  # a number of a row has fewer


@require_safe
def explore(request: DeskRequest) -> HttpResponse:
    """The form, and the table that it asks for; counts carry noise unless the exact ones are asked for and allowed."""
    form = AskForm(request.GET)
    may_exact = decide(by=request.actor, permission=Permission.FIGURES_EXACT).allowed
    shown: dict[str, Any] = {
        "form": form, "may_exact": may_exact, "most": queries.MOST_NOISE, "never": queries.NEVER_BELOW,
        "indicator": form.chosen, "title": title(form.chosen.code), "sentence": said(form.chosen.code),
        "views": [(each, view_words(each), _address(each)) for each in queries.views(by=request.actor)],
    }  # fmt: skip
    living = queries.snapshots(by=request.actor)
    question = form.question()
    if living and question:
        exact = may_exact and bool(request.GET.get("exact"))
        page = Page([order(each) for each in question.by], _first(request.GET.get("first", "")), MOST)
        try:
            answer = queries.look_at(by=request.actor, question=question, frozen=living[0], page=page, exact=exact)
            shown |= _shown(request, answer, page)
        except Invalid:
            shown["too_large"] = True
    shown |= {"asked": question, "none": not living}
    return render(request, "office/figures/explore.html", shown)


def _shown(request: DeskRequest, answer: Seen, page: Page) -> dict[str, Any]:
    laid, piece = lay_out(answer), answer.sheet
    label = _("{title}: a bar for each row of the table below.").format(title=title(answer.question.indicator))
    rows = [(row.name, row.last) for row in laid.rows[:_BARS]]
    last = piece.first + len(piece.rows)
    told = _("Rows {first} to {last} of {all}").format(first=piece.first + 1, last=last, all=piece.of)
    return {
        "answer": answer, "laid": laid, "plot": bars(rows, label=label) if rows else "",
        "pages": told if piece.of > page.most else "",
        "next": f"?{urlencode({**request.GET.dict(), 'first': last})}" if last < piece.of else "",
    }  # fmt: skip


def _first(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 0


@require_POST
def views(request: DeskRequest) -> HttpResponse:
    """Keep the question of the page, or forget one that was kept."""
    if dropped := request.POST.get("drop"):
        actions.drop_view(by=request.actor, id=_uuid(dropped))
        messages.success(request, _("Forgotten."))
        return redirect("office:explore")
    question = AskForm(request.POST).question()
    if question is None:
        raise Invalid({"indicator": _("Choose from the list.")})
    view = actions.save_view(by=request.actor, question=question)
    messages.success(request, _("Kept: the question, never its answer."))
    return redirect(_address(view))


def _address(view: Any) -> str:
    only = next((f"{name}:{codes[0]}" for name, codes in view.where.items() if codes), "")
    *down, across = view.by if len(view.by) > 1 else (*view.by, "")
    asked = {"indicator": view.indicator, **dict(zip(BY, down, strict=False)), "columns": across, "only": only}
    return f"{reverse('office:explore')}?{urlencode(asked)}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid({"drop": _("Choose from the list.")}) from None
