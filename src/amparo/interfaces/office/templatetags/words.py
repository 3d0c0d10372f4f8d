"""Codes in the reader's words."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from amparo.cases import labels
from amparo.cases.models import Incident
from amparo.interfaces.office.care import words as care
from amparo.interfaces.office.cases import words as cases
from amparo.interfaces.office.figures import words as figures
from amparo.interfaces.office.intake import words as intake
from amparo.interfaces.office.justice import words as justice
from amparo.interfaces.office.linkage import words as linkage
from amparo.interfaces.office.monitor import words as monitor
from amparo.interfaces.office.organisation import words as organisation
from amparo.interfaces.office.start import words as start
from amparo.law import words as law
from amparo.law.clock import Limit
from amparo.law.models import Provision
from amparo.publication.naming import title
from amparo.vocabulary import queries
from amparo.vocabulary.classification import readings
from amparo.vocabulary.classification.rules import RuleSet

register = template.Library()

# Where a notice leads if a place of the desk opens to its reader: the list to be reviewed, or the page of its record.
LISTS = {
    "renewal_asked": ("office:renewals", "office:renewals"),
    "glass_broken": ("office:broken", "office:broken"),
    "erasure_asked": ("office:erasures", "office:erasures"),
    "letter_set_aside": ("office:reports", "office:set_aside"),
    "linkage_drifted": ("office:figures", "office:linkage_quality"),
}
PAGES = {
    "case": ("office:cases", "office:case"),
    "report": ("office:reports", "office:report"),
    "referral": ("office:referrals", "office:referral"),
    "alarm": ("office:alarms", "office:alarm"),
    "contact": ("office:linked_contacts", "office:linked_contact"),
    "pair": ("office:pairs", "office:pair"),
    "machine": ("office:machines", "office:machine"),
}

_AREAS = (start, intake, cases, linkage, care, justice, figures, monitor, organisation)
MOMENTS: dict[str, tuple[Any, str]] = {code: said for area in _AREAS for code, said in area.MOMENTS.items()}
PLAIN: dict[str, Any] = {code: said for area in _AREAS for code, said in area.PLAIN.items()}
VERBS: dict[str, Any] = {said: words for area in _AREAS for said, words in getattr(area, "VERBS", {}).items()}
# The page on which a task is done, by its code; every area names its own.
DO: dict[str, str] = {code: route for area in _AREAS for code, route in getattr(area, "DO", {}).items()}


@register.filter
def indicator(code: str) -> str:
    """What an indicator is called."""
    return title(code)


@register.filter
def where(task: Any) -> str:
    """The address at which a task of a case is done; the case itself where no page is named or installed."""
    for route in (DO.get(task.code, ""), "office:case"):
        try:
            return reverse(route, args=[task.case_id])
        except NoReverseMatch:
            continue
    return ""


@register.filter
def leads(notice: Any, opens: set[str]) -> str:
    """The page that a notice is about, for somebody before whom the places in `opens` open; "" for none."""
    place, page = LISTS.get(notice.code, ("", ""))
    if place in opens:
        return reverse(page)
    place, page = PAGES.get(notice.kind, ("", ""))
    return reverse(page, args=[notice.record]) if place in opens else ""


@register.filter
def compared(name: str) -> str:
    """What two records are compared by, or a band of pairs."""
    return linkage.compared(name)


@register.filter
def of(found: dict[Any, Any], key: Any) -> Any:
    """The value of a key."""
    return found.get(key)


@register.filter
def term(code: str, scheme: str) -> str:
    """The label of a code of a list, in the reader's language."""
    return queries.label(scheme, code) if code else ""


@register.filter
def offence(code: str) -> str:
    """What a label is called: by the list, or for a State's own law by its rule file."""
    return queries.label("offence", code) if queries.known("offence", code) else readings.called(code)


@register.filter
def rule_set(rules: RuleSet) -> str:
    """What a set of rules is called: by the list, or a State's own law by its file."""
    return queries.label("rule_set", rules.code) if queries.known("rule_set", rules.code) else rules.title


@register.filter
def met_labels(incident: Incident) -> list[str]:
    """The labels confirmed of an incident."""
    return labels.met_labels(incident)


@register.filter
def words(code: str) -> str:
    """What a task, a notice, a status or a part of an identity is called; an unnamed code, without underscores."""
    if code in MOMENTS:
        return str(MOMENTS[code][0])
    return str(PLAIN.get(code, code.replace("_", " ").capitalize()))


@register.filter
def limited(limit: Limit) -> str:
    """Where a limitation period stands, and why its bounds are apart."""
    why = "; ".join(str(law.WHY[code]) for code in limit.why)
    return f"{law.STATUS[limit.status]} ({why})" if why else str(law.STATUS[limit.status])


@register.filter
def provided(each: Provision) -> str:
    """What a provision says, in a line."""
    return law.said(each)


@register.filter
def offence_in_law(code: str) -> str:
    """An offence of law as data in words."""
    return law.offence(code)


@register.filter
def element(code: str) -> str:
    """An element of law as data in words."""
    return str(law.ELEMENT[code])


@register.filter
def verb(said: str) -> str:
    """What the record says was done, in words: ``vault:identity_revealed`` as the opening of an identity."""
    told = VERBS.get(said) or MOMENTS.get(said.replace(":", "_"), ("",))[0]
    return str(told or said.partition(":")[2].replace("_", " ").capitalize() or said)


@register.filter
def about(moment: object) -> str:
    """What a line of the time line is about: the label of its term, in the list that its code belongs to."""
    code, of = getattr(moment, "code", ""), getattr(moment, "term", "")
    scheme = MOMENTS.get(code, ("", ""))[1]
    return queries.label(scheme, of) if scheme and of else of
