"""Small pieces that every page shows alike: badges and clocks."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.common import clock as clocks

register = template.Library()

_ANY = UUID(int=0)
SOON = timedelta(hours=24)


# Markup in code, not templates of their own: a list shows sixty of them.


@register.simple_tag
def badge(code: str, word: object) -> str:
    """A word with a shape and a colour that go with `code` (a risk, an urgency, a status)."""
    return format_html('<span class="badge badge-{}">{}</span>', code, word)


@register.simple_tag
def clock(due: datetime) -> str:
    """When something is due, as people say it: "due in 3 h", "2 days late"."""
    left = due - clocks.now()
    state = " late" if left < timedelta(0) else " soon" if left < SOON else ""
    marks = (state, due.isoformat(), f"{due:%Y-%m-%d %H:%M}", _said(left))
    return format_html('<time class="clock{}" datetime="{}" title="{} UTC">{}</time>', *marks)


@register.simple_tag
def page(route: str, id: UUID) -> str:
    """The address of a record's page: what `url` says of it, which searches for it at every row of a list."""
    return _address(route).replace(str(_ANY), str(id))


@cache
def _address(route: str) -> str:
    return reverse(route, args=[_ANY])


@register.simple_tag
def day(at: datetime) -> str:
    """The day of a moment, with the moment for machines."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), f"{at:%Y-%m-%d}")


def _said(left: timedelta) -> str:
    late, days = left < timedelta(0), abs(left).days
    hours, minutes = int(abs(left).total_seconds() // 3600), int(abs(left).total_seconds() // 60)
    if days >= 60:  # noqa: PLR2004 - from here on a count of days tells nobody anything
        months = days // 30
        words = ngettext("{n} month late", "{n} months late", months) if late else _("due in {n} months")
        return words.format(n=months)
    if days >= 2:  # noqa: PLR2004
        words = ngettext("{n} day late", "{n} days late", days) if late else _("due in {n} days")
        return words.format(n=days)
    if hours:
        return (_("{n} h late") if late else _("due in {n} h")).format(n=hours)
    return (_("{n} min late") if late else _("due in {n} min")).format(n=minutes)
