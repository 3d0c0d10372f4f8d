"""Amparo's own structures: an agency, its concepts and code lists, a data structure for each set of dimensions, and a
dataflow for each table of an indicator.

Forms of exploitation have no global series, so they are published here under our own agency, never as series of others.
Codes and rules for unknown and total are those of the SDMX cross-domain lists; other codes are those of the vocabulary.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from amparo.methods.extra import sdmx
from amparo.methods.figure import TOTAL, Figure
from amparo.methods.sdmx.rows import (
    AGENCY,
    DIMENSIONS,
    MEASURES,
    NORMAL,
    SUPPRESSED,
    UNKNOWN,
    VERSION,
    Shape,
    code_of,
    shape,
)

CONCEPTS = "CS_CHILDREN"
_CONCEPTS = {
    "FREQ": "Frequency", "INDICATOR": "Indicator", "REGION": "Region", "AGE": "Age", "SEX": "Sex",
    "FORM": "Form of exploitation", "TIME_PERIOD": "Time period", "OBS_VALUE": "Number",
    "OBS_STATUS": "Observation status", "UNIT_MULT": "Unit multiplier", "UNIT_MEASURE": "Unit of measure",
    "RELEASE": "Reference of the release",
}  # fmt: skip
_FIXED = {
    "FREQ": {"A": "Annual", "Q": "Quarterly", "M": "Monthly"},
    "OBS_STATUS": {NORMAL: "Normal value", SUPPRESSED: "Missing value; suppressed"},
    "UNIT_MULT": {"0": "Units"},
    "UNIT_MEASURE": {code: code.capitalize() for code in MEASURES.values()},
}
_SHARED = {TOTAL: "Total", UNKNOWN: "Unknown"}
_SEX = {"F": "Female", "M": "Male", "_O": "Other"}


@dataclass
class Lists:
    """The code lists by component: code → words. Made of the figures that are published, and of nothing else.

    `titles`: what a component that not every structure has is called.
    """

    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=lambda: dict(_CONCEPTS))

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> "Lists":
        """Every code that a figure uses, with its words."""
        lists = cls({name: dict(words) for name, words in _FIXED.items()})
        lists.codes |= {"INDICATOR": {}, **{name: dict(_SHARED) for name in DIMENSIONS.values()}}
        lists.codes["SEX"] = _SHARED | _SEX
        for figure in figures:
            lists._take(figure)
        return lists

    def _take(self, figure: Figure) -> None:
        self.codes["INDICATOR"][figure.about.indicator.upper()] = figure.about.title
        names = shape(figure).dimensions
        for each in (one for one in figure.dimensions if one.code in names):
            name = names[each.code]
            self.titles.setdefault(name, each.title)
            words = {code_of(name, code): told for code, told in each.words.items()}
            found = self.codes.setdefault(name, dict(_SHARED))
            found |= {code: told for code, told in words.items() if code not in _SHARED}


def flow_of(figure: Figure) -> str:
    """The dataflow of a table."""
    return shape(figure).flow


def artefacts(lists: Lists, figures: Sequence[Figure]) -> list[Any]:
    """Code lists, concepts, the data structures and the dataflows, as pysdmx knows them."""
    model = sdmx().model
    named: dict[str, Any] = {"agency": AGENCY, "version": VERSION}
    codelists = [
        model.Codelist(
            f"CL_{name}", name=lists.titles[name], items=[model.Code(c, name=w) for c, w in every.items()], **named
        )
        for name, every in lists.codes.items()
    ]
    concepts = model.ConceptScheme(
        CONCEPTS, name="Concepts", items=[model.Concept(c, name=w) for c, w in lists.titles.items()], **named
    )
    shapes = {each.structure: each for each in map(shape, figures)}
    structures = {
        id: model.DataStructureDefinition(
            id=id, name=_name(each, lists), components=components(lists, each.key), **named
        )
        for id, each in shapes.items()
    }  # fmt: skip
    flows = {shape(each).flow: (each.about.title, shape(each)) for each in figures}
    dataflows = [
        model.Dataflow(id=flow, name=_flow_name(title, each, lists), structure=structures[each.structure], **named)
        for flow, (title, each) in flows.items()
    ]
    return [*codelists, concepts, *structures.values(), *dataflows]


def _name(each: Shape, lists: Lists) -> str:
    if each.dimensions == DIMENSIONS:
        return "Children, counted and protected"
    return "Counted and protected, by " + ", ".join(lists.titles[name].lower() for name in each.dimensions.values())


def _flow_name(title: str, each: Shape, lists: Lists) -> str:
    if each.dimensions == DIMENSIONS:
        return title
    return f"{title}, by " + ", ".join(lists.titles[name].lower() for name in each.dimensions.values())


def components(lists: Lists, key: tuple[str, ...]) -> Any:
    """The dimensions, time, the number, and four attributes."""
    model = sdmx().model
    kind, role = model.DataType, model.Role
    return model.Components([
        *(_component(name, role.DIMENSION, lists) for name in key),
        _component("TIME_PERIOD", role.DIMENSION, lists, dtype=kind.PERIOD),
        _component("OBS_VALUE", role.MEASURE, lists, dtype=kind.LONG, required=False),
        *(_component(name, role.ATTRIBUTE, lists, level="O") for name in ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE")),
        _component("RELEASE", role.ATTRIBUTE, lists, level="O", dtype=kind.STRING, required=False),
    ])  # fmt: skip


def _component(
    name: str, role: Any, lists: Lists, *, dtype: Any = None, level: str | None = None, required: bool = True
) -> Any:
    model = sdmx().model
    codes = lists.codes.get(name)
    enumeration = codes and model.Codelist(
        f"CL_{name}",
        name=lists.titles[name],
        agency=AGENCY,
        version=VERSION,
        items=[model.Code(each) for each in codes],
    )
    concept = model.ItemReference("Concept", AGENCY, CONCEPTS, VERSION, name)
    return model.Component(
        name, required, role, concept, local_dtype=dtype, local_codes=enumeration or None, attachment_level=level
    )
