"""The coded facts of children: all that counting may ever read of them."""

from collections.abc import Iterator

from amparo.common.facts import Facts
from amparo.linkage.models import Child


def children() -> Iterator[Facts]:
    """A row a child as an agency knows the child, the earliest first. `difficulties`: the degrees, each once."""
    for row in Child.objects.order_by("registered_at", "id").iterator(chunk_size=2000):
        yield {
            "child": str(row.id),
            "agency": str(row.agency_id),
            "sex": row.sex,
            "birth_year": row.birth_year,
            "nationality": row.nationality,
            "migration_status": row.migration_status,
            "care_status": row.care_status,
            "separation": row.separation,
            "difficulties": sorted(set(row.difficulties.values())),
            "registered": row.registered_at.strftime("%Y-%m"),
        }
