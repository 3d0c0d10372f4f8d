"""`amparo import treaties`: who is bound by what since when, a row a State and treaty."""

from amparo.monitoring.importing import cells
from amparo.monitoring.importing.reading import Row, Wrong
from amparo.monitoring.importing.taking import Shape
from amparo.monitoring.models import TreatyStatus
from amparo.monitoring.treaties import ACTS, PARTY, STATUSES, Treaty, treaties
from amparo.monitoring.world import Atlas

# Our name of a column: what the United Nations Treaty Collection and others call it.
COLUMNS = {
    "state": ("iso3", "participant", "country"), "treaty": (), "status": (), "signed": ("signature", "signature_date"),
    "bound": ("ratification", "binding_date"), "act": ("binding_act",), "in_force": ("entry_into_force",),
    "as_of": ("status_as_of",), "source": (), "reservations": (), "note": (),
}  # fmt: skip
OPTIONAL = {"signed", "act", "in_force", "reservations", "note"}
_NEEDS_A_SIGNATURE = "ratification"


def shape(atlas: Atlas) -> Shape:
    """How a row becomes a `TreatyStatus`."""
    facts = (
        "status",
        "signed_on",
        "bound_on",
        "precision",
        "act",
        "in_force_on",
        "as_of",
        "source",
        "reservations",
        "note",
    )
    return Shape(TreatyStatus, ("state_id", "treaty"), facts, lambda row: _made(atlas, row))


def _made(atlas: Atlas, row: Row) -> TreatyStatus:
    bound_on, precision = cells.day_or_year(row.cells, "bound")
    made = TreatyStatus(
        state=cells.state(atlas, row.cells, "state"),
        treaty=cells.one_of(row.cells, "treaty", [each.lower() for each in treaties()]).upper(),
        status=cells.one_of(row.cells, "status", STATUSES), signed_on=cells.day(row.cells, "signed"),
        bound_on=bound_on, precision=precision, act=cells.one_of(row.cells, "act", ACTS, empty=True),
        in_force_on=cells.day(row.cells, "in_force"), as_of=cells.as_of(row.cells, "as_of"),
        source=cells.text(row.cells, "source", 120, needed=True),
        reservations=cells.text(row.cells, "reservations", 5000), note=cells.text(row.cells, "note", 200),
    )  # fmt: skip
    _check(made, treaties()[made.treaty])
    return made


def _check(made: TreatyStatus, treaty: Treaty) -> None:
    for column, on in (("signed", made.signed_on), ("bound", made.bound_on), ("in_force", made.in_force_on)):
        if on and on < treaty.adopted and not (made.precision == "year" and on.year == treaty.adopted.year):
            raise Wrong(column, f"lies before the treaty existed ({treaty.adopted})")
    if made.status == PARTY and made.act == _NEEDS_A_SIGNATURE and made.bound_on and not made.signed_on:
        raise Wrong("signed", "a State ratifies what it signed; without a signature it accedes")
    if made.status != PARTY and made.bound_on:
        raise Wrong("bound", "only a party has a date on which it was bound")
    if made.signed_on and made.bound_on and made.precision == "day" and made.bound_on < made.signed_on:
        raise Wrong("bound", "lies before the signature")
