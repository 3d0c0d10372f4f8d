"""Reading releases: at the desk, and in public."""

from dataclasses import dataclass
from uuid import UUID

from amparo.access.decisions import decide
from amparo.access.gate import allow, listed, look, looking
from amparo.access.permissions import Permission
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.counting.frozen.models import Frozen
from amparo.counting.models import Snapshot
from amparo.publication.models import Drawing, Release


@dataclass(frozen=True)
class Desk:
    """What a statistician or a reviewer has before them; `snapshots` without their rows, and for statisticians only."""

    snapshots: list[Snapshot]
    mine: list[Release]
    waiting: list[Release]
    decided: list[Release]


@looking
def desk(*, by: Actor, limit: int = 50) -> Desk:
    """Snapshots that have not ended, drafts that `by` may check, drafts that a colleague must check, and the rest."""
    rule = allow(by, Permission.RELEASE_LIST)
    snapshots = []
    if decide(by=by, permission=Permission.SNAPSHOT_TAKE).allowed:
        living = Snapshot.objects.defer("sealed").filter(expires_at__gt=clock.now())
        snapshots = list(living.order_by("-taken_at")[:limit])
    found = list(Release.objects.order_by("-drafted_at", "-id")[:limit])
    drafts = [each for each in found if each.status == "draft"]
    waiting = [each for each in drafts if decide(by=by, permission=Permission.RELEASE_CHECK, record=each).allowed]
    mine = [each for each in drafts if each not in waiting]
    listed(by, "release:listed", "list", [*(each.id for each in snapshots), *(each.id for each in found)], rule=rule)
    return Desk(snapshots, mine, waiting, [each for each in found if each.status != "draft"])


@looking
def sources(*, by: Actor) -> list[Frozen]:
    """The snapshots of everything that tables may be drafted from, the latest first."""
    rule = allow(by, Permission.RELEASE_DRAFT)
    living = list(Frozen.objects.filter(expires_at__gt=clock.now()).order_by("-taken_at"))
    listed(by, "release:sources_listed", "list", [each.id for each in living], rule=rule)
    return living


@looking
def release(*, by: Actor, id: UUID) -> Release:
    """One release with its cells. Raises `NotFound`."""
    rule = allow(by, Permission.RELEASE_LIST)
    found = Release.objects.prefetch_related("cells").filter(id=id).first()
    if found is None:
        raise NotFound
    look(by, "release:read", "release", found.id, rule=rule)
    return found


def public_releases() -> list[Release]:
    """What the public may read, newest first; what was withdrawn stays in the list, without its numbers."""
    return list(Release.objects.filter(published_at__isnull=False).order_by("-year", "-published_at"))


def standing_releases() -> list[Release]:
    """Every table that is published and was neither corrected nor withdrawn, the oldest first, with its cells."""
    found = Release.objects.filter(status="published").prefetch_related("cells")
    return list(found.order_by("year", "published_at", "id"))


def public_release(reference: str) -> Release:
    """One of them, with its cells. Raises `NotFound`."""
    every = Release.objects.select_related("replaced_by").prefetch_related("cells")
    found = every.filter(reference=reference, published_at__isnull=False).first()
    if found is None:
        raise NotFound
    return found


def may_replace(release: Release) -> list[Release]:
    """The public tables that may correct this one: of the same indicator and year."""
    same = Release.objects.filter(
        indicator=release.indicator, first_year=release.first_year, year=release.year, status="published"
    )  # fmt: skip
    return list(same.exclude(pk=release.pk).order_by("-published_at"))


def public_drawing(reference: str, language: str, ground: str, table: int = 0) -> str:
    """The chart of a table that stands, as SVG. Raises `NotFound`."""
    found = Drawing.objects.filter(
        release__reference=reference, release__status="published", language=language, ground=ground, table=table
    ).first()  # fmt: skip
    if found is None:
        raise NotFound
    return found.svg


def drawn_tables(release: Release) -> set[int]:
    """The numbers of its tables that have a chart of bars."""
    return set(Drawing.objects.filter(release=release).values_list("table", flat=True))
