"""How a release may move. Checking and publishing are one act; nothing that was public ever vanishes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

RELEASE = LifeCycle(
    "release",
    "draft",
    moves(
        refuse=("draft", "refused"),
        check=("draft", "checked"),
        publish=("checked", "published"),
        correct=("published", "corrected"),
        withdraw=("published", "withdrawn"),
    ),
    _("This table is {status}; that is not possible now."),
    {
        "draft": pgettext_lazy("this table is", "a draft"),
        "checked": pgettext_lazy("this table is", "checked"),
        "refused": pgettext_lazy("this table is", "refused"),
        "published": pgettext_lazy("this table is", "published"),
        "corrected": pgettext_lazy("this table is", "corrected"),
        "withdrawn": pgettext_lazy("this table is", "withdrawn"),
    },
)
