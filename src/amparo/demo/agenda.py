"""Stories of many people walked side by side in the order of time, up to a day; what lies after it has not happened.

A story is a generator: it acts, and yields the moment at which it goes on. While it acts the clock stands at its
moment. So the actions write what they would have written had the demonstration been alive for five years, and today
finds some plans half done, some answers owed and some clocks run out.
"""

import random
from collections.abc import Generator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from amparo.common import clock

Story = Generator[datetime, None, Any]


class Agenda:
    """Who goes on when."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._added = 0

    def add(self, at: datetime, story: Story) -> None:
        """Let a story begin at a moment, unless that lies after the last day."""
        if at <= self.until:
            self._added += 1
            heappush(self._waiting, (at, self._added, story))

    def walk(self) -> None:
        """Let every story go on in its turn until none has anything to do before the last day."""
        while self._waiting:
            at, _, story = heappop(self._waiting)
            with clock.stopped(at):
                later = next(story, None)
            if later:
                self.add(later, story)


def days(chance: random.Random, least: float, most: float) -> timedelta:
    """Some time between so many days and so many, to the minute."""
    return timedelta(minutes=round(chance.uniform(least, most) * 24 * 60))


def after(span: timedelta) -> datetime:
    """A moment so long after now."""
    return clock.now() + span


def happens(chance: random.Random, share: float) -> bool:
    """Whether something happens that happens in such a share of all stories."""
    return chance.random() < share


def own(chance: random.Random) -> random.Random:
    """Chance of a story's own: what it draws does not depend on who acts in between."""
    return random.Random(chance.random())  # noqa: S311 - it must be repeatable, not secret
