"""What every request at the desk passes: its host, its time-outs, its second factor, its route, its errors."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _

from amparo.access.decisions import decide
from amparo.access.gate import record_refusal
from amparo.access.permissions import Permission
from amparo.access.policy import POLICY
from amparo.common import clock
from amparo.common.errors import AmparoError, Conflict, Invalid, NotFound, Refused
from amparo.common.types import Actor
from amparo.config.routes import ANYONE, ROUTES, SIGNED_IN
from amparo.interfaces.api.errors import answer, is_for_api, key_of, problem, sign_in_first
from amparo.organisation import queries
from amparo.organisation.machines.entering import NotLetIn, enter
from amparo.organisation.signing import session_of

Next = Callable[[HttpRequest], HttpResponse]


class Hosts:
    """The office and the public site are two hosts of one process; neither answers for the other."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().rpartition(":")[0] or request.get_host()
        request.urlconf = "amparo.config.urls_office" if host == settings.OFFICE_HOST else "amparo.config.urls_public"
        response = self.get_response(request)
        if host == settings.OFFICE_HOST:
            response.setdefault("Cache-Control", "no-store")
        return response


class TimeOuts:
    """A session ends after fifteen idle minutes, and after ten hours whatever happens (ASVS 7.3.1, 7.3.2)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            began = request.session.setdefault("began", now)
            seen = request.session.get("seen", now)
            if (
                now - began > settings.SESSION_ABSOLUTE.total_seconds()
                or now - seen > settings.SESSION_IDLE.total_seconds()
            ):
                logout(request)
                return _to_sign_in(request)
            if now - seen > 60 or "seen" not in request.session:  # noqa: PLR2004
                request.session["seen"] = now
        return self.get_response(request)


class Gatekeeper:
    """Silence means no: a route that the table does not name does not exist, and the desk needs a second factor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            route = resolve(request.path_info, request.urlconf).view_name
        except Resolver404:
            return error_page(request, NotFound())
        needed = ROUTES.get(route)
        if needed is None:
            return error_page(request, NotFound())
        if needed == ANYONE:
            return self.get_response(request)
        if (closed := _enter(request)) is not None:
            return closed
        if needed == SIGNED_IN:
            return self.get_response(request)
        if (first := _to_do_first(request)) is not None:
            return first
        decision = decide(by=request.actor, permission=Permission(needed)) if _about_nothing(needed) else None  # type: ignore[attr-defined]
        if decision and not decision.allowed:
            refused = Refused(decision.reason, rule=decision.rule)
            record_refusal(request.actor, route, refused)  # type: ignore[attr-defined]
            return _refused(request, refused)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return _refused(request, exception)
        return error_page(request, exception) if isinstance(exception, AmparoError) else None


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """When only the freshness of the second factor is missing, ask for it and come back to this page."""
    stale = refused.visible and ":fresh_second_factor" in refused.rule
    if stale and not is_for_api(request):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
    return error_page(request, refused)


def error_page(request: HttpRequest, error: AmparoError) -> HttpResponse:
    """An expected error as a page. What may not be known and what is not there look the same to the byte."""
    if is_for_api(request):
        return answer(error)
    if isinstance(error, NotFound) or (isinstance(error, Refused) and not error.visible):
        return render(request, "design/error.html", {"status": 404, "reason": _("There is no such page.")}, status=404)
    status = {Refused: 403, Conflict: 409, Invalid: 422}.get(type(error), 400)
    return render(request, "design/error.html", {"status": status, "reason": error.reason}, status=status)


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - its words stay unsaid
    """Django's own 404 and 403: what is not there and what may not be known look the same."""
    return error_page(request, NotFound())


def strange(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - its words stay unsaid
    """What was sent is no request of ours: too large, another host, signs that are not letters."""
    return _plain_page(request, 400, _("We cannot read what was sent. Go back and try again."))


def broken(request: HttpRequest) -> HttpResponse:
    """An error that nobody expected. The page asks no database and says nothing of what it was."""
    return _plain_page(request, 500, _("Something went wrong here. It is not your fault; please try again later."))


def _plain_page(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    if is_for_api(request):
        return problem(status, reason)
    return HttpResponse(render_to_string("design/error.html", {"status": status, "reason": reason}), status=status)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's own words stay unsaid
    """A form that did not come from a page of ours, or from one that lay open too long."""
    return error_page(
        request, Refused(_("This form is too old or came from elsewhere. Load the page again and repeat it."))
    )


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: Any) -> HttpResponse:
    """Ten wrong tries at one name, whether or not there is such a person."""
    reason = _("Too many wrong tries. This name is locked for half an hour.")
    return render(request, "design/error.html", {"status": 429, "reason": reason}, status=429)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return sign_in_first() if is_for_api(request) else redirect(settings.LOGIN_URL)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    """Set one up; whoever has one but did not give it in this session signs in again."""
    if is_for_api(request):
        return sign_in_first()
    if is_mfa_enabled(request.user):
        logout(request)
        return redirect(settings.LOGIN_URL)
    return redirect("mfa_activate_totp")


def _to_do_first(request: HttpRequest) -> HttpResponse | None:
    """What a person must give before anything opens: a second factor, and a password that nobody else has seen."""
    if request.actor.kind != "person":  # type: ignore[attr-defined]
        return None
    if not _second_factor_given(request):
        return _to_second_factor(request)
    if not request.user.first_password_until:  # type: ignore[union-attr]
        return None
    return sign_in_first() if is_for_api(request) else redirect("account_change_password")


def _about_nothing(permission: str) -> bool:
    return not POLICY[Permission(permission)].kind


def _second_factor_given(request: HttpRequest) -> bool:
    return any(method["method"] == "mfa" for method in get_authentication_records(request, request.user))


def _enter(request: HttpRequest) -> HttpResponse | None:
    """Say who acts: the system of the key that came, whoever may be signed in beside it; else the person signed in."""
    actor: Actor
    if (key := key_of(request)) is not None:
        try:
            actor = enter(key)
        except NotLetIn as closed:
            return problem(closed.status, str(closed))
    elif request.user.is_authenticated:
        actor = queries.actor_of(request.user, **_session(request))
    else:
        return _to_sign_in(request)
    request.actor = actor  # type: ignore[attr-defined]
    return None


def _session(request: HttpRequest) -> dict[str, Any]:
    methods = get_authentication_records(request, request.user)
    times = [method["at"] for method in methods if method["method"] == "mfa"]
    at = datetime.fromtimestamp(max(times), tz=UTC) if times else None
    return {"session": session_of(request), "second_factor_at": at}
