"""Asking for a renewal, confirming it, using it.

ASVS 6.4.3 and 6.4.6: whoever starts neither chooses nor learns a password, and no factor falls by one person's word.
Each of the two hands one half of a code to the person whom they know; both halves together let that person, and nobody
else, choose a password (and set a second factor anew at the next sign-in).
"""

import hmac
from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import MAIN, record
from amparo.audit.rows import hold
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency, Membership, Person
from amparo.organisation.queries import current
from amparo.organisation.renewals.models import Renewal
from amparo.organisation.renewals.queries import HOLDS, waiting

TRIES = 5
KNOWN_BY = ("in_person", "identity_card", "known_voice")


@gated
def ask(*, by: Actor, person: Person, agency: Agency, factor: bool, known_by: str) -> tuple[Renewal, str]:
    """Start a renewal for somebody who was recognised, and the first half of the code, shown this once.

    `factor`: the second factor is lost too. Raises `Conflict` for oneself, `Invalid` for somebody of another agency.
    """
    rule = allow(by, Permission.RENEWAL_ASK)
    _not_oneself(by, person)
    if known_by not in KNOWN_BY:
        raise Invalid({"known_by": _("Say how this person was recognised.")})
    if not Membership.objects.filter(current(), person=person, agency=agency).exists():
        raise Invalid({"person": _("This person does not work at this agency.")})
    Renewal.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    half = _half()
    renewal = Renewal.objects.create(
        person=person, agency=agency, factor=factor, known_by=known_by, asked_at=clock.now(), asked_by=by.id,
        first=_kept(half),
    )  # fmt: skip
    record(by, "renewal:asked", "person", person.id, rule=rule, detail={"factor": factor, "known_by": known_by})
    for role in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        tell(code="renewal_asked", kind="renewal", record_id=renewal.id, reference="", agency=agency.id, role=role)
    return renewal, half


@gated
def confirm(*, by: Actor, renewal: Renewal) -> str:
    """Confirm, as a second person of the agency who recognised them too; the second half of the code, shown this once.

    Raises `Conflict` for whoever asked, for oneself, and when it was confirmed already.
    """
    rule = allow(by, Permission.RENEWAL_CONFIRM)
    hold(renewal, "confirmed_at", "ended_at")
    _not_oneself(by, renewal.person)
    if by.id == renewal.asked_by:
        raise Conflict(_("Whoever started this does not confirm it; ask another supervisor or administrator."))
    if renewal.agency_id not in by.agencies_as(Role.SUPERVISOR, Role.ADMINISTRATOR):
        raise Conflict(_("Somebody of this person's own agency confirms it."))
    if renewal.confirmed_at or renewal.ended_at or clock.now() - renewal.asked_at >= HOLDS:
        raise Conflict(_("This is confirmed already, or it is too late."))
    half = _half()
    renewal.confirmed_at, renewal.confirmed_by, renewal.second = clock.now(), by.id, _kept(half)
    renewal.save(update_fields=["confirmed_at", "confirmed_by", "second"])
    record(by, "renewal:confirmed", "person", renewal.person_id, rule=rule)
    return half


def use(*, username: str, first: str, second: str, password: str) -> None:
    """Choose a new password with both halves. Raises `Invalid`: one sentence, whatever of name and halves was wrong.

    Five tries; then it has to be asked for anew. Nobody is signed in by it: password and second factor are asked next.
    """
    found = Renewal.objects.filter(waiting(), person__username__iexact=username.strip(), confirmed_at__isnull=False)
    renewal = found.select_related("person").first()
    right = _right(renewal, first, second)
    if renewal is None or not right:
        raise Invalid({"": _("This does not open anything. Look at the name and at both parts of the code.")})
    person = renewal.person
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid({"password": " ".join(weak.messages)}) from None
    with transaction.atomic(using=MAIN):
        _renew(renewal, person, password)
    reset(username=person.username.casefold())


def _right(renewal: Renewal | None, first: str, second: str) -> bool:
    """Whether both halves fit. A try is counted before it is looked at; without a renewal the same is computed."""
    typed = [_kept(_plain(first)), _kept(_plain(second))]
    if renewal is None:
        return False
    if not Renewal.objects.filter(pk=renewal.pk, tries__lt=TRIES, ended_at=None).update(tries=F("tries") + 1):
        return False
    fits = [hmac.compare_digest(*pair) for pair in zip(typed, (renewal.first, renewal.second), strict=True)]
    return all(fits)


def _renew(renewal: Renewal, person: Person, password: str) -> None:
    person.set_password(password)  # every open session ends with the old one
    person.first_password_until = None
    person.save(update_fields=["password", "first_password_until"])
    if renewal.factor:
        Authenticator.objects.filter(user=person).delete()
    Renewal.objects.filter(pk=renewal.pk).update(ended_at=clock.now())
    detail: dict[str, Any] = {"factor": renewal.factor, "confirmed_by": str(renewal.confirmed_by)}
    record(Actor("person", person.id), "renewal:used", "person", person.id, detail=detail)
    tell(code="sign_in_renewed", kind="person", record_id=person.id, reference="", person=person.id)


def _not_oneself(by: Actor, person: Person) -> None:
    if by.id == person.id:
        raise Conflict(_("Nobody renews their own sign-in; ask another administrator."))


def _half() -> str:
    """40 random bits, as a reference is written."""
    return new_reference("")[1:]


def _plain(typed: str) -> str:
    """As it was shown: capitals, one dash in the middle, and the letters that are easily taken for digits."""
    letters = typed.upper().translate(str.maketrans("OIL", "011", " -"))
    return f"{letters[:4]}-{letters[4:]}"


def _kept(half: str) -> str:
    pepper: str = settings.MACHINE_PEPPER()
    return hmac.digest(pepper.encode(), b"renewal " + half.encode(), "sha256").hex()
