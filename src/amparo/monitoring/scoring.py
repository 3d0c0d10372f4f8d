"""Scores that cannot mislead: a share of what was assessed, never without how much that was. Answers in, scores out.

Structure, process and outcome are never mixed; there is no sum over sections and no rank. Below `ENOUGH` coverage there
is no grade. A key question that is not met caps its section (as negative indicators do in the Global Slavery Index).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from amparo.monitoring.rubric.editions import NATURES, WORTH, Question, Rubric

ENOUGH = 0.6  # of the applicable questions must have been assessed before a grade is given
GRADES = ((0.75, "mostly"), (0.4, "partly"), (0.0, "hardly"))
CAP = "partly"
OLD = timedelta(days=730)  # an answer about law that rests on older evidence asks for a new look
_SURROGACY = "L34"  # what tells whether the question about surrogacy's safeguards applies


class Answer(Protocol):
    """What a score needs to know of an answer."""

    question: str
    answer: str
    evidence_on: date | None


@dataclass(frozen=True)
class Score:
    """Of one section and one nature. `share` is of the assessed; None where nothing was."""

    section: str
    nature: str
    met: int
    partly: int
    not_met: int
    not_known: int
    applicable: int
    oldest: date | None
    old: int
    capped: bool

    @property
    def assessed(self) -> int:
        return self.met + self.partly + self.not_met

    @property
    def coverage(self) -> float:
        return self.assessed / self.applicable if self.applicable else 0.0

    @property
    def share(self) -> float | None:
        return (self.met + WORTH["partly"] * self.partly) / self.assessed if self.assessed else None

    @property
    def grade(self) -> str:
        """`mostly`, `partly` or `hardly` met; empty while too little was assessed."""
        if self.share is None or self.coverage < ENOUGH:
            return ""
        found = next(grade for least, grade in GRADES if self.share >= least)
        return CAP if self.capped and found == GRADES[0][1] else found

    def as_told(self) -> dict[str, Any]:
        """For a snapshot, an API, a file."""
        told = asdict(self) | {"oldest": self.oldest.isoformat() if self.oldest else None}
        share = None if self.share is None else round(self.share, 4)
        return told | {"share": share, "coverage": round(self.coverage, 4), "grade": self.grade}


def scores(rubric: Rubric, answers: Iterable[Answer], on: date) -> list[Score]:
    """The score of each section and nature that the rubric asks about, given one role's answers of a State."""
    given = {each.question: each for each in answers}
    return [
        _score(section, nature, asked, given, on)
        for section in rubric.sections
        for nature in NATURES
        if (asked := rubric.scored(section, nature))
    ]


def _score(section: str, nature: str, asked: list[Question], given: Mapping[str, Answer], on: date) -> Score:
    said = {q.id: _said(q, given) for q in asked}
    every = list(said.values())
    counts = {word: every.count(word) for word in WORTH}
    days = [day for q in asked if said[q.id] in WORTH and (day := given[q.id].evidence_on)]
    return Score(
        section, nature, **counts,
        not_known=every.count("not_known"), applicable=len(every) - every.count("not_applicable"),
        oldest=min(days, default=None), old=sum(on - day > OLD for day in days),
        capped=any(q.key and said[q.id] == "not_met" for q in asked),
    )  # fmt: skip


def _said(question: Question, given: Mapping[str, Answer]) -> str:
    """What nobody answered is not known."""
    if question.applies == "surrogacy" and _SURROGACY in given and given[_SURROGACY].answer == "banned":
        return "not_applicable"
    return given[question.id].answer if question.id in given else "not_known"
