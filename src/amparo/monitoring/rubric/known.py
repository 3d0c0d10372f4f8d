"""Questions of the rubric that data answers, not a person: treaties, series, follow-ups, the mandate's work.

They have their ids, so that whoever works by the rubric finds every one; nobody writes an answer to them.
"""

from collections.abc import Collection
from dataclasses import dataclass

from amparo.monitoring.recommended import recommended
from amparo.monitoring.series import all_series
from amparo.monitoring.treaties import treaties
from amparo.monitoring.words import WORDS, word

KINDS = ("treaty", "series", "follow_up", "work")


@dataclass(frozen=True)
class Known:
    """`kind` of data and the `code` in it: a treaty's, a series', a recommendation's, a kind of line."""

    id: str
    kind: str
    code: str
    source: str

    @property
    def section(self) -> str:
        return self.id[0]

    @property
    def text(self) -> str:
        """In the reader's language, as the data itself is called."""
        if self.kind == "treaty":
            return treaties()[self.code].title
        if self.kind == "series":
            return all_series()[self.code].title
        return recommended()[self.code].title if self.kind == "follow_up" else word(self.code)


def there(kind: str, code: str) -> bool:
    """Is there such data?"""
    known: dict[str, Collection[str]] = {
        "treaty": treaties(), "series": all_series(), "follow_up": recommended(), "work": WORDS,
    }  # fmt: skip
    return kind in known and code in known[kind]
