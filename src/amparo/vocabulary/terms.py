"""Words to avoid, words for legal texts only, and what to say instead (Terminology Guidelines, 2016 and 2025).

The checker suggests and changes nothing: a child's own words and a quoted law stay as they are. Titles of instruments
are masked before it looks, for there the older words are the law's.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache

from amparo.vocabulary.files import SHIPPED

_FOLDER = SHIPPED / "terminology"
# Scripts that do not part words by blanks, or tie small words to them: there a term is found inside a word too.
_UNPARTED = {"zh", "ar"}


@dataclass(frozen=True)
class Word:
    """A word that needs care: `status` caution, legal_only or avoid; `everywhere` or only in what people write."""

    term: str
    language: str
    status: str
    preferred: str
    everywhere: bool

    @property
    def parted(self) -> bool:
        """Does its script part words by blanks?"""
        return self.language not in _UNPARTED


@dataclass(frozen=True)
class Finding:
    """Where a word stands in a text, and what is better said."""

    start: int
    end: int
    word: Word


def find(text: str, language: str, *, ours: bool = False) -> list[Finding]:
    """The words of `text` that need care, in order, the longer first where two begin alike.

    `ours` is for our own pages and documents: only what nobody should print (avoid, legal only), and no word that is
    harmless outside a sentence about people.
    """
    masked = _masked(text, language)
    found: list[Finding] = []
    for word in words(language):
        if ours and (word.status == "caution" or not word.everywhere):
            continue
        found += [Finding(hit.start(), hit.end(), word) for hit in _pattern(word).finditer(masked)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Finding] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@cache
def words(language: str) -> tuple[Word, ...]:
    """Every word of a language that needs care."""
    with (_FOLDER / "terms.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Word(row["term"], row["language"], row["status"], row["preferred"], row["where"] == "everywhere")
            for row in csv.DictReader(file)
            if row["language"] == language
        )


@cache
def _pattern(word: Word) -> re.Pattern[str]:
    inner = re.escape(word.term).replace(r"\ ", r"\s+")
    if not word.parted:
        return re.compile(inner)
    return re.compile(rf"(?<!\w){inner}(?:s|es)?(?!\w)", re.IGNORECASE)


@cache
def titles(language: str) -> tuple[str, ...]:
    """The titles of instruments in which older words are the law's."""
    with (_FOLDER / "legal_titles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["title"] for row in csv.DictReader(file) if row["language"] == language)


@cache
def _titles(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.escape(title).replace(r"\ ", r"\s+"), re.IGNORECASE) for title in titles(language))


def _masked(text: str, language: str) -> str:
    for title in _titles(language):
        text = title.sub(lambda hit: " " * len(hit.group()), text)
    return text
