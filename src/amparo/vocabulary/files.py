"""Reading a code list from a file, strictly: what is wrong is named with its file and line."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from amparo.common.errors import Invalid

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
HEADER = ["code", "parent", "order", "definition_en", "source", *LANGUAGES]
SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True)
class CodeList:
    """A whole edition as its file says it; `rows` map the header's columns to cells."""

    scheme: str
    edition: str
    title: str
    source: str
    content_hash: str
    rows: list[dict[str, str]]


def read(file: Path, *, edition: str, title: str, source: str) -> CodeList:
    """A code list from a CSV in UTF-8 whose name is its scheme. Raises `Invalid`, naming file and line."""
    data = file.read_bytes()
    try:
        lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise _wrong(file, data[: error.start].count(b"\n") + 1, "is not UTF-8") from None
    if not lines or lines[0] != HEADER:
        raise _wrong(file, 1, f"needs the header {','.join(HEADER)}")
    rows = [_row(file, number, cells) for number, cells in enumerate(lines[1:], start=2)]
    _check(file, rows)
    return CodeList(file.stem, edition, title, source, hashlib.sha256(data).hexdigest(), rows)


def shipped() -> list[CodeList]:
    """Every code list that comes with Amparo, in the editions that `EDITION.toml` names."""
    editions = tomllib.loads((SHIPPED / "EDITION.toml").read_text(encoding="utf-8"))
    return [read(SHIPPED / f"{scheme}.csv", **about) for scheme, about in sorted(editions.items())]


def _row(file: Path, line: int, cells: list[str]) -> dict[str, str]:
    if len(cells) != len(HEADER):
        raise _wrong(file, line, f"has {len(cells)} cells, not {len(HEADER)}")
    row = dict(zip(HEADER, (cell.strip() for cell in cells), strict=True))
    if not row["code"] or not row["en"]:
        raise _wrong(file, line, "needs a code and an English label")
    if not (row["order"].isascii() and row["order"].isdigit()):
        raise _wrong(file, line, "needs a whole number as its order")
    return row


def _check(file: Path, rows: list[dict[str, str]]) -> None:
    codes: set[str] = set()
    for line, row in enumerate(rows, start=2):
        if row["code"] in codes:
            raise _wrong(file, line, f"repeats the code {row['code']}")
        codes.add(row["code"])
    for line, row in enumerate(rows, start=2):
        if row["parent"] and row["parent"] not in codes:
            raise _wrong(file, line, f"names a parent that is not there: {row['parent']}")


def _wrong(file: Path, line: int, what: str) -> Invalid:
    return Invalid({"file": f"{file.name}, line {line}: {what}."})
