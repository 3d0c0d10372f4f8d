"""Reading a crosswalk: what the codes of one scheme are called in others, or that they have no equivalent there."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from amparo.common.errors import Invalid
from amparo.vocabulary.files import SHIPPED

HEADER = ["code", "scheme", "target", "note"]
FOLDER = SHIPPED / "crosswalks"


@dataclass(frozen=True)
class Row:
    """One line: a code, another scheme, and its code there; an empty target is an honest "no equivalent"."""

    line: int
    code: str
    scheme: str
    target: str
    note: str


@dataclass(frozen=True)
class Walk:
    """A whole edition as its file says it."""

    scheme: str
    edition: str
    source: str
    content_hash: str
    rows: list[Row]


def read(file: Path, *, edition: str, source: str) -> Walk:
    """A crosswalk from a CSV in UTF-8 whose name is the scheme it starts from. Raises `Invalid`, naming the line."""
    data = file.read_bytes()
    try:
        lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid({"file": f"{file.name}, line {line}: is not UTF-8."}) from None
    if not lines or lines[0] != HEADER:
        raise Invalid({"file": f"{file.name}, line 1: needs the header {','.join(HEADER)}."})
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(HEADER) or not cells[0] or not cells[1]:
            raise Invalid({"file": f"{file.name}, line {number}: needs {len(HEADER)} cells, with a code and a scheme."})
        rows.append(Row(number, *(cell.strip() for cell in cells)))
    return Walk(file.stem, edition, source, hashlib.sha256(data).hexdigest(), rows)


def shipped() -> list[Walk]:
    """Every crosswalk that comes with Amparo, in the editions that `EDITION.toml` beside them names."""
    editions = tomllib.loads((FOLDER / "EDITION.toml").read_text(encoding="utf-8"))
    return [read(FOLDER / f"{scheme}.csv", **about) for scheme, about in sorted(editions.items())]
