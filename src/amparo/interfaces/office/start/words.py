"""What codes of this area are called: lines of the time line (with the list their term is of), tasks, notices."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MOMENTS: dict[str, tuple[Any, str]] = {}
PLAIN: dict[str, Any] = {
    "erasure_asked": _("An erasure waits for another agency"),
    "worker": _("The system’s worker"),
    "importer": _("An import"),
    "operator": _("The operator"),
    "name": _("Somebody, under a name that nobody has"),
    "sign_in_refused": _("Somebody tried to sign in under your name before you did, and was refused"),
    "factor_changed": _("A second factor of yours was added, changed or removed. Was it not you? Tell the operator"),
    "password_changed": _("Your password was changed. Was it not you? Tell the operator at once"),
}
# Lines of the record of looks.
VERBS: dict[str, Any] = {
    "day:read": _("Saw their own day"),
    "team:read": _("Saw their team"),
    "audit:read": _("Looked at this record"),
    "care:read": _("Looked at the care"),
    "justice:read": _("Looked at the proceedings"),
    "wall:listed": _("Saw the standing walls"),
    "glass:listed": _("Saw the broken glass"),
    "erasure:listed": _("Saw the erasures that wait"),
    "letter:listed": _("Saw the letters set aside"),
    "report:listed": _("Saw a list of reports"),
    "report:read": _("Looked at a report"),
    "referral:listed": _("Saw a list of referrals"),
    "referral:read": _("Looked at a referral"),
    "release:listed": _("Saw the figures"),
    "release:read": _("Looked at a table of figures"),
    "session:opened": _("Signed in"),
    "session:ended": _("Signed out"),
    "session:refused": _("A sign-in under this name was refused"),
    "factor:added": _("Added a second factor"),
    "factor:removed": _("Removed a second factor"),
    "factor:renewed": _("Made new recovery codes"),
    "password:changed": _("Changed the password"),
}
