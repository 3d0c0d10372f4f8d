"""The standard as data: its 84 fields, their values, and our word on which of them are personal."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["text", "one", "many", "date", "checkbox", "whole", "degrees", "country", "countries", "language"]
Value = str | tuple[str, ...] | bool | int | Decimal | date

# The standard gives a case no number. Every file carries one column more: the organisation's own case id.
CASE_ID = "case_id"


@dataclass(frozen=True)
class Field:
    """One field. `personal` is ``vault`` (who somebody is, contacts, words, places) or ``fact`` (coded)."""

    name: str
    section: str
    label: str
    kind: Kind
    personal: Literal["vault", "fact"]
    values: tuple[str, ...]
    labels: Mapping[str, str]


@cache
def fields() -> dict[str, Field]:
    """The 84 fields of HTCDS 2.0 (IOM, 24 December 2021, CC BY 4.0) by name, in the standard's order."""
    values = _values()
    return {row["field"]: _field(row, values.get(row["field"], [])) for row in _rows("fields.csv")}


@cache
def countries() -> frozenset[str]:
    """The codes of ISO 3166-1, of two letters and of three: the standard allows both."""
    return frozenset(row[column] for row in _rows("countries.csv") for column in ("two", "three"))


def three_letters(code: str) -> str:
    """The code of three letters of the country that `code`, of two or three, names."""
    return _three().get(code, code)


@cache
def languages() -> frozenset[str]:
    """The codes of ISO 639-2, without the range for local use."""
    return frozenset(_text("languages.txt").split())


@cache
def _three() -> dict[str, str]:
    return {row["two"]: row["three"] for row in _rows("countries.csv")}


def _field(row: Mapping[str, str], values: list[tuple[str, str]]) -> Field:
    return Field(
        name=row["field"],
        section=row["section"],
        label=row["label"],
        kind=row["kind"],  # type: ignore[arg-type]
        personal=row["personal"],  # type: ignore[arg-type]
        values=tuple(value for value, _ in values),
        labels={label.casefold(): value for value, label in values},
    )


def _values() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("values.csv"):
        found.setdefault(row["field"], []).append((row["value"], row["label"]))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")
