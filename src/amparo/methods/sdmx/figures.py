"""A figure as an SDMX file, checked before it leaves."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from amparo.common.errors import Conflict
from amparo.methods.figure import Figure
from amparo.methods.sdmx import checking, structures, writing
from amparo.methods.sdmx.rows import Row, observations, shape


def as_csv(figure: Figure) -> bytes:
    """SDMX-CSV 2.0."""
    of = shape(figure)
    return writing.as_csv(checked([figure]), of.flow, columns=writing.columns(of.key))


def as_ml21(figure: Figure) -> bytes:
    """SDMX-ML 2.1, structure-specific."""
    return _ml(figure, writing.ML21)


def as_ml30(figure: Figure) -> bytes:
    """SDMX-ML 3.0."""
    return _ml(figure, writing.ML30)


def checked(figures: Sequence[Figure]) -> list[Row]:
    """The observations of figures of one dataflow. Raises `Conflict` when they are not what the structure promises.

    What two tables say alike is one observation.
    """
    of = shape(figures[0])
    said = [row for figure in figures for row in observations(figure)]
    rows = list({tuple(row[name] for name in (*of.key, "TIME_PERIOD", "OBS_VALUE")): row for row in said}.values())
    adding = {of.dimensions[each.code] for figure in figures for each in figure.dimensions
              if each.adds_up and each.code in of.dimensions}  # fmt: skip
    found = checking.faults(rows, structures.Lists.of(figures).codes, key=of.key, adds_up=sorted(adding))
    if found:
        raise Conflict("This table is not what its structure promises: " + "; ".join(found[:5]))
    return rows


def moment(figure: Figure) -> datetime:
    """When the message counts as prepared: with its publication, so that the same figure is always the same file."""
    return datetime.combine(figure.about.published, time(), UTC)


def _ml(figure: Figure, form: str) -> bytes:
    of = shape(figure)
    parts: Any = structures.components(structures.Lists.of([figure]), of.key)
    return writing.as_ml(
        checked([figure]), of.flow, parts,
        form=form, prepared=moment(figure), test=figure.about.demonstration,
    )  # fmt: skip
