"""A figure as an SDMX file, checked before it leaves."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from amparo.common.errors import Conflict
from amparo.methods.figure import Figure
from amparo.methods.sdmx import checking, structures, writing
from amparo.methods.sdmx.rows import DIMENSIONS, Row, observations


def as_csv(figure: Figure) -> bytes:
    """SDMX-CSV 2.0."""
    return writing.as_csv(checked([figure]), structures.flow_of(figure.about.indicator))


def as_ml21(figure: Figure) -> bytes:
    """SDMX-ML 2.1, structure-specific."""
    return _ml(figure, writing.ML21)


def as_ml30(figure: Figure) -> bytes:
    """SDMX-ML 3.0."""
    return _ml(figure, writing.ML30)


def checked(figures: Sequence[Figure]) -> list[Row]:
    """The observations of figures of one indicator. Raises `Conflict` when they are not what the structure promises."""
    rows = [row for figure in figures for row in observations(figure)]
    asked = {DIMENSIONS[each.code] for figure in figures for each in figure.dimensions}
    found = checking.faults(rows, structures.Lists.of(figures).codes, adds_up=sorted(asked))
    if found:
        raise Conflict("This table is not what its structure promises: " + "; ".join(found[:5]))
    return rows


def moment(figure: Figure) -> datetime:
    """When the message counts as prepared: with its publication, so that the same figure is always the same file."""
    return datetime.combine(figure.about.published, time(), UTC)


def _ml(figure: Figure, form: str) -> bytes:
    parts: Any = structures.components(structures.Lists.of([figure]))
    return writing.as_ml(
        checked([figure]), structures.flow_of(figure.about.indicator), parts,
        form=form, prepared=moment(figure), test=figure.about.demonstration,
    )  # fmt: skip
