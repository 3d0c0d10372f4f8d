"""Codes of the monitor as words on a page."""

from django import template
from django.utils.translation import gettext as _

from amparo.law import words as law
from amparo.law.models import Provision
from amparo.monitoring.models import State
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.series import NATURES
from amparo.monitoring.words import apart, word
from amparo.monitoring.world import name

register = template.Library()


@register.filter
def said(code: str) -> str:
    """A code in words."""
    return word(code)


@register.filter(name="apart")
def set_apart(text: str) -> str:
    """A text whose dates are read in their order among Arabic words too."""
    return apart(str(text))


@register.filter
def section(code: str) -> str:
    """A section of the rubric by its title."""
    return rubric().section(code)


@register.filter
def nature(code: str) -> str:
    """How a number came about."""
    return str(NATURES.get(code, code))


@register.filter
def share(part: float | None) -> str:
    """A share of one as a percentage, or that there is none."""
    return _("none") if part is None else f"{part:.0%}"


@register.filter
def state_name(state: State) -> str:
    """The name of a State in the reader's language."""
    return name(state)


@register.filter
def provided(each: Provision) -> str:
    """What a provision of law says, in a line."""
    return law.said(each)


@register.filter
def element(code: str) -> str:
    """An element of law in words."""
    return str(law.ELEMENT[code])


@register.filter
def offence(code: str) -> str:
    """An offence of law in words."""
    return law.offence(code)
