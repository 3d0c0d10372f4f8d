"""Codes in the reader's words."""

from django import template
from django.utils.translation import gettext_lazy as _

from amparo.vocabulary import queries

register = template.Library()

_MOMENTS = {
    "case_opened": (_("Case opened"), ""),
    "incident_recorded": (_("Incident recorded"), "form"),
    "risk_judged": (_("Risk judged"), "risk_level"),
    "case_assigned": (_("Case assigned"), ""),
    "case_shared": (_("Case shared with another agency"), ""),
    "share_revoked": (_("Share ended"), ""),
    "case_closed": (_("Case closed"), "case_close_reason"),
    "case_reopened": (_("Case opened again"), "reopen_reason"),
}
_PLAIN = {
    "assess_risk": _("Judge the risk"),
    "respond_to_risk": _("Act for the child"),
    "glass_broken": _("Somebody broke the glass before this case"),
    "open": _("Open"),
    "closed": _("Closed"),
    "given": _("Given name"),
    "family": _("Family name"),
    "other": _("Other names"),
    "birth_date": _("Born"),
    "contact": _("Contact"),
    "address": _("Address"),
}


@register.filter
def term(code: str, scheme: str) -> str:
    """The label of a code of a list, in the reader's language."""
    return queries.label(scheme, code) if code else ""


@register.filter
def words(code: str) -> str:
    """What a task, a notice, a status or a part of an identity is called; an unnamed code, without underscores."""
    if code in _MOMENTS:
        return str(_MOMENTS[code][0])
    return str(_PLAIN.get(code, code.replace("_", " ").capitalize()))


@register.filter
def about(moment: object) -> str:
    """What a line of the time line is about: the label of its term, in the list that its code belongs to."""
    code, of = getattr(moment, "code", ""), getattr(moment, "term", "")
    scheme = _MOMENTS.get(code, ("", ""))[1]
    return queries.label(scheme, of) if scheme and of else of
