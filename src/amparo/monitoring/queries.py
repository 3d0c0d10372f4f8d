"""Reading what is public about States, which nothing guards; and what waits at the desk, which the policy does."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, Count, Max, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from amparo.access.decisions import permitted
from amparo.access.gate import allow, listed, look, looking
from amparo.access.permissions import Permission
from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.common.types import Actor
from amparo.monitoring import treaties
from amparo.monitoring.models import (
    Assessment,
    Entry,
    Observation,
    Recommendation,
    Recorded,
    Source,
    State,
    TreatyStatus,
)
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.scoring import Score, scores
from amparo.monitoring.treaties import Treaty
from amparo.monitoring.words import word
from amparo.monitoring.world import Atlas, name

R = TypeVar("R", bound=Recorded)
# Members of the United Nations and observers may be asked for everything; others are shown where a source names them.
ASKED = ("member", "observer", "fictional")
UNITED_NATIONS = "UNO"  # whom paragraph 116 also addresses; the code of ICAO Doc 9303
SOON = timedelta(days=30)  # what is due within so many days is told at the desk


@dataclass(frozen=True)
class Standing:
    """How a State stands to a treaty on a day; `row` is None where no source says anything."""

    state: State
    treaty: Treaty
    status: str
    row: TreatyStatus | None

    @property
    def date(self) -> str:
        return treaties.shown_date(self.row) if self.row and self.status == treaties.PARTY else ""


@dataclass(slots=True)
class Said:
    """What a score needs to know of an answer, without the rest of its row."""

    question: str
    answer: str
    evidence_on: date | None


def states(*, kinds: tuple[str, ...] = ASKED) -> list[State]:
    """The States of these kinds, by their names in the reader's language. One statement."""
    return sorted(State.objects.filter(kind__in=kinds), key=name)


def state(iso3: str) -> State:
    """Raises `NotFound`."""
    found = State.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise NotFound
    return found


def atlas() -> Atlas:
    """All States, to find one by its name. One statement."""
    return Atlas(State.objects.all())


def standings(treaty: Treaty, day: date | None = None) -> list[Standing]:
    """How every State that is asked, and everybody of whom a source speaks, stands to a treaty. Two statements."""
    day = day or clock.today()
    rows = {row.state_id: row for row in _current(TreatyStatus.objects.filter(treaty=treaty.code))}
    found = State.objects.filter(kind__in=ASKED[:2]) | State.objects.filter(pk__in=rows)
    return sorted(
        (_standing(each, treaty, rows.get(each.iso3), day) for each in found), key=lambda each: name(each.state)
    )


def standings_of(state: State, day: date | None = None) -> list[Standing]:
    """How a State stands to every treaty. One statement."""
    day = day or clock.today()
    rows = {row.treaty: row for row in _current(TreatyStatus.objects.filter(state=state))}
    return [_standing(state, each, rows.get(each.code), day) for each in treaties.treaties().values()]


def observations(state: State) -> list[Observation]:
    """Every number about a State with its source, series by series, year by year. One statement."""
    found = _current(Observation.objects.filter(state=state)).select_related("source")
    return list(found.order_by("series", "sex", "age", "year"))


def latest(series: str, *, age: str = "", sex: str = "", until: int = 9999) -> dict[str, Observation]:
    """The newest observation of each State in a series up to a year, by its code. One statement."""
    found = _current(Observation.objects.filter(series=series, age=age, sex=sex, year__lte=until))
    found = found.select_related("source")
    return {each.state_id: each for each in found.order_by("year")}


def recommendations(state: State) -> list[Recommendation]:
    """What mechanisms recommended to a State. One statement."""
    found = _current(Recommendation.objects.filter(state=state)).select_related("made_by")
    return list(found.order_by("mechanism", "-session", "id"))


def sources() -> list[Source]:
    """Every file that was taken. One statement."""
    return list(Source.objects.order_by("code"))


def _standing(state: State, treaty: Treaty, row: TreatyStatus | None, day: date) -> Standing:
    return Standing(state, treaty, treaties.status_on(row, day), row)


def _current(found: QuerySet[R]) -> QuerySet[R]:
    return found.filter(superseded_at=None)


def answers(state: State, on: date | None = None, known: datetime | None = None) -> list[Assessment]:
    """What is public about a State: true on a day, and as it was said at a moment; else now. Three statements.

    Each has its evidence as `proofs`, and what others say to it as `beside`.
    """
    day, found = on or clock.today(), Assessment.objects.filter(state=state)
    if known:
        said = Q(published_at__lte=known) & (Q(superseded_at=None) | Q(superseded_at__gt=known))
        found = found.filter(Q(valid_to=None) | Q(valid_to__gt=day), said, valid_from__lte=day)
    else:
        found = _true(found, day)
    # As lists: asked as relations, each answer would build two querysets anew, a third of the time of a State's page.
    beside: Any = (Prefetch("evidence", to_attr="proofs"), Prefetch("comments", to_attr="beside"))
    return list(found.prefetch_related(*beside).order_by("question", "role"))


