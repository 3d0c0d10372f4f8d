"""What a statistician fills in about an estimate."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.common import clock
from amparo.publication.estimates import words

_YEARS = 10


class ChoiceForm(forms.Form):
    """Years, what a list is, and what divides the children."""

    first = forms.TypedChoiceField(label=_("From the year"), coerce=int)
    last = forms.TypedChoiceField(label=_("To the year"), coerce=int)
    grouping = forms.ChoiceField(label=_("A list is"), choices=list(words.GROUPINGS.items()))
    strata = forms.ChoiceField(label=_("Divide the children by"), required=False, choices=list(words.STRATA.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        for name, year in (("first", this - 3), ("last", this - 1)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(each, str(each)) for each in range(this, this - _YEARS, -1)]
            field.initial = year


class ListsForm(forms.Form):
    """Which lists, each with how many children are on it."""

    lists = forms.MultipleChoiceField(label=_("Lists"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, names: Mapping[str, str], sizes: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lists"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, f"{names[code]} ({size})") for code, size in sizes.items()]


class AskForm(forms.Form):
    """Which methods; all of them unless somebody has a reason."""

    methods = forms.MultipleChoiceField(
        label=_("Methods"), widget=forms.CheckboxSelectMultiple, choices=list(words.METHODS.items()),
        initial=list(words.METHODS), help_text=_("Ask all, unless you have a reason: that they differ is a finding."),
    )  # fmt: skip
    boot = forms.IntegerField(label=_("Resampled tables"), initial=1000, min_value=20, max_value=10_000)


class JustifyForm(forms.Form):
    """What is supposed, and why; all of it public."""

    statement = forms.CharField(
        label=_("Why these lists and this figure"), max_length=words.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "This will be public, in your words. Write about lists and method only: no child, no person, no case."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, said in words.SUPPOSED.items():
            choices = [("", _("Choose")), *words.HOLDS.items()]
            self.fields[f"supposed_{code}"] = forms.ChoiceField(label=said, choices=choices)
        self.order_fields([f"supposed_{code}" for code in words.SUPPOSED])
