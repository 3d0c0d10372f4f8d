"""How an estimate may move. Checking and publishing are one act; nothing that was public ever vanishes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

ESTIMATE = LifeCycle(
    "estimate",
    "queued",
    moves(
        compute=("queued", "computed"),
        fail=("queued", "failed"),
        justify=("computed", "waiting"),
        refuse=("waiting", "refused"),
        publish=("waiting", "published"),
        withdraw=("published", "withdrawn"),
    ),
    _("This estimate is {status}; that is not possible now."),
    {
        "queued": pgettext_lazy("this estimate is", "being computed"),
        "computed": pgettext_lazy("this estimate is", "waiting for its justification"),
        "failed": pgettext_lazy("this estimate is", "not possible"),
        "waiting": pgettext_lazy("this estimate is", "waiting for its check"),
        "refused": pgettext_lazy("this estimate is", "refused"),
        "published": pgettext_lazy("this estimate is", "published"),
        "withdrawn": pgettext_lazy("this estimate is", "withdrawn"),
    },
)
