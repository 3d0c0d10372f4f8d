"""Series about States as SDMX: one data structure, one dataflow, an observation a State, series, year, age and sex.

Areas are codes of ISO 3166-1 alpha-3; ages, sexes, units and how a number came about follow the codes of the SDG
database's own structure (CL_AGE, CL_SEX, CL_UNIT, CL_NATURE), with those of the cross-domain lists for total.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from amparo.methods.extra import sdmx
from amparo.methods.sdmx.rows import AGENCY, VERSION, Row

FLOW, DSD, CONCEPTS = "DF_STATES", "STATES", "CS_STATES"
KEY = ("FREQ", "REF_AREA", "SERIES", "AGE", "SEX")
COLUMNS = (*KEY, "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "NATURE", "SOURCE")
_CONCEPTS = {
    "FREQ": "Frequency", "REF_AREA": "State", "SERIES": "Series", "AGE": "Age", "SEX": "Sex",
    "TIME_PERIOD": "Time period", "OBS_VALUE": "Value", "UNIT_MEASURE": "Unit of measure",
    "NATURE": "How the number came about", "SOURCE": "Source",
}  # fmt: skip
_SEXES = {"female": "F", "male": "M", "bothsex": "_T", "": "_Z"}
_AGES = {"allage": "_T", "": "_Z", "lt18y": "Y0T17", "18": "Y_GE18"}
_UNITS = {"percent": "PT", "number": "NUMBER", "years": "YR"}
_WORDS = {
    "FREQ": {"A": "Annual"}, "SEX": {"F": "Female", "M": "Male", "_T": "Both sexes", "_Z": "Not applicable"},
    "UNIT_MEASURE": {"PT": "Percent", "NUMBER": "Number", "YR": "Years"},
    "NATURE": {
        "C": "Country data", "CA": "Country adjusted data", "E": "Estimated data", "G": "Global monitoring data",
        "M": "Modelled data", "N": "Non-relevant", "NA": "Data nature not available",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One observation as the monitor keeps it: `unit` percent, number or years; `nature` of the SDG database."""

    state: str
    series: str
    year: int
    age: str
    sex: str
    value: float
    unit: str
    nature: str
    source: str


@dataclass(frozen=True)
class Table:
    """Every observation that holds now, what its areas and series are called, and when its newest source was taken."""

    points: Sequence[Point]
    areas: Mapping[str, str]
    series: Mapping[str, str]
    prepared: datetime

    @cached_property
    def rows(self) -> list[Row]:
        """The observations in the words of the structure."""
        return [row(each) for each in self.points]

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """Each code list: the codes that occur, with their words."""
        ages = {code: code.removeprefix("Y").replace("T", "–") for code in sorted({each["AGE"] for each in self.rows})}
        told = {"_T": "All ages", "_Z": "Not applicable", "Y_GE18": "18 and over"}
        return _WORDS | {
            "REF_AREA": dict(self.areas), "SERIES": dict(self.series),
            "AGE": {code: told.get(code, said) for code, said in ages.items()},
        }  # fmt: skip


def row(point: Point) -> Row:
    """One observation, every component by its id."""
    return {
        "FREQ": "A", "REF_AREA": point.state, "SERIES": point.series, "AGE": _age(point.age),
        "SEX": _SEXES.get(point.sex, point.sex.upper()), "TIME_PERIOD": str(point.year),
        "OBS_VALUE": f"{point.value:.10g}", "UNIT_MEASURE": _UNITS[point.unit],
        "NATURE": point.nature.upper() or "NA", "SOURCE": point.source,
    }  # fmt: skip


def artefacts(table: Table) -> list[Any]:
    """Code lists, concepts, the data structure and the dataflow, as pysdmx knows them."""
    model = sdmx().model
    named: dict[str, Any] = {"agency": AGENCY, "version": VERSION}
    lists = [_codelist(name, table.codes[name]) for name in table.codes]
    concepts = model.ConceptScheme(
        CONCEPTS, name="Concepts", items=[model.Concept(code, name=said) for code, said in _CONCEPTS.items()], **named
    )
    structure = model.DataStructureDefinition(
        id=DSD, name="States, by series", components=components(table), **named
    )  # fmt: skip
    flow = model.Dataflow(id=FLOW, name="Series about what States do", structure=structure, **named)
    return [*lists, concepts, structure, flow]


def components(table: Table) -> Any:
    """Five dimensions, time, the number, and three attributes."""
    model = sdmx().model
    kind, role = model.DataType, model.Role
    return model.Components([
        *(_component(table, name, role.DIMENSION) for name in KEY),
        _component(table, "TIME_PERIOD", role.DIMENSION, dtype=kind.PERIOD),
        _component(table, "OBS_VALUE", role.MEASURE, dtype=kind.DOUBLE),
        *(_component(table, name, role.ATTRIBUTE, level="O") for name in ("UNIT_MEASURE", "NATURE")),
        _component(table, "SOURCE", role.ATTRIBUTE, level="O", dtype=kind.STRING),
    ])  # fmt: skip


def _component(table: Table, name: str, role: Any, *, dtype: Any = None, level: str | None = None) -> Any:
    model = sdmx().model
    codes = table.codes.get(name)
    listed = _codelist(name, codes) if codes else None
    concept = model.ItemReference("Concept", AGENCY, CONCEPTS, VERSION, name)
    return model.Component(
        name, True, role, concept, local_dtype=dtype, local_codes=listed, attachment_level=level
    )  # fmt: skip


def _codelist(name: str, codes: Mapping[str, str]) -> Any:
    model = sdmx().model
    items: Iterable[Any] = [model.Code(code, name=said) for code, said in codes.items()]
    return model.Codelist(
        f"CL_STATES_{name}", name=_CONCEPTS[name], agency=AGENCY, version=VERSION, items=list(items)
    )  # fmt: skip


def _age(code: str) -> str:
    """`20_24` is Y20T24, as the SDG database writes it."""
    low, _between, high = code.partition("_")
    return f"Y{low}T{high}" if low.isdigit() and high.isdigit() else _AGES.get(code, code.upper())
