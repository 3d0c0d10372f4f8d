"""The preferred word, suggested to staff after they wrote; nothing is changed, and nothing typed is kept or repeated.

A field that holds what a child, a reporter or somebody else told is never looked at: those words stay as they are.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.interfaces.office.request import DeskRequest
from amparo.vocabulary import terms
from amparo.vocabulary.terms import Word


class StaffWords(forms.Textarea):
    """Where staff write in words of their own."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows, "dir": "auto"})


def suggest(request: DeskRequest, form: forms.BaseForm) -> None:
    """Say which words of a filled-in form have a better one: our list's own entries, never what was typed."""
    for word in _needing_care(form):
        said = _("You wrote “{word}”. Better: {preferred}. Nothing was changed.")
        messages.info(request, said.format(word=word.term, preferred=word.preferred))


def _needing_care(form: Any) -> list[Word]:
    written = [
        form.cleaned_data.get(name) or "" for name, field in form.fields.items() if isinstance(field.widget, StaffWords)
    ]
    languages = dict.fromkeys([(get_language() or "en").partition("-")[0], "en"])
    found = [each.word for text in written for language in languages for each in terms.find(text, language)]
    return list(dict.fromkeys(found))
