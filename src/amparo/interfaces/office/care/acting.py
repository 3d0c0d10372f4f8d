"""A page with one form that does one thing: what all of this area's forms share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from amparo.common.errors import Invalid
from amparo.interfaces.office.request import DeskRequest
from amparo.interfaces.office.wording import suggest


def act(
    request: DeskRequest, form: Any, do: Callable[[], object], *, title: str | Promise, back: str,
    template: str = "office/care/form.html", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; when it is posted and right, do it and go `back`; when an action refuses a field, say so there."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Invalid as invalid:
            form.take(invalid)
        else:
            suggest(request, form)
            return redirect(back)
    shown |= {"form": form, "title": title, "back": back}
    return render(request, template, shown, status=422 if form.is_bound and form.errors else 200)
