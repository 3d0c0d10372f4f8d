"""Writes rows as a file of the standard, so that reading it gives the same rows back."""

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

from amparo.interfaces.exchange.htcds import safety
from amparo.interfaces.exchange.htcds.reader import Row
from amparo.interfaces.exchange.htcds.standard import CASE_ID, fields


def write(rows: Iterable[Row], out: TextIO) -> int:
    """Write a header and one line a row: case id, then the 84 fields in order. Returns how many.

    `out` must be opened with ``encoding="utf-8", newline=""``. A cell that a spreadsheet would run is guarded
    by a ``'`` which `read` takes away again. Raises `CellRefused` for a value that no file may hold.
    """
    return write_texts(((row.case_id, row.written) for row in rows), out)


def write_texts(rows: Iterable[tuple[str, Mapping[str, str]]], out: TextIO) -> int:
    """As `write`, from case ids and canonical texts that a `Row` gave before."""
    writer, names, number = csv.writer(out, lineterminator="\n"), list(fields()), 0
    writer.writerow([CASE_ID, *names])
    for case_id, written in rows:
        safety.check(case_id)
        writer.writerow([safety.guard(case_id), *[written.get(name, "") for name in names]])
        number += 1
    return number
