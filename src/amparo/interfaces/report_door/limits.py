"""How much one source may send, and whether there is room. Kept in memory only; an address is never written down."""

import shutil
from typing import Any

from django.http import HttpRequest

from amparo.common.buckets import Buckets
from amparo.interfaces.report_door.settings import settings

DOOR: Any = settings  # the type checker knows the desk's settings only
buckets = Buckets()


def allowed(request: HttpRequest) -> bool:
    """Whether this source may send one more. `DOOR_AN_HOUR` = 0 switches the limit off."""
    if not DOOR.DOOR_AN_HOUR:
        return True
    return buckets.take(_address(request), an_hour=DOOR.DOOR_AN_HOUR, burst=DOOR.DOOR_BURST)


def has_room() -> bool:
    """Whether the door's disk can take letters: a full one would lose what it acknowledged next."""
    free: int = shutil.disk_usage(settings.DOOR_DATA).free
    return free >= int(settings.DOOR_ROOM)


def _address(request: HttpRequest) -> str:
    if DOOR.DOOR_BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
