"""One cell to one typed value and back. The canonical form is what `written` gives; `read` takes more."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from amparo.interfaces.exchange.htcds import safety
from amparo.interfaces.exchange.htcds.problems import CellRefused
from amparo.interfaces.exchange.htcds.standard import Field, Value, countries, fields, languages

JOIN = ";"
_JOINS = re.compile(r"[;|,\n]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"\d{1,3}")
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?")
_LOCAL_LANGUAGE = re.compile(r"q[a-t][a-z]")
_YES = {"true", "1", "yes"}
_NO = {"false", "0", "no"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_FEW = {"one", "many", "country", "countries", "language", "checkbox", "whole"}
_MOST = {"Longitude": 180, "Latitude": 90}


def read(field: Field, cell: str) -> Value | None:
    """The value of a cell, or None when it is empty. Raises `CellRefused`."""
    if not cell or cell.isspace():
        return None
    if field.kind in _FEW:
        return _again_and_again(field.name, cell)
    safety.check(cell)
    return safety.unguard(cell) if field.kind == "text" else _READERS[field.kind](field, cell.strip())


@lru_cache(maxsize=20_000)
def _again_and_again(name: str, cell: str) -> Value:
    """A coded cell: a file of a hundred thousand cases holds few different ones, and they tell of nobody."""
    safety.check(cell)
    field = fields()[name]
    return _READERS[field.kind](field, cell.strip())


def written(field: Field, value: Value) -> str:
    """The canonical text: several joined by ``;``, days as ``2026-01-31``, boxes as ``true`` or ``false``.

    Raises `CellRefused` for a text that a file may not hold.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return JOIN.join(value)
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case int():
            return str(value)
    safety.check(value)
    return safety.guard(value) if field.kind == "text" else value


def _one(field: Field, cell: str) -> str:
    if cell in field.values:
        return cell
    found = field.labels.get(cell.casefold())
    if found is None:
        raise CellRefused("not_in_list", "This is none of the values that the standard lists for this field.")
    return found


def _many(field: Field, cell: str) -> tuple[str, ...]:
    return _parts(field, cell, _one)


def _country(field: Field, cell: str) -> str:  # noqa: ARG001
    code = cell.upper()
    if code not in countries():
        raise CellRefused("not_a_country", "Give a country as ISO 3166-1 does, with two or three letters.")
    return code


def _countries(field: Field, cell: str) -> tuple[str, ...]:
    return _parts(field, cell, _country)


def _parts(field: Field, cell: str, reader: Callable[[Field, str], str]) -> tuple[str, ...]:
    """Split at ``;``, ``|``, ``,`` or a line break; XLSForm joins by blanks, which only codes survive."""
    found: dict[str, None] = {}
    for part in filter(None, (piece.strip() for piece in _JOINS.split(cell))):
        try:
            found[reader(field, part)] = None
        except CellRefused:
            pieces = part.split()
            if len(pieces) == 1:
                raise
            found.update(dict.fromkeys(reader(field, piece) for piece in pieces))
    if not found:
        raise CellRefused("not_in_list", "This cell holds separators and no value.")
    return tuple(found)


def _language(field: Field, cell: str) -> str:  # noqa: ARG001
    code = cell.lower()
    if code not in languages() and not _LOCAL_LANGUAGE.fullmatch(code):
        raise CellRefused("not_a_language", "Give a language as ISO 639-2 does, with three letters.")
    return code


def _date(field: Field, cell: str) -> date:  # noqa: ARG001
    try:
        found = date.fromisoformat(cell) if _DATE.fullmatch(cell) and cell.isascii() else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellRefused("not_a_date", "Give a day as year-month-day, such as 2026-01-31.")
    return found


def _checkbox(field: Field, cell: str) -> bool:  # noqa: ARG001
    word = cell.casefold()
    if word not in _YES | _NO:
        raise CellRefused("not_a_checkbox", "Give true or false, yes or no, 1 or 0.")
    return word in _YES


def _whole(field: Field, cell: str) -> int:  # noqa: ARG001
    if not (cell.isascii() and _WHOLE.fullmatch(cell)):
        raise CellRefused("not_a_number", "Give a whole number without sign, of at most three digits.")
    return int(cell)


def _degrees(field: Field, cell: str) -> Decimal:
    most = next(limit for end, limit in _MOST.items() if field.name.endswith(end))
    if not (cell.isascii() and _DEGREES.fullmatch(cell)) or abs(Decimal(cell)) > most:
        raise CellRefused("not_degrees", f"Give degrees with a decimal point, from -{most} to {most}.")
    return Decimal(cell)


_READERS: dict[str, Callable[[Field, str], Value]] = {
    "one": _one,
    "many": _many,
    "country": _country,
    "countries": _countries,
    "language": _language,
    "date": _date,
    "checkbox": _checkbox,
    "whole": _whole,
    "degrees": _degrees,
}
