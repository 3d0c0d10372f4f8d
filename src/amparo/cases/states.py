"""How a case may move."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

CASE = LifeCycle(
    "case",
    "open",
    moves(close=("open", "closed"), reopen=("closed", "open")),
    _("This case is {status}; that is not possible now."),
    {"open": pgettext_lazy("this case is", "open"), "closed": pgettext_lazy("this case is", "closed")},
)
