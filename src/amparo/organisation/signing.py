"""Signing in and out, and changes of password and second factor, in the record of acts and looks.

The sign-in library says what happened, by its signals; nothing here decides. The record holds who and when, never what
was typed or from where. A sign-in that failed stands under the person whose name was tried: who tried it is not known.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest

from amparo.audit.actions import MAIN, record
from amparo.audit.models import Event
from amparo.common.types import Actor
from amparo.organisation.actions import tell
from amparo.organisation.models import Person

NOBODY = UUID(int=0)
OPENED, REFUSED = "session:opened", "session:refused"


def session_of(request: HttpRequest | None) -> str:
    """How the record names a session: a hash of its key, "" without one."""
    key = request.session.session_key if request is not None and hasattr(request, "session") else None
    return sha256(key.encode()).hexdigest()[:16] if key else ""


def listen() -> None:
    """Hear what the sign-in library says."""
    user_logged_in.connect(_opened)
    user_logged_out.connect(_ended)
    user_login_failed.connect(_refused)
    authentication_failed.connect(_code_refused)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)
    authenticator_reset.connect(_factor_renewed)
    password_changed.connect(_password_changed)
    password_reset.connect(_password_changed)


def _opened(*, user: Person, request: HttpRequest, **_more: Any) -> None:
    mine = Event.objects.filter(record=user.id, kind="person", verb__in=[OPENED, REFUSED]).order_by("-seq")
    tried_before = mine.values_list("verb", flat=True).first() == REFUSED
    _note(user.id, OPENED, request)
    if tried_before:
        _tell(user, "sign_in_refused")


def _ended(*, user: Person | None, request: HttpRequest, **_more: Any) -> None:
    if user is not None:
        _note(user.id, "session:ended", request)


def _refused(*, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_more: Any) -> None:
    """Alike, statement for statement, whether or not there is somebody of that name."""
    name = str(credentials.get("username") or "").strip().casefold()
    found = Person.objects.annotate(called=Lower(F("username"))).filter(called=name).values_list("id", flat=True)
    _note(found.first() or NOBODY, REFUSED, request, factor="password")


def _code_refused(*, user: Person, authenticator: Authenticator, request: HttpRequest, **_more: Any) -> None:
    _note(user.id, REFUSED, request, factor=authenticator.type)


def _factor_added(*, user: Person, authenticator: Authenticator, request: HttpRequest, **_more: Any) -> None:
    _note(user.id, "factor:added", request, factor=authenticator.type)
    others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
    if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        _tell(user, "factor_changed")


def _factor_removed(*, user: Person, authenticator: Authenticator, request: HttpRequest, **_more: Any) -> None:
    _note(user.id, "factor:removed", request, factor=authenticator.type)
    _tell(user, "factor_changed")


def _factor_renewed(*, user: Person, authenticator: Authenticator, request: HttpRequest, **_more: Any) -> None:
    _note(user.id, "factor:renewed", request, factor=authenticator.type)
    _tell(user, "factor_changed")


def _password_changed(*, user: Person, request: HttpRequest, **_more: Any) -> None:
    if user.first_password_until:
        user.first_password_until = None
        user.save(update_fields=["first_password_until"])
    _note(user.id, "password:changed", request)
    _tell(user, "password_changed")


def _note(person: UUID, verb: str, request: HttpRequest | None, *, factor: str = "") -> None:
    """A link of the chain. Under a name that nobody has there is no person, and nothing of the name is kept."""
    refused = verb == REFUSED
    actor = Actor("name" if refused else "person", person, session="" if refused else session_of(request))
    with transaction.atomic(using=MAIN):
        record(actor, verb, "person", person, outcome="refused" if refused else "done",
               detail={"factor": factor} if factor else None)  # fmt: skip


def _tell(person: Person, code: str) -> None:
    tell(code=code, kind="person", record_id=person.id, reference="", person=person.id)
