"""What indicators, dimensions and their codes are called in the reader's language."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.counting.frozen.models import SavedView
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.words import words
from amparo.organisation.facts import regions
from amparo.vocabulary.queries import choices, known, label

# Codes that no list has.
PLAIN: dict[str, Any] = {
    TOTAL: _("All"),
    "not_recorded": _("Not recorded"),
    "unknown": _("Unknown"),
    "adult": _("Adult"),
    "yes": _("Yes"),
    "no": _("No"),
}


def title(code: str) -> str:
    """What an indicator or a dimension is called."""
    return words(code, _language()).title


def said(code: str) -> str:
    """What an indicator counts, in a sentence."""
    return words(code, _language()).sentence


def named(dimension: str, code: str) -> str:
    """The words for a code of a dimension."""
    return names(dimension)(code)


def names(dimension: str) -> Callable[[str], str]:
    """What names the codes of a dimension, each looked up once."""
    places = dict(regions()) if dimension == "region" else {}
    scheme = catalogue().dimensions[dimension].scheme

    @cache
    def name(code: str) -> str:
        if code != TOTAL and scheme and known(scheme, code):
            return label(scheme, code)
        return places.get(code) or str(PLAIN.get(code, code))

    return name


def order(dimension: str) -> list[str]:
    """The codes of a dimension in the order of their list; those that no list has come after."""
    if dimension == "region":
        return [code for code, _name in regions()]
    scheme = catalogue().dimensions[dimension].scheme
    return [code for code, _words in choices(scheme)] if scheme else []


def view_words(view: SavedView) -> str:
    """A kept question in words."""
    parts = [title(view.indicator), " × ".join(title(each) for each in view.by)]
    parts += [f"{title(name)}: {named(name, codes[0])}" for name, codes in view.where.items() if codes]
    return ", ".join(part for part in parts if part)


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
