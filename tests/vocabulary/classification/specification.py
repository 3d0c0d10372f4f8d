"""Reads tests/spec, for the tests and for the reference page."""

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amparo.vocabulary.classification import elements

FILE = Path(__file__).resolve().parents[2] / "spec" / "classification.toml"


@dataclass(frozen=True)
class Situation:
    name: str
    facts: dict[str, Any]
    sets: list[str]
    met: set[str]
    open: set[str]
    rest: str


def situations() -> list[Situation]:
    return [_situation(case) for case in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]]


def _situation(case: dict[str, Any]) -> Situation:
    facts = dict(case["facts"])
    rest = facts.pop("rest", "")
    return Situation(case["name"], facts, case["sets"], set(case["met"]), set(case.get("open", [])), rest)


def whole(situation: Situation) -> dict[str, Any]:
    """The facts with `rest` for everything that neither stands there nor follows."""
    if not situation.rest:
        return situation.facts
    known = elements.known(situation.facts)
    settled = known.yes | known.no
    others = {name: situation.rest for name in elements.names() if not settled & elements.bit(name)}
    return others | situation.facts


TABLE = FILE.parent / "sale_and_trafficking.csv"
# The columns of the table: which rule set under which settings, and which offence of it.
COLUMNS = {
    "sale": ("report", {}, "REPORT-SALE"),
    "trafficking_report": ("report", {}, "REPORT-TRAFFICKING"),
    "trafficking_protocol": ("palermo", {"movement_needed": False}, "PALERMO-3"),
    "trafficking_protocol_with_movement": ("palermo", {"movement_needed": True}, "PALERMO-3"),
}
STATES = {"met": "met", "not met": "not_met", "open": "open"}


def truth_table() -> list[dict[str, str]]:
    """Consideration × exploitative purpose × movement × transfer, each yes, no or unknown: 81 rows."""
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def facts_of(row: dict[str, str]) -> dict[str, Any]:
    """A row of the table as facts. All other acts, purposes and considerations are known not to be."""
    facts: dict[str, Any] = {"age": 9, "consideration_promised": "no", "for_transfer": "yes"}
    facts |= {name: "no" for name in elements.names() if name.startswith("purpose_")}
    facts |= dict.fromkeys(("recruited", "transported", "harboured", "obtained"), "no")
    return facts | {
        "consideration_given": row["consideration"], "purpose_sexual": row["exploitative_purpose"],
        "moved": row["movement"], "transferred": row["transfer"],
    }  # fmt: skip
