"""Codes in the reader's words."""

from typing import Any

from django import template

from amparo.interfaces.office.care import words as care
from amparo.interfaces.office.cases import words as cases
from amparo.interfaces.office.figures import words as figures
from amparo.interfaces.office.intake import words as intake
from amparo.interfaces.office.justice import words as justice
from amparo.interfaces.office.start import words as start
from amparo.vocabulary import queries

register = template.Library()

_AREAS = (start, intake, cases, care, justice, figures)
MOMENTS: dict[str, tuple[Any, str]] = {code: said for area in _AREAS for code, said in area.MOMENTS.items()}
PLAIN: dict[str, Any] = {code: said for area in _AREAS for code, said in area.PLAIN.items()}


@register.filter
def term(code: str, scheme: str) -> str:
    """The label of a code of a list, in the reader's language."""
    return queries.label(scheme, code) if code else ""


@register.filter
def words(code: str) -> str:
    """What a task, a notice, a status or a part of an identity is called; an unnamed code, without underscores."""
    if code in MOMENTS:
        return str(MOMENTS[code][0])
    return str(PLAIN.get(code, code.replace("_", " ").capitalize()))


@register.filter
def about(moment: object) -> str:
    """What a line of the time line is about: the label of its term, in the list that its code belongs to."""
    code, of = getattr(moment, "code", ""), getattr(moment, "term", "")
    scheme = MOMENTS.get(code, ("", ""))[1]
    return queries.label(scheme, of) if scheme and of else of
