"""The tables that come with Amparo: small ones are read once, where they are asked."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

SHIPPED = Path(__file__).parent / "data"
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")


def said(words: dict[str, str]) -> str:
    """What is said in six languages, in the reader's, or in English."""
    return words.get((get_language() or "en").partition("-")[0]) or words["en"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped CSV."""
    with (SHIPPED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def titles(row: dict[str, str]) -> dict[str, str]:
    """The words of a row by language."""
    return {language: row[language] for language in LANGUAGES}


@dataclass(frozen=True)
class Shipped:
    """A file of a series, and where it comes from."""

    code: str
    path: Path
    title: str
    as_of: str
    licence: str


@cache
def sources() -> tuple[Shipped, ...]:
    """The shipped files of series."""
    told = tomllib.loads((SHIPPED / "SOURCES.toml").read_text(encoding="utf-8"))
    return tuple(
        Shipped(code, SHIPPED / about["file"], about["title"], about["as_of"], about["licence"])
        for code, about in told.items()
    )
