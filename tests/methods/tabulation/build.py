"""Random facts for the engines: small, dense in collisions, in the columns of a snapshot."""

from hypothesis import strategies as st

from amparo.methods.tabulation.asking import Question
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import CODE, CODES, MONTH, TABLES, WITH_CHILD

POOLS = {
    "adult": ["no", "no", "no", "yes"], "status": ["open", "closed", "delivered", "declined", "active"],
    "risk": ["high", "low"], "close_reason": ["goals_reached", "other", "not_recorded"], "missing": ["yes", "no"],
}  # fmt: skip
MONTHS = [None, 202411, 202412, 202501, 202507]


def value(column, kind):
    if kind == CODE:
        return st.sampled_from(POOLS.get(column, ["a", "b'", "not_recorded"]))
    if kind == CODES:
        return st.lists(st.sampled_from(["x", "y", "z"]), max_size=3, unique=True)
    return st.sampled_from(MONTHS) if kind == MONTH else st.none() | st.integers(0, 9)


@st.composite
def facts(draw, most=8):
    """Rows by table. Every `child` that a row names is there."""
    children = draw(st.integers(1, most))
    found = {}
    for table, columns in TABLES.items():
        size = children if table == "child" else draw(st.integers(0, most))
        found[table] = [
            {
                table: number,
                **({"child": draw(st.integers(0, children - 1))} if table in WITH_CHILD else {}),
                "key": draw(st.integers(0, 2**32 - 1)),
                **{column: draw(value(column, kind)) for column, kind in columns.items()},
            }
            for number in range(size)
        ]
    return found


@st.composite
def questions(draw, most=3, *, counts=False):
    """`counts`: of indicators that give no quartiles."""
    known = sorted(code for code, each in catalogue().indicators.items() if not (counts and each.of))
    indicator = draw(st.sampled_from(known))
    allowed = list(catalogue().indicator(indicator).dimensions)
    by = draw(st.lists(st.sampled_from(allowed), max_size=most, unique=True))
    codes = st.lists(
        st.sampled_from(["a", "b'", "x", "not_recorded", "2025", "2024-Q4", "2025-07"]), min_size=1, max_size=3
    )
    where = draw(st.dictionaries(st.sampled_from(allowed), codes.map(tuple), max_size=2))
    return Question(indicator, tuple(by), where, draw(st.booleans()))
