"""What an address of the monitor asks for, and how answers leave: a page's frame, a file of lines or data."""

import csv
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from amparo.common import clock
from amparo.interfaces.public_site.language import shown
from amparo.methods.disclosure.files import harmless
from amparo.monitoring.topics import Topic, topic

LONGEST = 100  # signs of a search
MOST = 6  # States in one comparison


def framed(request: HttpRequest) -> dict[str, Any]:
    """What every page of the monitor says of itself."""
    return {"day": day(request), "today": clock.today(), "here": _here(request), **shown(request)}


def _here(request: HttpRequest) -> str:
    """What a file of this page must be asked for with, so that it says the same: the language, the day, the slice."""
    kept = QueryDict(mutable=True)
    for part in ("lang", "on", "known", "age", "sex", "role", "s"):
        kept.setlist(part, request.GET.getlist(part)[:MOST])
    return f"?{told}" if (told := kept.urlencode()) else ""


def day(request: HttpRequest) -> date:
    """The day that the address asks about, never one to come; else today."""
    return min(on_day(request.GET.get("on", "")) or clock.today(), clock.today())


def days(request: HttpRequest) -> tuple[date, date | None]:
    """The day that the address asks about, and the one on which it was said, if that is not now."""
    return day(request), on_day(request.GET.get("known", ""))


def on_day(text: str) -> date | None:
    """A day as ISO 8601 writes it; whatever else is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_csv(stem: str, lines: Iterable[Iterable[Any]]) -> HttpResponse:
    """Lines as a CSV file, each cell harmless to a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="{stem}.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    csv.writer(response).writerows([harmless(str(cell)) for cell in line] for line in lines)
    return response


def as_json(told: dict[str, Any]) -> HttpResponse:
    """A file for machines."""
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def asked_topic(request: HttpRequest, kind: str, code: str) -> Topic:
    """The question of an address, on the day that it asks about."""
    asked = {part: request.GET.get(part, "")[:10] for part in ("age", "sex")}
    return topic(kind, code, day(request), **asked)
