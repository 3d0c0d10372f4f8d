"""Takes cases from a file of the standard.

First the whole file is checked, then its rows become cases by the actions that people use.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows as bulk
from amparo.audit.actions import record
from amparo.cases import bulk as cases
from amparo.cases.bulk import Happening, Judgement, Opening
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import Refused
from amparo.common.types import Actor
from amparo.interfaces.exchange import mapping
from amparo.interfaces.exchange.htcds.age import age_problem
from amparo.interfaces.exchange.htcds.problems import Problem
from amparo.interfaces.exchange.htcds.reader import Reading, Row, read
from amparo.interfaces.exchange.htcds.standard import CASE_ID
from amparo.interfaces.exchange.models import ImportedRow
from amparo.linkage.bulk import Newcomer, register_children
from amparo.organisation.models import Team
from amparo.vault import lookups, store
from amparo.vault.compartments import Compartment

Tick = Callable[[], None]
_AT_ONCE = 1000  # rows that become cases together: few statements a row, little memory


@dataclass
class Outcome:
    """What a file holds, or what became of it. A row may have several problems; lines count it once."""

    good: int = 0
    already_here: int = 0
    copies: int = 0
    taken: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> frozenset[int]:
        """The lines of the rows that are not taken."""
        return frozenset(problem.line for problem in self.problems)


def import_cases(
    *,
    by: Actor,
    into: Team,
    stream: BinaryIO,
    keep_good: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
) -> Outcome:
    """Check a file, then make its rows cases of a team: all or none, or the good ones when `keep_good`.

    A row whose case id the agency has imported before is not taken twice. `tick` is called for every row read,
    in both passes. Raises `FileRefused`, `Refused`.
    """
    outcome = check(by=by, into=into, stream=stream, tick=tick)
    if dry_run or (outcome.problems and not keep_good):
        return outcome
    stream.seek(0)
    return _take(by=by, into=into, stream=stream, outcome=outcome, tick=tick)


@gated
def check(*, by: Actor, into: Team, stream: BinaryIO, tick: Tick | None = None) -> Outcome:
    """Read a whole file and say what would become of each row; writes nothing but the audit row."""
    rule = _allow(by, into)
    outcome, known = Outcome(), _known(into.agency_id)
    for reading in _ticking(read(stream), tick):
        outcome.problems += reading.problems
        if reading.contradicts:
            words = f"Line {reading.line} has the same case id and says something else."
            outcome.problems.append(Problem(reading.contradicts, CASE_ID, "case_id_twice", words))
        elif reading.repeats:
            outcome.copies += 1
        elif reading.row:
            _judge(reading.row, into.agency_id, known, outcome)
    detail = {"good": outcome.good, "refused": len(outcome.refused)}
    record(by, "import:checked", "import", into.id, rule=rule, detail=detail)
    return outcome


def _judge(row: Row, agency: UUID, known: dict[int, int], outcome: Outcome) -> None:
    if problem := age_problem(row, today=clock.today()):
        outcome.problems.append(problem)
        return
    before = known.get(_external(row, agency))
    if before is None:
        outcome.good += 1
    elif before == _content(row, agency):
        outcome.already_here += 1
    else:
        words = "A case with this id was imported before and said something else. Change the case itself."
        outcome.problems.append(Problem(row.line, CASE_ID, "changed_since", words))


@gated
def _take(*, by: Actor, into: Team, stream: BinaryIO, outcome: Outcome, tick: Tick | None) -> Outcome:
    rule = _allow(by, into)
    with ExitStack() as stack:
        # One commit a database instead of one a row. Vault and keys commit first: their rows stay invisible
        # until `main`, whose transaction the gate holds, has committed the pointers.
        for alias in ("vault", "keys"):
            stack.enter_context(transaction.atomic(using=alias))
        known, refused = _known(into.agency_id), outcome.refused
        new = (
            row
            for reading in _ticking(read(stream), tick)
            if (row := reading.row) and not reading.repeats and row.line not in refused
            and _external(row, into.agency_id) not in known
        )  # fmt: skip
        while batch := list(islice(new, _AT_ONCE)):
            _open(by, into, batch)
            outcome.taken += len(batch)
        record(
            by,
            "import:taken",
            "import",
            into.id,
            rule=rule,
            detail={"taken": outcome.taken, "refused": len(refused)},
        )
    return outcome


def _open(by: Actor, into: Team, batch: list[Row]) -> None:
    newcomers = [Newcomer(mapping.identity(row), mapping.child_facts(row)) for row in batch]
    children = register_children(by=by, agency=into.agency, newcomers=newcomers)
    opened = cases.open_cases(by=by, team=into, openings=[Opening(child) for child in children])
    together = list(zip(batch, opened, strict=True))
    cases.record_incidents(
        by=by, happenings=[Happening(case, incident) for row, case in together for incident in mapping.incidents(row)]
    )
    cases.close(
        by=by, judgements=[Judgement(case, why) for row, case in together if (why := mapping.close_reason(row))]
    )
    _keep(into.agency_id, together)


def _keep(agency: UUID, together: list[tuple[Row, Case]]) -> None:
    """Remember each row, its coded fields beside the case and its words in the vault."""
    rows = [
        ImportedRow(
            agency_id=agency, external=_external(row, agency), content=_content(row, agency), case_id=case.id,
            coded=mapping.coded(row), imported_at=clock.now(),
        )
        for row, case in together
    ]  # fmt: skip
    parts: dict[Compartment, list[tuple[ImportedRow, store.Value]]] = {}
    for kept, (row, case) in zip(rows, together, strict=True):
        for part, told in _words(row).items():
            parts.setdefault(part, []).append((kept, store.Value(case.child_id, told)))
    for part, found in parts.items():
        values = [value for _, value in found]
        pointers = store.put_many(agency=agency, compartment=part, column="htcds", values=values)
        for (kept, _), pointer in zip(found, pointers, strict=True):
            setattr(kept, str(part), pointer)
    bulk.insert(rows)


def _words(row: Row) -> dict[Compartment, dict[str, str]]:
    parts = mapping.sealed(row)
    # The organisation's own id leads to the child there, so it is kept with the words.
    parts.setdefault(Compartment.NARRATIVE, {})[CASE_ID] = row.case_id
    return parts


def _allow(by: Actor, into: Team) -> str:
    """A supervisor imports into a team of their own, the system's importer into any. Raises `Refused`."""
    rule = allow(by, Permission.IMPORT_CASES)
    if by.posts and into.id not in by.teams_as(Role.SUPERVISOR):
        raise Refused("You import into a team that you supervise.", rule=rule)
    return rule


def _known(agency: UUID) -> dict[int, int]:
    return dict(ImportedRow.objects.filter(agency_id=agency).values_list("external", "content"))


def _external(row: Row, agency: UUID) -> int:
    return lookups.token("htcds case id", str(agency), hashlib.sha256(row.case_id.encode()).hexdigest())


def _content(row: Row, agency: UUID) -> int:
    return lookups.token("htcds row", str(agency), row.digest().hex())


def _ticking(readings: Iterator[Reading], tick: Tick | None) -> Iterator[Reading]:
    for reading in readings:
        if tick:
            tick()
        yield reading
