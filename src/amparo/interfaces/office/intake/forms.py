"""What people fill in about a report."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amparo.common.ids import new_id
from amparo.intake.letters import Told
from amparo.interfaces.office.wording import StaffWords
from amparo.organisation.models import Agency, Place
from amparo.organisation.queries import open_agencies
from amparo.vocabulary.queries import choices

_STATUSES = [
    ("", _("To do")), ("new", _("New")), ("claimed", _("Claimed")), ("triaged", _("Judged")),
    ("accepted", _("Accepted")), ("closed", _("Closed")),
]  # fmt: skip


class _Coded(forms.Form):
    """A form whose choices are code lists, read when it is shown. `empty` is what no choice is called, if allowed."""

    schemes: dict[str, str] = {}
    empty: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scheme in self.schemes.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            none = [("", self.empty[name])] if name in self.empty else []
            field.choices = [*none, *choices(scheme)]


class QueueForm(_Coded):
    """Narrow the queue."""

    schemes = {"urgency": "urgency"}
    empty = {"urgency": _("Any")}
    status = forms.ChoiceField(label=_("Status"), required=False, choices=_STATUSES)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)


class TriageForm(_Coded):
    """How urgent is it?"""

    schemes = {"urgency": "urgency"}
    urgency = forms.ChoiceField(label=_("How soon must somebody act?"))


class ClassifyForm(_Coded):
    """What is it about, in codes?"""

    schemes = {"forms": "form", "setting": "setting"}
    empty = {"setting": _("Not known yet")}
    setting = forms.ChoiceField(label=_("Where does it happen?"), required=False)
    forms = forms.MultipleChoiceField(
        label=_("What is it about? Choose at least one."), widget=forms.CheckboxSelectMultiple
    )


class PurposeForm(_Coded):
    """Why somebody opens what was told."""

    schemes = {"purpose": "purpose"}
    purpose = forms.ChoiceField(label=_("For what purpose do you look?"), initial="triage")


class AnswerForm(forms.Form):
    """Write to the reporter. `id` names the answer, so that a second posting of the same one is noticed."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    text = forms.CharField(
        label=_("Your answer"), help_text=_("Short words, no names. The reporter reads it with their code."),
        widget=StaffWords(rows=5), max_length=4000,
    )  # fmt: skip


class CloseForm(_Coded):
    """End a report that becomes no case."""

    schemes = {"reason": "report_close_reason", "outcome": "report_outcome"}
    empty = {"reason": _("Choose"), "outcome": _("Choose")}
    reason = forms.ChoiceField(label=_("Reason"))
    outcome = forms.ChoiceField(label=_("What came of it"))


class ForwardForm(_Coded):
    """Hand a report over to one of the agencies that may have it."""

    schemes = {"reason": "forward_reason"}
    empty = {"reason": _("Choose")}
    agency = forms.ModelChoiceField(label=_("To which agency"), queryset=Agency.objects.none())
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["agency"], agencies)


class TakeInForm(_Coded):
    """Write down a report that came by telephone or on a visit: the same questions as at the door."""

    schemes = {
        "urgency": "urgency", "who": "reporter_kind", "worries": "worry", "channel": "channel_back",
        "language": "language",
    }  # fmt: skip
    empty = {"who": _("Not said"), "channel": _("Not said"), "language": _("Not said")}

    id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    agency = forms.ModelChoiceField(label=_("Taken in by"), queryset=Agency.objects.none(), empty_label=None)
    told = forms.CharField(
        label=_("What was told"), widget=forms.Textarea(attrs={"rows": 6}), max_length=8000,
        help_text=_("In the reporter's own words. It is kept sealed."),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("How urgent is it? Is somebody in danger now?"), initial="normal")
    worries = forms.MultipleChoiceField(label=_("Worries"), required=False, widget=forms.CheckboxSelectMultiple)
    who = forms.ChoiceField(label=_("Who reports"), required=False)
    child_age = forms.IntegerField(
        label=_("Age of the child, if it is known"), required=False, min_value=0, max_value=17
    )
    place = forms.ModelChoiceField(
        label=_("Place"), required=False, queryset=Place.objects.none(), empty_label=_("Not said"), to_field_name="code"
    )
    where = forms.CharField(label=_("Where, in words"), required=False, max_length=300)
    contact = forms.CharField(label=_("How can the reporter be reached safely"), required=False, max_length=300)
    safe_time = forms.CharField(label=_("When is it safe"), required=False, max_length=100)
    channel = forms.ChoiceField(label=_("Way to reach the reporter"), required=False)
    language = forms.ChoiceField(label=_("Language of the reporter"), required=False)
    about_agency = forms.ModelChoiceField(
        label=_("The report is about this agency"), required=False, queryset=Agency.objects.none(),
        empty_label=_("None"), to_field_name="code", help_text=_("It will never see the report."),
    )  # fmt: skip
    not_to = forms.ModelMultipleChoiceField(
        label=_("Agencies that the reporter does not want told"), required=False, queryset=Agency.objects.none(),
        to_field_name="code", widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, own: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _named(self.fields["agency"], own)
        _named(self.fields["place"], Place.objects.order_by("path"))
        for name in ("about_agency", "not_to"):
            _named(self.fields[name], open_agencies())

    def told_as(self) -> Told:
        """What was filled in, as a letter from the door would say it."""
        given = self.cleaned_data
        plain = ("told", "urgency", "who", "child_age", "where", "contact", "safe_time", "channel", "language")
        return Told(
            **{name: given[name] for name in plain},
            worries=tuple(given["worries"]),
            place=given["place"].code if given["place"] else "",
            about_agency=given["about_agency"].code if given["about_agency"] else "",
            not_to=tuple(agency.code for agency in given["not_to"]),
        )


def _named(field: forms.Field, found: QuerySet[Any]) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = found
    field.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]
