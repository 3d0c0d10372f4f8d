"""What people fill in when they search for a child and register one."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from amparo.access.roles import Role
from amparo.common import clock
from amparo.common.types import Actor
from amparo.interfaces.office.cases.forms import Coded
from amparo.interfaces.office.cases.words import HARD
from amparo.linkage import functioning
from amparo.linkage.actions import ChildFacts, Identity
from amparo.organisation.models import Team
from amparo.vocabulary.queries import choices

_SPOKEN = ("given", "family", "other", "mother", "father", "birth_place", "contact", "address")
REGISTERING = (Role.CASE_WORKER, Role.SUPERVISOR, Role.INTAKE_OFFICER)


def name_part(label: Any, **kwargs: Any) -> forms.CharField:
    """A part of a name, in any script."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, max_length=120, widget=widget, **kwargs)


def year(label: Any, **kwargs: Any) -> forms.IntegerField:
    """A year of birth."""
    return forms.IntegerField(label=label, min_value=1990, max_value=2200, **kwargs)


class Born(Coded):
    """A form that asks when a child was born, as far as somebody knows."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("birth_day") and not given.get("birth_month"):
            self.add_error("birth_month", _("A day needs its month."))
        elif given.get("birth_month") and not given.get("birth_year"):
            self.add_error("birth_year", _("A month needs its year."))
        elif given.get("birth_day"):
            self._check_day(given)
        return given

    def _check_day(self, given: dict[str, Any]) -> None:
        try:
            date(given["birth_year"], given["birth_month"], given["birth_day"])
        except ValueError:
            self.add_error("birth_day", _("There is no such day."))

    @cached_property
    def identity(self) -> Identity:
        """For the vault, or to search by."""
        given = self.cleaned_data
        born = None
        if given["birth_month"]:
            born = date(given["birth_year"], given["birth_month"], given["birth_day"] or 1)
        return Identity(birth_date=born, **{name: given[name] for name in _SPOKEN if name in given})

    @property
    def precision(self) -> str:
        """How exactly the birth is known whose year is given."""
        given = self.cleaned_data
        return "day" if given["birth_day"] else "month" if given["birth_month"] else "year"


class SearchForm(Born):
    """Have we met this child? A name, a year and a purpose; the more is known, the surer the answer."""

    coded = {"reason": "purpose", "sex": "sex"}

    given = name_part(_("Given name, or what the child is called"))
    family = name_part(_("Family name"), required=False)
    birth_year = year(_("Year of birth"), help_text=_("Your best estimate will do."))
    birth_month = forms.IntegerField(label=_("Month of birth"), required=False, min_value=1, max_value=12)
    birth_day = forms.IntegerField(label=_("Day of birth"), required=False, min_value=1, max_value=31)
    sex = forms.ChoiceField(label=_("Sex"), initial="unknown", required=False)
    mother = name_part(_("Mother’s name"), required=False)
    father = name_part(_("Father’s name"), required=False)
    reason = forms.ChoiceField(label=_("For what purpose do you search?"))

    @cached_property
    def facts(self) -> ChildFacts:
        """In codes."""
        given = self.cleaned_data
        return ChildFacts(
            sex=given["sex"] or "unknown", birth_year=given["birth_year"], birth_precision=self.precision
        )  # fmt: skip


class ChildForm(Born):
    """Who the child is, and the coded facts beside it."""

    coded = {
        "sex": "sex", "nationality": "country", "language": "language", "care_status": "care_status",
        "migration_status": "migration_status", "separation": "separation",
    }  # fmt: skip

    given = name_part(_("Given name, or what the child is called"))
    family = name_part(_("Family name"), required=False)
    other = name_part(_("Other names"), required=False)
    mother = name_part(_("Mother’s name"), required=False)
    father = name_part(_("Father’s name"), required=False)
    birth_place = name_part(_("Place of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), initial="unknown")
    birth_day = forms.IntegerField(label=_("Day of birth"), required=False, min_value=1, max_value=31)
    birth_month = forms.IntegerField(label=_("Month of birth"), required=False, min_value=1, max_value=12)
    birth_year = year(_("Year of birth"), required=False)
    age = forms.IntegerField(label=_("Or about how old"), required=False, min_value=0, max_value=25)
    estimated = forms.BooleanField(label=_("The year is an estimate"), required=False)
    nationality = forms.ChoiceField(label=_("Nationality"), initial="unknown")
    language = forms.ChoiceField(label=_("Language"), initial="unknown")
    migration_status = forms.ChoiceField(label=_("Migration status"), initial="unknown")
    separation = forms.ChoiceField(label=_("With or without family"), initial="unknown")
    care_status = forms.ChoiceField(label=_("Who cares for the child now"), initial="unknown")
    contact = forms.CharField(
        label=_("How to reach the child safely"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    address = forms.CharField(
        label=_("Address of the family"), required=False, max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Not where a protected child lives now: that has its own place on the case."),
    )  # fmt: skip
    team = forms.TypedChoiceField(label=_("In which of your teams?"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = {
            team.id: team for team in Team.objects.filter(id__in=by.teams_as(*REGISTERING)).select_related("agency")
        }
        self.fill("team", [(id, f"{team.agency.name}, {team.name}") for id, team in teams.items()], teams)
        self.domains = functioning.domains(self._age())
        for domain in self.domains:
            self.fields[f"hard_{domain}"] = forms.ChoiceField(
                label=HARD[domain], choices=choices("difficulty"), initial="not_asked"
            )
        if len(teams) == 1:
            self.fields["team"].initial = next(iter(teams))

    def _age(self) -> int | None:
        """About how old the child is, for the questions to ask."""
        given = (self.data if self.is_bound else self.initial).get("birth_year") or ""
        return clock.today().year - int(given) if str(given).isdigit() else None

    @property
    def sections(self) -> list[tuple[Any, Any, list[BoundField]]]:
        """Heading, a word of help, and the fields, in the order in which people ask."""
        return [
            (_("Name"), _("In any script, as the child writes it. Names are sealed apart from everything else."),
             [self[name] for name in ("given", "family", "other", "mother", "father")]),
            (_("Birth and sex"), _("Only what somebody knows. An empty field is an honest answer."),
             [self[name]
              for name in ("birth_day", "birth_month", "birth_year", "estimated", "age", "sex", "birth_place")]),
            (_("Where the child comes from"), "",
             [self[name] for name in ("nationality", "language", "migration_status", "separation", "care_status")]),
            (_("What is hard for the child"), _("Compared with other children of the same age. Ask; do not guess."),
             [self[f"hard_{domain}"] for domain in self.domains]),
            (_("Contact"), "", [self[name] for name in ("contact", "address")]),
            (_("The case"), "", [self["team"]]),
        ]  # fmt: skip

    @cached_property
    def facts(self) -> ChildFacts:
        """In codes."""
        given = self.cleaned_data
        year, precision = self._born()
        hard = {domain: given[f"hard_{domain}"] for domain in self.domains}
        asked = {domain: degree for domain, degree in hard.items() if degree != "not_asked"}
        coded = {name: given[name] for name in self.coded}
        return ChildFacts(birth_year=year, birth_precision=precision, difficulties=asked, **coded)

    def _born(self) -> tuple[int | None, str]:
        given = self.cleaned_data
        if given["birth_year"] and not given["estimated"]:
            return given["birth_year"], self.precision
        if given["birth_year"]:
            return given["birth_year"], "estimated"
        if given["age"] is not None:
            return clock.today().year - given["age"], "estimated"
        return None, "unknown"
