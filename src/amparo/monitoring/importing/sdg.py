"""`amparo import sdg`: a series as UNSD's database gives it, or any other series in the same columns."""

from amparo.common.errors import Invalid
from amparo.monitoring.importing import cells
from amparo.monitoring.importing.reading import Row, Wrong
from amparo.monitoring.importing.taking import Shape
from amparo.monitoring.models import Observation, Source
from amparo.monitoring.series import all_series
from amparo.monitoring.world import Atlas

COLUMNS = {
    "series": ("seriescode",), "state": ("geoareacode", "iso3", "m49"), "year": ("timeperiod",),
    "age": ("[age]",), "sex": ("[sex]",), "value": (), "text": (), "nature": ("[nature]",),
}  # fmt: skip
OPTIONAL = {"age", "sex", "text", "nature"}
_FIRST, _LAST = 1950, 2200


def shape(atlas: Atlas, source: Source) -> Shape:
    """How a row becomes an `Observation`."""
    facts = ("value", "text", "nature")
    key = ("state_id", "series", "year", "age", "sex")
    return Shape(Observation, key, facts, lambda row: _made(atlas, source, row))


def _made(atlas: Atlas, source: Source, row: Row) -> Observation:
    code = str(row.cells["series"])
    if code not in all_series():
        raise Wrong("series", f"there is no series {code[:30]}")
    return Observation(
        state=cells.state(atlas, row.cells, "state"), series=code,
        year=cells.whole(row.cells, "year", _FIRST, _LAST),
        age=_age(cells.text(row.cells, "age", 10)), sex=cells.text(row.cells, "sex", 10).lower(),
        nature=cells.text(row.cells, "nature", 4).lower(), source=source, **_said(code, row),
    )  # fmt: skip


def _said(code: str, row: Row) -> dict[str, float | str | None]:
    """A number, or for a series of words a word."""
    value, text = cells.number(row.cells, "value"), cells.text(row.cells, "text", 100)
    if (all_series()[code].unit == "word") == (value is None) == bool(text):
        return {"value": value, "text": text}
    raise Wrong("value", "a series of numbers has a number in each row, a series of words a text")


def _age(said: str) -> str:
    """`20-24` and `20_24` are one age."""
    return said.replace("-", "_").lower()


def source(*, code: str, title: str, as_of: str) -> Source:
    """A source as a user names it, not yet kept. Raises `Invalid`."""
    try:
        cells.as_of({"as_of": as_of}, "as_of")
    except Wrong as wrong:
        raise Invalid({"as_of": wrong.rule}) from None
    return Source(code=code, title=title, as_of=as_of)
