"""Words of care that stand in no code list."""

from django import template

from amparo.interfaces.office.templatetags.words import words

register = template.Library()


@register.filter
def decision(code: str) -> str:
    """At which decision a child was heard."""
    return words(f"decision_{code}")
