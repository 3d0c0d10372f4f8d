"""What an administrator fills in about agencies and the people who work there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.access.roles import Role
from amparo.interfaces.office.fields import Named
from amparo.organisation.models import Agency, Person, Place, Team
from amparo.vocabulary.queries import choices


class AgencyForm(forms.Form):
    """A new agency."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("Short, unique, without blanks."))
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    place = Named(Place.objects.order_by("path"), label=_("Place"), to_field_name="code")
    takes_reports = forms.BooleanField(label=_("Takes reports"), required=False)
    independent = forms.BooleanField(
        label=_("Independent"), required=False, help_text=_("It answers to none of those it watches.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("Choose")), *choices("agency_kind")]


class TeamForm(forms.Form):
    """A new team of an agency."""

    name = forms.CharField(label=_("Name of the team"), max_length=100)


class PostForm(forms.Form):
    """A role in an agency, perhaps only in one of its teams."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = Named(Team.objects.none(), label=_("Team"), required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, Named)
        team.queryset = agency.teams.order_by("name")
        team.empty_label = _("The whole agency")


class PersonForm(PostForm):
    """Somebody new, with a first post."""

    username = forms.CharField(label=_("Name to sign in with"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=100)
    field_order = ["name", "username", "role", "team"]


class GivePostForm(PostForm):
    """Another post for somebody who is here already."""

    username = forms.CharField(label=_("Name to sign in with"), max_length=60)
    field_order = ["username", "role", "team"]

    def clean_username(self) -> Person:
        found = Person.objects.filter(username__iexact=self.cleaned_data["username"]).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with this name."))
        return found
