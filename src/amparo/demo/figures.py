"""Years that are over are counted, protected, checked by a second person, and published; the last one waits."""

from collections.abc import Callable
from datetime import UTC, datetime

from amparo.common import clock
from amparo.counting.actions import take_snapshot
from amparo.demo.founding import Country
from amparo.publication import actions
from amparo.publication.models import Release

PUBLISHED = 3  # years; a fourth, the last that is over, waits for its check


def publish(country: Country, told: Callable[[int], object]) -> None:
    """The table of each year: drafted and checked in the February after it, the last one drafted now."""
    last = clock.today().year - 1
    for year in range(last - PUBLISHED, last):
        with clock.stopped(datetime(year + 1, 2, 2, 10, tzinfo=UTC)):
            release = _drafted(country, year)
            actions.check(by=country.actor("reviewer", "STAT"), release=release, agree=True)
        told(1)
    _drafted(country, last)
    told(1)


def _drafted(country: Country, year: int) -> Release:
    by = country.actor("statistician", "STAT")
    return actions.draft(by=by, snapshot=take_snapshot(by=by, year=year))
