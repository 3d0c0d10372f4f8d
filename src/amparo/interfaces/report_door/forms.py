"""What may be told: one sentence is needed, all else is as the person likes. The page and the API use the same form."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.common.hidden_files import carries_material
from amparo.interfaces.report_door import show
from amparo.interfaces.report_door.problems import MATERIAL, STRANGE

LONGEST, SHORT = 10_000, 300
ADULT = 18
_TORN = 8  # Old phones tear a sign or two; a file that is posted as text is nothing but torn signs.
_KEPT = {"\n", "\r", "\t"}

# What a person says about danger, and what it means for the clocks. Who is not sure is not made to wait.
DANGER = [("now", _("Yes, now")), ("soon", _("Maybe soon")), ("unsure", _("I am not sure")), ("no", _("No"))]
URGENCY = {"now": "danger_now", "soon": "urgent", "unsure": "urgent", "no": "normal", "": "normal"}

AGAIN = _("Please choose again.")


class Words(forms.CharField):
    """Free text without signs that nobody can see."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "".join(letter for letter in text or "" if letter in _KEPT or unicodedata.category(letter) != "Cc")


def told_field() -> Words:
    """The words themselves."""
    errors = {
        "required": _("Please write one sentence."),
        "max_length": _("This is too long. Please write it in two messages."),
    }
    return Words(max_length=LONGEST, error_messages=errors)


def short_field() -> Words:
    return Words(required=False, max_length=SHORT, error_messages={"max_length": _("Please write it shorter.")})


def _one() -> forms.ChoiceField:
    return forms.ChoiceField(required=False, error_messages={"invalid_choice": AGAIN})


def _many() -> forms.MultipleChoiceField:
    errors = {"invalid_choice": AGAIN, "invalid_list": AGAIN}
    return forms.MultipleChoiceField(required=False, error_messages=errors)


class Tell(forms.Form):
    """A first letter."""

    told = told_field()
    danger = _one()
    who = _one()
    worries = _many()
    place = _one()
    where = short_field()
    child_age = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=ADULT - 1,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Please write a number from 0 to 17.")),
    )
    channel = _one()
    contact = short_field()
    safe_time = short_field()
    not_to = _many()
    about_agency = _one()

    def __init__(self, data: Any = None, *, board: dict[str, Any]) -> None:
        super().__init__(data)
        agencies = [tuple(each) for each in board.get("agencies", [])]
        choices = {
            "danger": DANGER,
            "who": show.labels(board, "reporter_kind"),
            "worries": show.labels(board, "worry"),
            "place": [tuple(each) for each in board.get("places", [])],
            "channel": show.labels(board, "channel_back"),
            "not_to": agencies,
            "about_agency": agencies,
        }
        for name, each in choices.items():
            self.fields[name].choices = each  # type: ignore[attr-defined]

    def letter(self) -> dict[str, Any]:
        """The letter as intake reads it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "danger"}
        return given | {"urgency": URGENCY[self.cleaned_data["danger"]], "language": show.language()}


class More(forms.Form):
    """A later letter."""

    told = told_field()


def must_be_words(texts: list[str]) -> None:
    """Refuse, before anything is kept, what holds a file in disguise or signs that no letter has. Raises `Problem`."""
    whole = "\n".join(texts)
    if "\0" in whole or whole.count("\ufffd") > _TORN or any(unicodedata.category(each) == "Cs" for each in whole):
        raise MATERIAL if carries_material(whole) else STRANGE
    if carries_material(whole):
        raise MATERIAL
