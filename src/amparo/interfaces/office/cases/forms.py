"""What people fill in about a case."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from amparo.cases.models import Case
from amparo.common import clock
from amparo.organisation import queries as organisation
from amparo.organisation.models import Membership, Place
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import choices

CHOOSE = ("", _("Choose"))
ANY = ("", _("Any"))
# What may be shared with another agency, in the order of how often it is needed.
PARTS = [
    (Compartment.IDENTITY, _("Who the child is")),
    (Compartment.NARRATIVE, _("What was told in words")),
    (Compartment.HEALTH, _("Health")),
    (Compartment.PLACEMENT, _("Where the child lives")),
]

# Codes of `consent_limit` that limit nothing: no box ticked says so.
_NO_LIMITS = {"none", "unknown", "not_asked", "refused"}


def day_input(**kwargs: Any) -> forms.DateField:
    """A date as the browser's own date field."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _named(kind: str, name: Any) -> dict[str, Any]:
    """One of two inputs under one label: its kind, and its own name for those who listen."""
    return {"type": kind, "aria-label": name}


def text_area(**kwargs: Any) -> forms.CharField:
    """A few lines of words; they go to the vault."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), max_length=4000, **kwargs)


def several(**kwargs: Any) -> forms.MultipleChoiceField:
    """Any number of codes of a list, as boxes to tick."""
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


def places() -> list[tuple[str, str]]:
    """Every place by its path, indented by level; read from the database once a minute."""
    rows = cache.get_or_set(
        "places", lambda: list(Place.objects.order_by("path").values_list("path", "name", "level")), 60
    )
    return [(path, f"{'– ' * level}{name}") for path, name, level in rows or []]


class Coded(forms.Form):
    """A form whose choice fields take their choices from code lists: `coded` maps field to scheme."""

    coded: dict[str, str] = {}
    first = CHOOSE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scheme in self.coded.items():
            self.fill(name, choices(scheme))

    def fill(self, name: str, found: list[Any], become: Mapping[UUID, Any] | None = None) -> None:
        """Give a choice field its choices, after an empty one; `become` maps ids to records."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        if become is not None:
            assert isinstance(field, forms.TypedChoiceField)
            field.coerce = lambda id: become[UUID(str(id))]
        many = isinstance(field, forms.MultipleChoiceField) or field.initial
        field.choices = found if many else [self.first, *found]


