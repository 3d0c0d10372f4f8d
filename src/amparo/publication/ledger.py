"""What was ever public of a year, as the attacker keeps it, and the release that is to follow.

The cells of all releases are held in one frame: the codes of all their tables, and the editions of the records that
they were made from (`methods.disclosure.ledger`). What nobody can count any more, because a snapshot has ended, is not
known here either: of a former release there is what the public saw.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from amparo.methods.disclosure import TOTAL, Cell, Policy, Published, Table
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.frame import Frame, Key
from amparo.methods.disclosure.ledger import Entry, Verdict, judge
from amparo.methods.disclosure.protecting import protect_step
from amparo.methods.disclosure.reader import Fact
from amparo.methods.disclosure.system import Numbers
from amparo.publication.models import Release
from amparo.publication.tables import published_of

ROWS, COLUMNS = "age_group", "region"
_SECONDS = 20.0  # to look for fewer hidden cells


@dataclass(frozen=True)
class Books:
    """`former`: every release of the year that was ever public, the oldest first. `snapshot`: of the new one."""

    truth: Table
    snapshot: str
    former: Sequence[Release]

    @cached_property
    def shown(self) -> list[Published]:
        """What the public saw of each."""
        return [published_of(release) for release in self.former]

    @cached_property
    def frame(self) -> Frame:
        """The codes of all tables; one that has ended is still a code."""
        tables: list[Published | Table] = [*self.shown, self.truth]
        rows = dict.fromkeys(code for table in tables for code in table.rows)
        columns = dict.fromkeys(code for table in tables for code in table.columns)
        return Frame({ROWS: tuple(rows), COLUMNS: tuple(columns)}, {})

    def protected(self, policy: Policy) -> Published:
        """The table with what must be hidden hidden. Raises `Conflict` when the policy cannot be met.

        What was hidden before stays hidden: shown now, it might open what it protected then. What was shown of the same
        records is shown again.
        """
        keys = self._keys(self.truth)
        gone, seen = self._hidden_before(), self._shown_of_the_same() & set(keys.values())
        new = [key for key in keys.values() if key not in gone | seen]
        case = Case(self.frame, self._counts(), policy, [])
        found = protect_step(case, new, gone, frozenset(seen - gone), seconds=_SECONDS)
        return self.truth.hiding(cell for cell, key in keys.items() if key in gone | found.hidden)

    def verdict(self, published: Published, policy: Policy) -> Verdict:
        """Attack a table together with all former ones."""
        new = Entry("", self.snapshot, list(self._facts(published)))
        former = [
            Entry(release.reference, str(release.snapshot_id), list(self._facts(table)))
            for release, table in zip(self.former, self.shown, strict=True)
        ]
        return judge(self.frame, policy, new, self._counts(), former)

    def _hidden_before(self) -> set[Key]:
        """What the newest of the former tables hides."""
        return {self._key(self.shown[-1], cell) for cell in self.shown[-1].hidden} if self.shown else set()

    def _shown_of_the_same(self) -> set[Key]:
        return {
            self._key(table, cell)
            for release, table in zip(self.former, self.shown, strict=True)
            if str(release.snapshot_id) == self.snapshot
            for cell in table.cells if cell not in table.hidden
        }  # fmt: skip

    def _facts(self, table: Published) -> Iterator[Fact]:
        for cell, value in table.cells.items():
            low, high = (0.0, inf) if value is None else (float(value), float(value))
            yield Fact(self._key(table, cell), "/".join(cell), low, high)

    def _keys(self, table: Table) -> Mapping[Cell, Key]:
        return {cell: self._key(table, cell) for cell in table.sums}

    def _key(self, table: Published | Table, cell: Cell) -> Key:
        row, column = cell
        rows = table.rows if row == TOTAL else (row,)
        columns = table.columns if column == TOTAL else (column,)
        return (
            tuple(sorted(self.frame.part(ROWS, code)[0] for code in rows)),
            tuple(sorted(self.frame.part(COLUMNS, code)[0] for code in columns)),
        )

    def _counts(self) -> Numbers:
        counts = np.zeros([len(codes) for codes in self.frame.variables.values()])
        for (row, column), count in self.truth.counts.items():
            counts[self.frame.part(ROWS, row)[0], self.frame.part(COLUMNS, column)[0]] = count
        return counts
