"""What codes of this area are called: the statuses of an answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {}
PLAIN: dict[str, Any] = {
    "submitted": _("Submitted"),
    "reviewed": _("Reviewed"),
    "contested": _("Contested"),
    "superseded": _("Superseded"),
}
