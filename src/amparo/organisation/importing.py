"""Reading places from a file: plain headings, or the tags of the Humanitarian Exchange Language (HXL 1.1)."""

import csv
from dataclasses import dataclass
from pathlib import Path

from amparo.common.errors import Invalid

_TAGS = {"#adm+code": "code", "#adm+name": "name", "#adm+code+parent": "parent"}
_NEEDED = ("code", "name", "parent")


@dataclass(frozen=True)
class PlaceRow:
    """A place as a line of a file says it; `parent` is the parent's code, or empty for a root."""

    line: int
    code: str
    name: str
    parent: str


def read_places(file: Path) -> list[PlaceRow]:
    """The rows of a CSV in UTF-8.

    Raises `Invalid`, naming the line, for another encoding, a missing column, or a row of another length.
    """
    try:
        lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise Invalid(
            {"file": f"Not UTF-8: the byte at {error.start} cannot be read. Save the file as UTF-8."}
        ) from None
    if not lines:
        raise Invalid({"file": "The file is empty."})
    tagged = len(lines) > 1 and any(cell.startswith("#") for cell in lines[1])
    columns = _columns(lines[1] if tagged else lines[0], tagged=tagged)
    first = 2 if tagged else 1
    return [_row(number, cells, columns) for number, cells in enumerate(lines[first:], start=first + 1) if any(cells)]


def _columns(heading: list[str], *, tagged: bool) -> dict[str, int]:
    names = [cell.replace(" ", "").lower() for cell in heading]
    found = {(_TAGS.get(name, "") if tagged else name): index for index, name in enumerate(names)}
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise Invalid({"file": f"Line {2 if tagged else 1}: no column {', '.join(missing)}."})
    return {name: found[name] for name in _NEEDED}


def _row(line: int, cells: list[str], columns: dict[str, int]) -> PlaceRow:
    if len(cells) <= max(columns.values()):
        raise Invalid({"file": f"Line {line}: {len(cells)} cells, too few."})
    return PlaceRow(line, **{name: cells[index].strip() for name, index in columns.items()})
