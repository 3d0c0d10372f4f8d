"""Breaking the glass, and asking the record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.office.cases.forms import Coded
from amparo.interfaces.office.wording import StaffWords


class GlassForm(Coded):
    """Break the glass before one case, in an emergency."""

    coded = {"reason": "glass_reason"}

    reference = forms.CharField(
        label=_("Reference of the case"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(label=_("Why can this not wait?"), widget=StaffWords(), max_length=1000)


class RecordForm(forms.Form):
    """Narrow the record of looks."""

    reference = forms.CharField(label=_("Reference of a case"), required=False, max_length=12)
    verb = forms.ChoiceField(
        label=_("What"), required=False,
        choices=[("", _("Any")), ("case:read", _("Case pages")), ("vault:", _("Openings of the vault")),
                 ("case:listed", _("Lists")), ("case:", _("Everything on cases")),
                 ("child:", _("Searches and registrations")), ("case:glass_broken", _("Broken glass")),
                 ("wall:", _("Walls")), ("report:", _("Reports")), ("audit:", _("Looks at this record")),
                 ("session:", _("Signing in and out")), ("factor:", _("Second factors")),
                 ("password:", _("Passwords")), ("refused:", _("Refusals"))],
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("Any")), ("done", _("Done")), ("refused", _("Refused"))]
    )
