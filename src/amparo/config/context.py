"""What every page of the desk shows around its content."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from amparo.access.decisions import decide
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.common.types import Actor

# The side of the desk, from the first look of the morning to the last figure. A part that is not installed is left out.
_PLACES = (
    (_("My day"), "office:day", Permission.DAY_READ),
    (_("My team"), "office:team", Permission.TEAM_READ),
    (_("Reports"), "office:reports", Permission.REPORT_LIST),
    (_("Cases"), "office:cases", Permission.CASE_LIST),
    (_("Register a child"), "office:register", Permission.CHILD_REGISTER),
    (_("Questions"), "office:linked_contacts", Permission.CONTACT_LIST),
    (_("One child?"), "office:pairs", Permission.PAIR_LIST),
    (_("Referrals"), "office:referrals", Permission.REFERRAL_LIST),
    (_("Figures"), "office:figures", Permission.RELEASE_LIST),
    (_("Explore figures"), "office:explore", Permission.FIGURES_EXPLORE),
    (_("Alarms"), "office:alarms", Permission.ALARM_LIST),
    (_("Alarms counted"), "office:alarm_counts", Permission.ALARM_COUNT),
    (_("Persons counted"), "office:person_counts", Permission.PERSON_COUNT),
    (_("Monitor"), "office:monitor", Permission.MONITOR_LIST),
    (_("Walls"), "office:walls", Permission.WALL_LIST),
    (_("Broken glass"), "office:broken", Permission.GLASS_REVIEW),
    (_("Erasures"), "office:erasures", Permission.ERASURE_LIST),
    (_("Record of looks"), "office:record", Permission.AUDIT_READ),
    (_("Agencies"), "office:agencies", Permission.ORGANISATION_READ),
    (_("Lost sign-ins"), "office:renewals", Permission.RENEWAL_LIST),
    (_("Systems"), "office:machines", Permission.MACHINE_LIST),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`demo`; for somebody at the desk `me` (posts in words) and, past the second factor, the places that open.

    `opens` are the routes of those places, so that a page leads nobody before a closed door.
    """
    actor = getattr(request, "actor", None)
    within = actor is not None and actor.second_factor_at is not None
    nav = _nav(request, actor) if actor and within else []
    return {
        "demo": settings.DEMO,
        "spoken_here": settings.LANGUAGES,  # by their own names: Django's tag would translate "English"
        "me": _posts(request) if actor else [],
        "nav": nav,
        "opens": {place["route"] for place in nav},
    }


def _posts(request: HttpRequest) -> list[dict[str, Any]]:
    person = request.user
    agencies = getattr(person, "agency_names", {})
    return [
        {"role": Role(post.role).label, "agency": agencies.get(post.agency, "")}
        for post in person.posts or ()  # type: ignore[union-attr]
    ]


def _nav(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for label, route, permission in _PLACES:
        url = _address(route)
        if url and decide(by=actor, permission=permission).allowed:
            found.append({"label": label, "route": route, "url": url})
    around = [place["url"] for place in found if place["url"] != "/" and request.path.startswith(place["url"])]
    here = max(around, key=len, default=request.path)  # one place lies within another
    return [place | {"active": place["url"] == here} for place in found]


@cache  # the same for everybody, and fifteen of them on every page
def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
