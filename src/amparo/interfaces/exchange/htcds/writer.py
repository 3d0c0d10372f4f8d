"""Writes rows as a file of the standard, so that reading it gives the same rows back."""

import csv
from collections.abc import Iterable
from typing import TextIO

from amparo.interfaces.exchange.htcds import safety
from amparo.interfaces.exchange.htcds.reader import Row
from amparo.interfaces.exchange.htcds.standard import CASE_ID, fields


def write(rows: Iterable[Row], out: TextIO) -> int:
    """Write a header and one line a row: case id, then the 84 fields in order. Returns how many.

    `out` must be opened with ``encoding="utf-8", newline=""``. A cell that a spreadsheet would run is guarded
    by a ``'`` which `read` takes away again. Raises `CellRefused` for a value that no file may hold.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([CASE_ID, *fields()])
    number = 0
    for row in rows:
        writer.writerow(_cells(row))
        number += 1
    return number


def _cells(row: Row) -> list[str]:
    safety.check(row.case_id)
    told = (row.written.get(name, "") for name in fields())
    return [safety.guard(row.case_id), *told]
