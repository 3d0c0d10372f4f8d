"""The slow, obvious twin: write down every table of whole numbers that fits what is published, and look."""

from collections.abc import Iterator
from itertools import combinations

from amparo.methods.disclosure import TOTAL, Policy
from tests.methods.disclosure.tables import Published, Table

BEYOND = 6  # how far above the greatest true count the tables are written down


def fitting(published: Published, ceiling: int) -> Iterator[dict]:
    """Every inner table with counts up to `ceiling` that agrees with each shown cell."""
    inner = [(row, column) for row in published.rows for column in published.columns]
    shown = {cell: count for cell, count in published.cells.items() if count is not None}

    def sum_of(table, row, column):
        return sum(n for (r, c), n in table.items() if row in {r, TOTAL} and column in {c, TOTAL})

    def grow(table, rest):
        if any(sum_of(table, *cell) > count for cell, count in shown.items()):
            return
        if not rest:
            if all(sum_of(table, *cell) == count for cell, count in shown.items()):
                yield table
            return
        for count in [shown[rest[0]]] if rest[0] in shown else range(ceiling + 1):
            yield from grow({**table, rest[0]: count}, rest[1:])

    yield from grow({}, inner)


def intervals(published: Published, ceiling: int) -> dict:
    """The least and greatest value of each hidden cell over all of them."""
    found: dict = {}
    for table in fitting(published, ceiling):
        counts = Table(published.rows, published.columns, table).cells
        for cell in published.hidden:
            low, high = found.get(cell, (counts[cell], counts[cell]))
            found[cell] = min(low, counts[cell]), max(high, counts[cell])
    return found


def safe(table: Table, hidden, policy: Policy) -> bool:
    """Does the rule of acceptance hold, seen with the naked eye?"""
    small = {cell: count for cell, count in table.cells.items() if 1 <= count < policy.threshold}
    if not set(small) <= set(hidden):
        return False
    seen = intervals(table.hiding(hidden), max(table.counts.values(), default=0) + BEYOND)
    return all(
        seen[cell][0] <= count - 1
        and seen[cell][1] >= policy.threshold
        and seen[cell][1] - seen[cell][0] >= policy.width
        for cell, count in small.items()
    )


def fewest(table: Table, policy: Policy) -> int:
    """The smallest number of hidden cells of any safe pattern: all patterns are tried, the smallest first."""
    cells = list(table.cells)
    small = {cell for cell, count in table.cells.items() if policy.sensitive(count)}
    rest = [cell for cell in cells if cell not in small]
    for more in range(len(rest) + 1):
        for chosen in combinations(rest, more):
            if safe(table, small | set(chosen), policy):
                return len(small) + more
    raise AssertionError
