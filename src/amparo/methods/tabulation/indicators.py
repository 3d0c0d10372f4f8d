"""Indicators are data: read once, checked against the tables of a snapshot, and asked by code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amparo.common.errors import AmparoError, Invalid
from amparo.methods.tabulation.schema import CODES, MONTH, NUMBER, TABLES, columns

FOLDER = Path(__file__).parent
OWN, MOMENT, CHILD, INCIDENT = "own", "moment", "child", "incident"
TIMES = ("year", "quarter", "month")


@dataclass(frozen=True)
class Dimension:
    """What a table may be broken down by. `of`: whose column it is (the source's own, the child's, the child's
    incidents', or the moment); `several`: a row holds several codes; `scheme`: the code list, if there is one.
    """

    code: str
    title: str
    of: str
    column: str
    scheme: str = ""
    several: bool = False


@dataclass(frozen=True)
class Indicator:
    """What is counted. `where`: columns of the source, or ``child.COLUMN``, and the codes that belong."""

    code: str
    title: str
    sentence: str
    unit: str
    source: str
    where: Mapping[str, tuple[str, ...]]
    dimensions: tuple[str, ...]
    moment: str = ""
    of: str = ""
    paras: tuple[int, ...] = ()

    def single(self, dimension: Dimension) -> bool:
        """Has each unit at most one code of it? Then the cells add up; over any other, totals are distinct units."""
        if dimension.several:
            return False
        whose = self.source if dimension.of in {OWN, MOMENT} else dimension.of
        return whose in {self.unit, CHILD}


@dataclass(frozen=True)
class Catalogue:
    """Every indicator and dimension of an edition."""

    edition: str
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]

    def indicator(self, code: str) -> Indicator:
        """Raises `Invalid` when there is no such indicator."""
        if code not in self.indicators:
            raise Invalid({"indicator": f"There is no indicator {code}. There are: {', '.join(self.indicators)}."})
        return self.indicators[code]

    def allowed(self, indicator: Indicator) -> dict[str, Dimension]:
        """The dimensions that an indicator may be broken down or filtered by."""
        return {code: self.dimensions[code] for code in indicator.dimensions}


@cache
def catalogue() -> Catalogue:
    """The shipped indicators."""
    return read((FOLDER / "indicators.yaml").read_text(encoding="utf-8"))


def read(text: str) -> Catalogue:
    """A catalogue from YAML. Raises `AmparoError` that names what does not fit the tables of a snapshot."""
    try:
        told = yaml.safe_load(text)
        sets = told.get("sets", {})
        dimensions = {code: _dimension(code, row) for code, row in told["dimensions"].items()}
        indicators = {code: _indicator(code, row, sets) for code, row in told["indicators"].items()}
        found = Catalogue(str(told["edition"]), indicators, dimensions)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as wrong:
        raise AmparoError(f"The indicators cannot be read: {wrong}") from None
    for each in indicators.values():
        if problem := next(iter(_problems(each, found)), ""):
            raise AmparoError(f"The indicator {each.code} {problem}.")
    return found


def _dimension(code: str, row: Mapping[str, Any]) -> Dimension:
    return Dimension(code, **{"column": code, **row})


def _indicator(code: str, row: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Indicator:
    where = {column: tuple(map(str, codes)) for column, codes in row.get("where", {}).items()}
    dimensions = tuple(dict.fromkeys(one for name in row["dimensions"] for one in sets.get(name, [name])))
    paras = tuple(row.get("paras", ()))
    return Indicator(code, **{**row, "where": where, "dimensions": dimensions, "paras": paras})


def _problems(each: Indicator, found: Catalogue) -> list[str]:
    """What is wrong with an indicator, in words that follow its name."""
    if each.source not in TABLES:
        return [f"looks at {each.source}, which is no table"]
    here, child = columns(each.source), TABLES["child"]
    wrong = []
    if each.unit not in {each.source, CHILD} or each.unit not in here:
        wrong.append(f"counts {each.unit}, which {each.source} has not")
    if each.moment and here.get(each.moment) != MONTH:
        wrong.append(f"is dated by {each.moment}, which is no month of {each.source}")
    if each.of and (here.get(each.of) != NUMBER or each.unit != each.source):
        wrong.append(f"gives quartiles of {each.of}, which is no number of its own unit")
    wrong += [
        f"asks for {column}, which {each.source} has not"
        for column in each.where
        if column not in here and column.removeprefix("child.") not in child
    ]
    return wrong + [problem for code in each.dimensions if (problem := _misfit(each, found.dimensions.get(code), code))]


def _misfit(each: Indicator, dimension: Dimension | None, code: str) -> str:
    if dimension is None:
        return f"may be broken down by {code}, which is no dimension"
    if dimension.of == MOMENT:
        return "" if each.moment and code in TIMES else f"has no {code}"
    whose = each.source if dimension.of == OWN else dimension.of
    if whose != each.source and "child" not in columns(each.source):
        return f"has no child, and so no {code}"
    if TABLES[whose].get(dimension.column) not in {"code", CODES}:
        return f"has no column {dimension.column} for {code}"
    if dimension.several != (TABLES[whose][dimension.column] == CODES):
        return f"says wrongly how many codes {code} has"
    return ""
