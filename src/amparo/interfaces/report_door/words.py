"""What became of a message, in words for a child; and how soon somebody reads it."""

from django.utils.translation import gettext_lazy as _

from amparo.intake.postbox import door

STATUS = {
    "received": _("Your message is here. Nobody has read it yet."),
    "being_read": _("A person is reading your message."),
    "answered": _("There is an answer for you."),
    "accepted": _("Somebody is now working on it, to help."),
    "forwarded": _("We gave it to people who can help better."),
    "closed": _("The work on this has ended. You can still write."),
    "withdrawn": _("You asked us to stop. We tell the people who help."),
}

OLD_SHEET = _("This page was open for a long time. Your words are still here. Please press the button again.")
WRONG_CODE = _("This code does not open anything. Please look at it again.")
OWN_CODE = _("Your code is in this text. Please take it out.")

# Intake's clocks where the board does not say otherwise (D5).
HOURS = {"danger_now": 1, "urgent": 24, "normal": 72}


def hours_until_read(urgency: str) -> int:
    """Within how many hours a person reads a message of this urgency."""
    return int(door.board().get("hours", HOURS).get(urgency, HOURS[urgency]))
