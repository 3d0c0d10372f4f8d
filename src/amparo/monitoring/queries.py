"""Reading what is public about States. Nothing here is guarded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from amparo.common import clock
from amparo.common.errors import NotFound
from amparo.monitoring import treaties
from amparo.monitoring.models import Assessment, Observation, Recommendation, Source, State, TreatyStatus
from amparo.monitoring.treaties import Treaty
from amparo.monitoring.world import Atlas, name

# Members of the United Nations and observers may be asked for everything; others are shown where a source names them.
ASKED = ("member", "observer", "fictional")


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


def latest(series: str, *, age: str = "", sex: str = "") -> dict[str, Observation]:
    """The newest observation of each State in a series, by its code. One statement."""
    found = _current(Observation.objects.filter(series=series, age=age, sex=sex)).select_related("source")
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


def _current(found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    return found.filter(superseded_at=None)


def answers(state: State, on: date | None = None, known: datetime | None = None) -> list[Assessment]:
    """What is public about a State: true on a day, and as it was said at a moment; else now. Two statements."""
    day = on or clock.today()
    true = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    said = Q(superseded_at=None, published_at__isnull=False)
    if known:
        said = Q(published_at__lte=known) & (Q(superseded_at=None) | Q(superseded_at__gt=known))
    found = Assessment.objects.filter(true, said, state=state).prefetch_related("evidence", "comments")
    return list(found.order_by("question", "role"))
