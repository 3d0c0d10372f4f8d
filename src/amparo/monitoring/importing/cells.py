"""What a cell must be: a date, a number, one of a few words. A cell that is not says so by its column and rule."""

from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from typing import Any

from amparo.common.errors import Invalid
from amparo.monitoring.importing.reading import Wrong
from amparo.monitoring.models import State
from amparo.monitoring.treaties import last_day
from amparo.monitoring.world import Atlas


def state(atlas: Atlas, cells: Mapping[str, Any], column: str) -> State:
    """The State that a cell names by code, number or name."""
    try:
        return atlas.find(str(cells.get(column, "")))
    except Invalid as wrong:
        raise Wrong(column, wrong.fields["state"]) from None


def one_of(cells: Mapping[str, Any], column: str, words: Iterable[str], *, empty: bool = False) -> str:
    """One of `words`, whatever its capitals."""
    said = str(cells.get(column, "")).strip().lower().replace(" ", "_")
    if said in words or (empty and not said):
        return said
    raise Wrong(column, f"is one of {', '.join(words)}")


def day(cells: Mapping[str, Any], column: str) -> date | None:
    """A day such as 2026-11-24, or nothing."""
    said = str(cells.get(column, "")).strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Wrong(column, "is a date such as 2026-11-24") from None


def day_or_year(cells: Mapping[str, Any], column: str) -> tuple[date | None, str]:
    """A day and `day`, or the first of a year and `year`, or nothing."""
    said = str(cells.get(column, "")).strip()
    if len(said) == 4 and said.isascii() and said.isdigit() and said > "0000":  # noqa: PLR2004
        return date(int(said), 1, 1), "year"
    found = day(cells, column)
    return found, "day" if found else ""


def as_of(cells: Mapping[str, Any], column: str) -> str:
    """A day, a month or a year, as written."""
    said = str(cells.get(column, "")).strip()
    try:
        last_day(said)
    except (ValueError, IndexError):
        raise Wrong(column, "is a day, a month or a year such as 2022-08") from None
    return said


def whole(cells: Mapping[str, Any], column: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    said = str(cells.get(column, "")).strip().removesuffix(".0")
    if said.isascii() and said.isdigit() and len(said) <= 9 and least <= int(said) <= most:  # noqa: PLR2004
        return int(said)
    raise Wrong(column, f"is a whole number from {least} to {most}")


def number(cells: Mapping[str, Any], column: str) -> float | None:
    """A number with a point, or nothing."""
    said = str(cells.get(column, "")).strip()
    try:
        found = float(said) if said else None
    except ValueError:
        found = float("nan")
    if found is not None and (not isfinite(found) or "_" in said):
        raise Wrong(column, "is a number such as 76.3")
    return found


def text(cells: Mapping[str, Any], column: str, longest: int, *, needed: bool = False) -> str:
    """Words up to a length."""
    said = str(cells.get(column) or "").strip()
    if len(said) > longest:
        raise Wrong(column, f"is longer than {longest} signs")
    if needed and not said:
        raise Wrong(column, "is needed")
    return said
