"""Remembers, in memory and for three minutes, which code a sheet was given.

A child on a bad line presses Send twice, or never sees the answer. The same sheet then shows the same code once more,
instead of leaving the child without one; after that nobody can be shown it again.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Condition

from amparo.common import clock

KEPT = timedelta(minutes=3)
_WAIT = 0.5  # seconds for the other request of a double press to finish


@dataclass
class Repeats:
    """What `Sheet.nonce` was given, with the moment it is forgotten."""

    given: dict[str, tuple[float, str]] = field(default_factory=dict)
    news: Condition = field(default_factory=Condition)

    def remember(self, nonce: str, code: str) -> None:
        with self.news:
            now = clock.now().timestamp()
            self.given = {key: kept for key, kept in self.given.items() if kept[0] > now}
            self.given[nonce] = (now + KEPT.total_seconds(), code)
            self.news.notify_all()

    def recall(self, nonce: str, *, wait: bool = True) -> str | None:
        """The code, or None when it is forgotten or another process gave it. `wait` for the other of a double press."""
        with self.news:
            self.news.wait_for(lambda: nonce in self.given or not wait, timeout=_WAIT)
            until, code = self.given.get(nonce, (0.0, ""))
            return code if until > clock.now().timestamp() else None


repeats = Repeats()
