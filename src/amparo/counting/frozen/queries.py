"""Asking a snapshot: with noise for whoever explores, exactly for whoever answers for the figures. Each is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from uuid import UUID

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.counting.frozen.actions import check_living, reading, secret, tables_of
from amparo.counting.frozen.cubes import cube_of
from amparo.counting.frozen.models import Frozen, SavedView
from amparo.methods.disclosure.cellkey import NoiseTable, noise_table
from amparo.methods.tabulation.arrays import Arrays
from amparo.methods.tabulation.asking import Plan, Question, Table, plan
from amparo.methods.tabulation.cube import Cube
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.engines import engine as engine_named
from amparo.methods.tabulation.funnel import COURSES, Passage, funnel, grouped, journeys, months
from amparo.methods.tabulation.grid import Grid, grid_of
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.sheet import Sheet, sheet
from amparo.methods.tabulation.trends import Change, changes

# Noise of at most five, and no cell says one or two: a reader of a small cell learns no more than that it is small.
MOST_NOISE, VARIANCE, NEVER_BELOW = 5, 2.0, 3
# Quartiles of fewer would be the numbers of single records.
ENOUGH = 10
_loading, _loaded, _arrays = Lock(), dict[str, Duck](), dict[str, Arrays]()


@dataclass(frozen=True)
class Answer:
    """A table of a snapshot. `quartiles`: of the cells that have enough, where an indicator gives numbers."""

    question: Question
    frozen: Frozen
    grid: Grid
    quartiles: Mapping[tuple[str, ...], tuple[int, ...]]
    exact: bool


@dataclass(frozen=True)
class Page:
    """Which rows, and of each dimension its codes in the order of their list."""

    orders: Sequence[Sequence[str]]
    first: int
    most: int


@dataclass(frozen=True)
class Seen:
    """A piece of an answer."""

    question: Question
    frozen: Frozen
    sheet: Sheet
    quartiles: Mapping[tuple[str, ...], tuple[int, ...]]
    exact: bool


@gated
def snapshots(*, by: Actor) -> list[Frozen]:
    """The snapshots that have not ended, the latest first."""
    allow(by, Permission.FIGURES_EXPLORE)
    return list(Frozen.objects.filter(expires_at__gt=clock.now()).order_by("-taken_at"))


@gated
def snapshot(*, by: Actor, reference: str = "") -> Frozen:
    """A snapshot by its reference; the latest without one. Raises `NotFound`."""
    allow(by, Permission.FIGURES_EXPLORE)
    found = Frozen.objects.filter(reference=reference.strip().upper()) if reference else Frozen.objects.all()
    latest = found.order_by("-taken_at").first()
    if latest is None:
        raise NotFound
    return latest


@gated
def explore(*, by: Actor, question: Question, frozen: Frozen) -> Answer:
    """The counts with noise: the same children have the same noise in every table, for every reader.

    Raises `Invalid` for a question that the indicator does not allow, `Conflict` when the snapshot has ended.
    """
    rule = allow(by, Permission.FIGURES_EXPLORE)
    answer = _ready(question, frozen) or _answered(by, question, frozen)
    _record(by, "figures:explored", rule, answer)
    return replace(answer, grid=answer.grid.perturbed(noise()), exact=False) if answer.exact else answer


@gated
def exact(*, by: Actor, question: Question, frozen: Frozen, engine: str = "") -> Answer:
    """The counts themselves, which may tell of single children; who saw which is recorded. `engine`: a named one.

    Raises as `explore` does.
    """
    rule = allow(by, Permission.FIGURES_EXACT)
    answer = _answered(by, question, frozen, engine)
    _record(by, "figures:seen_exact", rule, answer)
    return answer


@gated
def look_at(*, by: Actor, question: Question, frozen: Frozen, page: Page, exact: bool = False) -> Seen:
    """A piece of a table, with noise unless the exact counts are asked for: as `explore` and `exact`, and recorded so.

    Raises as they do, and `Invalid` for a table of too many cells.
    """
    rule = allow(by, Permission.FIGURES_EXACT if exact else Permission.FIGURES_EXPLORE)
    asked = replace(question, totals=True)
    answer = (None if exact else _ready(asked, frozen)) or _answered(by, asked, frozen)
    _record(by, "figures:seen_exact" if exact else "figures:explored", rule, answer)
    added = noise() if answer.exact and not exact else None
    piece = sheet(answer.grid, page.orders, first=page.first, most=page.most, noise=added)
    return Seen(question, frozen, piece, answer.quartiles, exact)


@gated
def lost_on_the_way(
    *, by: Actor, frozen: Frozen, course: str, first: int, last: int, group: str = ""
) -> dict[str, list[Passage]]:
    """The funnel of the children identified from one year to another, by the codes of a group; exact, and recorded.

    Raises `Invalid` for a course or a group that there is not, `Conflict` when the snapshot has ended.
    """
    rule = allow(by, Permission.FIGURES_EXACT)
    check_living(frozen)
    told = journeys(_engine(by, frozen), course, first=first, last=last, group=group)
    until = months(int(f"{frozen.taken_at:%Y%m}"))
    years = f"{first}-{last}"
    record(
        by, "funnel:seen_exact", "frozen", frozen.id, rule=rule,
        detail={"course": course, "years": years, "group": group},
    )  # fmt: skip
    return {code: funnel(each, COURSES[course].steps, seen_until=until) for code, each in grouped(told).items()}


@gated
def changed_levels(
    *, by: Actor, frozen: Frozen, indicator: str, dimension: str, length: int, false_alarms: float
) -> list[tuple[str, Change]]:
    """The months in which codes of a dimension changed their level, over the last `length` whole months; recorded.

    Raises `Invalid` for an indicator without a month or without that dimension, `Conflict` for an ended snapshot.
    """
    rule = allow(by, Permission.FIGURES_EXACT)
    check_living(frozen)
    asked = plan(Question(indicator, (dimension, "month"), totals=False), catalogue())
    end = months(int(f"{frozen.taken_at:%Y%m}"))
    line = [f"{month // 12}-{month % 12 + 1:02}" for month in range(end - length, end)]
    series: dict[str, list[int]] = {}
    for (code, month), cell in _engine(by, frozen).count(asked).cells.items():
        if month in line:
            series.setdefault(code, [0] * length)[line.index(month)] = cell.number
    found = changes(series, false_alarms=false_alarms)
    record(
        by, "trends:seen_exact", "frozen", frozen.id, rule=rule,
        detail={"indicator": indicator, "by": dimension, "months": length},
    )  # fmt: skip
    return [(line[each.at], each) for each in found]


@gated
def views(*, by: Actor) -> list[SavedView]:
    """What the actor saved, the latest first."""
    allow(by, Permission.FIGURES_EXPLORE)
    return list(SavedView.objects.filter(person=by.id).order_by("-saved_at"))


@lru_cache(maxsize=1)
def noise() -> NoiseTable:
    """The noise of this house."""
    return noise_table(most=MOST_NOISE, variance=VARIANCE, never_below=NEVER_BELOW, secret=secret(b"noise"))


def forget() -> None:
    """Let go of what was loaded."""
    _loaded.clear()
    _arrays.clear()
    _cube.cache_clear()
    _noisy.cache_clear()


def _ready(question: Question, frozen: Frozen) -> Answer | None:
    """The counts with the noise that every cell of a cube was given once; None where they are not cells of one."""
    check_living(frozen)
    plan(question, catalogue())
    cube = _cube(frozen.id, frozen.content_hash, question.indicator)
    if not cube or not cube.holds(question):
        return None
    whole = _noisy(frozen.id, frozen.content_hash, question.indicator)
    return Answer(question, frozen, whole.part(question), {}, exact=False)


def _answered(by: Actor, question: Question, frozen: Frozen, engine: str = "") -> Answer:
    check_living(frozen)
    asked = plan(question, catalogue())
    cube = None if engine else _cube(frozen.id, frozen.content_hash, question.indicator)
    if cube and cube.answers(question):
        return Answer(question, frozen, cube.grid(question), {}, exact=True)
    if not engine and not asked.indicator.of:
        return Answer(question, frozen, _counter(by, frozen).grid(asked), {}, exact=True)
    table = _counted(by, frozen, asked, engine)
    quartiles = {
        place: cell.quartiles for place, cell in table.cells.items() if cell.quartiles and cell.number >= ENOUGH
    }
    return Answer(question, frozen, grid_of(table, totals=question.totals), quartiles, exact=True)


def _counted(by: Actor, frozen: Frozen, asked: Plan, engine: str) -> Table:
    if not engine:
        return _engine(by, frozen).count(asked)
    named = engine_named(engine, tables_of(frozen))
    try:
        return named.count(asked)
    finally:
        named.close()


def _counter(by: Actor, frozen: Frozen) -> Arrays:
    """What counts, with the columns and rows that earlier questions needed; the first one is recorded as loading it."""
    with _loading:
        if frozen.content_hash not in _arrays:
            record(by, "frozen:loaded", "frozen", frozen.id)
            _arrays.clear()
            _arrays[frozen.content_hash] = Arrays(reading(frozen))
        return _arrays[frozen.content_hash]


def _engine(by: Actor, frozen: Frozen) -> Duck:
    """The snapshot in memory; that it was loaded is recorded in the name of whoever asked first."""
    with _loading:
        if frozen.content_hash not in _loaded:
            record(by, "frozen:loaded", "frozen", frozen.id)
            engine = Duck(tables_of(frozen))
            _loaded.clear()  # one at a time: it is as large as the snapshot
            _loaded[frozen.content_hash] = engine
        return _loaded[frozen.content_hash]


@lru_cache(maxsize=16)
def _cube(frozen: UUID, _content: str, indicator: str) -> Cube | None:
    return cube_of(Frozen.objects.get(id=frozen), indicator)


@lru_cache(maxsize=16)
def _noisy(frozen: UUID, content: str, indicator: str) -> Grid:
    cube = _cube(frozen, content, indicator)
    assert cube
    return cube.whole.perturbed(noise())


def _record(by: Actor, verb: str, rule: str, answer: Answer) -> None:
    asked = answer.question
    where = ";".join(f"{name}={','.join(codes)}" for name, codes in asked.where.items())
    detail = {"indicator": asked.indicator, "by": ",".join(asked.by), "where": where}
    record(by, verb, "frozen", answer.frozen.id, rule=rule, detail=detail)
