"""`amparo import upr` and `uhri`: what mechanisms recommended to States, in the words of their documents."""

import hashlib
from collections.abc import Mapping
from typing import Any

from amparo.monitoring.importing import cells
from amparo.monitoring.importing.reading import Row, Wrong
from amparo.monitoring.importing.taking import Shape
from amparo.monitoring.models import Recommendation
from amparo.monitoring.world import Atlas

UPR_COLUMNS = {
    "state": ("state_iso3", "state_under_review"), "recommending": ("recommending_iso3", "recommending_state"),
    "session": ("upr_session",), "response": (), "category": ("action_category", "action"),
    "themes": ("tags", "issues"), "text": ("recommendation",),
}  # fmt: skip
UPR_OPTIONAL = {"category", "themes"}
_RESPONSES = ("accepted", "noted")
_LONGEST = 6000
_FACTS = (
    "mechanism",
    "state_id",
    "made_by_id",
    "symbol",
    "session",
    "made_on",
    "response",
    "category",
    "themes",
    "text",
)


def upr(atlas: Atlas) -> Shape:
    """How a row of the UPR Info database becomes a `Recommendation`."""
    return Shape(Recommendation, ("external",), _FACTS, lambda row: _of_upr(atlas, row))


def uhri(atlas: Atlas) -> Shape:
    """How an annotation of the Universal Human Rights Index becomes a `Recommendation`."""
    return Shape(Recommendation, ("external",), _FACTS, lambda row: _of_uhri(atlas, row))


def _of_upr(atlas: Atlas, row: Row) -> Recommendation:
    made_by = cells.state(atlas, row.cells, "recommending") if row.cells["recommending"] else None
    state, text = cells.state(atlas, row.cells, "state"), cells.text(row.cells, "text", _LONGEST, needed=True)
    session = str(cells.whole(row.cells, "session", 1, 200))
    told = "|".join((state.iso3, made_by.iso3 if made_by else "", session, text))
    category = cells.whole(row.cells, "category", 1, 5) if row.cells.get("category") else None
    return Recommendation(
        external=f"UPR-{hashlib.sha256(told.encode()).hexdigest()[:24]}", mechanism="UPR", state=state, made_by=made_by,
        session=session, response=cells.one_of(row.cells, "response", _RESPONSES), category=category,
        themes=[each for each in str(row.cells.get("themes", "")).split(";") if each], text=text,
    )  # fmt: skip


def _of_uhri(atlas: Atlas, row: Row) -> Recommendation:
    told = row.cells
    if not cells.text(told, "AnnotationType", 40).startswith("Recommendation"):
        raise Wrong("AnnotationType", "only recommendations are taken")
    by = _names(told, "UprRecommendingCountry")
    return Recommendation(
        external=f"UHRI-{cells.text(told, 'AnnotationId', 70, needed=True)}",
        mechanism=cells.text(told, "Body", 20, needed=True), state=_only(atlas, told, "Countries"),
        made_by=cells.state(atlas, {"of": by[0]}, "of") if by else None,
        symbol=cells.text(told, "Symbol", 60), made_on=cells.day(told, "PublicationDate"),
        session=cells.text(told, "UprCycle", 20), themes=_names(told, "Themes"),
        text=cells.text(told, "Text", _LONGEST),
    )  # fmt: skip


def _names(told: Mapping[str, Any], column: str) -> list[str]:
    found = told.get(column) or []
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Wrong(column, "is a list of names")
    return found


def _only(atlas: Atlas, told: Mapping[str, Any], column: str) -> Any:
    found = _names(told, column)
    if len(found) != 1:
        raise Wrong(column, "names one State")
    return cells.state(atlas, {column: found[0]}, column)
