"""What codes of this area are called: notices, refusals and lines of the record, and what a system may be given."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.access.permissions import Permission as P

MOMENTS: dict[str, tuple[Any, str]] = {}
PLAIN: dict[str, Any] = {
    "renewal_asked": _("Somebody of your agency lost their sign-in; a second person has to confirm"),
    "sign_in_renewed": _("Your password was renewed by two people of your agency. Was it not you? Tell the auditor"),
    "machine": _("A system of an agency"),
    "machine_made": _("You answer for a system that may now use the API for your agency"),
}
VERBS: dict[str, Any] = {
    "renewal:asked": _("Started to renew somebody's sign-in"),
    "renewal:confirmed": _("Confirmed that somebody's sign-in is renewed"),
    "renewal:used": _("Chose a new password with a code of two people"),
    "machine:made": _("Made the account of a system"),
    "machine:renewed": _("Gave a system a new key"),
    "machine:revoked": _("Shut a system out"),
    "machine:refused": _("A key of this system was refused"),
}
GIVEN: dict[str, Any] = {
    P.REPORT_LIST: _("See which reports wait, in codes"),
    P.REPORT_TAKE_IN: _("Bring in reports that came by telephone, letter or in person"),
    P.CASE_LIST: _("See the list of cases, in codes"),
    P.CASE_READ: _("Read a case in codes, without names or narratives"),
    P.CARE_READ: _("Read the care of a case in codes"),
    P.JUSTICE_READ: _("Read the proceedings of a case in codes"),
    P.REFERRAL_LIST: _("See which referrals wait"),
    P.REFERRAL_READ: _("Read a referral"),
    P.REFERRAL_ANSWER: _("Answer a referral and report what was delivered"),
    P.RELEASE_LIST: _("See the tables of figures"),
    P.MONITOR_LIST: _("See what is being written about States"),
}
