"""The observations of a figure, in the words of a data structure."""

from collections.abc import Mapping
from typing import Any

from amparo.methods.figure import TOTAL, Figure

AGENCY, VERSION = "AMPARO", "1.0"
SUPPRESSED, NORMAL = "Q", "A"
UNKNOWN = "_U"
# Our dimensions and theirs, in the order of the key.
DIMENSIONS = {"region": "REGION", "age_group": "AGE", "sex": "SEX", "form": "FORM"}
KEY = ("FREQ", "INDICATOR", *DIMENSIONS.values())
ATTRIBUTES = ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "RELEASE")
_SEXES = {"female": "F", "male": "M", "other": "_O"}
Row = dict[str, Any]


def observations(figure: Figure) -> list[Row]:
    """A row an observation, every component by its id; `OBS_VALUE` None: suppressed. A dimension not asked is total.

    Raises `KeyError` for a dimension that the structure does not have.
    """
    about = figure.about
    named = [DIMENSIONS[each.code] for each in figure.dimensions]
    fixed = {"FREQ": "A", "INDICATOR": about.indicator.upper(), **dict.fromkeys(DIMENSIONS.values(), TOTAL)}
    tail = {"UNIT_MULT": "0", "UNIT_MEASURE": "CHILDREN", "RELEASE": about.reference}
    return [
        fixed
        | {name: code_of(name, code) for name, code in zip(named, codes, strict=True)}
        | {"TIME_PERIOD": str(about.year), "OBS_VALUE": value, "OBS_STATUS": SUPPRESSED if value is None else NORMAL}
        | tail
        for codes, value in figure.cells.items()
    ]


def code_of(dimension: str, code: str) -> str:
    """Our code in theirs."""
    if code in {"unknown", "not_known"}:
        return UNKNOWN
    return _SEXES.get(code, code) if dimension == "SEX" else code


def key_of(row: Mapping[str, Any], key: tuple[str, ...] = KEY) -> str:
    """The series key: the dimensions' codes with dots between them."""
    return ".".join(str(row[name]) for name in key)
