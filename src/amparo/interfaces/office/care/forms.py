"""What people fill in about the care of a child."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.care.actions import Found, GoalFacts
from amparo.care.hearing import DECISIONS, WAYS, Heard
from amparo.care.models import Assessment, Goal, Step
from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.interfaces.office.care.words import PLAIN
from amparo.interfaces.office.wording import StaffWords
from amparo.organisation.models import Agency
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import choices, label

# What may be shared for a service, in the order of how often it is needed.
PARTS = [
    (Compartment.IDENTITY, _("Who the child is")),
    (Compartment.NARRATIVE, _("What was told in words")),
    (Compartment.HEALTH, _("Health")),
    (Compartment.PLACEMENT, _("Where the child lives")),
]
_NO_VIEW = {"unknown", "not_asked"}


def day(**kwargs: Any) -> forms.DateField:
    """A date as the browser's own date field."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def words(widget: forms.Textarea | None = None, **kwargs: Any) -> forms.CharField:
    """A few lines of words; they go to the vault."""
    shown = widget or forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(widget=shown, max_length=4000, **kwargs)


def staff_words(**kwargs: Any) -> forms.CharField:
    """Such lines, in the words of whoever works here."""
    return words(StaffWords(), **kwargs)


def many(**kwargs: Any) -> forms.MultipleChoiceField:
    """Several of a list."""
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **kwargs)


