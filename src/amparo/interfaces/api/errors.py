"""What the API answers when it cannot do as asked: a reason in words, perhaps a word on each field; never a trace."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from amparo.common.errors import AmparoError, Conflict, Invalid, NotFound, Refused

PREFIX = "/api/"
_STATUS = {Refused: 403, Conflict: 409, Invalid: 422}


def key_of(request: HttpRequest) -> str | None:
    """The key of an agency's system that came with the request; None when it came as a person's does."""
    scheme, _blank, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" and is_for_api(request) else None


def is_for_api(request: HttpRequest) -> bool:
    """Whoever asks for an address under `PREFIX` reads JSON, whatever happens."""
    return request.path_info.startswith(PREFIX)


def answer(error: AmparoError) -> JsonResponse:
    """An expected error. What may not be known, what is walled and what is not there are the same to the byte."""
    if isinstance(error, NotFound) or (isinstance(error, Refused) and not error.visible):
        return problem(404, NotFound().reason)
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
    return problem(status, error.reason, error.fields if isinstance(error, Invalid) else None)


def sign_in_first() -> JsonResponse:
    """The answer to somebody who is not signed in, or not with a second factor."""
    return problem(401, _("Sign in first, with your second factor."))


def problem(status: int, reason: str, fields: Mapping[str, str] | None = None) -> JsonResponse:
    """The one shape of every error: ``{"reason": "...", "fields": {"name": "..."}}``."""
    said = {name: str(words) for name, words in (fields or {}).items()}
    return JsonResponse({"reason": str(reason), "fields": said}, status=status)
