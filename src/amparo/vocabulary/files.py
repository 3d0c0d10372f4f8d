"""Reading a code list from a file, strictly: what is wrong is named with its file and line."""

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amparo.common.errors import Invalid

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
HEADER = ["code", "parent", "order", "definition_en", "source", *LANGUAGES]
# What a file may say besides: the wording of the instrument where it is not the preferred one, whether a word may be
# used, whether the code was read in its source, when it holds, and whose translation somebody of the field has checked.
OPTIONAL = ["official", "status", "verified", "valid_from", "valid_to", "checked"]
STATUSES = ("ok", "caution", "legal_only", "avoid")
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
    """A code list from a CSV in UTF-8 whose name is its scheme: the columns of `HEADER`, then some of `OPTIONAL`.

    Raises `Invalid`, naming file and line.
    """
    data = file.read_bytes()
    try:
        lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise _wrong(file, data[: error.start].count(b"\n") + 1, "is not UTF-8") from None
    if not lines or lines[0][: len(HEADER)] != HEADER or not set(lines[0][len(HEADER) :]) <= set(OPTIONAL):
        raise _wrong(file, 1, f"needs the header {','.join(HEADER)}, and after it only {','.join(OPTIONAL)}")
    rows = [_row(file, lines[0], number, cells) for number, cells in enumerate(lines[1:], start=2)]
    _check(file, rows)
    return CodeList(file.stem, edition, title, source, hashlib.sha256(data).hexdigest(), rows)


def shipped() -> list[CodeList]:
    """Every code list that comes with Amparo, in the editions that `EDITION.toml` names."""
    editions = tomllib.loads((SHIPPED / "EDITION.toml").read_text(encoding="utf-8"))
    return [read(_home(scheme), **about) for scheme, about in sorted(editions.items())]


def own() -> list[CodeList]:
    """Amparo's own lists among them; the others belong to other standards and speak the languages they speak."""
    return [each for each in shipped() if (SHIPPED / f"{each.scheme}.csv").exists()]


def _home(scheme: str) -> Path:
    file = SHIPPED / f"{scheme}.csv"
    return file if file.exists() else SHIPPED / "elsewhere" / f"{scheme}.csv"


def _row(file: Path, header: list[str], line: int, cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise _wrong(file, line, f"has {len(cells)} cells, not {len(header)}")
    given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    row = {"official": "", "status": "", "verified": "", "valid_from": "", "valid_to": "", "checked": ""} | given
    row["status"], row["verified"] = row["status"] or "ok", row["verified"] or "true"
    if not row["code"] or not row["en"]:
        raise _wrong(file, line, "needs a code and an English label")
    if not (row["order"].isascii() and row["order"].isdigit()):
        raise _wrong(file, line, "needs a whole number as its order")
    if row["status"] not in STATUSES:
        raise _wrong(file, line, f"needs a status: {', '.join(STATUSES)}")
    if row["verified"] not in {"true", "false"}:
        raise _wrong(file, line, "says of verified neither true nor false")
    if unknown := set(row["checked"].split()) - set(LANGUAGES):
        raise _wrong(file, line, f"has no language {', '.join(sorted(unknown))}")
    for name in ("valid_from", "valid_to"):
        _need_date(file, line, name, row[name])
    return row


def _need_date(file: Path, line: int, name: str, text: str) -> None:
    try:
        if text:
            date.fromisoformat(text)
    except ValueError:
        raise _wrong(file, line, f"needs a date such as 2026-11-24 in {name}") from None


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
