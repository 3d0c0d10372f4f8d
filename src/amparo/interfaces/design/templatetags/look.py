"""Small pieces that every page shows alike: badges and clocks."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.common import clock as clocks

register = template.Library()

SOON = timedelta(hours=24)


@register.inclusion_tag("design/badge.html")
def badge(code: str, word: object) -> dict[str, Any]:
    """A word with a shape and a colour that go with `code` (a risk, an urgency, a status)."""
    return {"code": code, "word": word}


@register.inclusion_tag("design/clock.html")
def clock(due: datetime) -> dict[str, Any]:
    """When something is due, as people say it: "due in 3 h", "2 days late"."""
    left = due - clocks.now()
    state = "late" if left < timedelta(0) else "soon" if left < SOON else ""
    return {"at": due, "state": state, "words": _said(left)}


def _said(left: timedelta) -> str:
    late, span = left < timedelta(0), abs(left)
    if span >= timedelta(days=2):
        days = span.days
        return (ngettext("{n} day late", "{n} days late", days) if late else
                ngettext("due in {n} day", "due in {n} days", days)).format(n=days)  # fmt: skip
    hours, minutes = int(span.total_seconds() // 3600), int(span.total_seconds() // 60)
    if hours:
        return (_("{n} h late") if late else _("due in {n} h")).format(n=hours)
    return (_("{n} min late") if late else _("due in {n} min")).format(n=minutes)
