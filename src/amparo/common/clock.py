"""The only clock. Nothing else asks the operating system what time it is, so a history can be walked again."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)
_hidden: ContextVar[bool] = ContextVar("hidden_clock", default=False)


def now() -> datetime:
    """The present moment in UTC, or the moment at which `stopped` holds the clock."""
    if _hidden.get():
        raise LookupError("What is made now is used later: give it the time then.")
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The UTC date of `now`."""
    return now().date()


@contextmanager
def hidden() -> Iterator[None]:
    """Let nobody read the clock: for what is made once and used at any time. Reading it raises `LookupError`."""
    token = _hidden.set(True)
    try:
        yield
    finally:
        _hidden.reset(token)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware): for tests, importers and the demo country's years."""
    if at.tzinfo is None:
        raise ValueError("The clock needs a time zone.")
    token = _stopped.set(at)
    try:
        yield
    finally:
        _stopped.reset(token)
