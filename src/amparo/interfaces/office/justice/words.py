"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {
    "proceeding_opened": (_("Proceeding opened"), "proceeding_stage"),
    "stage_begun": (_("Next stage of a proceeding"), "proceeding_stage"),
    "stage_ended": (_("Stage of a proceeding ended"), "proceeding_outcome"),
    "proceeding_ended": (_("Proceeding ended"), "proceeding_outcome"),
    "proceeding_stalled": (_("Proceeding stands still"), "proceeding_stage"),
    "person_noted": (_("Alleged person noted"), "person_category"),
    "person_judged": (_("Judgment on a person entered"), "proceeding_outcome"),
    "child_sanctioned": (_("The child was treated as an offender"), "child_sanction"),
    "alarm_followed": (_("Somebody spoke up for the child"), "alarm_step"),
    "sanction_lifted": (_("What was done to the child was lifted"), "child_sanction"),
}
# Lines of the record of looks.
VERBS: dict[str, Any] = {
    "child_sanction:followed": _("Spoke up for a child treated as an offender"),
    "child_sanction:unanswered": _("Found alarms that nobody answered"),
    "alarm:listed": _("Saw the list of alarms"),
    "alarm:read": _("Looked at an alarm"),
    "alarm:counted": _("Saw how many alarms there were"),
    "person:counted": _("Saw how many persons are held to be responsible"),
}
PLAIN: dict[str, Any] = {
    "ask_why_stalled": _("Ask why the proceeding stands still"),
    "speak_up_for_child": _("Speak up: a child victim is never an offender"),
    "alleged": _("Alleged"),
    "convicted": _("Convicted"),
    "acquitted": _("Acquitted"),
    "ended": _("Ended"),
    "alleged_person": _("Alleged person"),
    "alarm_unanswered": _("A child victim is treated as an offender, and nobody spoke up in time"),
}
