"""The counts behind a release: of a frozen year, or of a snapshot of everything."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from amparo.counting.actions import Row
from amparo.counting.positions import CHILDREN_IDENTIFIED
from amparo.methods.tabulation.asking import Question, plan, time_code
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.indicators import TIMES, catalogue
from amparo.publication.sheets import Codes


class OfYear:
    """Children identified in one frozen year. It knows the few columns that its rows have, and says None else."""

    columns = frozenset({"age_group", "region", "sex", *TIMES})

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = [vars(row) | _times(row.identified) for row in rows]

    def __call__(
        self, indicator: str, by: tuple[str, ...], where: Mapping[str, tuple[str, ...]]
    ) -> Mapping[Codes, int] | None:  # fmt: skip
        if indicator != CHILDREN_IDENTIFIED or not {*by, *where} <= self.columns:
            return None
        rows = (row for row in self.rows if all(row[name] in codes for name, codes in where.items()))
        return Counter(tuple(str(row[name]) for name in by) for row in rows)

    def close(self) -> None:
        """Nothing is held open."""


class OfAll:
    """Everything that is counted, by DuckDB."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.engine = Duck(tables)

    def __call__(
        self, indicator: str, by: tuple[str, ...], where: Mapping[str, tuple[str, ...]]
    ) -> Mapping[Codes, int] | None:  # fmt: skip
        table = self.engine.count(plan(Question(indicator, by, where, totals=False), catalogue()))
        return {place: cell.number for place, cell in table.cells.items()}

    def close(self) -> None:
        self.engine.close()


def _times(month: str) -> dict[str, str]:
    number = int(month.replace("-", ""))
    return {kind: time_code(kind, number) for kind in TIMES}
