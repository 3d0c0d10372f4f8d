"""The door of the API: what comes in is JSON of a bounded size with no file hidden in it; what goes out is JSON."""

import json
from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from amparo.common.errors import Invalid
from amparo.common.hidden_files import no_hidden_files
from amparo.interfaces.api.errors import answer, is_for_api, problem


class ApiDoor:
    """Middleware outside everything that reads a body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_api(request):
            return self.get_response(request)
        return _refused(request) or _in_json(self.get_response(request))


def _refused(request: HttpRequest) -> HttpResponse | None:
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not (size.isascii() and size.isdigit()):
        return problem(400, _("Say how long the body is."))
    if int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return problem(413, _("This is too long."))
    if int(size) == 0:
        return None
    if request.content_type != "application/json":
        return problem(415, _("Send JSON (application/json). No file is ever taken."))
    return _wrong_body(request.body)


def _wrong_body(body: bytes) -> HttpResponse | None:
    try:
        _check(json.loads(body.decode("utf-8"), parse_constant=_not_json))
    except Invalid as invalid:
        return answer(invalid)
    except (ValueError, RecursionError):
        return problem(400, _("This is not JSON in UTF-8."))
    return None


def _check(value: Any) -> None:
    """Every word in it, keys too: no file, no half of a character, no NUL. Raises `Invalid`, `ValueError`."""
    waiting: list[tuple[str, Any]] = [("body", value)]
    while waiting:
        name, each = waiting.pop()
        if isinstance(each, dict):
            waiting += [("body", key) for key in each] + list(each.items())
        elif isinstance(each, list):
            waiting += [(name, item) for item in each]
        elif isinstance(each, str):
            each.encode()
            if "\0" in each:
                raise ValueError
            no_hidden_files(each, name[:40])


def _not_json(_constant: str) -> NoReturn:
    raise ValueError


def _in_json(response: HttpResponse) -> HttpResponse:
    """Django's own few answers that are no JSON (a method that is not allowed, a slash too few) become it."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    status = response.status_code if response.status_code >= 400 else 404  # noqa: PLR2004
    return problem(status, _("This is not possible here."))
