"""The preferred word, suggested to staff after they wrote; nothing is changed, and nothing typed is kept or repeated.

A field that holds what a child, a reporter or somebody else told is never looked at: those words stay as they are.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amparo.interfaces.office.request import DeskRequest
from amparo.vocabulary import terms
from amparo.vocabulary.terms import Word


class StaffWords(forms.Textarea):
    """Where staff write in words of their own."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows, "dir": "auto"})

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Where a script finds the words that need care, and how it says a better one while somebody types."""
        better = str(_("Better than “{word}”: {preferred}."))
        told = {"data-words": reverse("office:words", "amparo.config.urls_office"), "data-better": better}
        return super().build_attrs(base_attrs, extra_attrs) | told


@require_safe
def words(request: DeskRequest) -> JsonResponse:  # noqa: ARG001 - the list is the same for everybody
    """The words that need care in the reader's language and in English, for the help while typing."""
    languages = _languages()
    return JsonResponse({
        "titles": [title for language in languages for title in terms.titles(language)],
        "words": [
            {"term": each.term, "preferred": each.preferred, "parted": each.parted}
            for language in languages for each in terms.words(language)
        ],
    })  # fmt: skip


def suggest(request: DeskRequest, form: forms.BaseForm) -> None:
    """Say which words of a filled-in form have a better one: our list's own entries, never what was typed."""
    for word in _needing_care(form):
        said = _("You wrote “{word}”. Better: {preferred}. Nothing was changed.")
        messages.info(request, said.format(word=word.term, preferred=word.preferred))


def _languages() -> list[str]:
    """The reader's language, and English."""
    return list(dict.fromkeys([(get_language() or "en").partition("-")[0], "en"]))


def _needing_care(form: Any) -> list[Word]:
    written = [
        form.cleaned_data.get(name) or "" for name, field in form.fields.items() if isinstance(field.widget, StaffWords)
    ]
    found = [each.word for text in written for language in _languages() for each in terms.find(text, language)]
    return list(dict.fromkeys(found))
