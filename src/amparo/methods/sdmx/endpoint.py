"""What the SDMX web service answers: data, structures and what is available, from the figures that are published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from amparo.common.errors import Invalid, NotFound
from amparo.methods.extra import sdmx
from amparo.methods.figure import Figure
from amparo.methods.sdmx import structures, writing
from amparo.methods.sdmx.asking import Asked
from amparo.methods.sdmx.figures import checked, moment
from amparo.methods.sdmx.rows import AGENCY, VERSION, Row, key_of, shape

_TEMPLATE = "application/vnd.sdmx."
# What a client may ask for, by how its type begins, and what we then write. "generic" stands before "data".
DATA = {
    f"{_TEMPLATE}genericdata+xml": writing.GENERIC21,
    f"{_TEMPLATE}structurespecificdata+xml": writing.ML21,
    f"{_TEMPLATE}data+xml": writing.ML30,
    f"{_TEMPLATE}data+csv": "CSV",
    "text/csv": "CSV",
}
STRUCTURES = {
    f"{_TEMPLATE}structure+xml;version=2.1": writing.STRUCTURE21,
    f"{_TEMPLATE}structure+xml;version=3.0": writing.STRUCTURE30,
    f"{_TEMPLATE}structure+json;version=2": "STRUCTURE_SDMX_JSON_2_0_0",
}
_TYPES = {
    writing.GENERIC21: f"{_TEMPLATE}genericdata+xml; version=2.1",
    writing.ML21: f"{_TEMPLATE}structurespecificdata+xml; version=2.1",
    writing.ML30: f"{_TEMPLATE}data+xml; version=3.0.0",
    "CSV": writing.CSV_TYPE,
    writing.STRUCTURE21: f"{_TEMPLATE}structure+xml; version=2.1",
    writing.STRUCTURE30: f"{_TEMPLATE}structure+xml; version=3.0.0",
    "STRUCTURE_SDMX_JSON_2_0_0": f"{_TEMPLATE}structure+json; version=2.0.0",
}


@dataclass(frozen=True)
class Answer:
    """Bytes and what they are."""

    content: bytes
    media_type: str


def answer(question: Asked, figures: Sequence[Figure], accept: str) -> Answer:
    """Raises `NotFound` when nothing answers the question, as the standard asks (404, "no results")."""
    if not figures:
        raise NotFound
    if question.what == "structure":
        return _structures(question, figures, accept)
    rows = _rows(question, figures)
    if question.what == "availability":
        return _written(
            [_available(question, rows, shape(_of(question, figures)[0]).key)],
            figures,
            _form(accept, STRUCTURES, _default(question)),
        )
    return _data(question, rows, figures, accept)


def _rows(question: Asked, figures: Sequence[Figure]) -> list[Row]:
    ours = _of(question, figures)
    key = shape(ours[0]).key
    if question.key and len(question.key) != len(key):
        raise Invalid({"key": f"A key has {len(key)} places: {'.'.join(key)}."})
    rows = [row for row in checked(ours) if question.wants(row, key)]
    if not rows:
        raise NotFound
    return rows


def _of(question: Asked, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of the dataflow that is asked for. Raises `NotFound`."""
    found = [each for each in figures if structures.flow_of(each) == question.id]
    if not found:
        raise NotFound
    return found


def _data(question: Asked, rows: list[Row], figures: Sequence[Figure], accept: str) -> Answer:
    key = shape(_of(question, figures)[0]).key
    form = _form(accept, DATA, writing.GENERIC21 if question.edition == 1 else writing.ML30)
    if form == "CSV":
        return Answer(writing.as_csv(rows, question.id, columns=writing.columns(key)), _TYPES[form])
    newest = max(figures, key=lambda each: each.about.published)
    parts = structures.components(structures.Lists.of(figures), key)
    content = writing.as_ml(
        rows, question.id, parts, form=form, prepared=moment(newest), test=newest.about.demonstration
    )
    return Answer(content, _TYPES[form])


def _structures(question: Asked, figures: Sequence[Figure], accept: str) -> Answer:
    lists = structures.Lists.of(figures)
    every = structures.artefacts(lists, figures)
    chosen = [each for each in every if _wanted(question, each)]
    if not chosen:
        raise NotFound
    return _written(every if question.references else chosen, figures, _form(accept, STRUCTURES, _default(question)))


def _wanted(question: Asked, artefact: Any) -> bool:
    named = {"Dataflow": "dataflow", "DataStructureDefinition": "datastructure", "Codelist": "codelist"}
    kind = named.get(type(artefact).__name__, "conceptscheme")
    return question.kind in {"*", kind} and question.id in {"", artefact.id}


def _available(question: Asked, rows: list[Row], key: tuple[str, ...]) -> Any:
    """Which codes have observations, and how many series and observations they are."""
    from pysdmx.model.constraint import (
        AvailabilityConstraint,
        ConstraintAttachment,
        CubeKeyValue,
        CubeRegion,
        CubeValue,
    )  # fmt: skip

    flow = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={AGENCY}:{question.id}({VERSION})"
    names = (*key, "TIME_PERIOD")
    found = [CubeKeyValue(name, [CubeValue(each) for each in sorted({row[name] for row in rows})]) for name in names]
    return AvailabilityConstraint(
        constraint_attachment=ConstraintAttachment(None, dataflows=[flow]), cube_region=CubeRegion(found),
        series_count=len({key_of(row, key) for row in rows}), obs_count=len(rows),
    )  # fmt: skip


def _written(made: Sequence[Any], figures: Sequence[Figure], form: str) -> Answer:
    newest = max(figures, key=lambda each: each.about.published)
    told = writing.structures_as_ml(made, form=form, prepared=moment(newest), test=newest.about.demonstration)
    return Answer(told, _TYPES[form])


def _default(question: Asked) -> str:
    return writing.STRUCTURE21 if question.edition == 1 else writing.STRUCTURE30


def _form(accept: str, known: dict[str, str], otherwise: str) -> str:
    """The first type that the client accepts and we write; else what the edition of the service has by default."""
    sdmx()
    for each in accept.replace("; ", ";").split(","):
        for start, form in known.items():
            if each.strip().startswith(start):
                return form
    return otherwise
