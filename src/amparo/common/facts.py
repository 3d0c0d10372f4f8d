"""The one seam between acting and counting: an action says what a record's coded facts were and are.

A step below `counting` cannot know it; it calls `changed` inside its own transaction, and whoever counts has subscribed
at start-up. Only codes, dates and numbers may pass: a name here would be a name in a figure.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

Facts = Mapping[str, str | int | bool | list[str] | None]


class Change(NamedTuple):
    """What a record's facts were and are; None: it was not, or is no more."""

    record: UUID
    before: Facts | None
    after: Facts | None


Listener = Callable[[str, Sequence[Change]], None]

_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Hear of every change, inside the acting transaction. Called once, when the program starts."""
    if listener not in _listeners:
        _listeners.append(listener)


def changed(kind: str, record: UUID, *, before: Facts | None, after: Facts | None) -> None:
    """Tell that the facts of `record` went from `before` to `after` (None: was not, or is no more)."""
    changed_many(kind, [Change(record, before, after)])


def changed_many(kind: str, changes: Sequence[Change]) -> None:
    """Tell of many records of one kind at once, so that whoever counts may count them at once."""
    if real := [change for change in changes if change.before != change.after]:
        for listener in _listeners:
            listener(kind, real)
