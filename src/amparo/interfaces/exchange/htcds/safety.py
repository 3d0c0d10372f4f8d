"""What may never stand in a cell, and how a cell is kept from being run as a formula.

No import accepts a picture, however it is wrapped. A refused cell is neither repeated nor logged.
"""

import re

from amparo.interfaces.exchange.htcds.problems import CellRefused

LONGEST_CELL = 20_000  # letters: a long case comment; more is a document, and documents do not travel in cells
LONGEST_CODED_RUN = 512  # letters without a blank: beyond this it is a file in base64 or hexadecimal, not a word

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DATA_URL = re.compile(r"data:[\w.+-]*(?:/[\w.+-]*)?[;,]", re.IGNORECASE)
_CODED_RUN = re.compile(rf"[A-Za-z0-9+/=_-]{{{LONGEST_CODED_RUN + 1},}}")
# The first letters of pictures, films and documents, as bytes read as text and as base64.
_BINARY = re.compile(
    r"^\s*(?:.?PNG\r?\n|GIF8[79]a|%PDF-|RIFF.{4}WEBP|iVBORw0KGgo|/9j/4|R0lGOD|JVBERi0|UklGR)", re.DOTALL
)
_FORMULA = re.compile(r"^'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"^'+[=+\-@\t\r＝＋－＠]")

# How pictures, films, documents and spreadsheets begin.
_FILE_BEGINS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"RIFF", b"BM", b"II*\x00", b"MM\x00*",
    b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x00\x00\x00",
)  # fmt: skip


def check(cell: str) -> None:
    """Raise `CellRefused` for what no cell may hold: files in disguise, hidden or broken characters."""
    if not (cell.isascii() and cell.isprintable()) and (found := _FORBIDDEN.search(cell)):
        raise CellRefused(*_forbidden(found.group()))
    if len(cell) > LONGEST_CELL:
        raise CellRefused("cell_too_long", f"A cell holds at most {LONGEST_CELL} letters.")
    if looks_like_a_file(cell):
        raise CellRefused("embedded_file", "A picture or another file is in this cell. None is ever taken.")


def looks_like_a_file(cell: str) -> bool:
    """Whether a cell holds a data: address, a long coded run or a file's first letters."""
    if (":" in cell and _DATA_URL.search(cell)) or _BINARY.match(cell):
        return True
    return len(cell) > LONGEST_CODED_RUN and bool(_CODED_RUN.search(cell.replace("\r", "").replace("\n", "")))


def begins_like_a_file(start: bytes) -> bool:
    """Whether the first bytes are those of a picture, a document or a spreadsheet rather than of a text."""
    return start.startswith(_FILE_BEGINS)


def guard(cell: str) -> str:
    """Put a ' before a text that a spreadsheet would run as a formula. `unguard` takes that one away."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The text that `guard` was given: ``unguard(guard(text)) == text`` for every text."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _forbidden(letter: str) -> tuple[str, str]:
    if letter == "\x00":
        return "nul", "This cell holds a NUL character."
    if "\ud800" <= letter <= "\udfff":
        return "unpaired_surrogate", "This cell holds half of a character."
    if letter > "\x7f":
        return "direction_control", "This cell holds a hidden character that turns the reading direction."
    return "control_character", "This cell holds a control character."
