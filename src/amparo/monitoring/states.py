"""How an answer may move. What was published stays readable for ever; a newer one only supersedes it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amparo.common.types import LifeCycle, moves

_CALLED = {
    "draft": pgettext_lazy("this entry is", "a draft"),
    "submitted": pgettext_lazy("this entry is", "handed over for review"),
    "reviewed": pgettext_lazy("this entry is", "reviewed"),
    "published": pgettext_lazy("this entry is", "published"),
    "contested": pgettext_lazy("this entry is", "contested"),
    "superseded": pgettext_lazy("this entry is", "superseded"),
    "refused": pgettext_lazy("this entry is", "refused"),
}
_SENTENCE = _("This entry is {status}; that is not possible now.")

ASSESSMENT = LifeCycle(
    "answer",
    "draft",
    moves(
        submit=("draft", "submitted"),
        send_back=("submitted", "draft"),
        review=("submitted", "reviewed"),
        publish=("reviewed", "published"),
        contest=("published contested", "contested"),
        supersede=("published contested", "superseded"),
    ),
    _SENTENCE,
    _CALLED,
)

ENTRY = LifeCycle(
    "line", "submitted", moves(publish=("submitted", "published"), refuse=("submitted", "refused")), _SENTENCE, _CALLED
)
