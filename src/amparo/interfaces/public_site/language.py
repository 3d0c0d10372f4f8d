"""The reader's language: the one asked for in the address, or by the browser. No cookie remembers it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]
_FRESH = "public, max-age=300"


def in_the_readers_language(view: View) -> View:
    """For every page of the public site; the same for everybody, so that it may be kept for five minutes."""

    @require_safe
    @wraps(view)
    def inner(request: HttpRequest, **address: str) -> HttpResponse:
        language = asked(request) or translation.get_language() or "en"
        with translation.override(language):
            response = view(request, **address)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Cache-Control", _FRESH)
        return response

    return inner


def asked(request: HttpRequest) -> str:
    """The language that the address asks for, if we have it."""
    language = request.GET.get("lang", "")
    return language if language in dict(settings.LANGUAGES) else ""


def shown(request: HttpRequest) -> dict[str, Any]:
    """For the page's frame: the languages, the present one, and what every link carries on."""
    language = asked(request)
    return {"languages": settings.LANGUAGES, "carry": f"?lang={language}" if language else ""}
