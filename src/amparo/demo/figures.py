"""Years that are over are counted, protected, checked by two others, and published; the last one waits.

How many children no agency met is estimated, too, from the links that the answer key knows. What linkage finds by
itself (`linking`) counts afterwards.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from amparo.common import clock
from amparo.common.types import IMPORTER, WORKER
from amparo.counting.actions import take_snapshot
from amparo.counting.frozen import cubes
from amparo.counting.frozen.actions import take
from amparo.counting.overlaps.actions import take_links
from amparo.counting.overlaps.queries import Choice, lists
from amparo.demo.country import AGENCIES, CASELOAD
from amparo.demo.founding import Country
from amparo.demo.people import Known
from amparo.publication import actions
from amparo.publication.estimates import actions as estimates
from amparo.publication.estimates.keeping import FEWEST
from amparo.publication.estimates.words import SUPPOSED
from amparo.publication.models import Release

PUBLISHED = 3  # years; a fourth, the last that is over, waits for its check
YEARS = 5
BOOT = 200
CHECKERS = ("STAT", "NHRI")  # the agencies whose reviewers give the two verdicts
STATEMENT = (
    "Six kinds of agencies met children in these years, each by its own way and none by way of another. "
    "This country is made up: its children are met by chance, and how many there are is known."
)


def publish(country: Country, told: Callable[[int], object]) -> None:
    """The table of each year: drafted and checked in the February after it, the last one drafted now."""
    last = clock.today().year - 1
    for year in range(last - PUBLISHED, last):
        with clock.stopped(datetime(year + 1, 2, 2, 10, tzinfo=UTC)):
            release = _drafted(country, year)
            for agency in CHECKERS:
                actions.check(by=country.actor("reviewer", agency), release=release, agree=True)
        told(1)
    _drafted(country, last)
    told(1)


def freeze() -> None:
    """All coded facts as they are now, for whoever explores."""
    cubes.rebuild(by=IMPORTER, frozen=take(by=IMPORTER))


def estimate(country: Country, records: Mapping[UUID, Known]) -> None:
    """One estimate over all years, from six kinds of agencies, justified and checked; none of a very small country."""
    children: dict[int, UUID] = {}
    links = {record: children.setdefault(known.child.number, record) for record, known in records.items()}
    take_links(by=IMPORTER, drawings=[links])
    by, this = country.actor("statistician", "STAT"), clock.today().year
    choice = Choice(this - YEARS, this)
    kinds = [code for code in lists(by=by, choice=choice) if code in {AGENCIES[each][1] for each in CASELOAD}]
    if len(children) < FEWEST or len(kinds) < 2:  # noqa: PLR2004 - two lists are the least that can overlap
        return
    made = estimates.draft(by=by, choice=choice, lists=kinds, boot=BOOT)
    while estimates.compute(by=WORKER):
        pass
    made = estimates.justify(by=by, estimate=made, supposed=dict.fromkeys(SUPPOSED, "holds"), statement=STATEMENT)
    for agency in CHECKERS:
        estimates.check(by=country.actor("reviewer", agency), estimate=made, agree=True)


def _drafted(country: Country, year: int) -> Release:
    by = country.actor("statistician", "STAT")
    return actions.draft(by=by, snapshot=take_snapshot(by=by, year=year))
