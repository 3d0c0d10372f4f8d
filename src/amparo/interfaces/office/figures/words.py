"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {}
PLAIN: dict[str, Any] = {
    "draft": _("Draft"),
    "refused": _("Refused"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
    "queued": _("Being computed"),
    "computed": _("Waiting for its justification"),
    "waiting": _("Waiting for its check"),
    "failed": _("Not possible"),
}
