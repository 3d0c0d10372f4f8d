"""What every request at the door passes: headers that leave no trace, and a guard that lets in words only."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from amparo.interfaces.report_door import problems

Next = Callable[[HttpRequest], HttpResponse]
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KINDS = {True: "application/json", False: "application/x-www-form-urlencoded"}
STEP = 4096


class Traceless:
    """The same headers on every answer, static files included; pages in steps of 4 kB, so that length tells little."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content += b"\n" * (-len(response.content) % STEP)
            response["Content-Length"] = str(len(response.content))
        return response


class Guard:
    """The language from the path, the host from the list, and a body that is a small text from a page of ours."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            request.get_host()
            problem = _problem(request)
            return problems.answer(request, problem) if problem else self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        problem = problems.of(exception)
        return problems.answer(request, problem) if problem else None


def language_of(request: HttpRequest) -> str:
    """The language that the path names, or the best of those that the browser asks for."""
    named = request.path_info.split("/")[1]
    if named in dict(settings.LANGUAGES):
        return named
    request.COOKIES.clear()
    return translation.get_language_from_request(request)


def _problem(request: HttpRequest) -> problems.Problem | None:
    if request.method in {"GET", "HEAD"}:
        return None
    if request.method != "POST":
        return problems.METHOD
    program = request.path.startswith("/api/")
    if not _is_text(request, KINDS[program]):
        return problems.NOT_TEXT
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return problems.TOO_LONG
    if not program and request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return problems.NOT_OURS
    return None


def _is_text(request: HttpRequest, kind: str) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    return request.content_type == kind and charset == "utf-8" and "Content-Encoding" not in request.headers
