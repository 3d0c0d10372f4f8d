"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {
    "report_received": (_("Report received"), "urgency"),
    "report_claimed": (_("Claimed"), ""),
    "report_released": (_("Given back to the queue"), ""),
    "report_triaged": (_("Urgency confirmed"), "urgency"),
    "urgency_changed": (_("Urgency changed"), "urgency"),
    "report_classified": (_("Classified"), "form"),
    "reporter_answered": (_("Reporter answered"), ""),
    "reporter_wrote": (_("The reporter wrote again"), ""),
    "reporter_withdrew": (_("The reporter withdrew the report"), ""),
    "reporter_gone": (_("The reporter can no longer be answered at the door"), ""),
    "report_rose": (_("Not judged in time: rose to an independent agency"), "urgency"),
    "report_overdue": (_("Not judged in time, and there is nobody to rise to"), "urgency"),
    "report_forwarded": (_("Forwarded"), "forward_reason"),
    "report_accepted": (_("Accepted: a case was opened"), ""),
    "report_closed": (_("Report closed"), "report_close_reason"),
}
PLAIN: dict[str, Any] = {
    "letter_set_aside": (_("A letter from the door could not be read and was set aside")),
    "not_unsealed": _("It could not be unsealed"),
    "not_understood": _("It is not written as the door writes"),
    "nobody_to_take": _("No agency takes such a report"),
    "no_report": _("It belongs to no report that we know"),
    "hidden_file": _("A file was hidden in it"),
    "new": _("New"),
    "claimed": _("Claimed"),
    "triaged": _("Judged"),
    "accepted": _("Accepted"),
    "contact": _("Contact"),
    "safe_time": _("Safe time"),
}
