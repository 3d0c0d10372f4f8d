"""Drafting tables of any indicator: what is counted, which years, by what; then the table that others check."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.interfaces.office.request import DeskRequest
from amparo.methods.tabulation.indicators import catalogue
from amparo.publication import actions, queries
from amparo.publication.naming import said, title
from amparo.publication.tables import MOST_DIMENSIONS, MOST_TABLES

_YEARS = 10


class ChooseForm(forms.Form):
    """What is counted: the dimensions of the tables follow from it."""

    indicator = forms.ChoiceField(label=gettext_lazy("What is counted"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, title(each.code)) for each in catalogue().indicators.values() if not each.of]


class TablesForm(ChooseForm):
    """… of which years, and for each table up to three dimensions, the last of which goes across."""

    first = forms.TypedChoiceField(label=gettext_lazy("From the year"), coerce=int)
    last = forms.TypedChoiceField(label=gettext_lazy("To the year"), coerce=int)

    def __init__(self, *args: Any, indicator: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].widget = forms.HiddenInput()
        self.initial["indicator"] = indicator
        until = clock.today().year - 1
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(year, str(year)) for year in range(until, until - _YEARS, -1)]
        dimensions = [(each, title(each)) for each in catalogue().indicator(indicator).dimensions]
        for table in range(1, MOST_TABLES + 1):
            for place in range(1, MOST_DIMENSIONS + 1):
                self.fields[f"table_{table}_{place}"] = forms.ChoiceField(
                    label=_("Table {table}, dimension {place}").format(table=table, place=place),
                    required=(table, place) == (1, 1), choices=[("", _("Nothing")), *dimensions],
                )  # fmt: skip

    @property
    def tables(self) -> list[list[str]]:
        """The dimensions of each table that has any."""
        chosen = [
            [self.cleaned_data[f"table_{table}_{place}"] for place in range(1, MOST_DIMENSIONS + 1)]
            for table in range(1, MOST_TABLES + 1)
        ]
        return [named for each in chosen if (named := [code for code in each if code])]


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: DeskRequest) -> HttpResponse:
    """Choose an indicator, then years and tables; protected and attacked at once, from the latest snapshot."""
    living = queries.sources(by=request.actor)
    given = request.POST if request.method == "POST" else request.GET
    choose = ChooseForm(given if "indicator" in given else None)
    shown: dict[str, Any] = {"choose": choose, "snapshot": living[0] if living else None}
    if choose.is_bound and choose.is_valid():
        indicator = choose.cleaned_data["indicator"]
        form = TablesForm(request.POST if request.method == "POST" else None, indicator=indicator)
        shown |= {"form": form, "title": title(indicator), "sentence": said(indicator)}
        if form.is_bound and form.is_valid():
            return _drafted(request, form, living)
    elif request.method == "POST":
        raise Invalid({"indicator": _("Choose from the list.")})
    return render(request, "office/figures/draft.html", shown)


def _drafted(request: DeskRequest, form: TablesForm, living: list[Any]) -> HttpResponse:
    if not living:
        raise Conflict(_("There is no snapshot. Take one first."))
    given = {name: form.cleaned_data[name] for name in ("indicator", "first", "last")}
    made = actions.draft_tables(by=request.actor, frozen=living[0], tables=form.tables, **given)
    return redirect("office:release", id=made.id)
