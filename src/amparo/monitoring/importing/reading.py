"""A file read row by row, in bounded memory: what stands where, and what is wrong with it."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amparo.common.errors import Invalid

Told = Callable[[int], object]
KEPT = 500  # refused rows that are named one by one; the rest are counted
LONGEST = 1 << 22  # characters of one record of a JSON file


class Wrong(Exception):
    """A row that cannot be taken: in which column, and by which rule."""

    def __init__(self, column: str, rule: str) -> None:
        super().__init__(rule)
        self.column, self.rule = column, rule


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken."""

    line: int
    column: str
    rule: str


@dataclass
class Outcome:
    """What became of a file's rows. `kept` is false when the file was only tried, or refused as a whole."""

    read: int = 0
    made: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    kept: bool = True
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, wrong: Wrong) -> None:
        """Count a refused row, and name it while there is room."""
        self.refused += 1
        if len(self.refusals) < KEPT:
            self.refusals.append(Refusal(line, wrong.column, wrong.rule))


@dataclass(frozen=True)
class Row:
    """A row with the line it stands on (of JSON: its number in the list)."""

    line: int
    cells: Mapping[str, Any]


def csv_rows(file: Path, columns: Mapping[str, tuple[str, ...]], optional: set[str], told: Told) -> Iterator[Row]:
    """The rows of a CSV in UTF-8 by our names of columns; `columns` gives the names that each may have in the file.

    `told` hears of the bytes read. Raises `Invalid` for another encoding or a missing column, naming line 1.
    """
    with file.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text)
        try:
            places = _places(next(reader, []), columns, optional)
            for cells in reader:
                told(raw.tell())
                if any(cells):
                    yield Row(reader.line_num, {n: cells[at].strip() if at < len(cells) else "" for n, at in places})
        except UnicodeDecodeError as error:
            raise Invalid({"file": f"Not UTF-8 after line {reader.line_num}: byte {error.object[error.start]:#x}. "
                                   "Save the file as UTF-8."}) from None  # fmt: skip
        except csv.Error as error:
            raise Invalid({"file": f"Line {reader.line_num}: {error}."}) from None


def json_rows(file: Path, told: Told) -> Iterator[Row]:
    """The objects of the first list in a JSON file, one at a time however long the file is.

    Raises `Invalid` for what is no list of objects.
    """
    decode = json.JSONDecoder().raw_decode
    with file.open("rb") as raw, io.TextIOWrapper(raw, encoding="utf-8-sig") as text:
        buffer, number = "", 0
        for chunk in iter(lambda: text.read(1 << 16), ""):
            told(raw.tell())
            buffer += chunk
            if number == 0 and "[" in buffer:
                buffer, number = buffer.partition("[")[2], 1
            while number and (buffer := buffer.lstrip(" \t\r\n,")).startswith("{"):
                try:
                    found, end = decode(buffer)
                except ValueError:
                    break
                yield Row(number, found)
                buffer, number = buffer[end:], number + 1
            if len(buffer) > LONGEST:
                raise Invalid({"file": f"Record {number or 1} is no JSON object, or longer than {LONGEST} signs."})
        if not number or not buffer.lstrip().startswith("]"):
            raise Invalid(
                {"file": f"Record {number or 1}: the file ends where a JSON object or the list's end should be."}
            )


def sha256(file: Path) -> str:
    """The hash of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _places(heading: list[str], columns: Mapping[str, tuple[str, ...]], optional: set[str]) -> list[tuple[str, int]]:
    there = {cell.strip().lower(): at for at, cell in enumerate(heading)}
    found, missing = [], []
    for name, called in columns.items():
        at = next((there[each] for each in (name, *called) if each in there), None)
        if at is not None:
            found.append((name, at))
        elif name not in optional:
            missing.append(name)
    if missing:
        raise Invalid({"file": f"Line 1: no column {', '.join(missing)}."})
    return found
