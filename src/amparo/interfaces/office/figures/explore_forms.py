"""What an explorer chooses. An indicator decides what it may be broken down by; what does not fit is left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.methods.tabulation.asking import Question
from amparo.methods.tabulation.indicators import Indicator, catalogue
from amparo.publication.naming import names, order, title

BY = ("rows", "rows_2", "rows_3", "rows_4", "columns")
_MOST_CODES = 60  # of a dimension that may be filtered by from the page; the command line takes any


class AskForm(forms.Form):
    """An indicator, what its table is broken down by, and one code that all must have."""

    indicator = forms.ChoiceField(label=_("What is counted"))
    rows = forms.ChoiceField(label=_("Rows"), required=False)
    rows_2 = forms.ChoiceField(label=_("Rows, second"), required=False)
    rows_3 = forms.ChoiceField(label=_("Rows, third"), required=False)
    rows_4 = forms.ChoiceField(label=_("Rows, fourth"), required=False)
    columns = forms.ChoiceField(label=_("Columns"), required=False)
    only = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, asked: Any) -> None:
        known = catalogue().indicators
        code = asked.get("indicator", "")
        self.chosen: Indicator = known.get(code) or next(iter(known.values()))
        if "rows" not in asked:  # whoever has not said by what sees more than a single number
            asked = {**{name: asked.get(name, "") for name in ("columns", "only")}, "rows": self.chosen.dimensions[0]}
            asked["indicator"] = self.chosen.code
        super().__init__(asked)
        dimensions = [(each, title(each)) for each in self.chosen.dimensions]
        self._offer("indicator", [(each, title(each)) for each in known])
        for name in BY:
            self._offer(name, [("", _("Nothing")), *dimensions])
        self._offer("only", [("", _("All")), *self._filters()])

    def question(self) -> Question | None:
        """What is asked; None for an indicator that there is not. A choice that does not fit it is left out."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in ("indicator", *BY, "only")}
        if not given["indicator"]:
            return None
        by = tuple(dict.fromkeys(each for each in map(given.get, BY) if each))
        name, _colon, code = given["only"].partition(":")
        return Question(self.chosen.code, by, {name: (code,)} if code else {})

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _filters(self) -> list[Any]:
        """A group a dimension, of its codes."""
        groups = []
        for dimension in self.chosen.dimensions:
            codes = order(dimension)
            if 0 < len(codes) <= _MOST_CODES:
                name = names(dimension)
                groups.append((title(dimension), [(f"{dimension}:{code}", name(code)) for code in codes]))
        return groups
