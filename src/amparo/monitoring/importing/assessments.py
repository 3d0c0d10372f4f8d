"""`amparo import assessments`: answers from a filled table. They wait for review as if they had been typed."""

from collections.abc import Callable, Iterable
from typing import Any

from amparo.common.errors import Invalid
from amparo.monitoring.importing import cells
from amparo.monitoring.importing.reading import Outcome, Row, Wrong
from amparo.monitoring.models import Assessment
from amparo.monitoring.world import Atlas

COLUMNS: dict[str, tuple[str, ...]] = {
    "state": ("iso3",), "question": (), "role": (), "answer": (), "number": (), "items": (), "valid_from": (),
    "valid_to": (), "confidence": (), "rationale": (), "evidence": (), "pinpoint": (), "in_force": (), "address": (),
    "captured": (), "sha256": (), "edition": (),
}  # fmt: skip
OPTIONAL = set(COLUMNS) - {"state", "question", "role", "answer", "valid_from"}
_SAME = ("answer", "number", "items", "valid_to", "rationale")


def take(atlas: Atlas, rows: Iterable[Row], write: Callable[..., Assessment]) -> Outcome:
    """Write each good row by `write`; a row that says what is written already changes nothing."""
    outcome = Outcome()
    for row in rows:
        outcome.read += 1
        try:
            facts = _facts(atlas, row)
            if _is_there(facts):
                outcome.same += 1
                continue
            write(**facts)
            outcome.made += 1
        except Wrong as wrong:
            outcome.refuse(row.line, wrong)
        except Invalid as wrong:
            for column, rule in wrong.fields.items():
                outcome.refuse(row.line, Wrong(column, str(rule)))
    return outcome


def _facts(atlas: Atlas, row: Row) -> dict[str, Any]:
    told = row.cells
    begin = cells.day(told, "valid_from")
    if begin is None:
        raise Wrong("valid_from", "is needed")
    return {
        "state": cells.state(atlas, told, "state"), "question": cells.text(told, "question", 8, needed=True),
        "role": cells.text(told, "role", 14).lower(), "answer": cells.text(told, "answer", 20).lower(),
        "number": cells.number(told, "number"), "valid_from": begin, "valid_to": cells.day(told, "valid_to"),
        "items": sorted(each for each in cells.text(told, "items", 200).lower().replace(";", " ").split()),
        "confidence": cells.text(told, "confidence", 8).lower() or "medium",
        "rationale": cells.text(told, "rationale", 4000), "edition": cells.text(told, "edition", 20),
        "evidence": _evidence(told),
    }  # fmt: skip


def _evidence(told: Any) -> list[dict[str, Any]]:
    title = cells.text(told, "evidence", 200)
    about = {
        "pinpoint": cells.text(told, "pinpoint", 120), "in_force_on": cells.day(told, "in_force"),
        "address": cells.text(told, "address", 500), "captured_on": cells.day(told, "captured"),
        "sha256": cells.text(told, "sha256", 64).lower(),
    }  # fmt: skip
    return [{"title": title, **about}] if title else []


def _is_there(facts: dict[str, Any]) -> bool:
    where = {name: facts[name] for name in ("state", "question", "role", "valid_from")}
    found = Assessment.objects.filter(superseded_at=None, **where)
    return any(all(getattr(each, name) == facts[name] for name in _SAME) for each in found)
