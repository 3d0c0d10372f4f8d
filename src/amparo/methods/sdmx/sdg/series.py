"""SDG indicator 16.2.2, detected victims of trafficking in persons, in the global structure IAEG-SDGs:SDG(1.4).

It is the only SDG indicator that case records can serve; a count of the detected is never how many there are. In that
structure ``_T`` is everybody of any age: the total of a table of children is therefore ``Y0T17``. It has no regions.
"""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from amparo.common.errors import Invalid
from amparo.methods.figure import HIDDEN, TOTAL
from amparo.methods.sdmx import checking, writing
from amparo.methods.sdmx.rows import NORMAL, SUPPRESSED, Row, code_of

AGENCY, FLOW, VERSION = "IAEG-SDGs", "DF_SDG_GLC", "1.4"
CHILDREN = "Y0T17"
_UNUSED = (
    "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN",
    "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
)  # fmt: skip
KEY = ("FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", *_UNUSED)
COLUMNS = (*KEY, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE")
_NOT_THERE = ("region", "form")  # dimensions of our tables of which only the total can go into the global structure


@cache
def codes() -> dict[str, dict[str, str]]:
    """The code lists by component: code → words."""
    found: dict[str, dict[str, str]] = {}
    told = files("amparo.methods.sdmx.sdg").joinpath("codes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(told.splitlines()):
        found.setdefault(row["component"], {})[row["code"]] = row["name_en"]
    return found | {name: {TOTAL: "Total"} for name in _UNUSED}


def as_csv(lines: Iterable[Mapping[str, str]], *, series: str, area: str) -> bytes:
    """SDMX-CSV 2.0 from the lines of a published CSV file of detected children.

    Raises `Invalid` naming what is wrong, and then nothing is written.
    """
    rows = [_row(line, series, area) for line in lines if all(line.get(each, TOTAL) == TOTAL for each in _NOT_THERE)]
    found = ["there is no observation in it"] if not rows else checking.faults(rows, codes(), key=KEY, area=area)
    if found:
        raise Invalid({"file": "; ".join(found[:10])})
    return writing.as_csv(rows, FLOW, agency=AGENCY, version=VERSION, columns=COLUMNS)


def _row(line: Mapping[str, str], series: str, area: str) -> Row:
    hidden = line.get("status") == HIDDEN
    age = line.get("age_group", TOTAL)
    return {
        "FREQ": "A", "REPORTING_TYPE": "N", "SERIES": series, "REF_AREA": area,
        "SEX": code_of("SEX", line.get("sex", TOTAL)), "AGE": CHILDREN if age == TOTAL else code_of("AGE", age),
        **dict.fromkeys(_UNUSED, TOTAL), "TIME_PERIOD": line.get("year", ""),
        "OBS_VALUE": None if hidden else line.get("value"), "OBS_STATUS": SUPPRESSED if hidden else NORMAL,
        "UNIT_MULT": "0", "UNIT_MEASURE": "NUMBER", "NATURE": "C",
    }  # fmt: skip
