"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {
    "case_opened": (_("Case opened"), ""),
    "incident_recorded": (_("Incident recorded"), "form"),
    "risk_judged": (_("Risk judged"), "risk_level"),
    "case_assigned": (_("Case assigned"), ""),
    "case_shared": (_("Case shared with another agency"), ""),
    "share_revoked": (_("Share ended"), ""),
    "case_closed": (_("Case closed"), "case_close_reason"),
    "case_reopened": (_("Case opened again"), "reopen_reason"),
}
PLAIN: dict[str, Any] = {
    "assess_risk": _("Judge the risk"),
    "respond_to_risk": _("Act for the child"),
    "glass_broken": _("Somebody broke the glass before this case"),
    "open": _("Open"),
    "closed": _("Closed"),
    "given": _("Given name"),
    "family": _("Family name"),
    "other": _("Other names"),
    "birth_date": _("Born"),
    "contact": _("Contact"),
    "address": _("Address"),
}
