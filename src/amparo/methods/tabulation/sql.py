"""A plan as SQL: one statement for each set of several-valued dimensions, all its margins in one pass (GROUPING SETS).

Over dimensions of which each unit has one code nothing is ever counted twice. Over the others every subset of them is
a statement of its own that first puts the rows of a unit together, so that its totals are distinct units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from amparo.methods.tabulation.asking import KEYS, NOT_RECORDED, QUARTERS, Part, Plan


@dataclass(frozen=True)
class Dialect:
    """Where engines differ: whole division, taking a list apart, and an exact quantile."""

    divide: str
    explode: str
    overlap: str
    quantile: str


DUCKDB = Dialect(
    "({0} // {1})", "CROSS JOIN UNNEST({list}) AS {name}_t({name})", "list_has_any({list}, [{codes}])",
    "quantile_disc(value, {share})",
)  # fmt: skip
SPARK = Dialect(
    "({0} div {1})", "LATERAL VIEW EXPLODE({list}) {name}_t AS {name}", "arrays_overlap({list}, array({codes}))",
    "percentile_disc({share}) WITHIN GROUP (ORDER BY value)",
)  # fmt: skip


def statements(asked: Plan, dialect: Dialect) -> Iterator[tuple[tuple[int, ...], str]]:
    """For each subset of the several-valued dimensions: the places in `by` that it gives, and its SQL.

    Columns: d0, d1 … for those places (NULL: the total), number, key, and q0, q1, q2 where quartiles are asked.
    """
    several = asked.several()
    lengths = range(len(several) + 1) if asked.totals else [len(several)]
    for kept in (subset for length in lengths for subset in combinations(several, length)):
        places = tuple(at for at, part in enumerate(asked.by) if part.single or at in kept)
        yield places, _statement(asked, dialect, places, kept)


def _statement(asked: Plan, dialect: Dialect, places: tuple[int, ...], kept: tuple[int, ...]) -> str:
    names = [f"d{place}" for place in places]
    rows = _rows(asked, dialect, places)
    quantiles = ""
    if asked.indicator.of:
        each = (dialect.quantile.format(share=share) for share in QUARTERS)
        quantiles = "".join(f", {quantile} AS q{at}" for at, quantile in enumerate(each))
    counted = f"COUNT(*) AS number, CAST(SUM(key) % {KEYS} AS BIGINT) AS key{quantiles}"
    chosen = "".join(f"{name}, " for name in names)
    return f"SELECT {chosen}{counted} FROM ({rows}) r{_grouped(asked, names, [f'd{place}' for place in kept])}"  # noqa: S608


def _grouped(asked: Plan, names: list[str], always: list[str]) -> str:
    if not names:
        return ""
    if not asked.totals:
        return f" GROUP BY {', '.join(names)}"
    free = [name for name in names if name not in always]
    sets = [combo for length in range(len(free) + 1) for combo in combinations(free, length)]
    written = ", ".join(f"({', '.join([*always, *combo])})" for combo in sets)
    return f" GROUP BY GROUPING SETS ({written})"


def _rows(asked: Plan, dialect: Dialect, places: tuple[int, ...]) -> str:
    """One row for each unit and combination of the codes at `places`."""
    indicator, parts = asked.indicator, [asked.by[place] for place in places]
    lists = [(place, part) for place, part in zip(places, parts, strict=True) if part.kind == "codes"]
    chosen = [f"{_read(part, dialect) if part.kind != 'codes' else f'd{place}'} AS d{place}"
              for place, part in zip(places, parts, strict=True)]  # fmt: skip
    distinct = "DISTINCT " if asked.repeats or lists else ""
    value = f", {_table(indicator.source)}.{indicator.of} AS value" if indicator.of else ""
    unit = f"{_table(indicator.source)}.{indicator.unit} AS unit, {_table(indicator.unit)}.key AS key{value}"
    exploded = "".join(
        f" {dialect.explode.format(list=_filled(part, dialect), name=f'd{place}')}" for place, part in lists
    )
    conditions = " AND ".join(_conditions(asked, dialect)) or "TRUE"
    return f"SELECT {distinct}{', '.join([unit, *chosen])} FROM {_joins(asked)}{exploded} WHERE {conditions}"  # noqa: S608


def _table(name: str) -> str:
    return f"t_{name}"


def _joins(asked: Plan) -> str:
    source = asked.indicator.source
    joined = f"{_table(source)}"
    if source != "child" and "child" in asked.tables:
        joined += f" JOIN t_child ON t_child.child = {_table(source)}.child"
    if source != "incident" and "incident" in asked.tables:
        joined += f" LEFT JOIN t_incident ON t_incident.child = {_table(source)}.child"
    return joined


def _conditions(asked: Plan, dialect: Dialect) -> Iterator[str]:
    source = _table(asked.indicator.source)
    for column in filter(None, (asked.indicator.moment, asked.indicator.of)):
        yield f"{source}.{column} IS NOT NULL"
    for table, column, codes in asked.fixed:
        yield f"{_table(table)}.{column} IN ({_quoted(codes)})"
    for part, codes in asked.asked:
        if part.kind == "codes":
            yield dialect.overlap.format(list=_filled(part, dialect), codes=_quoted(codes))
        else:
            yield f"{_read(part, dialect)} IN ({_quoted(codes)})"


def _read(part: Part, dialect: Dialect) -> str:
    column = f"{_table(part.table)}.{part.column}"
    if part.kind == "code":
        return f"COALESCE({column}, '{NOT_RECORDED}')" if part.table == "incident" else column
    year = f"CAST({dialect.divide.format(column, 100)} AS VARCHAR(4))"
    if part.kind == "year":
        return year
    if part.kind == "month":
        return f"CONCAT({year}, '-', LPAD(CAST({column} % 100 AS VARCHAR(2)), 2, '0'))"
    quarter = dialect.divide.format(f"({column} % 100 + 2)", 3)
    return f"CONCAT({year}, '-Q', CAST({quarter} AS VARCHAR(1)))"


def _filled(part: Part, dialect: Dialect) -> str:
    """The codes of a row; one that says so where there are none."""
    column = f"{_table(part.table)}.{part.column}"
    none = f"['{NOT_RECORDED}']" if dialect is DUCKDB else f"array('{NOT_RECORDED}')"
    size = "len" if dialect is DUCKDB else "size"
    return f"CASE WHEN {column} IS NULL OR {size}({column}) = 0 THEN {none} ELSE {column} END"


def _quoted(codes: tuple[str, ...]) -> str:
    return ", ".join("'" + code.replace("'", "''") + "'" for code in codes) or "NULL"
