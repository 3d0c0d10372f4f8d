"""Many coded rows as a file, piece by piece: CSV, Parquet or a spreadsheet, in little memory however many they are.

Rows come as Arrow batches of one schema. Each code is put into words of the format once, and then only looked up.
Several codes of a row have semicolons between them; nothing stands where nothing is known.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from amparo.common.errors import Invalid
from amparo.methods.disclosure.files import harmless
from amparo.methods.extra import arrow, computing
from amparo.methods.spreadsheet import MOST_ROWS, Drawn, cell, workbook

AT_ONCE: Final = 20_000  # rows of a batch
_OF_A_SHEET: Final = 5_000  # a row is some hundred signs of XML, several times in memory


def as_csv(schema: Any, batches: Iterable[Any]) -> Iterator[bytes]:
    """Names first, then a line a row."""
    yield (",".join(schema.names) + "\n").encode()
    for batch in batches:
        yield _lines(batch, _field, ("", "", ""), ("", ",", "\n"))


def as_parquet(schema: Any, batches: Iterable[Any]) -> Iterator[bytes]:
    """A row group a batch."""
    into = io.BytesIO()
    with arrow().parquet.ParquetWriter(into, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
            yield _taken(into)
    yield _taken(into)


def as_xlsx(name: str, rows: int, schema: Any, batches: Iterable[Any]) -> Iterator[bytes]:
    """One sheet. Raises `Invalid` for more rows than a sheet holds."""
    if rows >= MOST_ROWS:
        raise Invalid({"out": f"A sheet holds {MOST_ROWS - 1:,} rows, and there are {rows:,}: take CSV or Parquet."})
    pieces = (
        _lines(few, cell, ("<c><v>", "</v></c>", "<c/>"), ("<row>", "", "</row>"))
        for batch in batches
        for few in (batch.slice(start, _OF_A_SHEET) for start in range(0, len(batch), _OF_A_SHEET))
    )
    yield from workbook({name: Drawn(schema.names, pieces)})


def _lines(batch: Any, said: Callable[[Any], str], number: tuple[str, str, str], line: tuple[str, str, str]) -> bytes:
    """`said`: a code in the format. `number`: what stands before and after one, and for none. `line`: what begins a
    line, stands between its cells, and ends it.
    """
    pc, (before, between, after) = computing(), line
    cells = [_cells(column, said, number) for column in batch.columns]
    joined = pc.binary_join_element_wise(*cells, between)
    whole = pc.binary_join_element_wise(before, joined, after, "").cast("binary")
    _valid, ends, signs = whole.buffers()
    first, last = (ends[4 * place : 4 * place + 4] for place in (whole.offset, whole.offset + len(whole)))
    return bytes(signs[_number(first) : _number(last)])


def _cells(column: Any, said: Callable[[Any], str], number: tuple[str, str, str]) -> Any:
    pa, pc = arrow(), computing()
    if pa.types.is_integer(column.type):
        before, after, none = number
        return pc.binary_join_element_wise(before, column.cast(pa.string()), after, "").fill_null(none)
    if pa.types.is_list(column.type):
        column = pc.binary_join(column, ";")
    told = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    words = pa.array([said(code or None) for code in told.dictionary.to_pylist()] + [said(None)], pa.string())
    return words.take(told.indices.fill_null(len(words) - 1))


def _field(code: str | None) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(code or ""), ""])  # a line of it alone would be quoted when it is empty
    return out.getvalue().removesuffix(",\r\n")


def _taken(into: io.BytesIO) -> bytes:
    piece = into.getvalue()
    into.seek(0)
    into.truncate()
    return piece


def _number(four: Any) -> int:
    return int.from_bytes(bytes(four), "little")
