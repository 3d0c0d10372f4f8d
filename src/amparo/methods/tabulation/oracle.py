"""What a table means, in plain Python: slow, obvious, and what the engines are held to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import ceil
from typing import Any

from amparo.methods.tabulation.asking import KEYS, QUARTERS, TOTAL, Cell, Part, Plan, Table, time_code
from amparo.methods.tabulation.schema import NOT_RECORDED

Row = Mapping[str, Any]
Facts = Mapping[str, Sequence[Row]]
Joined = Mapping[str, Row | None]


def count(facts: Facts, asked: Plan) -> Table:
    """The table, from rows as dictionaries by table."""
    units = {row[asked.indicator.unit]: row for row in facts[asked.indicator.unit]}
    found: dict[tuple[str, ...], dict[int, int]] = {}
    for row in _joined(facts, asked):
        if all(_holds(row, part, codes) for part, codes in asked.asked):
            own = row[asked.indicator.source]
            assert own is not None
            unit, value = own[asked.indicator.unit], own.get(asked.indicator.of, 0)
            for place in product(*(_codes(row, part) for part in asked.by)):
                for cell in _margins(place) if asked.totals else [place]:
                    found.setdefault(cell, {})[unit] = value
    by = tuple(part.code for part in asked.by)
    return Table(by, {place: _cell(values, units, asked) for place, values in found.items()})


def _joined(facts: Facts, asked: Plan) -> Iterator[Joined]:
    """Each row of the source that belongs to the population, with its child, once for each incident of the child."""
    source = asked.indicator.source
    children = {row["child"]: row for row in facts["child"]} if "child" in asked.tables else {}
    incidents: dict[int, list[Row]] = {}
    if "incident" in asked.tables and source != "incident":
        for row in facts["incident"]:
            incidents.setdefault(row["child"], []).append(row)
    for row in facts[source]:
        joined: Joined = {"child": children.get(row.get("child")), source: row}
        if _belongs(joined, asked):
            here: Sequence[Row | None] = incidents.get(row.get("child", -1)) or [None]
            for incident in here:
                yield joined if source == "incident" else {**joined, "incident": incident}


def _belongs(row: Joined, asked: Plan) -> bool:
    own = row[asked.indicator.source]
    assert own is not None
    dated = not asked.indicator.moment or own[asked.indicator.moment] is not None
    counted = not asked.indicator.of or own[asked.indicator.of] is not None
    return dated and counted and all((row[table] or {}).get(column) in codes for table, column, codes in asked.fixed)


def _codes(row: Joined, part: Part) -> list[str]:
    there = row[part.table]
    value: Any = there[part.column] if there else None
    if part.kind == "codes":
        return sorted(set(value or [])) or [NOT_RECORDED]
    if part.kind == "code":
        return [value or NOT_RECORDED]
    return [time_code(part.kind, value)]


def _holds(row: Joined, part: Part, codes: Iterable[str]) -> bool:
    return bool(set(_codes(row, part)) & set(codes))


def _margins(place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(len(place) + 1):
        for left_out in combinations(range(len(place)), length):
            yield tuple(TOTAL if at in left_out else code for at, code in enumerate(place))


def _cell(values: Mapping[int, int], units: Mapping[int, Row], asked: Plan) -> Cell:
    key = sum(units[unit]["key"] for unit in values) % KEYS
    ordered = sorted(values.values())
    quartiles = tuple(ordered[ceil(share * len(ordered)) - 1] for share in QUARTERS) if asked.indicator.of else ()
    return Cell(len(values), key, quartiles)
