"""`amparo import law`: what somebody compiled of States' laws; each row is labelled with whose compilation it is."""

from collections.abc import Callable, Iterable
from typing import Any

from amparo.common.errors import Invalid
from amparo.law.elements import NUMBERS
from amparo.law.models import Provision
from amparo.monitoring.importing import cells
from amparo.monitoring.importing.reading import Outcome, Row, Wrong
from amparo.monitoring.world import Atlas

COLUMNS: dict[str, tuple[str, ...]] = {
    "state": ("iso3",), "offence": (), "element": (), "answer": (), "items": (), "years": (), "age": (), "least": (),
    "most": (), "law": (), "pinpoint": (), "address": (), "in_force": ("in_force_on",), "repealed": ("repealed_on",),
    "external": ("source",),
}  # fmt: skip
OPTIONAL = set(COLUMNS) - {"state", "element", "answer", "law", "pinpoint", "in_force", "external"}
_COLUMN = {"in_force_on": "in_force", "repealed_on": "repealed", "form": "offence"}


def take(atlas: Atlas, rows: Iterable[Row], write: Callable[..., Provision]) -> Outcome:
    """Write each good row by `write`; a row that says what is written already changes nothing."""
    outcome = Outcome()
    for row in rows:
        outcome.read += 1
        try:
            facts = _facts(atlas, row)
            if Provision.objects.filter(superseded_at=None, **facts).exclude(status="refused").exists():
                outcome.same += 1
                continue
            write(**facts)
            outcome.made += 1
        except Wrong as wrong:
            outcome.refuse(row.line, wrong)
        except Invalid as wrong:
            for field, rule in wrong.fields.items():
                outcome.refuse(row.line, Wrong(_COLUMN.get(field, field), str(rule)))
    return outcome


def _facts(atlas: Atlas, row: Row) -> dict[str, Any]:
    told = row.cells
    begin = cells.day(told, "in_force")
    if begin is None:
        raise Wrong("in_force", "is needed")
    numbers = {name: cells.whole(told, name, 0, most) if told.get(name) else None for name, most in NUMBERS.items()}
    return {
        "state": cells.state(atlas, told, "state").iso3, "offence": cells.text(told, "offence", 40).lower(),
        "element": cells.text(told, "element", 12, needed=True).lower(),
        "answer": cells.text(told, "answer", 20, needed=True).lower(),
        "items": sorted(cells.text(told, "items", 200).lower().replace(";", " ").split()), **numbers,
        "law": cells.text(told, "law", 200, needed=True), "pinpoint": cells.text(told, "pinpoint", 120, needed=True),
        "address": cells.text(told, "address", 500), "in_force_on": begin,
        "repealed_on": cells.day(told, "repealed"), "external": cells.text(told, "external", 120, needed=True),
    }  # fmt: skip
