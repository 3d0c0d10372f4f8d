"""Paging by key: `next` is opaque to whoever asks, and says after which row the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.common.errors import Invalid

Key = tuple[datetime, UUID]


def token(key: Key | None) -> str | None:
    """The `next` of a page; None after the last."""
    return urlsafe_b64encode(f"{key[0].isoformat()} {key[1]}".encode()).decode() if key else None


def key(token: str) -> Key | None:
    """The key in a `next`. Raises `Invalid` for one that no page gave."""
    if not token:
        return None
    try:
        at, _blank, id = urlsafe_b64decode(token).decode().partition(" ")
        found = datetime.fromisoformat(at)
        if found.tzinfo is None:
            raise ValueError
        return found, UUID(id)
    except ValueError:
        raise Invalid({"next": _("Use the `next` of the page before, as it was given.")}) from None
