"""What people answer about possible matches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.office.cases.forms import Coded
from amparo.vocabulary.queries import choices


class AnswerForm(Coded):
    """Is it the child that you know?"""

    coded = {"answer": "contact_answer"}

    answer = forms.ChoiceField(label=_("What do you know?"))


class DeclineForm(Coded):
    """Why the agency does not say."""

    coded = {"reason": "contact_decline_reason"}

    reason = forms.ChoiceField(label=_("Why does your agency not say?"))


class VerdictForm(Coded):
    """What two records are of."""

    coded = {"verdict": "pair_verdict"}

    verdict = forms.ChoiceField(label=_("What are these two records of?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices("pair_verdict")  # none stands for nothing: a choice is made by pressing it


class PartForm(Coded):
    """Why a merge is undone."""

    coded = {"reason": "part_reason"}

    reason = forms.ChoiceField(label=_("Why are these two children after all?"))
