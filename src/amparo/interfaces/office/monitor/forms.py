"""What an editor fills in about one answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.law import queries as law
from amparo.law import words as law_words
from amparo.law.elements import EVERY, MANY
from amparo.monitoring import queries
from amparo.monitoring.assessing import CONFIDENCE, ROLES, EvidenceFacts
from amparo.monitoring.following import PROGRESS, REPLICABLE
from amparo.monitoring.models import State
from amparo.monitoring.recommended import recommended
from amparo.monitoring.rubric.editions import LISTS, TYPES, rubric
from amparo.monitoring.words import word
from amparo.monitoring.world import name
from amparo.vocabulary.queries import choices

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


class EntryForm(forms.Form):
    """One line of what is done with a State."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none())
    kind = forms.ChoiceField(label=_("Kind"))
    subject = forms.ChoiceField(label=_("Recommendation that is followed up"), required=False)
    progress = forms.ChoiceField(label=_("How far it has come"))
    role = forms.ChoiceField(label=_("Who says it"))
    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(label=_("What was done"), required=False, max_length=4000, widget=forms.Textarea)
    lead = forms.CharField(label=_("Body that leads"), required=False, max_length=200)
    funding = forms.CharField(label=_("Funding: how much, of whom, until when"), required=False, max_length=200)
    milestones = forms.CharField(
        label=_("Milestones"), required=False, max_length=4000, widget=forms.Textarea,
        help_text=_("One a line: what | due on | done on, with days such as 2026-11-24."),
    )  # fmt: skip
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False)
    replicability = forms.ChoiceField(label=_("Can others copy it?"), required=False)
    partners = forms.ModelMultipleChoiceField(label=_("Other States"), required=False, queryset=State.objects.none())
    happened_on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs=_DAY))
    due_on = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput(attrs=_DAY))
    source = forms.CharField(label=_("Source"), max_length=300)
    address = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for field in ("state", "partners"):
            fields[field].queryset = State.objects.filter(kind__in=queries.ASKED)
            fields[field].label_from_instance = name
        fields["state"].queryset |= State.objects.filter(pk=queries.UNITED_NATIONS)
        fields["themes"].choices = [(code, rubric().section(code)) for code in rubric().sections]
        fields["replicability"].choices = [("", "–"), *_words(REPLICABLE)]
        fields["kind"].choices, fields["role"].choices = _words(PROGRESS), _words(ROLES)
        fields["progress"].choices = _words(dict.fromkeys(code for codes in PROGRESS.values() for code in codes))
        own = [(each.code, f"{each.paragraph} {each.title}") for each in recommended().values()]
        fields["subject"].choices = [("", "–"), *own]

    def facts(self) -> dict[str, Any]:
        """What `following.enter` takes."""
        told = self.cleaned_data
        parts = [[*each.split("|"), "", ""] for each in told["milestones"].splitlines() if each.strip()]
        return told | {
            "partners": [each.iso3 for each in told["partners"]],
            "milestones": [{"title": what, "due_on": due, "done_on": done} for what, due, done, *_rest in parts],
        }


class ProvisionForm(forms.Form):
    """What one provision of a State's law says of one element of an offence."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none())
    offence = forms.ChoiceField(label=_("Offence"), required=False)
    element = forms.ChoiceField(label=_("What the provision is about"))
    answer = forms.ChoiceField(label=_("Answer"))
    items = forms.MultipleChoiceField(label=_("Which of these"), required=False)
    years = forms.IntegerField(label=_("Limitation period in years"), required=False, min_value=0)
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0)
    least = forms.IntegerField(label=_("Least penalty in years"), required=False, min_value=0)
    most = forms.IntegerField(label=_("Highest penalty in years"), required=False, min_value=0)
    law = forms.CharField(label=_("Law"), max_length=200)
    pinpoint = forms.CharField(label=_("Article or section"), max_length=120)
    address = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")
    in_force_on = forms.DateField(label=_("In force since"), widget=forms.DateInput(attrs=_DAY))
    repealed_on = forms.DateField(label=_("In force until"), required=False, widget=forms.DateInput(attrs=_DAY))
    external = forms.CharField(
        label=_("Whose compilation it is, if nobody here read the provision"), required=False, max_length=120
    )
    replaces = forms.BooleanField(label=_("It replaces the provision that is recorded now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["state"].queryset = State.objects.filter(kind__in=queries.ASKED)
        fields["state"].label_from_instance = name
        fields["offence"].choices = [(EVERY, law_words.offence(EVERY)), *choices("form")]
        fields["element"].choices = law_words.ELEMENT.items()
        fields["answer"].choices = [(code, said or _("given")) for code, said in law_words.ANSWER.items()]
        fields["items"].choices = law_words.ITEM.items()

    def facts(self) -> dict[str, Any]:
        """What `law.actions.write` takes."""
        told = dict(self.cleaned_data) | {"state": self.cleaned_data["state"].iso3}
        of_many = told["answer"] if told["element"] in MANY else ""
        said = law.now_said(told["state"], told["offence"], told["element"], of_many)
        return told | {"replaces": said if told["replaces"] else None}
