"""Shapes of the monitor: what is public about States, and what an editor sends."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from amparo.interfaces.api.schemas import Code, In, Line, MaybeCode

Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Question = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]{1,7}$")]
Role = Literal["state", "nhri", "civil_society", "un", "mandate"]
Years = Annotated[int, Field(ge=0, le=100)]
Text = Annotated[str, Field(max_length=4000)]
Address = Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s]+)?$")]


class OnQuery(Schema):
    """As it was `on` a day, and as we said it on the day `known`."""

    on: date | None = None
    known: date | None = None


class SliceQuery(Schema):
    on: date | None = None
    age: Annotated[str, Field(max_length=10)] = ""
    sex: Annotated[str, Field(max_length=10)] = ""


class KindQuery(Schema):
    """One kind of what is done."""

    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,14}$")] = "visit"


class StateRow(Schema):
    """A State; `kind` fictional says that everything about it is made up."""

    iso3: str
    m49: str
    kind: str
    region: str
    subregion: str
    names: dict[str, str]


class LawOut(Schema):
    """What one provision says; `offence` empty: every offence against a child; `external`: whose compilation it is."""

    offence: str
    element: str
    answer: str
    items: list[str]
    years: int | None
    age: int | None
    least: int | None
    most: int | None
    law: str
    pinpoint: str
    address: str
    in_force_on: date
    repealed_on: date | None
    external: str


class ScoreOut(Schema):
    """A score of a section and nature. No grade without enough coverage; `oldest` is the oldest evidence."""

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
    share: float | None
    coverage: float
    grade: str


class ProfileOut(Schema):
    """Everything public about a State on a day."""

    state: dict[str, Any]
    as_of: date
    rubric: str
    treaties: list[dict[str, Any]]
    series: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    law: list[LawOut]
    scores: dict[str, list[ScoreOut]]
    entries: list[dict[str, Any]]
    recommendations: list[dict[str, Any]]


class PlaceOut(Schema):
    """What is said of one State, in the reader's language. What is not known says so."""

    state: str
    name: str
    said: str
    date: str
    source: str
    note: str


class TopicOut(Schema):
    """One question put to every State."""

    kind: str
    code: str
    title: str
    caution: str
    as_of: date
    sources: list[str]
    states: list[PlaceOut]


class QuestionOut(Schema):
    """A question of the rubric. A `source` after "anchor:" is not the report."""

    id: str
    section: str
    type: str
    nature: str
    source: str
    text: str
    answers: list[str]
    items: list[str]


class RubricOut(Schema):
    """An edition of the rubric, in the reader's language; `checked` languages were read by somebody of the field."""

    edition: str
    checked: list[str]
    questions: list[QuestionOut]


class EvidenceIn(In):
    """What an answer rests on."""

    title: Line
    pinpoint: Annotated[str, Field(max_length=120)] = ""
    in_force_on: date | None = None
    address: Address = ""
    captured_on: date | None = None
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class AnswerIn(In):
    """An answer; it is handed to a second person at once. `replaces`: it replaces what this role says now."""

    state: Iso3
    question: Question
    role: Role
    answer: Code
    number: Annotated[float, Field(ge=0, le=1e12)] | None = None
    items: Annotated[list[Code], Field(max_length=30)] = []
    valid_from: date
    valid_to: date | None = None
    confidence: Literal["low", "medium", "high"] = "medium"
    rationale: Text = ""
    evidence: Annotated[list[EvidenceIn], Field(max_length=20)] = []
    replaces: bool = False


class AnswerOut(Schema):
    """An answer, whatever its status."""

    id: UUID
    state: str
    rubric: str
    question: str
    role: str
    answer: str
    number: float | None
    items: list[str]
    valid_from: date
    valid_to: date | None
    confidence: str
    rationale: str
    status: str
    published_at: datetime | None

    @staticmethod
    def resolve_state(found: Any) -> str:
        return str(getattr(found, "state_id", found.state))


class ProvisionOut(LawOut):
    """A provision, whatever its status."""

    id: UUID
    state: str
    status: str
    published_at: datetime | None


class LineOut(Schema):
    """A line of what is done with a State."""

    id: UUID
    state: str
    kind: str
    subject: str
    role: str
    progress: str
    title: str
    happened_on: date | None
    due_on: date | None
    source: str
    status: str

    @staticmethod
    def resolve_state(found: Any) -> str:
        return str(found.state_id)


class WorkOut(LineOut):
    """A line that is public, with its words."""

    text: str
    lead: str
    funding: str
    milestones: list[dict[str, str]]
    themes: list[str]
    replicability: str
    partners: list[str]
    address: str


class RecommendedOut(Schema):
    """A recommendation of the report. `targets` and `terms` are our linking, not the report's."""

    code: str
    paragraph: str
    title: str
    addressee: Literal["state", "un", "community"]
    questions: list[str]
    targets: list[str]
    terms: list[str]
    follow_ups: dict[str, int]


class MonitorOut(Schema):
    """What waits for my review, what I wrote, and what is due soon or late."""

    waiting: list[AnswerOut]
    mine: list[AnswerOut]
    provisions: list[ProvisionOut]
    lines: list[LineOut]
    due: list[LineOut]


class AgreeIn(In):
    agree: bool


class CommentIn(In):
    """What somebody says beside a published answer."""

    role: Role
    text: Text


class ProvisionIn(In):
    """What a provision says. `replaces`: it replaces the one that is recorded now."""

    state: Iso3
    offence: MaybeCode = ""
    element: Code
    answer: Code
    items: Annotated[list[Code], Field(max_length=30)] = []
    years: Years | None = None
    age: Years | None = None
    least: Years | None = None
    most: Years | None = None
    law: Line
    pinpoint: Annotated[str, Field(max_length=120)]
    address: Address = ""
    in_force_on: date
    repealed_on: date | None = None
    external: Annotated[str, Field(max_length=120)] = ""
    replaces: bool = False


class MilestoneIn(In):
    """A step with its days."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    due_on: date | None = None
    done_on: date | None = None


class LineIn(In):
    """A line of what is done. `subject` of a follow-up: a code of the report's recommendations, or an external id."""

    state: Iso3
    kind: Code
    progress: Code
    role: Role = "mandate"
    subject: Annotated[str, Field(max_length=80)] = ""
    title: Annotated[str, Field(max_length=300)]
    text: Text = ""
    lead: Line = ""
    funding: Line = ""
    milestones: Annotated[list[MilestoneIn], Field(max_length=50)] = []
    themes: Annotated[list[Annotated[str, Field(max_length=2)]], Field(max_length=20)] = []
    replicability: MaybeCode = ""
    partners: Annotated[list[Iso3], Field(max_length=50)] = []
    happened_on: date | None = None
    due_on: date | None = None
    source: Annotated[str, Field(max_length=300)]
    address: Address = ""


class ScoresIn(In):
    role: Role
    on: date | None = None
