"""Build Lumeria through the same actions that people use, from a seed: the same seed gives the same histories.

The histories fill the five years that end today. Everything is drawn first and then walked in the order of time.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import transaction

from amparo.care.referring import remind_of_unanswered
from amparo.common import clock
from amparo.common.types import WORKER
from amparo.demo import (
    door,
    events,
    figures,
    founding,
    histories,
    linking,
    monitoring,
    papers,
    people,
    queues,
    sentences,
)
from amparo.demo.agenda import Agenda, Story, own
from amparo.demo.founding import PASSWORD, Country
from amparo.demo.histories import Walk
from amparo.intake import actions as intake
from amparo.intake import exchange
from amparo.intake.postbox.models import Thread
from amparo.justice.actions import find_stalled

__all__ = ["PASSWORD", "Country", "build", "first_day", "length"]

YEARS, MONTHS = 5, 60
# Of a hundred histories so many come through the door; beside them come reports that become no case.
BY_THE_DOOR, SETTLED = 0.09, 0.025
# Drafting, checking and drawing a table takes about as long as three months of histories.
_A_TABLE = 3


def first_day(until: datetime) -> datetime:
    """The first day of the month, five years before `until`."""
    return datetime(until.year - YEARS, until.month, 1, 9, tzinfo=UTC)


def length() -> int:
    """How many units `told` hears of in all: the months, and the tables in months."""
    return MONTHS + _A_TABLE * (figures.PUBLISHED + 1)


def build(
    *, children: int, seed: int, told: Callable[[int], object] = lambda _done: None, folder: Path | None = None
) -> Country:
    """Found the State and walk the histories of `children`; the papers go to `folder` (the data folder).

    All or nothing: one outer transaction of each database, so that an interrupted build leaves an empty house.
    """
    with ExitStack() as stack:
        # `main` opens first and so commits last: until it has, nobody sees what the others keep.
        for alias in ("default", "door", "vault", "keys"):
            stack.enter_context(transaction.atomic(using=alias))
        # What a build that was killed between two commits may have left at the door belongs to nobody.
        Thread.objects.all().delete()
        until = stack.enter_context(_the_same_now())
        walk = Walk(_found(until), Agenda(until))
        receipts: list[tuple[str, str]] = []
        _draw(walk, random.Random(seed), children, receipts, told)  # noqa: S311 - it must be repeatable, not secret
        walk.agenda.walk()
        _round()
        figures.publish(walk.country, lambda number: told(number * _A_TABLE))
        figures.estimate(walk.country, walk.records)
        linking.link(walk.country, walk.records)
        figures.freeze()
        monitoring.answer(walk.country, random.Random(seed))  # noqa: S311 - as above
        papers.keep_answer_key(folder or settings.DATA, walk.records)
        met = len({known.child.number for known in walk.records.values()})
        unmet = people.hidden(random.Random(seed), children=met)  # noqa: S311 - repeatable, not secret
        papers.keep_truth(folder or settings.DATA, met=met, hidden=unmet)
        papers.keep_receipts(folder or settings.DATA, receipts)
    return walk.country


@contextmanager
def _the_same_now() -> Iterator[datetime]:
    """However long the building takes, it ends in the minute in which it began."""
    now = clock.now().replace(second=0, microsecond=0)
    with clock.stopped(now):
        yield now


def _found(until: datetime) -> Country:
    with clock.stopped(first_day(until)):
        country = founding.found()
        exchange.run(by=WORKER)  # hangs out the door's board: from now on it is open
    return country


def _draw(
    walk: Walk, chance: random.Random, children: int, receipts: list[tuple[str, str]], told: Callable[[int], object]
) -> None:
    """Put everything that is to happen on the agenda."""
    until = walk.agenda.until
    first = first_day(until)
    known = people.draw(chance, children=children, first=first + timedelta(days=1), until=until - timedelta(hours=1))
    by_the_door = _by_the_door(chance, known, until)
    rest = [each for each in known if each not in by_the_door]
    for begin, end in pairwise(_quarters(first, until)):
        batch = [each for each in rest if begin <= each.at < end]
        walk.agenda.add(begin, histories.quarter(walk, own(chance), batch, end))
    for each in by_the_door:
        walk.agenda.add(each.at, histories.came_by_the_door(walk, _telling(walk, chance, each.agency), each))
    for _ in range(round(children * SETTLED)):
        at = first + (until - first) * chance.random()
        walk.agenda.add(at, door.settled(_telling(walk, chance, chance.choice(door.TAKERS))))
    if children:
        queues.fill(walk.agenda, walk.country, chance, lambda code, about: receipts.append((code, about)))
        events.happen(walk.agenda, walk.country, own(chance))
    walk.agenda.add(first, _months(until, told))


def _by_the_door(chance: random.Random, known: list[people.Known], until: datetime) -> list[people.Known]:
    """The records that begin with a report: of agencies that take them, and early enough to have become a case."""
    may = [each for each in known if each.agency in door.TAKERS and each.at < until - timedelta(days=15)]
    return chance.sample(may, min(len(may), round(len(known) * BY_THE_DOOR)))


def _telling(walk: Walk, chance: random.Random, target: str) -> door.Telling:
    urgency = chance.choices(["danger_now", "urgent", "normal"], [1, 4, 5])[0]
    language = chance.choices(list(sentences.TOLD), [6, 2, 1, 1, 1])[0]
    return door.Telling(walk.country, own(chance), urgency, target, language)


def _quarters(first: datetime, until: datetime) -> list[datetime]:
    """Where quarters of the walk begin, and the last day."""
    return [*(each for number, each in enumerate(_month_days(first, until)) if number % 3 == 0), until]


def _month_days(first: datetime, until: datetime) -> Iterator[datetime]:
    at = first
    while at < until:
        yield at
        at = (at.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(until: datetime, told: Callable[[int], object]) -> Story:
    """What the house does by itself every month, and where the telling of the progress is."""
    for _ in range(MONTHS):
        _round()
        told(1)
        yield min(until, (clock.now().replace(day=1) + timedelta(days=32)).replace(day=1))


def _round() -> None:
    """The worker's round: letters, and every clock that ran out."""
    exchange.run(by=WORKER)
    intake.escalate_overdue(by=WORKER)
    find_stalled(by=WORKER)
    remind_of_unanswered(by=WORKER)
