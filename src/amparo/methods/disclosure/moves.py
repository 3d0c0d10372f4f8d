"""Ways to change a table that nobody who sees the shown cells can tell from the truth, found by linear programmes.

A move changes cells and keeps every sum, every shown cell and every count at nought or above. The programme has two
variables a column, what it gains and what it loses, so that a cost can be put on being changed at all.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from amparo.common.errors import AmparoError
from amparo.methods.disclosure.extra import highs
from amparo.methods.disclosure.system import Numbers, System

SLACK = 1e-6
Mask = np.ndarray[Any, np.dtype[np.bool_]]


class Moves:
    """One programme, asked again and again; each answer starts from the last. `cap`: no cell moves further."""

    def __init__(self, system: System, values: Numbers, *, cap: float) -> None:
        self.count, self.values, self.cap = len(values), values, cap
        self.solver = highs()
        self._rows, self._plain = system.rows, None  # type: list[tuple[int, list[int]]], Any
        self.solver.passModel(self._lp(self._rows, np.zeros(2 * self.count), np.zeros(2 * self.count), split=True))
        self.open = np.zeros(self.count, dtype=bool)
        self._places = np.arange(2 * self.count, dtype=np.int32)
        self.above = np.full(self.count, cap)
        self.below = np.minimum(values, cap)

    def _lp(
        self, rows: list[tuple[int, list[int]]], lower: Numbers, upper: Numbers, *, split: bool, whole: bool = False
    ) -> Any:
        """The programme: every sum changes as its pieces do."""
        from highspy import HighsLp, HighsVarType, MatrixFormat

        starts, index, value = [0], [], []
        for place, pieces in rows:
            for column, sign in [(place, 1.0), *((piece, -1.0) for piece in pieces)]:
                index += [column, column + self.count] if split else [column]
                value += [sign, -sign] if split else [sign]
            starts.append(len(index))
        lp = HighsLp()
        lp.num_col_, lp.num_row_ = len(lower), len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(lower)), lower, upper
        lp.row_lower_ = lp.row_upper_ = np.zeros(len(rows))
        lp.a_matrix_.format_ = MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(value, dtype=float)
        if whole:
            lp.integrality_ = [HighsVarType.kInteger] * len(lower)
        return lp

    def let(self, free: Mask) -> None:
        """Only these columns may move from now on."""
        self.open = free.copy()
        zeros = np.zeros(2 * self.count)
        self.solver.changeColsBounds(
            2 * self.count, self._places, zeros,
            np.concatenate([np.where(free, self.above, 0), np.where(free, self.below, 0)]),
        )  # fmt: skip

    def only(self, column: int, *, free: bool) -> None:
        """Let one column move, or hold it."""
        self.open[column] = free
        self.solver.changeColBounds(column, 0, float(self.above[column]) if free else 0)
        self.solver.changeColBounds(column + self.count, 0, float(self.below[column]) if free else 0)

    def best(self, gain: Numbers, loss: Numbers) -> Numbers | None:
        """The move that costs least, `gain` a unit up and `loss` a unit down; None when there is none at all."""
        self.solver.changeColsCost(2 * self.count, self._places, np.concatenate([gain, loss]))
        return self._answer()

    def _answer(self) -> Numbers | None:
        if not solved(self.solver):
            return None
        found = np.array(self.solver.getSolution().col_value)
        change: Numbers = found[: self.count] - found[self.count :]
        return change

    def furthest(self, weight: Numbers) -> Numbers:
        """The move with the greatest sum of `weight` times change."""
        found = self.best(-weight, weight)
        assert found is not None  # nought is always a move
        return found

    def reaching(self, column: int, need: float, costs: Numbers) -> Numbers | None:
        """The cheapest move that changes one cell by just `need`; None when no move does."""
        up = need > 0
        place, size = (column, need) if up else (column + self.count, -need)
        other = column + self.count if up else column
        self.solver.changeColBounds(place, float(size), float(size))
        self.solver.changeColBounds(other, 0, 0)
        found = self.best(costs, costs)
        self.only(column, free=bool(self.open[column]))
        return found

    def utmost(self, column: int, most: float, costs: Numbers) -> Numbers:
        """The move that changes one cell furthest towards `most`, and among those the cheapest."""
        place, size = (column, most) if most > 0 else (column + self.count, -most)
        self.solver.changeColBounds(place, 0, size if self.open[column] else 0)
        self.solver.changeColBounds(column + self.count if most > 0 else column, 0, 0)
        gain, loss = costs.copy(), costs.copy()
        (gain if most > 0 else loss)[column] = -1e4
        found = self.best(gain, loss)
        self.only(column, free=bool(self.open[column]))
        assert found is not None  # nought is always a move
        return found

    def whole_children(self, column: int, need: float, *, seconds: float = 2.0) -> Numbers | None:
        """Any move of whole children that changes one cell by just `need`; None when none was found in time."""
        from highspy import HighsModelStatus

        solver = highs(seconds=seconds)
        lower, upper = np.where(self.open, -self.below, 0.0), np.where(self.open, self.above, 0.0)
        lower[column] = upper[column] = need
        solver.passModel(self._lp(self._rows, lower, upper, split=False, whole=True))
        solver.run()
        if solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        return np.round(np.array(solver.getSolution().col_value))

    def pushed(self, weight: Numbers, above: Numbers, below: Numbers) -> tuple[Numbers, Numbers]:
        """The move with the greatest sum of `weight` times change within these limits, and its prices.

        A price says what a unit more of a column's limit would add: of the upper one where it is above nought, of the
        lower one where it is below. Programmes without costs of moving need one variable a column only.
        """
        if self._plain is None:
            self._plain = highs()
            self._plain.passModel(self._lp(self._rows, np.zeros(self.count), np.zeros(self.count), split=False))
        every = self._places[: self.count]
        self._plain.changeColsBounds(self.count, every, -below, above)
        self._plain.changeColsCost(self.count, every, -weight)
        solved(self._plain)
        solution = self._plain.getSolution()
        return np.array(solution.col_value), -np.array(solution.col_dual)


def solved(solver: Any) -> bool:
    """Run it; False where there is no answer. One that began where it last ended, and lost its way, begins anew."""
    from highspy import HighsModelStatus

    for _ in range(2):
        solver.run()
        if solver.getModelStatus() in {HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible}:
            return bool(solver.getModelStatus() == HighsModelStatus.kOptimal)
        solver.clearSolver()
    raise AmparoError("The optimizer gave up.")


def whole(move: Numbers) -> bool:
    """Are all changes whole numbers?"""
    return bool(np.abs(move - np.round(move)).max(initial=0) < SLACK)


def random_weights(columns: Iterable[int], count: int, random: np.random.Generator) -> Numbers:
    """A weight for each of the columns, up or down, and none for the others."""
    weight = np.zeros(count)
    places = np.fromiter(columns, dtype=int)
    weight[places] = random.choice([-1.0, 1.0], len(places)) * random.uniform(0.5, 1.5, len(places))
    return weight
