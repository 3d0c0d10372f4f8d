"""Reading releases: at the desk, and in public."""

from uuid import UUID

from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.publication.models import Drawing, Release


@gated
def releases(*, by: Actor, limit: int = 50) -> list[Release]:
    """The latest releases of every status, newest first."""
    rule = allow(by, Permission.RELEASE_LIST)
    found = list(Release.objects.order_by("-drafted_at", "-id")[:limit])
    listed(by, "release:listed", "list", [each.id for each in found], rule=rule)
    return found


@gated
def release(*, by: Actor, id: UUID) -> Release:
    """One release with its cells. Raises `NotFound`."""
    rule = allow(by, Permission.RELEASE_LIST)
    found = Release.objects.prefetch_related("cells").filter(id=id).first()
    if found is None:
        raise NotFound
    record(by, "release:read", "release", found.id, rule=rule)
    return found


def public_releases() -> list[Release]:
    """What the public may read, newest first; what was withdrawn stays in the list, without its numbers."""
    return list(Release.objects.filter(published_at__isnull=False).order_by("-year", "-published_at"))


def public_release(reference: str) -> Release:
    """One of them, with its cells. Raises `NotFound`."""
    found = Release.objects.prefetch_related("cells").filter(reference=reference, published_at__isnull=False).first()
    if found is None:
        raise NotFound
    return found


def public_drawing(reference: str, language: str, ground: str) -> str:
    """The chart of a table that stands, as SVG. Raises `NotFound`."""
    found = Drawing.objects.filter(
        release__reference=reference, release__status="published", language=language, ground=ground
    ).first()  # fmt: skip
    if found is None:
        raise NotFound
    return found.svg
