"""It is counted: fold what changed, count again and compare, freeze a closed year and open it."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.cases.facts import first_cases
from amparo.common import clock
from amparo.common.errors import Conflict
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.counting import folding, sealing
from amparo.counting.models import Cell, Counted, Snapshot
from amparo.counting.positions import CHILDREN_IDENTIFIED, Position, position

# A snapshot is kept as long as a table may need to be drafted, checked and drafted again; then its rows are wiped.
KEEP = timedelta(days=90)
_BATCH = 1000


@dataclass(frozen=True)
class Difference:
    """A cell whose maintained number was not what the records say."""

    cell: Position
    kept: int
    counted: int


@dataclass(frozen=True)
class Row:
    """One child of a snapshot. `pseudonym` is random and of this snapshot only; `identified` is a month, 2025-07."""

    pseudonym: str
    identified: str
    age_group: str
    region: str
    sex: str


@gated
def fold(*, by: Actor) -> int:
    """Fold every change that waits (on PostgreSQL; on SQLite none waits). Returns how many there were."""
    rule = allow(by, Permission.CLOCKS_RUN)
    changes = folding.fold_waiting()
    if changes:
        record(by, "counts:folded", "counts", rule=rule, detail={"changes": changes})
    return changes


@gated
def recount(*, by: Actor) -> list[Difference]:
    """Count all children again from the records, report every cell that was not right, and set it right."""
    rule = allow(by, Permission.CLOCKS_RUN)
    folding.fold_waiting()
    counted, kept = Counter(place for _child, place in _positions()), _kept()
    wrong = [
        Difference(cell, kept[cell], counted[cell])
        for cell in sorted(kept | counted)
        if kept[cell] != counted[cell]
    ]  # fmt: skip
    if wrong:
        _write_anew(counted)
    record(by, "counts:recounted", "counts", rule=rule, detail={"children": counted.total(), "wrong": len(wrong)})
    return wrong


@gated
def take_snapshot(*, by: Actor, year: int) -> Snapshot:
    """Freeze a year that is over: a row a child, sealed.

    Raises `Conflict` for a year that is not over, or when the records and the maintained counts disagree.
    """
    rule = allow(by, Permission.SNAPSHOT_TAKE)
    if year >= clock.today().year:
        raise Conflict(_("Only a year that is over can be frozen."))
    folding.fold_waiting()
    places = [(facts, place) for facts, place in _with_facts() if place.year == year]
    if Counter(place for _facts, place in places) != _kept(year):
        raise Conflict(_("The maintained counts and the records disagree. Run `amparo figures recount` first."))
    rows = [
        Row(str(new_id()), str(facts["identified"]), place.age_group, place.region, place.sex)
        for facts, place in places
    ]  # fmt: skip
    rows.sort(key=lambda row: row.pseudonym)  # the order of the records would tell who came first
    snapshot = Snapshot(
        id=new_id(), reference=new_reference("S"), year=year, children=len(rows), taken_by=by.id,
        taken_at=clock.now(), expires_at=clock.now() + KEEP,
    )  # fmt: skip
    snapshot.sealed = sealing.seal(snapshot.id, json.dumps([asdict(row) for row in rows]).encode())
    snapshot.save(force_insert=True)
    record(by, "snapshot:taken", "snapshot", snapshot.id, rule=rule, detail={"year": year, "children": len(rows)})
    return snapshot


@gated
def open_snapshot(*, by: Actor, snapshot: Snapshot) -> list[Row]:
    """The rows of a snapshot; each opening is recorded. Raises `Conflict` when it has ended."""
    rule = allow(by, Permission.SNAPSHOT_OPEN)
    if snapshot.expires_at <= clock.now():
        raise Conflict(_("This snapshot has ended. Freeze the year again."))
    rows = [Row(**row) for row in json.loads(sealing.unseal(snapshot.id, bytes(snapshot.sealed)))]
    record(by, "snapshot:opened", "snapshot", snapshot.id, rule=rule, detail={"year": snapshot.year})
    return rows


@gated
def wipe_ended(*, by: Actor) -> int:
    """Wipe the rows of the snapshots that have ended; that they were taken stays known. Returns how many."""
    rule = allow(by, Permission.CLOCKS_RUN)
    ended = Snapshot.objects.filter(expires_at__lte=clock.now()).exclude(sealed=b"")
    ids = list(ended.values_list("id", flat=True))
    if ids:
        ended.update(sealed=b"")
        record(by, "snapshots:wiped", "snapshot", ids=ids, rule=rule)
    return len(ids)


def _with_facts() -> Iterator[tuple[dict[str, object], Position]]:
    for facts in first_cases():
        if place := position(facts):
            yield dict(facts), place


def _positions() -> Iterator[tuple[UUID, Position]]:
    return ((UUID(str(facts["child"])), place) for facts, place in _with_facts())


def _kept(year: int | None = None) -> Counter[Position]:
    cells = Cell.objects.filter(measure=CHILDREN_IDENTIFIED, number__gt=0)
    columns = ("year", "age_group", "region", "sex", "number")
    rows = (cells.filter(year=year) if year else cells).values_list(*columns)
    return Counter({Position(year, age, region, sex): number for year, age, region, sex, number in rows})


def _write_anew(counted: Counter[Position]) -> None:
    Cell.objects.filter(measure=CHILDREN_IDENTIFIED).delete()
    Counted.objects.all().delete()
    Cell.objects.bulk_create(
        [Cell(measure=CHILDREN_IDENTIFIED, number=number, **vars(place)) for place, number in counted.items()]
    )
    positions = _positions()
    while batch := list(islice(positions, _BATCH)):
        Counted.objects.bulk_create([Counted(child=child, **vars(place)) for child, place in batch])
