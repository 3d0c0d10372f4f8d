"""Reports: the queue, one report, what was told, and every act of intake."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from amparo.intake import actions, queries
from amparo.intake.letters import Told
from amparo.intake.models import Message, Report, ReportMoment, Unreadable
from amparo.intake.queries import Filter
from amparo.interfaces.api.finding import chosen
from amparo.interfaces.api.paging import key, token
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, Done, In, Line, Made, MaybeCode, MomentOut, Purpose, Words, answers
from amparo.organisation.queries import open_agencies

router = Router(tags=["reports"])
AgencyCode = Annotated[str, Field(max_length=20)]


class QueueAsked(Schema):
    """What the queue is narrowed to; without a status, everything that somebody still has to do."""

    status: MaybeCode = ""
    urgency: MaybeCode = ""
    next: Annotated[str, Field(max_length=200)] = ""


class ReportRow(Schema):
    """A report in the queue."""

    id: UUID
    reference: str
    status: str
    urgency: str
    received_at: datetime
    due_at: datetime
    late: bool
    claimed_by: UUID | None

    @staticmethod
    def resolve_claimed_by(report: Report) -> UUID | None:
        return report.claimed_by_id


class QueueOut(Schema):
    """A page of the queue."""

    reports: list[ReportRow]
    next: str | None


class ReportOut(ReportRow):
    """A report in codes. What was told and who told it stay closed."""

    agency: UUID
    about_agency: UUID | None
    place: str | None
    reporter_kind: str
    worries: list[str]
    child_age: int | None
    language: str
    channel: str
    forms: list[str]
    setting: str
    outcome: str
    close_reason: str
    case_reference: str

    @staticmethod
    def resolve_agency(report: Report) -> UUID:
        return report.agency_id

    @staticmethod
    def resolve_about_agency(report: Report) -> UUID | None:
        return report.about_agency_id

    @staticmethod
    def resolve_place(report: Report) -> str | None:
        return report.place.code if report.place else None


class SetAsideOut(Schema):
    """A letter that nobody could be given."""

    id: UUID
    set_aside_at: datetime
    reason: str


class TakeIn(In):
    """A report that somebody made by telephone or on a visit. Only one sentence of what was told is needed.

    `id`, made by the client, keeps a report that is sent twice from becoming two.
    """

    id: UUID | None = None
    agency: UUID
    told: Words
    who: MaybeCode = ""
    worries: Annotated[list[Code], Field(max_length=20)] = []
    urgency: Code = "normal"
    place: AgencyCode = ""
    where: Line = ""
    child_age: Annotated[int, Field(ge=0, le=120)] | None = None
    channel: MaybeCode = ""
    contact: Line = ""
    safe_time: Line = ""
    language: MaybeCode = ""
    not_to: Annotated[list[AgencyCode], Field(max_length=20)] = []
    about_agency: AgencyCode = ""


class TriageIn(In):
    urgency: Code


class ClassifyIn(In):
    """At least one form, and where it happens if that is known."""

    forms: Annotated[list[Code], Field(max_length=20)]
    setting: MaybeCode = ""


class AnswerIn(In):
    """What the reporter will read. `id` keeps an answer that is sent twice from being read twice."""

    text: Words
    id: UUID | None = None


class ForwardIn(In):
    agency: UUID
    reason: Code


class CloseReportIn(In):
    reason: Code
    outcome: Code


class SaidOut(Schema):
    """A message with its words; `told` is null when they were erased."""

    at: datetime
    incoming: bool
    told: str | None
    where: str


class ContactOut(Schema):
    """How the reporter can be reached safely; empty when nothing was given."""

    contact: str = ""
    safe_time: str = ""


@router.get("/reports", response=answers(QueueOut))
def reports(request: ApiRequest, asked: Query[QueueAsked]) -> dict[str, Any]:
    """The reports that I may read: the longest overdue first, then what is due soonest."""
    only = Filter(status=asked.status, urgency=asked.urgency)
    page = queries.queue(by=request.actor, only=only, after=key(asked.next))
    return {"reports": page.rows, "next": token(page.after)}


@router.post("/reports/take-in", response=answers(Made, 201))
def take_in(request: ApiRequest, given: TakeIn) -> Status[Report]:
    """Write down a report that somebody made by telephone or on a visit."""
    agency = chosen(open_agencies(), given.agency, "agency")
    said: dict[str, Any] = given.model_dump(exclude={"id", "agency"})
    said |= {name: tuple(said[name]) for name in ("worries", "not_to")}
    told = Told(**said)
    return Status(201, actions.take_in_by_hand(by=request.actor, agency=agency, told=told, id=given.id))


@router.get("/reports/set-aside", response=answers(list[SetAsideOut]))
def set_aside(request: ApiRequest) -> list[Unreadable]:
    """Letters from the door that could not become reports: when and why, never what is in them."""
    return queries.set_aside(by=request.actor)


@router.get("/reports/{uuid:id}", response=answers(ReportOut))
def report(request: ApiRequest, id: UUID) -> Report:
    """One report, in codes."""
    return queries.report(by=request.actor, id=id)


@router.get("/reports/{uuid:id}/time-line", response=answers(list[MomentOut]))
def report_time_line(request: ApiRequest, id: UUID) -> list[ReportMoment]:
    """Everything that happened on a report, newest first."""
    return queries.timeline(queries.report(by=request.actor, id=id))


@router.post("/reports/{uuid:id}/told", response=answers(list[SaidOut]))
def told(request: ApiRequest, id: UUID, given: Purpose) -> Iterable[dict[str, Any]]:
    """What was told and answered, oldest first, for a purpose. The look is recorded."""
    found = queries.report(by=request.actor, id=id)
    said = queries.conversation(by=request.actor, report=found, purpose=given.purpose)
    return [
        {"at": each.message.at, "incoming": each.message.incoming, "told": each.told, "where": each.where}
        for each in said
    ]


@router.post("/reports/{uuid:id}/contact", response=answers(ContactOut))
def contact(request: ApiRequest, id: UUID, given: Purpose) -> dict[str, str]:
    """How the reporter can be reached safely: for whoever claimed the report. The look is recorded."""
    found = queries.report(by=request.actor, id=id)
    return queries.contact(by=request.actor, report=found, purpose=given.purpose)


@router.post("/reports/{uuid:id}/claim", response=answers(Done))
def claim(request: ApiRequest, id: UUID) -> Report:
    """Take a new report on. Of two who try at once one gets it."""
    return actions.claim(by=request.actor, report=queries.report(by=request.actor, id=id))


@router.post("/reports/{uuid:id}/release", response=answers(Done))
def release_report(request: ApiRequest, id: UUID) -> Report:
    """Give a report back to the queue."""
    return actions.release(by=request.actor, report=queries.report(by=request.actor, id=id))


@router.post("/reports/{uuid:id}/triage", response=answers(Done))
def triage(request: ApiRequest, id: UUID, given: TriageIn) -> Report:
    """Judge how urgent a report is."""
    found = queries.report(by=request.actor, id=id)
    return actions.triage(by=request.actor, report=found, urgency=given.urgency)


@router.post("/reports/{uuid:id}/classify", response=answers(Done))
def classify(request: ApiRequest, id: UUID, given: ClassifyIn) -> Report:
    """Say in codes what the report is about."""
    found = queries.report(by=request.actor, id=id)
    return actions.classify(by=request.actor, report=found, **given.model_dump())


@router.post("/reports/{uuid:id}/answer", response=answers(Done, 201))
def answer_reporter(request: ApiRequest, id: UUID, given: AnswerIn) -> Status[Message]:
    """Write to the reporter."""
    found = queries.report(by=request.actor, id=id)
    return Status(201, actions.answer(by=request.actor, report=found, **given.model_dump()))


@router.post("/reports/{uuid:id}/forward", response=answers(Done))
def forward(request: ApiRequest, id: UUID, given: ForwardIn) -> Report:
    """Hand a report over to another agency."""
    found = queries.report(by=request.actor, id=id)
    agency = chosen(open_agencies(), given.agency, "agency")
    return actions.forward(by=request.actor, report=found, agency=agency, reason=given.reason)


@router.post("/reports/{uuid:id}/close", response=answers(Done))
def close_report(request: ApiRequest, id: UUID, given: CloseReportIn) -> Report:
    """End a report that becomes no case, with a reason and with what came of it."""
    found = queries.report(by=request.actor, id=id)
    return actions.close(by=request.actor, report=found, **given.model_dump())
