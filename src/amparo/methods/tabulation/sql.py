"""A plan as SQL: one statement for each set of several-valued dimensions, all its margins in one pass (GROUPING SETS).

Over dimensions of which each unit has one code nothing is ever counted twice. Over the others every subset of them is
a statement of its own that first puts the rows of a unit together, so that its totals are distinct units.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from amparo.methods.tabulation.asking import KEYS, QUARTERS, Part, Plan, time_number
from amparo.methods.tabulation.schema import NOT_RECORDED


@dataclass(frozen=True)
class Dialect:
    """Where engines differ: whole division, taking a list apart, and an exact quantile."""

    divide: str
    explode: str
    overlap: str
    quantile: str
    incidents: str  # how a row finds the incidents of its child; every child has one, if only to say that it has none
    filled: str  # a code of such an incident
    size: str
    array: str


DUCKDB = Dialect(
    "({0} // {1})", "CROSS JOIN UNNEST({list}) AS {name}_t({name})", "list_has_any({list}, {codes})",
    "quantile_disc(value, {share})", "JOIN t_occurrence t_incident", "{0}", "len({0})", "[{0}]",
)  # fmt: skip
SPARK = Dialect(
    "({0} div {1})", "LATERAL VIEW EXPLODE({list}) {name}_t AS {name}", "arrays_overlap({list}, {codes})",
    "percentile_disc({share}) WITHIN GROUP (ORDER BY value)", "LEFT JOIN t_incident",
    f"COALESCE({{0}}, '{NOT_RECORDED}')", "size({0})", "array({0})",
)  # fmt: skip


def statements(asked: Plan, dialect: Dialect) -> Iterator[tuple[tuple[int, ...], str]]:
    """For each subset of the several-valued dimensions: the places in `by` that it gives, and its SQL.

    Columns: d0, d1 … for those places (NULL: the total; a time as a number, see `time_code`), number, key, and q0, q1,
    q2 where quartiles are asked.
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
    """One row for each unit and combination of the codes at `places`. What a unit has one of, it has in every row."""
    indicator, parts = asked.indicator, [asked.by[place] for place in places]
    lists = [(place, part) for place, part in zip(places, parts, strict=True) if part.kind == "codes"]
    repeats = asked.repeats or bool(lists)
    one = "ANY_VALUE({0})" if repeats else "{0}"
    shown = {place: f"d{place}" if part.kind == "codes" else _read(part, dialect)
             for place, part in zip(places, parts, strict=True)}  # fmt: skip
    unit = f"{_table(indicator.source)}.{indicator.unit}"
    chosen = [f"{one.format(f'{_table(indicator.unit)}.key')} AS key"]
    chosen += [f"{one.format(f'{_table(indicator.source)}.{indicator.of}')} AS value"] if indicator.of else []
    chosen += [f"{one.format(shown[place]) if part.single else shown[place]} AS d{place}"
               for place, part in zip(places, parts, strict=True)]  # fmt: skip
    together = [unit, *(shown[place] for place, part in zip(places, parts, strict=True) if not part.single)]
    grouped = f" GROUP BY {', '.join(together)}" if repeats else ""
    exploded = "".join(
        f" {dialect.explode.format(list=_filled(part, dialect), name=f'd{place}')}" for place, part in lists
    )
    conditions = " AND ".join(_conditions(asked, dialect)) or "TRUE"
    return f"SELECT {', '.join(chosen)} FROM {_joins(asked, dialect)}{exploded} WHERE {conditions}{grouped}"  # noqa: S608


def _table(name: str) -> str:
    return f"t_{name}"


def _joins(asked: Plan, dialect: Dialect) -> str:
    source = asked.indicator.source
    joined = f"{_table(source)}"
    if source != "child" and "child" in asked.tables:
        joined += f" JOIN t_child ON t_child.child = {_table(source)}.child"
    if source != "incident" and "incident" in asked.tables:
        joined += f" {dialect.incidents} ON t_incident.child = {_table(source)}.child"
    return joined


def _conditions(asked: Plan, dialect: Dialect) -> Iterator[str]:
    source = _table(asked.indicator.source)
    for column in filter(None, (asked.indicator.moment, asked.indicator.of)):
        yield f"{source}.{column} IS NOT NULL"
    for table, column, codes in asked.fixed:
        yield f"{_table(table)}.{column} IN ({_quoted(codes)})"
    for part, codes in asked.asked:
        if part.kind == "codes":
            yield dialect.overlap.format(list=_filled(part, dialect), codes=dialect.array.format(_quoted(codes)))
        elif part.kind == "code":
            yield f"{_read(part, dialect)} IN ({_quoted(codes)})"
        else:
            yield f"{_read(part, dialect)} IN ({', '.join(str(time_number(code)) for code in codes)})"


def _read(part: Part, dialect: Dialect) -> str:
    column = f"{_table(part.table)}.{part.column}"
    if part.kind == "code":
        return dialect.filled.format(column) if part.table == "incident" else column
    year = dialect.divide.format(column, 100)
    quarter = dialect.divide.format(f"({column} % 100 + 2)", 3)
    return {"year": year, "quarter": f"({year} * 10 + {quarter})", "month": column}[part.kind]


def _filled(part: Part, dialect: Dialect) -> str:
    """The codes of a row; one that says so where there are none."""
    column = f"{_table(part.table)}.{part.column}"
    none, size = dialect.array.format(f"'{NOT_RECORDED}'"), dialect.size.format(column)
    return f"CASE WHEN {column} IS NULL OR {size} = 0 THEN {none} ELSE {column} END"


def _quoted(codes: tuple[str, ...]) -> str:
    return ", ".join("'" + code.replace("'", "''") + "'" for code in codes) or "NULL"
