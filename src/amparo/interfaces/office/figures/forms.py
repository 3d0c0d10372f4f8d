"""What people fill in about figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.common import clock
from amparo.vocabulary.queries import choices

_YEARS = 10  # how far back a year may be frozen from the page; the command takes any


class FreezeForm(forms.Form):
    """A year that is over."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = clock.today().year - 1
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, str(year)) for year in range(last, last - _YEARS, -1)]


class ReasonForm(forms.Form):
    """Why a table is refused or withdrawn."""

    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *choices("release_reason")]
