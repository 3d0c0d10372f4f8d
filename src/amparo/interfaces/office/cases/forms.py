"""What people fill in about a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.vocabulary.queries import choices


class CaseFilterForm(forms.Form):
    """Narrow the list of cases."""

    reference = forms.CharField(label=_("Reference"), max_length=12, required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("open", _("Open")), ("closed", _("Closed"))]
    )
    risk = forms.ChoiceField(label=_("Risk"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scheme in (("risk", "risk_level"), ("sex", "sex")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Any")), *choices(scheme)]


class PurposeForm(forms.Form):
    """Why somebody looks at who a child is."""

    purpose = forms.ChoiceField(label=_("For what purpose do you look?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *choices("purpose")]
