"""Children who stand on the lists of several agencies, and what linkage says of them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from amparo.common.ids import new_reference
from amparo.common.types import IMPORTER, WORKER
from amparo.counting.models import Snapshot
from amparo.counting.overlaps.actions import take_links
from amparo.counting.overlaps.queries import Choice
from amparo.publication import actions as releases
from amparo.publication.estimates import actions
from amparo.publication.estimates.words import SUPPOSED
from amparo.publication.models import Release, ReleaseCell
from tests.counting.build import identify

YEARS = Choice(2025, 2025, "agency")
STATEMENT = "The two lists were made by different people in different places, without sending children to each other."


def meet(house, counts: dict[tuple[str, ...], int], *, draws: int = 1, **facts) -> None:
    """So many children for each combination of agencies; each agency has a record of its own of them."""
    links = {}
    for agencies, number in counts.items():
        for _ in range(number):
            child = uuid4()
            links |= {identify(house, agency, **facts).child_id: child for agency in agencies}
    take_links(by=IMPORTER, drawings=[links] * draws)


def drafted(house, **how):
    given = {"choice": YEARS, "lists": ["NORTH", "SOUTH"], "methods": ["main", "chao"], "boot": 50} | how
    return actions.draft(by=house.actor("statistician", "NORTH"), **given)


def computed(house, **how):
    made = drafted(house, **how)
    while actions.compute(by=WORKER):
        pass
    made.refresh_from_db()
    return made


def justified(house, made, **given):
    supposed = dict.fromkeys(SUPPOSED, "holds") | given.pop("supposed", {})
    given = {"statement": STATEMENT, "supposed": supposed} | given
    return actions.justify(by=house.actor("statistician", "NORTH"), estimate=made, **given)


def published(house, made):
    actions.check(by=house.actor("reviewer", "NORTH"), estimate=made, agree=True)
    return actions.check(by=house.actor("reviewer", "SOUTH"), estimate=made, agree=True)


def publish(house, release):
    """Two reviewers agree."""
    releases.check(by=house.actor("reviewer", "SOUTH"), release=release, agree=True)
    return releases.check(by=house.actor("reviewer", "NORTH"), release=release, agree=True)


GRID = {
    "Y0T4": (None, None, 0, 8), "Y5T9": (None, None, 0, 17), "Y10T14": (0, 0, 0, 0), "Y15T17": (0, 0, 0, 0),
    "unknown": (0, 0, 0, 0), "_T": (11, 14, 0, 25),
}  # fmt: skip


def standing(*, year: int = 2025, grid: dict = GRID, **columns) -> Release:
    """A published table as the database keeps it, without the children behind it: for what reads it afterwards."""
    when = datetime(year + 1, 2, 2, tzinfo=UTC)
    frozen = Snapshot.objects.create(
        reference=new_reference("S"), year=year, children=25, sealed=b"", taken_by=uuid4(), taken_at=when,
        expires_at=when + timedelta(days=90),
    )  # fmt: skip
    who = {name: uuid4() for name in ("drafted_by", "first_by", "checked_by")}
    at = dict.fromkeys(("drafted_at", "first_at", "checked_at", "published_at"), when)
    release = Release.objects.create(**{
        "reference": new_reference("F"), "indicator": "children_identified", "first_year": year, "year": year, "snapshot": frozen,
        "tables": [["region", "age_group"]],
        "status": "published", "policy": {"threshold": 5, "width": 4}, "tried": 4, "first_agrees": True,
        "snapshot_hash": "ab" * 32, "software": "amparo 0.1.0", **who, **at, **columns,
    })  # fmt: skip
    places = ("LM-NORTH", "LM-SOUTH", "unknown", "_T")
    ReleaseCell.objects.bulk_create(
        ReleaseCell(release=release, place=f"{place}|{age}", shown=value is not None, value=value)
        for at, place in enumerate(places)
        for age, row in grid.items()
        for value in (row[at],)
    )
    return release
