"""The attacker: what can somebody compute who has every published table, and knows the rules?

Written apart from `protect`, on purpose: it shares no line of reasoning with it and never sees the truth.

He knows the grid, that totals are sums, that no count is negative and that all are whole; every cell shown in any
release of the same table, the withdrawn ones too; and what else is public (`Known`). Between two releases he supposes
the fewest corrections that explain what he sees: so a release with the same data tells him about the earlier one, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

import numpy as np

from amparo.methods.disclosure.tables import TOTAL, Cell, Published
from amparo.methods.extra import optimizer

_SLACK = 1e-6
Form = dict[int, float]  # a linear form: the coefficient of each unknown


class Contradiction(Exception):
    """No table at all fits what was published."""


@dataclass(frozen=True)
class Known:
    """A number that is public beside the newest table: the children in some of its inner cells together."""

    cells: tuple[Cell, ...]
    count: int


@dataclass(frozen=True)
class Learned:
    """All that can be said of one hidden number: it lies between `low` and `high` (inf: no end).

    `release` counts the publications from the first, 0. With `since` it is the change of the cell from that release
    to this one.
    """

    cell: Cell
    release: int
    low: float
    high: float
    since: int | None = None


def attack(published: Published, *, earlier: Sequence[Published] = (), beside: Sequence[Known] = ()) -> list[Learned]:
    """What follows for every hidden cell of every release, and for every change from an earlier one to the newest.

    Raises `Contradiction` when no table fits.
    """
    system = _System([*earlier, published])
    for known in beside:
        system.fact(system.form(system.last, list(known.cells)), known.count)
    system.fewest_corrections()
    return list(_learned(system))


def _learned(system: "_System") -> Iterator[Learned]:
    for release, table in enumerate(system.tables):
        for cell in sorted(table.hidden):
            low, high = system.bounds(system.form(release, _parts(table, cell)))
            yield Learned(cell, release, low, high)
    newest = system.tables[system.last]
    for since, table in enumerate(system.tables[: system.last]):
        for cell in sorted(set(table.cells) & set(newest.cells)):
            was, now = table.cells[cell], newest.cells[cell]
            if was is not None and now is not None:
                yield Learned(cell, system.last, now - was, now - was, since)
                continue
            change = system.form(system.last, _parts(newest, cell))
            for unknown, factor in system.form(since, _parts(table, cell)).items():
                change[unknown] = change.get(unknown, 0) - factor
            yield Learned(cell, system.last, *system.bounds(change), since)


def _parts(table: Published, cell: Cell) -> list[Cell]:
    """The inner cells that a published cell is the sum of."""
    row, column = cell
    rows = table.rows if row == TOTAL else (row,)
    columns = table.columns if column == TOTAL else (column,)
    return [(r, c) for r in rows for c in columns]


@dataclass
class _System:
    """Unknowns: each inner cell of each release; what each gained and lost since the release before."""

    tables: list[Published]
    unknowns: dict[tuple[Any, ...], int] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last = len(self.tables) - 1
        for release, table in enumerate(self.tables):
            for cell, count in table.cells.items():
                form = self.form(release, _parts(table, cell))
                if count is not None:
                    self.fact(form, count)
        for release in range(1, len(self.tables)):
            self._corrections(release)

    def form(self, release: int, cells: list[Cell]) -> Form:
        return {self._unknown("count", release, cell): 1.0 for cell in cells}

    def fact(self, form: Form, value: float) -> None:
        self.forms.append(form)
        self.values.append(value)

    def fewest_corrections(self) -> None:
        """Suppose that no more was corrected than must have been."""
        form: Form = {index: 1.0 for name, index in self.unknowns.items() if name[0] in {"gain", "loss"}}
        if form:
            self.fact(form, ceil(self._least(form) - _SLACK))

    def bounds(self, form: Form) -> tuple[float, float]:
        """The least and the greatest whole value of a form."""
        return ceil(self._least(form) - _SLACK), self._greatest(form)

    def _greatest(self, form: Form) -> float:
        value = -self._least({unknown: -factor for unknown, factor in form.items()})
        return value if value == inf else floor(value + _SLACK)

    def _corrections(self, release: int) -> None:
        before, after = self.tables[release - 1], self.tables[release]
        for row in after.rows:
            for column in after.columns:
                if row in before.rows and column in before.columns:
                    cell = (row, column)
                    now, was = self._unknown("count", release, cell), self._unknown("count", release - 1, cell)
                    gain, loss = self._unknown("gain", release, cell), self._unknown("loss", release, cell)
                    self.fact({now: 1.0, was: -1.0, gain: -1.0, loss: 1.0}, 0)

    def _unknown(self, *name: Any) -> int:
        return self.unknowns.setdefault(name, len(self.unknowns))

    def _least(self, form: Form) -> float:
        """The least value over all tables that fit. The answer in fractions serves when it is whole anyhow."""
        solver = optimizer()
        cost = self._line(form)
        facts = np.array([self._line(each) for each in self.forms]).reshape(len(self.forms), len(self.unknowns))
        values = np.array(self.values)
        found = solver.linprog(cost, A_eq=facts, b_eq=values, bounds=(0, None), method="highs")
        if found.status == 0 and np.abs(found.x - np.round(found.x)).max() > _SLACK:
            rules = solver.LinearConstraint(facts, values, values)
            found = solver.milp(
                cost, integrality=np.ones(len(cost)), constraints=rules, options={"mip_rel_gap": 0}
            )  # fmt: skip
        if found.status == 2:  # noqa: PLR2004 - SciPy's number for "infeasible"
            raise Contradiction
        return -inf if found.status in {3, 4} else float(found.fun)

    def _line(self, form: Form) -> "np.ndarray[Any, np.dtype[np.float64]]":
        line = np.zeros(len(self.unknowns))
        for unknown, factor in form.items():
            line[unknown] += factor
        return line
