"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {
    "case_opened": (_("Case opened"), ""),
    "incident_recorded": (_("Incident recorded"), "form"),
    "risk_judged": (_("Risk judged"), "risk_level"),
    "acted": (_("Somebody acted for the child"), ""),
    "case_assigned": (_("Case assigned"), ""),
    "case_shared": (_("Case shared with another agency"), ""),
    "share_revoked": (_("Share ended"), ""),
    "case_closed": (_("Case closed"), "case_close_reason"),
    "placement_set": (_("Written down where the child lives"), ""),
    "child_missing": (_("The child is missing"), ""),
    "child_found": (_("The child is found"), ""),
    "case_reopened": (_("Case opened again"), "reopen_reason"),
}
PLAIN: dict[str, Any] = {
    "assess_risk": _("Judge the risk"),
    "respond_to_risk": _("Act for the child"),
    "find_child": _("Find the child"),
    "case_waits": _("A new case waits for a worker"),
    "many_searches": _("Somebody has searched for children as often as a day allows"),
    "walled_child_searched": _("Somebody searched for a child whom a wall keeps from them"),
    "glass_broken": _("Somebody broke the glass before this case"),
    "open": _("Open"),
    "closed": _("Closed"),
    "given": _("Given name"),
    "family": _("Family name"),
    "other": _("Other names"),
    "birth_date": _("Born"),
    "contact": _("Contact"),
    "address": _("Address"),
    "provider": _("Who runs the place"),
    "told": _("What was told"),
    "identity": _("Who the child is"),
    "narrative": _("What was told in words"),
    "health": _("Health"),
    "placement": _("Where the child lives"),
    "own": _("The case's own team"),
    "share": _("Shared"),
    "glass": _("Glass broken in an emergency"),
    "done": _("Done"),
    "refused": _("Refused"),
}
# Lines of the look-log.
VERBS: dict[str, Any] = {
    "case:read": _("Looked at the case"),
    "case:looks_read": _("Looked at this list"),
    "vault:identity_revealed": _("Opened who the child is"),
    "vault:narrative_revealed": _("Opened what was told"),
    "vault:placement_revealed": _("Opened where the child lives"),
    "vault:health_revealed": _("Opened health"),
    "case:opened": _("Opened the case"),
    "case:risk_judged": _("Judged the risk"),
    "case:acted": _("Said that somebody acted"),
    "case:assigned": _("Gave the case to a worker"),
    "case:shared": _("Shared the case"),
    "case:share_revoked": _("Ended a share"),
    "case:closed": _("Closed the case"),
    "case:reopened": _("Opened the case again"),
    "case:placement_set": _("Wrote down where the child lives"),
    "case:child_missing": _("Reported the child missing"),
    "case:child_found": _("Reported the child found"),
    "case:glass_broken": _("Broke the glass"),
    "incident:recorded": _("Recorded an incident"),
    "wall:raised": _("Raised a wall"),
    "wall:lifted": _("Lifted a wall"),
}
# Where somebody does what a task asks for.
DO: dict[str, str] = {"assess_risk": "office:risk", "respond_to_risk": "office:acted", "find_child": "office:case"}
# Our own words for the domains of the Child Functioning Module: how hard is it for the child …
HARD: dict[str, Any] = {
    "seeing": _("Seeing, with glasses if the child has some"),
    "hearing": _("Hearing, with an aid if the child has one"),
    "walking": _("Walking"),
    "fine_motor": _("Picking up small things"),
    "self_care": _("Eating or dressing alone"),
    "communicating": _("Being understood, and understanding others"),
    "learning": _("Learning new things"),
    "remembering": _("Remembering things"),
    "concentrating": _("Staying with something that the child likes doing"),
    "playing": _("Playing"),
    "accepting_change": _("Changes in the day's order"),
    "controlling_behaviour": _("Keeping calm with others"),
    "making_friends": _("Making friends"),
    "anxiety": _("Being free of worry"),
    "depression": _("Being free of sadness"),
}
