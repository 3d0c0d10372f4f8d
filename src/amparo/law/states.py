"""How a provision may move. What was published stays readable; a newer one only supersedes it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

PROVISION = LifeCycle(
    "provision",
    "submitted",
    moves(
        publish=("submitted", "published"), refuse=("submitted", "refused"), supersede=("published", "superseded")
    ),
    _("This entry is {status}; that is not possible now."),
    {
        "submitted": pgettext_lazy("this entry is", "handed over for review"),
        "published": pgettext_lazy("this entry is", "published"),
        "refused": pgettext_lazy("this entry is", "refused"),
        "superseded": pgettext_lazy("this entry is", "superseded"),
    },
)  # fmt: skip
