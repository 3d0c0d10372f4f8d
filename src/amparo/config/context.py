"""What every page of the desk shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.common.types import Actor

_PLACES = (
    (_("My day"), "office:day", Permission.DAY_READ),
    (_("Cases"), "office:cases", Permission.CASE_LIST),
    (_("Figures"), "office:figures", Permission.RELEASE_LIST),
    (_("Record of looks"), "office:record", Permission.AUDIT_READ),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`demo`, and for somebody at the desk the places that their posts open."""
    actor = getattr(request, "actor", None)
    return {"demo": settings.DEMO, "nav": _nav(request, actor) if actor else []}


def _nav(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": (url := reverse(route)), "active": request.path == url}
        for label, route, permission in _PLACES
        if decide(by=actor, permission=permission).allowed
    ]
