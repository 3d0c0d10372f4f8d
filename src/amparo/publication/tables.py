"""From the rows of a snapshot to a table, and from a release back to what the public sees of it."""

from collections import Counter
from collections.abc import Iterable

from amparo.counting.actions import Row
from amparo.counting.positions import BANDS, UNKNOWN
from amparo.methods.disclosure import Published, Table
from amparo.organisation.facts import regions
from amparo.publication.models import Release, ReleaseCell


def table_of(rows: Iterable[Row]) -> Table:
    """Children by age group and region. What is not known is a line of its own, so that totals are true."""
    counts = Counter((row.age_group, row.region) for row in rows)
    known = [code for code, _name in regions()]
    gone = sorted({region for _age, region in counts} - {*known, UNKNOWN})
    return Table((*BANDS, UNKNOWN), (*known, *gone, UNKNOWN), counts)


def cells_of(release: Release, published: Published) -> list[ReleaseCell]:
    """The rows to keep of a table that is to be published."""
    return [
        ReleaseCell(release=release, age_group=age, region=region, shown=value is not None, value=value)
        for (age, region), value in published.cells.items()
    ]


def published_of(release: Release) -> Published:
    """The table as it is, or would be, published."""
    cells = {
        (cell.age_group, cell.region): cell.value for cell in sorted(release.cells.all(), key=lambda cell: cell.id)
    }
    ages = tuple(dict.fromkeys(age for age, _region in cells))
    found = tuple(dict.fromkeys(region for _age, region in cells))
    return Published(ages[:-1], found[:-1], cells)  # the last of each is the total


def releases_before(release: Release | None, indicator: str, year: int) -> list[Release]:
    """Every table of the same year that was ever public, the oldest first; withdrawing makes nobody forget."""
    found = Release.objects.filter(indicator=indicator, year=year, published_at__isnull=False)
    others = found.exclude(pk=release.pk) if release else found
    return list(others.prefetch_related("cells").order_by("published_at", "id"))
