"""What is published, in words: defined once, and what it does not say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.common.errors import NotFound
from amparo.counting.positions import CHILDREN_IDENTIFIED
from amparo.methods.tabulation.indicators import CHILD, catalogue
from amparo.publication import naming


@dataclass(frozen=True)
class Indicator:
    """Sentences in the reader's language."""

    code: str
    title: Any
    definition: Any
    not_said: Any
    source: Any
    method: Any


_NOT_SAID_OF_CHILDREN = _(
    "These are the children whom somebody found and recorded, not all of whom it is true. Most are never found; a "
    "larger number may only say that somebody looks more closely."
)
_NOT_SAID = _(
    "This counts what agencies recorded, not all that happened. A larger number may only say that more is recorded."
)
_SOURCE = _("Records of the agencies of this system, frozen when the years were over.")
_ALL = {
    CHILDREN_IDENTIFIED: Indicator(
        CHILDREN_IDENTIFIED,
        title=_("Children identified"),
        definition=_(
            "The number of children whom an agency of this system met as possible victims of sale, sexual exploitation "
            "or other exploitation, and for whom it opened a case. A child is counted once, in the year of the first "
            "case, in the region of the agency that opened it. The age group is that of the age reached in that year; "
            "whoever turned 18 in it is in the last group. A year of birth that is not known is a row of its own. "
            "Two agencies that met the same child without knowing it of each other may both have counted the child."
        ),
        not_said=_(
            "These are the children who were found, not the children who were harmed. Most are never found; a region "
            "with more children here may only be one that looks more closely."
        ),
        source=_("Case records of the agencies of this system, frozen once the year was over."),
        method=_(
            "Counts of 1 to {last} are hidden, and so are as many others as are needed so that none of them can be "
            "computed from the totals or from an earlier table: whoever tries is left with {width} or more "
            "possibilities. A hidden count is not nought, and it need not be small. No count is rounded. Before it "
            "left, the table was attacked by a programme of its own, and checked by two people, each without knowing "
            "the verdict of the other."
        ),
    )
}  # fmt: skip


# What is counted, of the units of the indicators.
UNITS: dict[str, Any] = {
    "child": _("children"),
    "case": _("cases"),
    "incident": _("incidents"),
    "report": _("reports"),
    "referral": _("services"),
    "proceeding": _("proceedings"),
}


def indicator(code: str) -> Indicator:
    """Raises `NotFound`."""
    if code in _ALL:
        return _ALL[code]
    if code not in catalogue().indicators:
        raise NotFound
    children = catalogue().indicator(code).unit == CHILD
    one = _("A child is counted once in a cell and once in a total.") if children else ""
    return Indicator(
        code, naming.title(code), f"{naming.said(code)} {one}".strip(),
        _NOT_SAID_OF_CHILDREN if children else _NOT_SAID, _SOURCE, _ALL[CHILDREN_IDENTIFIED].method,
    )  # fmt: skip


def unit(code: str) -> str:
    """What it counts: children, cases …"""
    return str(UNITS.get(catalogue().indicator(code).unit, ""))


def method_of(code: str, policy: dict[str, Any]) -> str:
    """The method in words, with the numbers of the policy that was used."""
    return str(indicator(code).method).format(last=policy["threshold"] - 1, width=policy["width"] + 1)
