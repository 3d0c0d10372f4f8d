"""One question put to every State: a treaty, a series, or a question of the rubric, as it stood on a day.

`shade` names how a place is filled on the map: s1 … s5 from least to most, a word for what is no amount, and `unknown`
for what nobody says, which is hatched and never looks like a little.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from amparo.common.errors import NotFound
from amparo.monitoring import queries, treaties
from amparo.monitoring.models import Observation, State
from amparo.monitoring.rubric.editions import rubric
from amparo.monitoring.series import NATURES, all_series
from amparo.monitoring.words import answer_word, slice_words, word
from amparo.monitoring.world import name

UNKNOWN = "unknown"
_SHADES = ("s1", "s2", "s3", "s4", "s5")
_BOUNDS = {
    "percent": (5, 10, 20, 40), "number": (100, 1_000, 10_000, 100_000), "years": (15, 16, 18, 20),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What is said of one State: in words, since when, and by whom."""

    state: State
    shade: str
    said: str
    date: str = ""
    source: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return name(self.state)


@dataclass(frozen=True)
class Topic:
    """The whole answer. `legend` has shade, words and how many; `wave` the parties by year; `slices` other views."""

    kind: str
    code: str
    title: str
    caution: str
    day: date
    places: list[Place]
    legend: list[tuple[str, str, int]]
    wave: list[tuple[int, int, int]] = field(default_factory=list)
    slices: list[tuple[str, str, str, bool]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def topic(kind: str, code: str, day: date, *, age: str = "", sex: str = "") -> Topic:
    """Raises `NotFound`."""
    if kind == "treaty" and code in treaties.treaties():
        return _treaty(code, day)
    if kind == "series" and code in all_series():
        return _series(code, day, age, sex)
    if kind == "question" and code in rubric().questions:
        return _question(code, day)
    raise NotFound


def _treaty(code: str, day: date) -> Topic:
    about = treaties.treaty(code)
    standings = queries.standings(about, day)
    shades = {"party": "s5", "signatory": "s2", "none": "none", "not_known": UNKNOWN}
    places = [
        Place(
            each.state, shades[each.status], word(each.status), each.date,
            _("{source}, as of {day}").format(source=each.row.source, day=each.row.as_of) if each.row else "",
            " ".join(part for part in (each.row.note, each.row.reservations) if part) if each.row else "",
        )
        for each in standings
    ]  # fmt: skip
    caution = _("Adopted {adopted}, in force {in_force}. Each row says as of when its source knows.").format(
        adopted=about.adopted, in_force=about.in_force
    )
    return Topic(
        "treaty", code, about.title, caution, day, places, _legend(places, lambda place: place.said),
        wave=_wave(standings), sources=sorted({each.row.source for each in standings if each.row}),
    )  # fmt: skip


def _wave(standings: Iterable[queries.Standing]) -> list[tuple[int, int, int]]:
    """Year, how many became parties in it, and how many there were; those without a date are in none."""
    years = [each.row.bound_on.year for each in standings if each.status == "party" and each.row and each.row.bound_on]
    if not years:
        return []
    fresh = [years.count(year) for year in range(min(years), max(years) + 1)]
    return [(min(years) + at, new, all_) for at, (new, all_) in enumerate(zip(fresh, accumulate(fresh), strict=True))]


def _series(code: str, day: date, age: str, sex: str) -> Topic:
    about = all_series()[code]
    there = _slices(code)
    chosen = (age, sex) if (age, sex) in there else (there[0] if there else ("", ""))
    latest = queries.latest(code, age=chosen[0], sex=chosen[1], until=day.year)
    words = sorted({each.text for each in latest.values() if each.text})
    places = []
    for state in queries.states(kinds=State.KINDS):
        each = latest.get(state.iso3)
        if each or state.kind in queries.ASKED[:2]:
            places.append(_observed(state, each, about.unit, words))
    slices = [(slice_words(*pair), *pair, pair == chosen) for pair in there]
    return Topic(
        "series", code, about.title, str(about.caution), day, places,
        _legend(places, lambda place: _range(place, about.unit)), slices=slices if len(slices) > 1 else [],
        sources=sorted({each.source.title for each in latest.values()}),
    )  # fmt: skip


def _slices(code: str) -> list[tuple[str, str]]:
    """The ages and sexes of a series: children first, then what most States have."""
    found = Observation.objects.filter(series=code, superseded_at=None).values_list("age", "sex")
    counted = found.annotate(number=Count("state", distinct=True)).order_by("-number", "age", "sex")
    return [pair[:2] for pair in sorted(counted, key=lambda row: (row[0] != "lt18y", -row[2]))]


def _observed(state: State, each: Observation | None, unit: str, words: list[str]) -> Place:
    if each is None:
        return Place(state, UNKNOWN, word("not_known"))
    note = str(NATURES.get(each.nature, ""))
    if unit == "word":
        return Place(state, f"w{words.index(each.text) % 8}", each.text, str(each.year), each.source.title, note)
    assert each.value is not None
    return Place(state, shade_of(each.value, unit), shown(each.value, unit), str(each.year), each.source.title, note)


def shade_of(value: float, unit: str) -> str:
    """The shade of an amount: s1 … s5 by the bounds of its unit."""
    return _SHADES[sum(value >= bound for bound in _BOUNDS[unit])]


def shown(value: float, unit: str) -> str:
    """An amount as people read it."""
    number = f"{value:,.0f}" if unit == "number" else f"{round(value, 1):g}"
    return f"{number}\u00a0%" if unit == "percent" else number


def _range(place: Place, unit: str) -> str:
    """What a shade stands for."""
    if unit == "word" or place.shade == UNKNOWN:
        return place.said
    bounds, at = _BOUNDS[unit], _SHADES.index(place.shade)
    low = shown(bounds[at - 1], unit) if at else ""
    high = shown(bounds[at], unit) if at < len(bounds) else ""
    if not low:
        return _("under {high}").format(high=high)
    return _("{low} to under {high}").format(low=low, high=high) if high else _("{low} and over").format(low=low)


def _question(code: str, day: date) -> Topic:
    about = rubric().questions[code]
    given: dict[str, list[Any]] = {}
    for each in queries.answers_to(code, day):
        given.setdefault(each.state_id, []).append(each)
    places = [
        _answered(state, given.get(state.iso3, []))
        for state in queries.states(kinds=State.KINDS)
        if state.kind in queries.ASKED[:2] or state.iso3 in given
    ]
    source = about.source if about.anchored else _("A/HRC/43/40, paragraph {number}").format(number=about.source)
    caution = _("Source of the question: {source}. No answer means that nobody has assessed it here: it is not a no.")
    return Topic(
        "question", code, about.text, caution.format(source=source), day, places,
        _legend(places, lambda place: place.note or place.said), sources=[],
    )  # fmt: skip


def _answered(state: State, answers: list[Any]) -> Place:
    shades = {"met": "s5", "partly": "s3", "not_met": "s1", "not_known": UNKNOWN, "not_applicable": "none"}
    if not answers:
        return Place(state, UNKNOWN, word("not_known"), note=word("not_known"))
    words = {each.answer for each in answers}
    said = "; ".join(f"{word(each.role)}: {answer_words(each)}" for each in answers)
    since = max(each.valid_from for each in answers).isoformat()
    if len(words) > 1:
        return Place(state, "differ", said, since, note=word("differ"))
    only = words.pop()
    return Place(state, shades.get(only, "w0"), said, since, note=word(only))


def answer_words(each: Any) -> str:
    """An answer with its number or its list."""
    parts = [answer_word(each.answer)] if each.answer != "given" else []
    if each.number is not None:
        parts.append(f"{each.number:g}")
    return ", ".join([*parts, *(word(item) for item in each.items)])


def _legend(places: list[Place], words: Callable[[Place], str]) -> list[tuple[str, str, int]]:
    """Each shade that occurs, from most to least, what is not known last."""
    order = {"s5": 0, "s4": 1, "s3": 2, "s2": 3, "s1": 4, "differ": 5, "none": 6, UNKNOWN: 9}
    found: dict[tuple[str, str], int] = {}
    for place in places:
        key = place.shade, words(place)
        found[key] = found.get(key, 0) + 1
    ranked = sorted(found.items(), key=lambda row: (order.get(row[0][0], 7), row[0]))
    return [(shade, said, number) for (shade, said), number in ranked]