def answers_to(question: str, on: date | None = None) -> list[Assessment]:
    """What is public of every State on one question, true on a day. One statement."""
    return list(_true(Assessment.objects.filter(question=question), on or clock.today()).order_by("role"))


def graded(states: Iterable[State], role: str, on: date | None = None) -> dict[str, list[Score]]:
    """The scores of States by one role, by their codes; without those of whom the role says nothing. One statement."""
    return graded_by((role,), states, on).get(role, {})


def graded_by(
    roles: Collection[str], states: Iterable[State], on: date | None = None
) -> dict[str, dict[str, list[Score]]]:
    """The same of several roles, by role and State. One statement."""
    day, asked = on or clock.today(), rubric()
    found: dict[tuple[str, str], list[Said]] = {}
    rows = _true(Assessment.objects.filter(role__in=roles, rubric=asked.edition, state__in=list(states)), day)
    # Tens of thousands of rows: five columns of each, no records, and each day, of which there are few, read once.
    told_on, read = Cast("evidence_on", CharField()), cache(date.fromisoformat)
    for role, iso3, question, answer, at in rows.values_list("role", "state_id", "question", "answer", told_on):
        found.setdefault((role, iso3), []).append(Said(question, answer, read(at) if at else None))
    told: dict[str, dict[str, list[Score]]] = {role: {} for role in roles}
    for (role, iso3), answers in found.items():
        told[role][iso3] = scores(asked, answers, day)
    return told


def _true(found: QuerySet[Assessment], day: date) -> QuerySet[Assessment]:
    return found.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), superseded_at=None, published_at__isnull=False, valid_from__lte=day
    )


def recorded_since(state: State, moment: datetime) -> list[tuple[datetime, str, str]]:
    """When, about what, and what was recorded of a State after a moment. Three statements."""
    statuses = TreatyStatus.objects.filter(state=state, recorded_at__gte=moment)
    found = [(each.recorded_at, each.treaty, each.status) for each in statuses]
    fresh = Observation.objects.filter(state=state, recorded_at__gte=moment).values("series")
    found += [
        (each["at"], each["series"], str(each["rows"]))
        for each in fresh.annotate(at=Max("recorded_at"), rows=Count("id"))
    ]
    said = Assessment.objects.filter(state=state, published_at__gte=moment)
    return found + [(each.published_at, each.question, each.answer) for each in said if each.published_at]


def find_recommendations(asked: str, limit: int = 30) -> list[Recommendation]:
    """Recommendations in whose words all of `asked` stands. One statement."""
    found = _current(Recommendation.objects.filter(text__icontains=asked)).select_related("state", "made_by")
    return list(found.order_by("state_id", "-session")[:limit])


def grid(states: Iterable[State], day: date) -> dict[str, list[Standing]]:
    """How each of these States stands to each treaty, in the treaties' order. One statement."""
    wanted = list(states)
    rows = {(r.state_id, r.treaty): r for r in _current(TreatyStatus.objects.filter(state__in=wanted))}
    return {
        each.iso3: [
            _standing(each, about, rows.get((each.iso3, about.code)), day) for about in treaties.treaties().values()
        ]
        for each in wanted
    }


def newest(states: Iterable[State], codes: Iterable[str], until: int = 9999) -> dict[tuple[str, str], Observation]:
    """The newest observation of each State in each series, of both sexes before one. One statement."""
    found = _current(Observation.objects.filter(state__in=list(states), series__in=list(codes), year__lte=until))
    rows = sorted(found, key=lambda each: (each.year, each.sex == "bothsex"))
    return {(each.state_id, each.series): each for each in rows}


@dataclass(frozen=True)
class Desk:
    """Answers and lines with the State, the role and themselves in words; what is due soon, and whether it is late."""

    waiting: list[tuple[Assessment, str, str, str]]
    mine: list[tuple[Assessment, str, str, str]]
    lines: list[tuple[Entry, str, str, str]]
    due: list[tuple[Entry, str, bool]]


@looking
def desk(*, by: Actor, limit: int = 100) -> Desk:
    """What an editor or a reviewer has before them. Four statements and an audit row."""
    rule = allow(by, Permission.MONITOR_LIST)
    found = Assessment.objects.select_related("state").order_by("written_at", "id")
    reviewable = found.filter(permitted(by=by, permission=Permission.ASSESSMENT_REVIEW), status="submitted")
    waiting = list(reviewable[:limit])
    mine = list(found.filter(written_by=by.id, status__in=["draft", "submitted"])[:limit])
    unread = Entry.objects.filter(permitted(by=by, permission=Permission.ENTRY_REVIEW), status="submitted")
    lines = list(unread.select_related("state").order_by("written_at")[:limit])
    listed(by, "assessment:listed", "list", [each.pk for each in (*waiting, *mine, *lines)], rule=rule)
    told = [(each, name(each.state), word(each.role), word(each.progress)) for each in lines]
    soon = [(each, name(each.state), each.due_on < clock.today()) for each in due(clock.today() + SOON) if each.due_on]
    return Desk(_in_words(waiting), _in_words(mine), told, soon)


