"""What a client of an SDMX web service asks: its address, of the 1.x or the 2.x form of the standard, in plain words.

Sources: SDMX RESTful API 1.5.0 (for SDMX 2.1) and 2.2.2 (for SDMX 3.0), paths and query parameters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from amparo.common.errors import Invalid, NotFound
from amparo.methods.sdmx.rows import AGENCY, VERSION, Row

What = Literal["data", "structure", "availability"]
KINDS = {
    "dataflow": "dataflow", "datastructure": "datastructure", "codelist": "codelist", "conceptscheme": "conceptscheme",
    "structure": "*", "*": "*",
}  # fmt: skip
_CONTEXTS = {"dataflow", "datastructure", "provisionagreement", "*"}  # with which a 2.x question begins
_ANY = {"all", "*", "latest", "~", "+", "latest(stable)", "1.0+", ""}
_WORD = re.compile(r"[A-Za-z0-9_@$\-]{1,60}")
_LONGEST = 2000  # signs of a key
_PERIOD = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Asked:
    """`id` empty: every one. `key` has a set of codes for each dimension, empty: all; no key at all: everything."""

    what: What
    kind: str
    id: str = ""
    key: tuple[frozenset[str], ...] = ()
    first: str = ""
    last: str = ""
    edition: int = 1  # of the web service: 1 for SDMX 2.1, 2 for SDMX 3.0
    references: bool = False
    where: tuple[tuple[str, frozenset[str]], ...] = ()  # dimensions by name, of the 2.x form

    def wants(self, row: Row, key: tuple[str, ...]) -> bool:
        """Whether an observation is asked for, of a structure with this key."""
        in_time = (self.first or "0") <= row["TIME_PERIOD"][:4] <= (self.last or "9999")
        asked = [*zip(key, self.key, strict=False), *self.where]
        return in_time and all(not codes or row.get(name) in codes for name, codes in asked)


def asked(path: str, given: Mapping[str, str]) -> Asked:
    """The question in an address below the service's root. Raises `NotFound` for what we do not serve, `Invalid` for
    an address that is none.
    """
    parts = [part for part in path.strip("/").split("/") if part]
    if not parts:
        raise NotFound
    head, rest = parts[0], parts[1:]
    if head in {"data", "availableconstraint"} and not set(rest[:1]) & _CONTEXTS:
        return _one(head, rest, given)
    if head in {"data", "availability"}:
        return _two(head, rest, given)
    if head == "structure" and rest:
        return _structure(rest[0], rest[1:], given, edition=2)
    return _structure(head, rest, given, edition=1)


def _one(head: str, rest: list[str], given: Mapping[str, str]) -> Asked:
    """1.x: ``data/AGENCY,FLOW,VERSION/KEY``; a plus between codes, an empty place for all."""
    if not rest:
        raise NotFound
    agency, flow, version = _flow(rest[0])
    _ours(agency, version)
    key = _key(rest[1] if len(rest) > 1 else "all", "+")
    first, last = given.get("startPeriod", ""), given.get("endPeriod", "")
    what: What = "data" if head == "data" else "availability"
    return Asked(what, "dataflow", _word(flow), key, _period(first), _period(last))


def _flow(text: str) -> tuple[str, str, str]:
    """``FLOW``, ``AGENCY,FLOW`` or ``AGENCY,FLOW,VERSION``."""
    first, second, version = [*text.split(","), "", ""][:3]
    return (first, second, version or VERSION) if second else (AGENCY, first, VERSION)


def _two(head: str, rest: list[str], given: Mapping[str, str]) -> Asked:
    """2.x: ``data/dataflow/AGENCY/FLOW/VERSION/KEY`` with filters as ``c[TIME_PERIOD]=ge:2020+le:2025``."""
    if rest[:1] != ["dataflow"]:
        raise NotFound
    agency, flow, version, key, *_component = [*rest[1:], *["*"] * 4][: max(4, len(rest) - 1)]
    _ours(agency, version)
    where = tuple(
        (name[2:-1], frozenset(codes.removeprefix("eq:").split(",")))
        for name, codes in given.items()
        if name.startswith("c[") and name != "c[TIME_PERIOD]" and codes
    )
    first, last = _between(given.get("c[TIME_PERIOD]", ""))
    what: What = "data" if head == "data" else "availability"
    return Asked(what, "dataflow", _word(flow), _key(key, ","), first, last, edition=2, where=where)


def _structure(kind: str, rest: list[str], given: Mapping[str, str], *, edition: int) -> Asked:
    if kind not in KINDS:
        raise NotFound
    agency, id, version = [*rest, *["*"] * 3][:3]
    _ours(agency, version)
    related = given.get("references", "none") != "none"
    return Asked("structure", KINDS[kind], _word(id), edition=edition, references=related)


def _ours(agency: str, version: str) -> None:
    """Only our own structures stand here, in their one edition."""
    if agency not in {*_ANY, AGENCY} or version not in {*_ANY, VERSION}:
        raise NotFound


def _word(id: str) -> str:
    if id in _ANY:
        return ""
    if not _WORD.fullmatch(id):
        raise Invalid({"id": "This is no identifier."})
    return id


def _key(text: str, between: str) -> tuple[frozenset[str], ...]:
    if text in _ANY:
        return ()
    if len(text) > _LONGEST:
        raise Invalid({"key": "This key is too long."})
    return tuple(frozenset(part.split(between)) - {"", "*"} for part in text.split("."))


def _between(filters: str) -> tuple[str, str]:
    """The first and the last period of ``ge:2020+le:2025``, or of one period."""
    found = dict(re.findall(r"(ge|gt|le|lt|eq):(\d{4})", filters))
    if "eq" in found or re.fullmatch(_PERIOD, filters):
        period = found.get("eq", filters)
        return period, period
    first = found.get("ge") or (str(int(found["gt"]) + 1) if "gt" in found else "")
    return first, found.get("le") or (str(int(found["lt"]) - 1) if "lt" in found else "")


def _period(text: str) -> str:
    if text and not _PERIOD.match(text):
        raise Invalid({"period": "A period begins with a year."})
    return text[:4]