class Coded(forms.Form):
    """A form whose choices come from code lists: `schemes` maps field to scheme."""

    schemes: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, scheme in self.schemes.items():
            self.offer(name, choices(scheme))

    def offer(self, name: str, found: list[Any]) -> None:
        """Give a field its choices, after an empty one where a single one is chosen."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        single = not isinstance(field, forms.MultipleChoiceField)
        field.choices = [("", _("Choose") if field.required else "–"), *found] if single else found

    def take(self, invalid: Invalid) -> None:
        """Show what an action found wrong beside the field it is about."""
        for name, said in invalid.fields.items():
            field = {"view": "given", "risk_factor": "risk_factors", "need": "needs"}.get(name, name)
            self.add_error(field if field in self.fields else None, said)


class HeardForm(Coded):
    """The child's own view, or why there is none: part of every decision."""

    given = forms.ChoiceField(
        label=_("Was the child heard?"), help_text=_("Say how; or, if not, why not. It is kept with this decision.")
    )
    child_words = words(
        label=_("What the child said, in the child's own words"), required=False,
        help_text=_("Kept sealed. Only if the child agrees that it is written down."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("given", [each for each in choices("view_given") if each[0] not in _NO_VIEW])

    @property
    def heard(self) -> Heard:
        return Heard(self.cleaned_data["given"], self.cleaned_data["child_words"])


class AssessForm(Coded):
    """An assessment: codes, and words apart from them."""

    schemes = {
        "urgency": "urgency", "schooling": "schooling", "housing": "housing", "risk_factors": "risk_factor",
        "needs": "need",
    }  # fmt: skip

    supersedes = forms.UUIDField(required=False, widget=forms.HiddenInput)
    urgency = forms.ChoiceField(label=_("How urgent is it?"))
    schooling = forms.ChoiceField(label=_("School"))
    housing = forms.ChoiceField(label=_("Where the child stays"))
    risk_factors = many(label=_("What puts the child at risk"))
    needs = many(label=_("What the child needs"))
    narrative = staff_words(label=_("In words"), required=False, help_text=_("Kept sealed. Facts, no judgements."))
    health = staff_words(
        label=_("Health, in words"), required=False, help_text=_("Kept sealed and apart from the rest.")
    )

    def __init__(self, *args: Any, latest: Assessment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("supersedes", latest.id if latest else None)
        self.domains = [code for code, _label in choices("disability_domain")]
        for domain in self.domains:
            self.fields[f"difficulty_{domain}"] = forms.ChoiceField(
                label=label("disability_domain", domain), required=False
            )
            self.offer(f"difficulty_{domain}", choices("difficulty"))

    def in_one_answer(self) -> list[forms.BoundField]:
        return [self[name] for name in ("urgency", "schooling", "housing")]

    def in_words(self) -> list[forms.BoundField]:
        return [self["narrative"], self["health"]]

    def difficulties(self) -> list[forms.BoundField]:
        return [self[f"difficulty_{domain}"] for domain in self.domains]

    @property
    def found(self) -> Found:
        given = self.cleaned_data
        degrees = {each: given[f"difficulty_{each}"] for each in self.domains if given[f"difficulty_{each}"]}
        return Found(
            given["urgency"], given["schooling"], given["housing"], given["risk_factors"], given["needs"], degrees
        )


class GoalForm(Coded):
    """A goal of the plan."""

    schemes = {"domain": "goal_domain"}

    domain = forms.ChoiceField(label=_("The goal is about"))
    words = words(label=_("The goal, in words that the child understands"), required=False)
    said_by_child = forms.BooleanField(label=_("The child named this goal"), required=False)
    due = day(label=_("To be reached by"), required=False)

    @property
    def goal(self) -> GoalFacts:
        given = self.cleaned_data
        return GoalFacts(given["domain"], given["said_by_child"], given["due"], given["words"])


def _in_three_months() -> Any:
    return clock.today() + timedelta(days=90)


class PlanForm(GoalForm, HeardForm):
    """A new plan: its first goal, the child's view, and when it is looked at again."""

    next_review = day(label=_("Look at the plan again on"), initial=_in_three_months)

    field_order = ["domain", "words", "said_by_child", "due", "given", "child_words", "next_review"]


class StepForm(Coded):
    """What is done for a goal."""

    schemes = {"service": "service"}

    goal = forms.ChoiceField(label=_("For the goal"))
    service = forms.ChoiceField(label=_("What is done"))
    agency = forms.ChoiceField(label=_("By another agency"), required=False, help_text=_("Empty: by ours."))
    due = day(label=_("Until"))

    def __init__(self, *args: Any, goals: list[Goal], agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(each.id): each for each in goals}
        self.agencies = {str(each.id): each for each in agencies}
        self.offer("goal", [(key, label("goal_domain", each.domain)) for key, each in self.goals.items()])
        self.offer("agency", [(key, each.name) for key, each in self.agencies.items()])


class DoneForm(Coded):
    """What came of a step."""

    schemes = {"outcome": "delivered_outcome"}

    outcome = forms.ChoiceField(label=_("What came of it"))


class GoalEndForm(Coded):
    """Was a goal reached?"""

    reached = forms.ChoiceField(
        label=_("The goal is"), widget=forms.RadioSelect, choices=[("yes", _("Reached")), ("no", _("Given up"))]
    )


class ReviewForm(HeardForm):
    """The plan, looked at again."""

    best_interests = forms.BooleanField(
        label=_("The plan still serves the child's best interests"), required=False,
        help_text=_("Leave it empty if that was not considered, or if it does not."),
    )  # fmt: skip
    family_involved = forms.BooleanField(label=_("The family took part, where that is safe"), required=False)
    next_review = day(label=_("Look at the plan again on"), initial=_in_three_months)


class ViewForm(HeardForm):
    """The child's view at another decision."""

    decision = forms.ChoiceField(label=_("Which decision?"))

    field_order = ["decision", "given", "child_words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("decision", [(code, PLAIN[f"decision_{code}"]) for code in DECISIONS])


class AnswerForm(Coded):
    """The answer that the child got."""

    way = forms.ChoiceField(label=_("How the answer was given"))
    words = staff_words(label=_("What the child was told, in words for their age"), help_text=_("Kept sealed."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("way", [each for each in choices("view_given") if each[0] in WAYS - {"yes"}])


class ReferForm(HeardForm):
    """A service asked of another agency: for what, on whose yes, within which limits, what it may see, until when."""

    schemes = {"service": "service", "consent": "consent", "limits": "consent_limit"}

    agency = forms.ChoiceField(
        label=_("Which agency is asked"), help_text=_("Only agencies where somebody provides services today.")
    )
    service = forms.ChoiceField(label=_("Which service"))
    step = forms.ChoiceField(label=_("For a step of the plan"), required=False)
    consent = forms.ChoiceField(label=_("Consent"))
    limits = many(label=_("Limits of the consent"), required=False)
    compartments = many(
        label=_("What the agency may see besides codes"), required=False, choices=PARTS,
        help_text=_("Only what the service needs. It closes again when the referral ends."),
    )  # fmt: skip
    until = day(label=_("Until, at the latest"), initial=_in_three_months)

    field_order = ["agency", "service", "step", "given", "child_words", "consent", "limits", "compartments", "until"]

    def __init__(self, *args: Any, agencies: list[Agency], steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {str(each.id): each for each in agencies}
        self.steps = {str(each.id): each for each in steps}
        self.offer("agency", [(key, each.name) for key, each in self.agencies.items()])
        self.offer("step", [(key, label("service", each.service)) for key, each in self.steps.items()])

    def asked(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("service", "consent", "limits", "until")}
        return given | {
            "agency": self.agencies[self.cleaned_data["agency"]],
            "step": self.steps.get(self.cleaned_data["step"]),
            "compartments": [Compartment(each) for each in self.cleaned_data["compartments"]],
            "heard": self.heard,
        }


class DeclineForm(Coded):
    """Why an agency cannot help."""

    schemes = {"reason": "referral_decline_reason"}

    reason = forms.ChoiceField(label=_("Why not"))
    note = staff_words(label=_("What the referrer should know"), required=False, help_text=_("Kept sealed."))


class DeliveryForm(DoneForm):
    """What came of a service."""

    note = staff_words(label=_("What the referrer should know"), required=False, help_text=_("Kept sealed."))


class WordsForm(Coded):
    """Why somebody opens what was written about a child, and which part."""

    schemes = {"purpose": "purpose"}

    part = forms.ChoiceField(
        label=_("What do you open?"),
        choices=[(Compartment.NARRATIVE, _("What was told in words")), (Compartment.HEALTH, _("Health"))],
    )
    purpose = forms.ChoiceField(label=_("For what purpose do you look?"))


def uuid_or_none(text: str) -> UUID | None:
    """An identifier out of an address; None for nonsense."""
    try:
        return UUID(text)
    except ValueError:
        return None
