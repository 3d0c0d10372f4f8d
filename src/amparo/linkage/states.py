"""How a possible match at another agency moves, and a pair of records that people look at."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

CONTACT = LifeCycle(
    "contact",
    "offered",
    moves(ask=("offered", "asked"), answer=("asked", "answered"), decline=("asked", "declined")),
    _("This possible match is {status}; that is not possible now."),
    {
        "offered": pgettext_lazy("this possible match is", "not asked about"),
        "asked": pgettext_lazy("this possible match is", "asked about"),
        "answered": pgettext_lazy("this possible match is", "answered"),
        "declined": pgettext_lazy("this possible match is", "declined"),
    },
)
PAIR = LifeCycle(
    "pair",
    "open",
    moves(
        dispute=("open", "disputed"),
        decide=("open disputed", "decided"),
        merge=("open disputed", "merged"),
        part=("merged", "parted"),
    ),
    _("This pair is {status}; that is not possible now."),
    {
        "open": pgettext_lazy("this pair is", "open"),
        "disputed": pgettext_lazy("this pair is", "disputed"),
        "decided": pgettext_lazy("this pair is", "decided"),
        "merged": pgettext_lazy("this pair is", "merged"),
        "parted": pgettext_lazy("this pair is", "parted again"),
    },
)
# Somebody still has to look.
UNDECIDED = frozenset({"open", "disputed"})
