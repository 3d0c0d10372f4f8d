"""A small page for one act on one case: the form, the act, and back, or the form again with what was wrong."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from amparo.access.permissions import Permission
from amparo.cases import queries
from amparo.cases.models import Case
from amparo.common.errors import Conflict, Invalid
from amparo.interfaces.office.request import DeskRequest


def page(
    request: DeskRequest, id: UUID, *, to: Permission, title: Any, form: Callable[[Case, Any], Form],
    do: Callable[[Case, dict[str, Any]], object], said: Any, back: str = "office:case", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show `form`; when it comes back filled in, `do` it, say `said`, and go `back` to a page of the case."""
    case = queries.case(by=request.actor, id=id, to=to)
    filled = form(case, sent(request))
    there = reverse(back, args=[id])
    if request.method == "POST" and done(filled, lambda given: do(case, given)):
        messages.success(request, said)
        return redirect(there)
    shown = {"case": case, "form": filled, "title": title, "back": there, "tab": ""} | shown
    return render(request, "office/cases/act.html", shown, status=422 if filled.is_bound else 200)


def sent(request: DeskRequest) -> Any:
    """What a form was filled in with; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def of(request: DeskRequest, action: Callable[..., object]) -> Callable[[Case, dict[str, Any]], object]:
    """An action on a case that takes exactly the form's fields."""
    return lambda case, given: action(by=request.actor, case=case, **given)


def plain(form: type[Form]) -> Callable[[Case, Any], Form]:
    """A form that need not know the case."""
    return lambda _case, given: form(given)


def done(form: Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Act on what a filled-in form says. What the action refuses stands beside the fields that it names."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Invalid as invalid:
        for name, words in invalid.fields.items():
            form.add_error(name if name in form.fields else None, words)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
    return not form.errors