class CaseFilterForm(Coded):
    """Narrow the list of cases."""

    coded = {"risk": "risk_level", "sex": "sex", "schooling": "schooling", "housing": "housing"}
    first = ANY

    reference = forms.CharField(label=_("Reference"), max_length=12, required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("open", _("Open")), ("closed", _("Closed")), ANY]
    )
    risk = forms.ChoiceField(label=_("Risk"), required=False)
    whose = forms.ChoiceField(
        label=_("Worker"), required=False, choices=[ANY, ("mine", _("Mine")), ("nobodys", _("Waiting for a worker"))]
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=30)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1900, max_value=2200)
    region = forms.ChoiceField(label=_("Region"), required=False)
    schooling = forms.ChoiceField(label=_("School"), required=False)
    housing = forms.ChoiceField(label=_("Housing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("region", places())


class FindForm(Coded):
    """Find one's own cases by the child's name; showing names needs a purpose."""

    coded = {"purpose": "purpose"}
    first = ("", _("Do not show names"))

    written = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    )
    purpose = forms.ChoiceField(label=_("Show the names, for the purpose of"), required=False)


class PurposeForm(Coded):
    """Why somebody looks at who a child is."""

    coded = {"purpose": "purpose"}
    purpose = forms.ChoiceField(label=_("For what purpose do you look?"))


class IncidentForm(Coded):
    """What happened, in codes; words are optional and go to the vault."""

    coded = {
        "form": "form", "setting": "setting", "relationship": "relationship", "how": "how",
        "consideration": "consideration",
    }  # fmt: skip

    form = forms.ChoiceField(label=_("What happened"))
    setting = forms.ChoiceField(label=_("Where, in what setting"), initial="unknown")
    relationship = forms.ChoiceField(label=_("The person responsible is to the child"), initial="unknown")
    place = forms.ChoiceField(label=_("Place"), required=False)
    happened_on = day_input(label=_("Day"), required=False, help_text=_("Leave it empty if nobody knows."))
    age = forms.IntegerField(label=_("The child's age then"), required=False, min_value=0, max_value=17)
    how = several(label=_("How it came about: everything that is known"))
    consideration = several(label=_("What was given or promised for it: everything that is known"))
    narrative = text_area(
        label=_("What was told, in the teller's words"), required=False,
        help_text=_("Only if it is needed. Sealed apart from the codes; opening it is recorded."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("place", places())

    def clean_how(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["how"])

    def clean_consideration(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["consideration"])


class RiskForm(Coded):
    """How great the danger is now."""

    coded = {"risk": "risk_level"}
    risk = forms.ChoiceField(
        label=_("Risk"),
        help_text=_("High: somebody acts within a day. Medium: within a week. Low: within thirty days."),
    )


class CloseForm(Coded):
    """Why a case closes."""

    coded = {"reason": "case_close_reason"}
    reason = forms.ChoiceField(label=_("Why is it closed?"))


class ReopenForm(Coded):
    """Why a case opens again."""

    coded = {"reason": "reopen_reason"}
    reason = forms.ChoiceField(label=_("Why is it opened again?"))


class MissingForm(forms.Form):
    """Since when a child is missing."""

    since = forms.SplitDateTimeField(
        label=_("Missing since"), initial=clock.now,
        widget=forms.SplitDateTimeWidget(
            date_attrs=_named("date", _("Day")), date_format="%Y-%m-%d",
            time_attrs=_named("time", _("Time (UTC)")), time_format="%H:%M",
        ),
    )  # fmt: skip


class PlacementForm(forms.Form):
    """Where the child lives now."""

    address = text_area(label=_("Where the child lives now"))
    provider = forms.CharField(label=_("Who runs the place, or the family"), required=False, max_length=200)
    contact = forms.CharField(label=_("How to reach them"), required=False, max_length=200)


class AssignForm(Coded):
    """Who works on a case: one of the team."""

    worker = forms.TypedChoiceField(label=_("Worker"))

    def __init__(self, *args: Any, case: Case, by: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = organisation.holders("case_worker", agency=case.agency_id).filter(team_id=case.team_id)
        people = {post.person_id: post.person for post in posts.select_related("person") if post.person_id != by}
        self.fill("worker", [(id, person.name) for id, person in people.items()], people)


class ShareForm(Coded):
    """Let another agency take part."""

    coded = {"purpose": "purpose", "consent": "consent"}

    agency = forms.TypedChoiceField(label=_("With which agency?"))
    compartments = forms.MultipleChoiceField(
        label=_("Which parts may they open?"), required=False, choices=PARTS, widget=forms.CheckboxSelectMultiple,
        help_text=_("They see status, risk and the time line in codes whatever you choose."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("For what purpose?"))
    consent = forms.ChoiceField(label=_("On whose yes?"))
    limits = forms.MultipleChoiceField(
        label=_("Within what limits?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = day_input(label=_("Until when?"), help_text=_("The share ends by itself at the end of this day."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = {each.id: each for each in organisation.open_agencies() if each.id != case.agency_id}
        self.fill("limits", [(code, words) for code, words in choices("consent_limit") if code not in _NO_LIMITS])
        self.fill("agency", [(id, each.name) for id, each in agencies.items()], agencies)

    def clean_compartments(self) -> list[Compartment]:
        return [Compartment(part) for part in self.cleaned_data["compartments"]]

    def clean_until(self) -> datetime:
        """The last moment of the day."""
        return datetime.combine(self.cleaned_data["until"], time.max, tzinfo=UTC)


class WallForm(Coded):
    """Keep a person or an agency from a child."""

    coded = {"reason": "wall_reason"}

    against = forms.ChoiceField(label=_("Who must never meet this child's case?"))
    reason = forms.ChoiceField(label=_("Why?"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Membership.objects.filter(organisation.current(), agency_id=case.agency_id).order_by(
            "person__name"
        )
        people = {f"person:{id}": name for id, name in colleagues.values_list("person_id", "person__name")}
        agencies = [
            (f"agency:{each.id}", each.name) for each in organisation.open_agencies() if each.id != case.agency_id
        ]
        self.fill("against", [(_("People of this agency"), list(people.items())), (_("Other agencies"), agencies)])


class HoldForm(Coded):
    """Say for an agency of one's own that the record must be kept."""

    coded = {"reason": "hold_reason"}

    agency = forms.TypedChoiceField(label=_("For which agency?"))
    reason = forms.ChoiceField(label=_("Why?"))

    def __init__(self, *args: Any, agencies: Collection[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {each.id: each for each in organisation.open_agencies().filter(id__in=agencies)}
        self.fill("agency", [(str(id), each.name) for id, each in mine.items()], mine)
        if len(mine) == 1:
            self.initial["agency"] = str(next(iter(mine)))


class EraseForm(Coded):
    """Ask that who the child was be erased."""

    coded = {"reason": "erasure_reason"}

    reason = forms.ChoiceField(label=_("Why?"))
    sure = forms.BooleanField(label=_("I know that this cannot be undone."))

    def clean(self) -> dict[str, Any]:
        """Only the reason is part of what is asked."""
        given: dict[str, Any] = super().clean() or {}
        return {name: value for name, value in given.items() if name != "sure"}
