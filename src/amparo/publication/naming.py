"""What indicators, dimensions and their codes are called in the reader's language."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amparo.counting.positions import UNKNOWN
from amparo.methods.tabulation.asking import TOTAL
from amparo.methods.tabulation.indicators import TIMES, catalogue
from amparo.methods.tabulation.words import words
from amparo.organisation.facts import regions
from amparo.publication.sheets import REST
from amparo.vocabulary.queries import choices, known, label

# Codes that no list has.
PLAIN: dict[str, Any] = {
    TOTAL: _("All"),
    REST: _("All others"),
    "not_recorded": _("Not recorded"),
    "unknown": _("Unknown"),
    "adult": _("Adult"),
    "yes": _("Yes"),
    "no": _("No"),
}
# What some of them are called of one dimension.
_OF: dict[tuple[str, str], Any] = {
    ("region", TOTAL): _("All regions"),
    ("region", UNKNOWN): _("Region not known"),
    ("age_group", TOTAL): _("All ages"),
    ("age_group", UNKNOWN): _("Age not known"),
    ("age", TOTAL): _("All ages"),
    ("age", UNKNOWN): _("Age not known"),
    **{(each, TOTAL): _("The whole time") for each in TIMES},
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
        if (dimension, code) in _OF:
            return str(_OF[dimension, code])
        if code != TOTAL and scheme and known(scheme, code):
            return label(scheme, code)
        return places.get(code) or str(PLAIN.get(code, code))

    return name


def labels(dimension: str, codes: Iterable[str]) -> dict[str, str]:
    """The words for codes of a dimension, in their order."""
    name = names(dimension)
    return {code: name(code) for code in codes}


def order(dimension: str) -> list[str]:
    """The codes of a dimension in the order of their list; those that no list has come after."""
    if dimension == "region":
        return [code for code, _name in regions()]
    scheme = catalogue().dimensions[dimension].scheme
    return [code for code, _words in choices(scheme)] if scheme else []


def _language() -> str:
    return (get_language() or "en").partition("-")[0]
