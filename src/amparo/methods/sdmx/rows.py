"""The observations of a figure, in the words of a data structure: one for each set of dimensions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.methods.figure import TOTAL, Figure

AGENCY, VERSION = "AMPARO", "1.0"
SUPPRESSED, NORMAL = "Q", "A"
UNKNOWN, OTHER = "_U", "_O"
# Our dimensions and theirs, in the order of the key, of the structure that most tables have.
DIMENSIONS = {"region": "REGION", "age_group": "AGE", "sex": "SEX", "form": "FORM"}
KEY = ("FREQ", "INDICATOR", *DIMENSIONS.values())
ATTRIBUTES = ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "RELEASE")
FREQUENCIES = {"year": "A", "quarter": "Q", "month": "M"}
# The unit of each indicator in the list of measures.
MEASURES = {
    "child": "CHILDREN", "case": "CASES", "incident": "INCIDENTS", "report": "REPORTS", "referral": "SERVICES",
    "proceeding": "PROCEEDINGS",
}  # fmt: skip
_SEXES = {"female": "F", "male": "M", "other": OTHER}
Row = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """The structure and the dataflow of a table, by its dimensions; `dimensions`: ours to theirs, time apart."""

    flow: str
    structure: str
    dimensions: Mapping[str, str]

    @property
    def key(self) -> tuple[str, ...]:
        """The dimensions of the series key."""
        return ("FREQ", "INDICATOR", *self.dimensions.values())


def shape_of(indicator: str, dimensions: Iterable[str]) -> Shape:
    """A table by region, age, sex or form is of the structure CHILDREN; any other set has a structure of its own."""
    names = sorted({*dimensions} - set(FREQUENCIES))
    if set(names) <= set(DIMENSIONS):
        return Shape(f"DF_{indicator.upper()}", "CHILDREN", DIMENSIONS)
    by = "_".join(names).upper()
    return Shape(
        f"DF_{indicator.upper()}_BY_{by}", f"BY_{by}", {each: DIMENSIONS.get(each, each.upper()) for each in names}
    )


def shape(figure: Figure) -> Shape:
    """Of a figure."""
    return shape_of(figure.about.indicator, (each.code for each in figure.dimensions))


def observations(figure: Figure) -> list[Row]:
    """A row an observation, every component by its id; `OBS_VALUE` None: suppressed. A dimension not asked is total."""
    about, of = figure.about, shape(figure)
    fixed = {"INDICATOR": about.indicator.upper(), **dict.fromkeys(of.dimensions.values(), TOTAL)}
    measure = MEASURES.get(about.counted, about.counted.upper())
    tail = {"UNIT_MULT": "0", "UNIT_MEASURE": measure, "RELEASE": about.reference}
    return [
        _period(figure, codes)
        | fixed
        | {
            of.dimensions[each.code]: code_of(of.dimensions[each.code], code)
            for each, code in zip(figure.dimensions, codes, strict=True) if each.code in of.dimensions
        }
        | {"OBS_VALUE": value, "OBS_STATUS": SUPPRESSED if value is None else NORMAL}
        | tail
        for codes, value in figure.cells.items()
    ]  # fmt: skip


def _period(figure: Figure, codes: tuple[str, ...]) -> Row:
    """How often and when; several years together are a range of time (ISO 8601, as SDMX takes it)."""
    about = figure.about
    for each, code in zip(figure.dimensions, codes, strict=True):
        if each.code in FREQUENCIES and code != TOTAL:
            return {"FREQ": FREQUENCIES[each.code], "TIME_PERIOD": code}
    first = about.first_year or about.year
    years = about.year - first + 1
    return {"FREQ": "A", "TIME_PERIOD": str(about.year) if years == 1 else f"{first}-01-01/P{years}Y"}


def code_of(dimension: str, code: str) -> str:
    """Our code in theirs."""
    if code in {"unknown", "not_known"}:
        return UNKNOWN
    if code == "rest":
        return OTHER
    return _SEXES.get(code, code) if dimension == "SEX" else code


def key_of(row: Mapping[str, Any], key: tuple[str, ...] = KEY) -> str:
    """The series key: the dimensions' codes with dots between them."""
    return ".".join(str(row[name]) for name in key)
