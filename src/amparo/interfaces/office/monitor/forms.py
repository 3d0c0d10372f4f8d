"""What an editor fills in about one answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.monitoring import queries
from amparo.monitoring.assessing import CONFIDENCE, ROLES, EvidenceFacts
from amparo.monitoring.models import State
from amparo.monitoring.rubric.editions import LISTS, TYPES, rubric
from amparo.monitoring.words import word
from amparo.monitoring.world import name

_DAY = {"type": "date"}
_PROOF = ("title", "pinpoint", "in_force_on", "address", "captured_on", "sha256")


def _words(codes: Any) -> list[tuple[str, str]]:
    return [(code, word(code)) for code in codes]


class AnswerForm(forms.Form):
    """One answer with one piece of evidence."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none())
    question = forms.ChoiceField(label=_("Question"))
    role = forms.ChoiceField(label=_("Whose answer it is"))
    answer = forms.ChoiceField(label=_("Answer"))
    number = forms.FloatField(label=_("Number"), required=False, min_value=0)
    items = forms.MultipleChoiceField(label=_("Which of these"), required=False)
    valid_from = forms.DateField(label=_("So since"), widget=forms.DateInput(attrs=_DAY))
    valid_to = forms.DateField(label=_("So until"), required=False, widget=forms.DateInput(attrs=_DAY))
    confidence = forms.ChoiceField(label=_("Confidence"))
    rationale = forms.CharField(label=_("Why"), required=False, max_length=4000, widget=forms.Textarea)
    title = forms.CharField(label=_("Evidence: law, report or page"), required=False, max_length=200)
    pinpoint = forms.CharField(label=_("Place in it"), required=False, max_length=120)
    in_force_on = forms.DateField(label=_("In force since"), required=False, widget=forms.DateInput(attrs=_DAY))
    address = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")
    captured_on = forms.DateField(label=_("Captured on"), required=False, widget=forms.DateInput(attrs=_DAY))
    sha256 = forms.CharField(label=_("SHA-256 of what was captured"), required=False, max_length=64)
    replaces = forms.BooleanField(label=_("It replaces what this role answered before"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].queryset = State.objects.filter(kind__in=queries.ASKED)
        fields["state"].label_from_instance = name
        fields["question"].choices = [(q.id, f"{q.id} {q.text}") for q in rubric().questions.values()]
        fields["role"].choices, fields["confidence"].choices = _words(ROLES), _words(CONFIDENCE)
        fields["answer"].choices = _words(dict.fromkeys(code for codes in TYPES.values() for code in codes))
        fields["items"].choices = _words(code for codes in LISTS.values() for code in codes)

    def facts(self) -> dict[str, Any]:
        """What `assessing.write` takes."""
        told = dict(self.cleaned_data)
        proof = {part: told.pop(part) for part in _PROOF}
        replaced = told.pop("replaces")
        told["evidence"] = [EvidenceFacts(**proof)] if proof["title"] else []
        told["replaces"] = queries.said_before(told["state"], told["question"], told["role"]) if replaced else None
        return told
