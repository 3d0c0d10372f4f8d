"""Amparo's own structures: an agency, its concepts and code lists, one data structure, and a dataflow an indicator.

Forms of exploitation have no global series, so they are published here under our own agency, never as series of others.
Codes and rules for unknown and total are those of the SDMX cross-domain lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amparo.methods.extra import sdmx
from amparo.methods.figure import TOTAL, Figure
from amparo.methods.sdmx.rows import AGENCY, DIMENSIONS, NORMAL, SUPPRESSED, UNKNOWN, VERSION, code_of

DSD, CONCEPTS = "CHILDREN", "CS_CHILDREN"
_CONCEPTS = {
    "FREQ": "Frequency", "INDICATOR": "Indicator", "REGION": "Region", "AGE": "Age", "SEX": "Sex",
    "FORM": "Form of exploitation", "TIME_PERIOD": "Time period", "OBS_VALUE": "Number of children",
    "OBS_STATUS": "Observation status", "UNIT_MULT": "Unit multiplier", "UNIT_MEASURE": "Unit of measure",
    "RELEASE": "Reference of the release",
}  # fmt: skip
_FIXED = {
    "FREQ": {"A": "Annual"},
    "OBS_STATUS": {NORMAL: "Normal value", SUPPRESSED: "Missing value; suppressed"},
    "UNIT_MULT": {"0": "Units"},
    "UNIT_MEASURE": {"CHILDREN": "Children"},
}
_SHARED = {TOTAL: "Total", UNKNOWN: "Unknown"}
_SEX = {"F": "Female", "M": "Male", "_O": "Other"}


@dataclass
class Lists:
    """The code lists by component: code → words. Made of the figures that are published, and of nothing else."""

    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> "Lists":
        """Every code that a figure uses, with its words."""
        found: dict[str, dict[str, str]] = {name: dict(words) for name, words in _FIXED.items()}
        found |= {"INDICATOR": {}, **{name: dict(_SHARED) for name in DIMENSIONS.values()}}
        found["SEX"] = _SHARED | _SEX
        for figure in figures:
            found["INDICATOR"][figure.about.indicator.upper()] = figure.about.title
            for each in figure.dimensions:
                name = DIMENSIONS[each.code]
                words = {code_of(name, code): told for code, told in each.words.items()}
                found[name] |= {code: told for code, told in words.items() if code not in _SHARED}
        return cls(found)


def flow_of(indicator: str) -> str:
    """The dataflow of an indicator."""
    return f"DF_{indicator.upper()}"


def artefacts(lists: Lists, flows: Mapping[str, str]) -> list[Any]:
    """Code lists, concepts, the data structure and the dataflows (id → words), as pysdmx knows them."""
    model = sdmx().model
    named: dict[str, Any] = {"agency": AGENCY, "version": VERSION}
    codelists = [
        model.Codelist(
            f"CL_{name}", name=_CONCEPTS[name], items=[model.Code(c, name=w) for c, w in every.items()], **named
        )
        for name, every in lists.codes.items()
    ]
    concepts = model.ConceptScheme(
        CONCEPTS, name="Concepts", items=[model.Concept(c, name=w) for c, w in _CONCEPTS.items()], **named
    )
    structure = model.DataStructureDefinition(
        id=DSD, name="Children, counted and protected", components=components(lists), **named
    )
    dataflows = [model.Dataflow(id=flow, name=words, structure=structure, **named) for flow, words in flows.items()]
    return [*codelists, concepts, structure, *dataflows]


def components(lists: Lists) -> Any:
    """Six dimensions, time, the number, and four attributes."""
    model = sdmx().model
    kind, role = model.DataType, model.Role
    return model.Components([
        *(_component(name, role.DIMENSION, lists) for name in ("FREQ", "INDICATOR", *DIMENSIONS.values())),
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
        f"CL_{name}", name=_CONCEPTS[name], agency=AGENCY, version=VERSION, items=[model.Code(each) for each in codes]
    )
    concept = model.ItemReference("Concept", AGENCY, CONCEPTS, VERSION, name)
    return model.Component(
        name, required, role, concept, local_dtype=dtype, local_codes=enumeration or None, attachment_level=level
    )
