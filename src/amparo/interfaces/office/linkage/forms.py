"""What people answer about possible matches."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.interfaces.office.cases.forms import Coded


class AnswerForm(Coded):
    """Is it the child that you know?"""

    coded = {"answer": "contact_answer"}

    answer = forms.ChoiceField(label=_("What do you know?"))


class DeclineForm(Coded):
    """Why the agency does not say."""

    coded = {"reason": "contact_decline_reason"}

    reason = forms.ChoiceField(label=_("Why does your agency not say?"))
