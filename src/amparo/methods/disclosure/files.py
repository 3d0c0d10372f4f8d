"""A table of counts as a plain CSV file: a line a cell, two columns of codes and one of counts."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from amparo.common.errors import Invalid
from amparo.methods.disclosure.tables import TOTAL, Cell, Published, Table

HIDDEN = "hidden"


def read_counts(lines: Iterable[str], *, rows: str, columns: str, count: str = "count") -> Table:
    """The table in a file whose first line names its columns; lines of the same two codes are added up.

    Lines of totals (``_T``) are not taken: totals are computed. Raises `Invalid` naming the line.
    """
    reader = csv.DictReader(lines)
    missing = [name for name in (rows, columns, count) if name not in (reader.fieldnames or [])]
    if missing:
        raise Invalid({"file": f"The first line names no column {', '.join(missing)}."})
    counts: dict[Cell, int] = {}
    for line, given in enumerate(reader, start=2):
        cell = ((given[rows] or "").strip(), (given[columns] or "").strip())
        counts[cell] = counts.get(cell, 0) + _count(line, cell, given[count])
    if not counts:
        raise Invalid({"file": "There are no counts in this file."})
    return Table(tuple(dict.fromkeys(row for row, _ in counts)), tuple(dict.fromkeys(c for _, c in counts)), counts)


def _count(line: int, cell: Cell, given: str | None) -> int:
    if not all(cell) or TOTAL in cell:
        raise Invalid({"file": f"Line {line}: a cell needs two codes, and none of them {TOTAL}; totals are computed."})
    text = (given or "").strip()
    if not (text.isascii() and text.isdigit()):
        raise Invalid({"file": f"Line {line}: a count is a whole number, 0 or more."})
    return int(text)


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def lines_of(published: Published, *, rows: str, columns: str) -> Iterator[list[str]]:
    """The published table line by line, its first line first; a hidden count is the word `HIDDEN`, never 0."""
    yield [harmless(rows), harmless(columns), "count"]
    for (row, column), count in published.cells.items():
        yield [harmless(row), harmless(column), HIDDEN if count is None else str(count)]


def write_counts(published: Published, into: TextIO, *, rows: str, columns: str) -> None:
    """Write the published table, totals included."""
    csv.writer(into, lineterminator="\n").writerows(lines_of(published, rows=rows, columns=columns))
