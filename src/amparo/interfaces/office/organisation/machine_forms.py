"""What an administrator fills in about a system that is to use the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.roles import Role
from amparo.interfaces.office.fields import Named
from amparo.interfaces.office.organisation.forms import PostForm
from amparo.interfaces.office.organisation.words import GIVEN
from amparo.organisation.machines.queries import may_be_given
from amparo.organisation.models import Agency, Membership, Person
from amparo.organisation.queries import current

LASTS = [(30, _("30 days")), (90, _("90 days")), (365, _("One year"))]


class KeyForm(forms.Form):
    """How long a new key holds."""

    days = forms.TypedChoiceField(label=_("The key holds"), choices=LASTS, coerce=int, initial=90)


class MachineForm(KeyForm, PostForm):
    """A new system of an agency."""

    name = forms.CharField(label=_("Name of the system"), max_length=100, help_text=_("Such as: telephone exchange."))
    owner = Named(Person.objects.none(), label=_("Who answers for it"), empty_label=_("Choose"))
    allowed = forms.MultipleChoiceField(
        label=_("What it may do"), choices=list(GIVEN.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. No system ever sees who a child is, or what somebody told."),
    )  # fmt: skip
    ceiling = forms.IntegerField(label=_("Requests a day, at most"), min_value=1, max_value=1_000_000, initial=1000)
    field_order = ["name", "owner", "role", "team", "allowed", "ceiling", "days"]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, agency=agency, **kwargs)
        owner, role = self.fields["owner"], self.fields["role"]
        assert isinstance(owner, Named)
        assert isinstance(role, forms.ChoiceField)
        here = Membership.objects.filter(current(), agency=agency).values("person")
        owner.queryset = Person.objects.filter(pk__in=here, is_active=True).order_by("name")
        role.choices = [(value, label) for value, label in Role.choices if may_be_given(value)]