@looking
def queue(*, by: Actor, limit: int = 60) -> list[Assessment]:
    """Answers that wait for a review by `by`, with their evidence, by State and question. Two statements and a row."""
    rule = allow(by, Permission.MONITOR_LIST)
    mine = permitted(by=by, permission=Permission.ASSESSMENT_REVIEW)
    found = Assessment.objects.filter(mine, status="submitted").select_related("state").prefetch_related("evidence")
    rows = list(found.order_by("state_id", "role", "question", "id")[:limit])
    listed(by, "assessment:listed", "list", [each.pk for each in rows], rule=rule)
    return rows


@looking
def assessment(*, by: Actor, id: UUID) -> Assessment:
    """One answer with its evidence, whatever its status. Raises `NotFound`."""
    rule = allow(by, Permission.MONITOR_LIST)
    found = Assessment.objects.select_related("state").prefetch_related("evidence").filter(id=id).first()
    if found is None:
        raise NotFound
    look(by, "assessment:read", "assessment", found.id, rule=rule)
    return found


def said_before(state: State, question: str, role: str) -> Assessment | None:
    """What a role answers to a question of a State now: the latest that holds."""
    found = Assessment.objects.filter(state=state, question=question, role=role, superseded_at=None)
    return found.filter(published_at__isnull=False).order_by("-valid_from").first()


def said_by(state: State, role: str) -> dict[str, Assessment]:
    """What a role answers of a State today, by question. One statement."""
    found = _true(Assessment.objects.filter(state=state, role=role), clock.today())
    return {each.question: each for each in found}


def _in_words(found: list[Assessment]) -> list[tuple[Assessment, str, str, str]]:
    return [(each, name(each.state), word(each.role), word(each.answer)) for each in found]


def entries(state: State) -> list[Entry]:
    """What is public of what is done with a State, the newest first. One statement."""
    return list(_published(Entry.objects.filter(state=state)).order_by("kind", "-happened_on", "-published_at"))


def practices(asked: str = "", theme: str = "", limit: int = 200) -> list[Entry]:
    """Good practices of a theme in whose words all of `asked` stands. One statement."""
    found = _saying(Entry.objects.filter(kind="practice"), asked).order_by("-published_at")
    return [each for each in found[: limit * 5] if not theme or theme in each.themes][:limit]


def find_entries(asked: str, limit: int = 30) -> list[Entry]:
    """Whatever is done in whose words all of `asked` stands, the newest first. One statement."""
    return list(_saying(Entry.objects.all(), asked).order_by("-published_at")[:limit])


def followed_by_united_nations() -> list[Entry]:
    """What is done about the recommendations that address the United Nations. One statement."""
    found = _published(Entry.objects.filter(kind="follow_up", state=UNITED_NATIONS)).select_related("state")
    return list(found.order_by("subject", "role"))


def work(kind: str, limit: int = 200) -> list[Entry]:
    """What is done of one kind, over all States, the newest first. One statement."""
    found = _published(Entry.objects.filter(kind=kind)).select_related("state")
    return list(found.order_by("-published_at")[:limit])


def follow_ups() -> dict[str, dict[str, int]]:
    """How many follow-ups of each of the report's recommendations have come how far. One statement."""
    found: dict[str, dict[str, int]] = {}
    rows = _published(Entry.objects.filter(kind="follow_up")).values_list("subject", "progress")
    for subject, progress, number in rows.annotate(number=Count("id")).order_by("subject", "progress"):
        found.setdefault(subject, {})[progress] = number
    return found


def _saying(found: QuerySet[Entry], asked: str) -> QuerySet[Entry]:
    found = _published(found).select_related("state")
    for part in asked.split():
        words = Q(title__icontains=part) | Q(text__icontains=part) | Q(lead__icontains=part) | Q(source__icontains=part)
        found = found.filter(words)
    return found


def due(until: date) -> list[Entry]:
    """Follow-ups and replies that are due by a day and not done, the most overdue first. One statement."""
    found = _published(Entry.objects.filter(due_on__lte=until)).exclude(progress__in=["done", "replied", "ended"])
    return list(found.select_related("state").order_by("due_on"))


def _published(found: QuerySet[Entry]) -> QuerySet[Entry]:
    return found.filter(status="published", superseded_at=None)
