"""Reads a file of the standard row by row, whatever its size, and says of each whether it can be taken."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import BinaryIO

from amparo.interfaces.exchange.htcds import cells, safety
from amparo.interfaces.exchange.htcds.lines import decoded
from amparo.interfaces.exchange.htcds.problems import CellRefused, FileRefused, Problem
from amparo.interfaces.exchange.htcds.standard import CASE_ID, Field, Value, fields

_COLUMN_NAME = re.compile(r"(?=.*_)[A-Za-z][A-Za-z0-9_]{0,59}")
_LONGEST_ID = 100


@dataclass(frozen=True)
class Row:
    """One case as the file tells it: the organisation's own id and the fields that are not empty."""

    case_id: str
    values: Mapping[str, Value]
    line: int = field(default=0, compare=False)

    @cached_property
    def written(self) -> dict[str, str]:
        """Every field in its canonical text."""
        return {name: cells.written(fields()[name], value) for name, value in self.values.items()}

    def digest(self) -> bytes:
        """Sixteen bytes, equal for equal content whatever the order of columns or the way of joining."""
        told = "\x1f".join(f"{name}={text}" for name, text in sorted(self.written.items()))
        return hashlib.blake2b(told.encode(), digest_size=16).digest()


@dataclass(frozen=True)
class Reading:
    """What came of one row: the row, or its problems. `repeats` is the line of which it is a true copy,
    `contradicts` the line that has the same case id and says something else.
    """

    line: int
    row: Row | None = None
    problems: tuple[Problem, ...] = ()
    repeats: int = 0
    contradicts: int = 0


def read(stream: BinaryIO) -> Iterator[Reading]:
    """Every row of a CSV file in UTF-8, parted by commas or semicolons, in the file's order.

    A second row with an id met before is a copy or a contradiction. Raises `FileRefused`.
    """
    lines = decoded(stream)
    first = next(lines, None)
    if first is None:
        raise FileRefused(Problem(1, "", "empty_file", "The file is empty."))
    rows = csv.reader(chain([first], lines), delimiter=_delimiter(first), strict=True)
    try:
        columns = _columns(next(rows))
        yield from _told_once(_readings(rows, columns))
    except csv.Error:
        words = "From here on the file is not CSV: a quotation mark is not closed, or a cell is too long."
        raise FileRefused(Problem(rows.line_num, "", "broken_csv", words)) from None


def _delimiter(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def _columns(header: list[str]) -> list[Field | None]:
    """The field of each column, None for the case id.

    Raises `FileRefused`, naming only what is shaped like a column's name: a lost header may be a child's row.
    """
    names = [name.strip() for name in header]
    known = {CASE_ID, *fields()}
    if not known & set(names):
        raise FileRefused(Problem(1, "", "no_header", "The first line names no field of the standard (HTCDS 2.0)."))
    unknown = [_safe(name, place) for place, name in enumerate(names, 1) if name not in known]
    if unknown:
        words = f"The standard has no such field: {', '.join(unknown)}."
        raise FileRefused(Problem(1, unknown[0], "unknown_column", words))
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise FileRefused(Problem(1, twice[0], "column_twice", f"This column stands twice: {', '.join(twice)}."))
    if CASE_ID not in names:
        words = f"The column {CASE_ID} is missing: the organisation's own id, by which a case is known again."
        raise FileRefused(Problem(1, CASE_ID, "no_case_id", words))
    return [fields().get(name) for name in names]


def _safe(name: str, place: int) -> str:
    return name if _COLUMN_NAME.fullmatch(name) else f"column {place}"


def _readings(rows: Iterator[list[str]], columns: list[Field | None]) -> Iterator[Reading]:
    # A row may span lines; it is known by the line on which it begins.
    before = rows.line_num  # type: ignore[attr-defined]
    for raw in rows:
        line, before = before + 1, rows.line_num  # type: ignore[attr-defined]
        if raw:
            yield _reading(line, raw, columns)


def _reading(line: int, raw: list[str], columns: list[Field | None]) -> Reading:
    if len(raw) != len(columns):
        rule = "row_too_long" if len(raw) > len(columns) else "row_too_short"
        words = f"This row has {len(raw)} cells; the header has {len(columns)}."
        return Reading(line, problems=(Problem(line, "", rule, words),))
    case_id, values, problems = "", {}, []
    for column, cell in zip(columns, raw, strict=True):
        try:
            if column is None:
                case_id = _case_id(cell)
            elif cell and (value := cells.read(column, cell)) is not None:
                values[column.name] = value
        except CellRefused as refused:
            problems.append(Problem(line, column.name if column else CASE_ID, refused.rule, refused.message))
    if problems:
        return Reading(line, problems=tuple(problems))
    return Reading(line, Row(case_id, values, line))


def _case_id(cell: str) -> str:
    safety.check(cell)
    found = safety.unguard(cell.strip())
    if not found:
        raise CellRefused("case_id_missing", "This row has no case id.")
    if len(found) > _LONGEST_ID:
        raise CellRefused("case_id_too_long", f"A case id has at most {_LONGEST_ID} letters.")
    return found


def _told_once(readings: Iterator[Reading]) -> Iterator[Reading]:
    met: dict[bytes, tuple[int, bytes]] = {}
    for reading in readings:
        if reading.row is None:
            yield reading
            continue
        key = hashlib.blake2b(reading.row.case_id.encode(), digest_size=16).digest()
        digest = reading.row.digest()
        line, first = met.setdefault(key, (reading.line, digest))
        yield reading if line == reading.line else _again(reading, line, same=first == digest)


def _again(reading: Reading, line: int, *, same: bool) -> Reading:
    if same:
        return Reading(reading.line, repeats=line)
    words = f"Line {line} has the same case id and says something else."
    problem = Problem(reading.line, CASE_ID, "case_id_twice", words)
    return Reading(reading.line, problems=(problem,), contradicts=line)
