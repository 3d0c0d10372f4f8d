"""Breaking the glass."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.vocabulary.queries import choices


class GlassForm(forms.Form):
    """Break the glass before one case, in an emergency."""

    reference = forms.CharField(label=_("Reference of the case"), max_length=12)
    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(label=_("Why can this not wait?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *choices("glass_reason")]
