"""The years of the demonstration that are over are counted, protected, checked by a second person, and published."""

from datetime import UTC, datetime

from amparo.common import clock
from amparo.common.types import Actor
from amparo.counting.actions import take_snapshot
from amparo.organisation.models import Person
from amparo.organisation.queries import actor_of
from amparo.publication import actions


def publish(*, statistician: Person, reviewer: Person, first: int, last: int) -> None:
    """The table of each year, drafted and checked in the February after it."""
    for year in range(first, last + 1):
        with clock.stopped(datetime(year + 1, 2, 2, 10, tzinfo=UTC)):
            by = _now(statistician)
            release = actions.draft(by=by, snapshot=take_snapshot(by=by, year=year))
            actions.check(by=_now(reviewer), release=release, agree=True)


def _now(person: Person) -> Actor:
    """The person in the posts of that day, not in those that came along when the person was read."""
    person.posts = None
    return actor_of(person)
