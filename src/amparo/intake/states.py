"""How a report may move. An answer moves nothing: a reporter who was answered may still need protection."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

REPORT = LifeCycle(
    "report",
    "new",
    moves(
        claim=("new", "claimed"),
        release=("claimed triaged", "new"),
        rise=("new claimed", "new"),
        triage=("claimed triaged", "triaged"),
        forward=("triaged", "new"),
        accept=("triaged", "accepted"),
        close=("triaged", "closed"),
        reopen=("closed", "new"),
    ),
    _("This report is {status}; that is not possible now."),
    {
        "new": pgettext_lazy("this report is", "new"),
        "claimed": pgettext_lazy("this report is", "claimed by somebody"),
        "triaged": pgettext_lazy("this report is", "judged"),
        "accepted": pgettext_lazy("this report is", "accepted"),
        "closed": pgettext_lazy("this report is", "closed"),
    },
)
# Somebody still has to do something; in the first two nobody has judged the report yet.
UNJUDGED = frozenset({"new", "claimed"})
OPEN = UNJUDGED | {"triaged"}
