"""The one seam between acting and counting: an action says what a record's coded facts were and are.

A step below `counting` cannot know it; it calls `changed` inside its own transaction, and whoever counts has subscribed
at start-up. Only codes, dates and numbers may pass: a name here would be a name in a figure.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

Facts = Mapping[str, str | int | bool | None]
Listener = Callable[[str, UUID, Facts | None, Facts | None], None]

_listeners: list[Listener] = []


def subscribe(listener: Listener) -> None:
    """Hear of every change, inside the acting transaction. Called once, when the program starts."""
    if listener not in _listeners:
        _listeners.append(listener)


def changed(kind: str, record: UUID, *, before: Facts | None, after: Facts | None) -> None:
    """Tell that the facts of `record` went from `before` to `after` (None: was not, or is no more)."""
    if before == after:
        return
    for listener in _listeners:
        listener(kind, record, before, after)
