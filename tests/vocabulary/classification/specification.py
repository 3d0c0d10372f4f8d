"""Reads tests/spec/classification.toml, for the tests and for the reference page."""

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
