"""What people fill in about justice. The fields are called as the actions' arguments are."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.common import clock
from amparo.interfaces.office.cases.forms import CHOOSE, day_input
from amparo.justice.queries import Track
from amparo.justice.states import ENDS, FIRST, LEADS_ON, OUTCOMES, VERDICTS, may_follow
from amparo.organisation.models import Agency
from amparo.organisation.queries import open_agencies
from amparo.vocabulary.queries import choices


def _offered(scheme: str, among: Collection[str] | None = None) -> list[tuple[str, Any]]:
    """A code list, or what of it is possible now."""
    return [CHOOSE, *(each for each in choices(scheme) if among is None or each[0] in among)]


class AgencyField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the agencies that still work, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=open_agencies(), **kwargs)

    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class DayForm(forms.Form):
    """The day of what is entered."""

    on = day_input(label=_("Day"), initial=clock.today)


class OpenForm(DayForm):
    """A new proceeding."""

    stage = forms.ChoiceField(label=_("It begins with"), choices=partial(_offered, "proceeding_stage", FIRST))
    lead = AgencyField(label=_("Agency that leads"))
    field_order = ("stage", "lead", "on")


class OutcomeForm(DayForm):
    """How the open stage ends; not asked when it has ended already."""

    outcome = forms.ChoiceField(label=_("Outcome of the present stage"))
    reason = forms.ChoiceField(
        label=_("Reason, where it was broken off or refused"), required=False,
        choices=partial(_offered, "proceeding_reason"),
    )  # fmt: skip
    among: frozenset[str] | None = None

    def __init__(self, track: Track, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = track.stages[-1]
        possible = OUTCOMES[last.stage]
        offer(self, "outcome", _offered("proceeding_outcome", possible & self.among if self.among else possible))
        if last.ended_on:
            del self.fields["outcome"], self.fields["reason"]


class EndForm(OutcomeForm):
    """The end of a whole proceeding."""

    among = ENDS


class MoveForm(OutcomeForm):
    """The next stage."""

    among = LEADS_ON
    stage = forms.ChoiceField(label=_("Next stage"))
    handled_by = AgencyField(label=_("Agency that handles it, if another"), required=False)
    field_order = ("stage", "handled_by", "on", "outcome", "reason")

    def __init__(self, track: Track, *args: Any, **kwargs: Any) -> None:
        super().__init__(track, *args, **kwargs)
        last = track.stages[-1]
        offer(self, "stage", _offered("proceeding_stage", may_follow(last.stage, last.outcome)))


class PersonForm(forms.Form):
    """Persons held to be responsible, in codes."""

    category = forms.ChoiceField(label=_("Who they are"), choices=partial(_offered, "person_category"))
    relationship = forms.ChoiceField(label=_("What they are to the child"), choices=partial(_offered, "relationship"))
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=999, initial=1)
    proceeding = forms.ChoiceField(label=_("Proceeding"), required=False)
    name = forms.CharField(label=_("Name, which only police and prosecutor open again"), max_length=200, required=False)

    def __init__(self, tracks: list[Track], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(track.proceeding.id): track.proceeding for track in tracks}
        named = [(id, f"{known.opened_on} · {known.lead.name}") for id, known in self._known.items()]
        offer(self, "proceeding", [("", _("None yet")), *named])

    def clean_proceeding(self) -> Any:
        return self._known.get(self.cleaned_data["proceeding"])


class VerdictForm(forms.Form):
    """What a judgment said of a person."""

    verdict = forms.ChoiceField(
        label=_("What the judgment says"), choices=partial(_offered, "proceeding_outcome", VERDICTS)
    )


class AlarmForm(DayForm):
    """A child victim was treated as an offender."""

    sanction = forms.ChoiceField(label=_("What was done to the child"), choices=partial(_offered, "child_sanction"))
    agency = AgencyField(label=_("Agency that did it, if known"), required=False)
    field_order = ("sanction", "agency", "on")


class FollowForm(forms.Form):
    """What was done for the child since."""

    step = forms.ChoiceField(label=_("What was done?"), choices=partial(_offered, "alarm_step"))


def offer(form: forms.Form, name: str, offered: list[tuple[str, Any]]) -> None:
    """Fill a field with what is possible now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered
