"""Everything that is known of one State, laid out to be read: no judgement is added here."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from amparo.law.models import Provision
from amparo.law.queries import of_state
from amparo.monitoring import drawing, queries
from amparo.monitoring.assessing import ROLES
from amparo.monitoring.models import Assessment, Entry, Observation, Recommendation, State
from amparo.monitoring.queries import UNITED_NATIONS, Standing
from amparo.monitoring.recommended import Recommended, recommended
from amparo.monitoring.rubric.editions import Question, rubric
from amparo.monitoring.scoring import Score, scores
from amparo.monitoring.series import Series, all_series
from amparo.monitoring.topics import answer_words, shown
from amparo.monitoring.words import slice_words, word

_LINE = 3  # numbers make a line; fewer are only told


@dataclass(frozen=True)
class Told:
    """One slice of a series: its numbers year by year, a line if there are enough, and the other slices beside it."""

    series: Series
    slice: str
    points: list[Observation]
    svg: str
    breaks: list[int]
    others: list["Told"] = field(default_factory=list)

    @property
    def latest(self) -> Observation:
        return self.points[-1]

    @property
    def said(self) -> str:
        each = self.latest
        return each.text or shown(each.value or 0.0, self.series.unit)


@dataclass(frozen=True)
class Asked:
    """One question, with what each role answers; `differ` when they do not agree."""

    question: Question
    answers: list[Assessment]

    @property
    def differ(self) -> bool:
        return len({each.answer for each in self.answers}) > 1

    @property
    def told(self) -> list[tuple[Assessment, str, str]]:
        """Each answer with its words, and with whose it is, since when and how sure."""
        about = _("{role}, since {day}, confidence: {confidence}")
        return [
            (
                each, answer_words(each),
                about.format(role=word(each.role), day=each.valid_from.isoformat(), confidence=word(each.confidence)),
            )
            for each in self.answers
        ]  # fmt: skip


@dataclass(frozen=True)
class Followed:
    """One recommendation of the report: what the questions that tell of it answer, and the follow-up by role."""

    recommended: Recommended
    answers: dict[str, int]
    entries: list[Entry]


@dataclass(frozen=True)
class Profile:
    """`known` is when we said it, if that is not now; `official`, `others` are series by what they are."""

    state: State
    day: date
    standings: list[Standing]
    official: list[Told]
    others: list[Told]
    recommendations: list[Recommendation]
    sections: list[tuple[str, list[Asked]]]
    scores: list[tuple[str, list[Score]]]
    followed: list[Followed] = field(default_factory=list)
    work: list[Entry] = field(default_factory=list)
    line: list[tuple[date, str, str]] = field(default_factory=list)
    law: list[tuple[str, list[Provision]]] = field(default_factory=list)


def profile(state: State, day: date, known: date | None = None) -> Profile:
    """What is public of a State on a day. Ten statements at most."""
    standings = queries.standings_of(state, day)
    told = _told(each for each in queries.observations(state) if each.year <= day.year)
    moment = datetime.combine(known, time.max, UTC) if known else None
    answers, entries = queries.answers(state, day, moment), queries.entries(state)
    return Profile(
        state, day, standings,
        official=[each for each in told if each.series.nature == "official"],
        others=[each for each in told if each.series.nature != "official"],
        recommendations=queries.recommendations(state), sections=_sections(answers),
        scores=_scores(answers, day), followed=_followed(state.iso3, answers, entries),
        work=[each for each in entries if each.kind != "follow_up"], line=_line(standings, answers),
        law=_law(of_state(state.iso3, day, moment)),
    )  # fmt: skip


def _law(provisions: list[Provision]) -> list[tuple[str, list[Provision]]]:
    """What is recorded of the law, offence by offence; first what is about every one."""
    return [(offence, list(rows)) for offence, rows in groupby(provisions, key=lambda each: each.offence)]


def _told(observations: Iterable[Observation]) -> list[Told]:
    order = list(all_series())
    rows = sorted(
        observations, key=lambda each: (order.index(each.series), *_first(each), each.sex, each.age, each.year)
    )
    found: dict[str, list[Told]] = {}
    for (code, sex, age), points in groupby(rows, key=lambda each: (each.series, each.sex, each.age)):
        found.setdefault(code, []).append(_slice(all_series()[code], age, sex, list(points)))
    return [replace(told[0], others=told[1:]) for told in found.values()]


def _first(each: Observation) -> tuple[bool, bool]:
    """Children before all ages, both sexes before one."""
    return each.age in {"allage", "18"}, each.sex in {"female", "male"}


def _slice(series: Series, age: str, sex: str, points: list[Observation]) -> Told:
    numbers = [(each.year, each.value) for each in points if each.value is not None]
    breaks = [after.year for before, after in pairwise(points) if before.nature != after.nature]
    words = slice_words(age, sex)
    svg = drawing.line(numbers, f"{series.title}, {words}", breaks=breaks) if len(numbers) >= _LINE else ""
    return Told(series, words, points, svg, breaks)


def _sections(answers: list[Assessment]) -> list[tuple[str, list[Asked]]]:
    """Questions that somebody answered, by section."""
    asked, given = rubric(), {id: list(said) for id, said in groupby(answers, key=lambda each: each.question)}
    found: dict[str, list[Asked]] = {}
    for id, question in asked.questions.items():
        if id in given:
            found.setdefault(asked.section(question.section), []).append(Asked(question, given[id]))
    return list(found.items())


def _scores(answers: list[Assessment], day: date) -> list[tuple[str, list[Score]]]:
    """For each role that answers something, the scores of the sections."""
    by_role = {role: [each for each in answers if each.role == role] for role in ROLES}
    return [(role, scores(rubric(), said, day)) for role, said in by_role.items() if said]


def _followed(iso3: str, answers: list[Assessment], entries: list[Entry]) -> list[Followed]:
    """The report's recommendations to a State (or to the United Nations), each with what is known of it."""
    found = []
    for code, each in recommended().items():
        if (each.addressee == "state") == (iso3 != UNITED_NATIONS):
            said = [given.answer for given in answers if given.question in each.checked_by]
            counts = {answer: said.count(answer) for answer in dict.fromkeys(said)}
            found.append(Followed(each, counts, [line for line in entries if line.subject == code]))
    return found


def _line(standings: list[Standing], answers: list[Assessment]) -> list[tuple[date, str, str]]:
    """What happened when: the newest first. A year alone is not a day, and is left to the table."""
    found: list[tuple[date, str, str]] = []
    for each in standings:
        row = each.row
        if row and row.signed_on:
            found.append((row.signed_on, each.treaty.code, "signed"))
        if row and row.bound_on and row.precision == "day":
            found.append((row.bound_on, each.treaty.code, row.act or "bound"))
    found += [(each.valid_from, each.question, each.answer) for each in answers]
    return sorted(found, reverse=True)


def changed_since(state: State, since: date, day: date) -> list[tuple[date, str, str]]:
    """What we learned of a State since a day: rows and answers recorded after it, the newest first."""
    from_ = datetime.combine(since + timedelta(days=1), time.min, UTC)
    found: list[tuple[date, str, str]] = []
    for at, about, what in queries.recorded_since(state, from_):
        if at.date() <= day:
            found.append((at.date(), about, what))
    return sorted(found, reverse=True)


def as_told(found: Profile) -> dict[str, Any]:
    """The profile for machines."""
    state = found.state
    entries = [*found.work, *(line for one in found.followed for line in one.entries)]
    answers = [each for _title, section in found.sections for asked in section for each in asked.answers]
    points = [
        (told, each)
        for told in (*found.official, *found.others) for part in (told, *told.others) for each in part.points
    ]  # fmt: skip
    return {
        "state": {"iso3": state.iso3, "m49": state.m49, "kind": state.kind, "names": state.names},
        "as_of": found.day.isoformat(),
        "rubric": rubric().edition,
        "treaties": [_treaty_told(each) for each in found.standings],
        "series": [_point_told(told, each) for told, each in points],
        "answers": [_answer_told(each) for each in answers],
        "law": [law_told(each) for _offence, rows in found.law for each in rows],
        "scores": {role: [each.as_told() for each in given] for role, given in found.scores},
        "entries": [_entry_told(each) for each in entries],
        "recommendations": [_recommendation_told(each) for each in found.recommendations],
    }


def _treaty_told(each: Standing) -> dict[str, Any]:
    row = each.row
    return {
        "treaty": each.treaty.code, "status": each.status, "date": each.date or None,
        "precision": (row.precision or None) if row else None, "as_of": row.as_of if row else None,
        "source": row.source if row else None,
    }  # fmt: skip


def _point_told(told: Told, each: Observation) -> dict[str, Any]:
    return {
        "series": told.series.code, "nature": told.series.nature, "age": each.age, "sex": each.sex, "year": each.year,
        "value": each.value, "text": each.text, "method": each.nature, "source": each.source_id,
    }  # fmt: skip


def _answer_told(each: Assessment) -> dict[str, Any]:
    return {
        "question": each.question, "role": each.role, "answer": each.answer, "number": each.number,
        "items": each.items, "valid_from": each.valid_from.isoformat(), "status": each.status,
        "confidence": each.confidence, "edition": each.rubric,
        "evidence": [{"title": e.title, "pinpoint": e.pinpoint, "sha256": e.sha256} for e in each.proofs],
    }  # fmt: skip


def law_told(each: Provision) -> dict[str, Any]:
    """A provision for machines."""
    return {
        "offence": each.offence, "element": each.element, "answer": each.answer, "items": each.items,
        "years": each.years, "age": each.age, "least": each.least, "most": each.most, "law": each.law,
        "pinpoint": each.pinpoint, "address": each.address, "in_force_on": each.in_force_on.isoformat(),
        "repealed_on": each.repealed_on and each.repealed_on.isoformat(), "external": each.external,
    }  # fmt: skip


def _entry_told(each: Entry) -> dict[str, Any]:
    return {
        "kind": each.kind, "subject": each.subject, "role": each.role, "progress": each.progress,
        "title": each.title, "lead": each.lead, "funding": each.funding,
        "milestones": each.milestones, "themes": each.themes, "replicability": each.replicability,
        "partners": each.partners, "source": each.source,
        "happened_on": each.happened_on and each.happened_on.isoformat(),
        "due_on": each.due_on and each.due_on.isoformat(),
    }  # fmt: skip


def _recommendation_told(each: Recommendation) -> dict[str, Any]:
    return {
        "id": each.external, "mechanism": each.mechanism, "session": each.session, "response": each.response,
        "made_by": each.made_by_id, "themes": each.themes, "text": each.text,
    }  # fmt: skip
