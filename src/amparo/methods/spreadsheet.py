"""Rows to a spreadsheet (XLSX, ECMA-376), piece by piece, in little memory however many rows there are.

Texts are written as inline strings, so that no cell is ever a formula; the same rows give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import singledispatch
from io import RawIOBase
from itertools import islice
from math import isfinite
from numbers import Integral, Real
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS, MOST_SIGNS = 1_048_576, 32_767  # of a sheet; of a cell
_AT_ONCE = 500  # rows that are compressed together
_EXACT = 2**53  # beyond it a spreadsheet's numbers round
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count a day that never was

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_A_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_PLAIN, _BOLD, _DAY, _TIME = range(4)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts><font/><font><b/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/>"
    '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FOOT = "</sheetData></worksheet>"
_HEAD = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


@dataclass(frozen=True)
class Drawn:
    """A sheet whose rows are written already: its head, and pieces of rows made of what `cell` writes."""

    head: Sequence[str]
    pieces: Iterable[bytes]


def workbook(sheets: Mapping[str, Iterable[Iterable[Any]] | Drawn]) -> Iterator[bytes]:
    """A workbook of sheets (name → rows, the first row its head, in bold), as pieces of bytes to send one by one.

    Numbers and dates stay numbers and dates, moments are told in UTC, None is an empty cell, anything else a text.
    Raises `ValueError` for more rows or longer texts than a spreadsheet holds.
    """
    kept = _Pieces()
    with ZipFile(kept, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for path, text in _frame([_NOT_A_NAME.sub(" ", name)[:31] for name in sheets]).items():
            with archive.open(path, "w") as part:
                part.write((_XML + text).encode())
        for number, rows in enumerate(sheets.values(), 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for piece in _drawn(rows) if isinstance(rows, Drawn) else _sheet(rows):
                    part.write(piece)
                    yield kept.taken()
    yield kept.taken()


class _Pieces(RawIOBase):
    """A file that only goes forward: what was written is taken away and sent."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        piece = b"".join(self.pieces)
        self.pieces.clear()
        return piece


def cell(value: Any) -> str:
    """A value as a cell of a sheet."""
    return _cell(value)


def _drawn(rows: Drawn) -> Iterator[bytes]:
    yield (_XML + _HEAD + _row(rows.head, _BOLD)).encode()
    yield from rows.pieces
    yield _FOOT.encode()


def _sheet(rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    left = iter(rows)
    yield (_XML + _HEAD + "".join(_row(row, _BOLD) for row in islice(left, 1))).encode()
    written = 1
    while lines := [_row(row) for row in islice(left, _AT_ONCE)]:
        written += len(lines)
        if written > MOST_ROWS:
            raise ValueError(f"A sheet holds {MOST_ROWS:,} rows.")
        yield "".join(lines).encode()
    yield _FOOT.encode()


def _row(cells: Iterable[Any], style: int = _PLAIN) -> str:
    if style:
        return f"<row>{''.join(_text(str(each), style) for each in cells)}</row>"
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _text(text: str, style: int = _PLAIN) -> str:
    if len(text) > MOST_SIGNS:
        raise ValueError(f"A cell holds {MOST_SIGNS:,} signs.")
    told = escape(_NOT_XML.sub("\ufffd", text))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'


def _number(value: object, style: int = _PLAIN) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


@singledispatch
def _cell(value: Any) -> str:
    return _text(str(value))


@_cell.register
def _(value: str) -> str:
    return _text(value)


@_cell.register(type(None))
def _(_value: None) -> str:
    return "<c/>"


@_cell.register
def _(value: bool) -> str:
    return f'<c t="b"><v>{int(value)}</v></c>'


@_cell.register(Integral)
def _(value: Any) -> str:
    return _number(int(value)) if abs(value) <= _EXACT else _text(str(value))


@_cell.register(Real)
@_cell.register(Decimal)
def _(value: Any) -> str:
    return _number(float(value)) if isfinite(value) else _text(str(value))


@_cell.register
def _(value: date) -> str:
    return _number((value - _DAY_ZERO).days, _DAY) if value >= _FIRST_DAY else _text(value.isoformat())


@_cell.register
def _(value: datetime) -> str:
    told = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if told.date() < _FIRST_DAY:
        return _text(told.isoformat(" ", "seconds"))
    since = told - datetime(_DAY_ZERO.year, _DAY_ZERO.month, _DAY_ZERO.day)  # noqa: DTZ001 - sheets know no zone
    return _number(since / timedelta(days=1), _TIME)


def _frame(names: list[str]) -> dict[str, str]:
    """The parts of the package around the sheets, by their paths."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("styles", "styles", "styles.xml"),
            *((f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers),
        ),
        "xl/styles.xml": _STYLES,
    }


def _relations(*related: tuple[str, str, str]) -> str:
    told = "".join(f'<Relationship Id="{id}" Type="{_RELATED}/{kind}" Target="{to}"/>' for id, kind, to in related)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'
