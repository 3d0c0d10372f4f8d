"""Justice: what the law did on a case, and every act on a proceeding, on persons of concern and on alarms."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from amparo.common.errors import NotFound
from amparo.interfaces.api.finding import chosen, perhaps
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Code, Done, In, Line, MaybeCode, Purpose, answers
from amparo.justice import actions, queries
from amparo.justice import alarms as following
from amparo.justice.alarms import AlarmCount
from amparo.justice.counted import Responsible, persons
from amparo.justice.models import AlarmStep, ChildSanction, PersonOfConcern, Proceeding, Stage
from amparo.justice.queries import Justice, Noted, Track
from amparo.organisation.queries import open_agencies
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal

router = Router(tags=["justice"])


class StageOut(Schema):
    """One stage of a proceeding."""

    stage: str
    handled_by: UUID
    began_on: date
    ended_on: date | None
    outcome: str
    reason: str

    @staticmethod
    def resolve_handled_by(stage: Stage) -> UUID:
        return stage.handled_by_id


class ProceedingOut(Schema):
    """A proceeding with its stages in the order in which they came."""

    id: UUID
    lead: UUID
    status: str
    stage: str
    opened_on: date
    ended_on: date | None
    stalled_on: date | None
    outcome: str
    reason: str
    stages: list[StageOut]


class PersonOut(Schema):
    """Persons held to be responsible, in codes: alleged until a judgment. `a_child`: kept apart, and of no status."""

    id: UUID
    category: str
    relationship: str
    number: int
    a_child: bool
    status: str
    name_kept: bool

    @staticmethod
    def resolve_status(noted: Noted) -> str:
        return "" if noted.a_child else noted.status

    @staticmethod
    def resolve_category(noted: Noted) -> str:
        return noted.code

    @staticmethod
    def resolve_name_kept(noted: Noted) -> bool:
        return noted.name_kept is not None


class SanctionOut(Schema):
    """A child victim was treated as an offender."""

    id: UUID
    sanction: str
    began_on: date
    lifted_on: date | None

    @staticmethod
    def resolve_sanction(noted: Noted) -> str:
        return noted.code


class RuleOut(Schema):
    """A rule of limitation that is recorded, and its place in the law."""

    answer: str
    years: int | None
    age: int | None
    law: str
    pinpoint: str
    in_force_on: date
    repealed_on: date | None
    external: str


class LimitOut(Schema):
    """When the limitation period of an incident runs out: one day, or two bounds; null where none is known.

    `status` not_recorded: no law is recorded. `why` says in codes why the bounds are apart.
    """

    incident: UUID
    form: str
    status: str
    first: date | None
    last: date | None
    why: list[str]
    rules: list[RuleOut]


class JusticeOut(Schema):
    """What the law did for the child of a case."""

    limits: list[LimitOut]
    proceedings: list[ProceedingOut]
    persons: list[PersonOut]
    sanctions: list[SanctionOut]

    @staticmethod
    def resolve_limits(found: Justice) -> list[dict[str, Any]]:
        return [
            {
                "incident": incident.id, "form": incident.form, "status": limit.status, "first": limit.first,
                "last": limit.last, "why": limit.why, "rules": limit.rules,
            }
            for incident, limit in found.limits
        ]  # fmt: skip

    @staticmethod
    def resolve_proceedings(found: Justice) -> list[dict[str, Any]]:
        return [_track(track) for track in found.tracks]


class OpenIn(In):
    """A new proceeding; without a day it opens today."""

    lead: UUID
    stage: Code = "complaint"
    on: date | None = None


class EndIn(In):
    """How the open stage ends; empty when it has ended already."""

    outcome: MaybeCode = ""
    reason: MaybeCode = ""
    on: date | None = None


class MoveIn(EndIn):
    """The next stage."""

    stage: Code
    handled_by: UUID | None = None


class PersonIn(In):
    """Persons held to be responsible. A name is opened again by police and prosecutor only."""

    category: Code
    relationship: Code
    number: Annotated[int, Field(ge=1, le=999)] = 1
    proceeding: UUID | None = None
    name: Line = ""


class VerdictIn(In):
    verdict: Literal["convicted", "acquitted"]


class AlarmIn(In):
    """What was done to the child, and by whom if that is known."""

    sanction: Code
    agency: UUID | None = None
    on: date | None = None


class AlarmOut(Schema):
    """An alarm that stands, in codes; `speak_by`: by when the next thing must be done."""

    id: UUID
    reference: str
    sanction: str
    agency: UUID | None
    began_on: date
    speak_by: datetime | None
    steps: list[str]

    @staticmethod
    def resolve_reference(alarm: ChildSanction) -> str:
        return alarm.case.reference

    @staticmethod
    def resolve_agency(alarm: ChildSanction) -> UUID | None:
        return alarm.agency_id

    @staticmethod
    def resolve_steps(alarm: ChildSanction) -> list[str]:
        return [each.step for each in sorted(alarm.steps.all(), key=lambda each: (each.at, each.id))]


class AlarmCountOut(Schema):
    """Alarms of one kind by agency ("" where it is not known) and region."""

    agency: str
    region: str
    sanction: str
    raised: int
    standing: int


class PersonCountOut(Schema):
    """How many persons: of an adult the category and the status; of a child the relationship, and no status."""

    code: str
    status: str
    number: int


class ResponsibleOut(Schema):
    """Adults, and apart from them children; no sum is made over both."""

    adults: list[PersonCountOut]
    children: list[PersonCountOut]


class StepIn(In):
    """What was done for the child."""

    step: Code


class OnIn(In):
    on: date | None = None


class NameOut(Schema):
    name: str


@router.get("/cases/{uuid:id}/justice", response=answers(JusticeOut))
def justice(request: ApiRequest, id: UUID) -> Justice:
    """What the law did on a case."""
    return queries.of_case(by=request.actor, id=id)


@router.post("/cases/{uuid:id}/proceedings", response=answers(Done, 201))
def open_proceeding(request: ApiRequest, id: UUID, given: OpenIn) -> Status[Proceeding]:
    """Open a proceeding with a complaint or an investigation."""
    found = queries.of_case(by=request.actor, id=id)
    told = given.model_dump() | {"lead": chosen(open_agencies(), given.lead, "lead")}
    return Status(201, actions.open_proceeding(by=request.actor, case=found.case, **told))


@router.get("/proceedings/{uuid:id}", response=answers(ProceedingOut))
def proceeding(request: ApiRequest, id: UUID) -> dict[str, Any]:
    """One proceeding with its stages."""
    return _track(queries.proceeding(by=request.actor, id=id))


@router.post("/proceedings/{uuid:id}/move", response=answers(Done))
def move(request: ApiRequest, id: UUID, given: MoveIn) -> dict[str, UUID]:
    """Begin the next stage; the open one ends with it."""
    track = queries.proceeding(by=request.actor, id=id)
    told = given.model_dump() | {"handled_by": perhaps(open_agencies(), given.handled_by, "handled_by")}
    actions.move(by=request.actor, proceeding=track.proceeding, **told)
    return {"id": id}


@router.post("/proceedings/{uuid:id}/end-stage", response=answers(Done))
def end_stage(request: ApiRequest, id: UUID, given: EndIn) -> dict[str, UUID]:
    """End the open stage; what comes next is not known yet."""
    track = queries.proceeding(by=request.actor, id=id)
    actions.end_stage(by=request.actor, proceeding=track.proceeding, **given.model_dump())
    return {"id": id}


@router.post("/proceedings/{uuid:id}/end", response=answers(Done))
def end_proceeding(request: ApiRequest, id: UUID, given: EndIn) -> Proceeding:
    """End the proceeding."""
    track = queries.proceeding(by=request.actor, id=id)
    return actions.end_proceeding(by=request.actor, proceeding=track.proceeding, **given.model_dump())


@router.post("/cases/{uuid:id}/persons-of-concern", response=answers(Done, 201))
def note_person(request: ApiRequest, id: UUID, given: PersonIn) -> Status[PersonOfConcern]:
    """Note persons held to be responsible, alleged until a judgment."""
    found = queries.of_case(by=request.actor, id=id)
    about = perhaps(Proceeding.objects.filter(case=found.case), given.proceeding, "proceeding")
    told = given.model_dump() | {"proceeding": about}
    return Status(201, actions.note_person(by=request.actor, case=found.case, **told))


@router.post("/persons-of-concern/{uuid:id}/verdict", response=answers(Done))
def verdict(request: ApiRequest, id: UUID, given: VerdictIn) -> PersonOfConcern:
    """What a judgment said of them."""
    person = queries.person(by=request.actor, id=id)
    return actions.judge_person(by=request.actor, person=person, verdict=given.verdict)


@router.post("/persons-of-concern/{uuid:id}/name", response=answers(NameOut))
def name(request: ApiRequest, id: UUID, given: Purpose) -> dict[str, Any]:
    """Open the name, for a purpose, once: police and prosecutor only. The look is recorded."""
    person = queries.person(by=request.actor, id=id)
    if person.identity is None:
        raise NotFound
    opened = reveal(
        by=request.actor, subject=person, pointer=person.identity,
        compartment=Compartment.INVESTIGATION, purpose=given.purpose,
    )  # fmt: skip
    return {"name": opened}


@router.post("/cases/{uuid:id}/alarms", response=answers(Done, 201))
def alarm(request: ApiRequest, id: UUID, given: AlarmIn) -> Status[ChildSanction]:
    """A child victim was treated as an offender: supervisor, worker and every auditor hear of it at once."""
    found = queries.of_case(by=request.actor, id=id)
    told = given.model_dump() | {"agency": perhaps(open_agencies(), given.agency, "agency")}
    return Status(201, actions.raise_alarm(by=request.actor, case=found.case, **told))


@router.post("/alarms/{uuid:id}/lift", response=answers(Done))
def lift(request: ApiRequest, id: UUID, given: OnIn) -> ChildSanction:
    """What was done to the child is over."""
    return actions.lift_sanction(
        by=request.actor, sanction=queries.sanction(by=request.actor, id=id), on=given.on
    )  # fmt: skip


@router.get("/alarms", response=answers(list[AlarmOut]))
def alarms(request: ApiRequest) -> list[ChildSanction]:
    """The alarms that I follow and that are not mended, the next clock first."""
    return following.standing(by=request.actor)


@router.post("/alarms/{uuid:id}/steps", response=answers(Done, 201))
def alarm_followed(request: ApiRequest, id: UUID, given: StepIn) -> Status[AlarmStep]:
    """Say what was done for the child; the clock begins anew."""
    found = following.alarm(by=request.actor, id=id)
    return Status(201, following.follow_up(by=request.actor, alarm=found, step=given.step))


@router.post("/alarms/{uuid:id}/mended", response=answers(Done))
def alarm_mended(request: ApiRequest, id: UUID, given: OnIn) -> ChildSanction:
    """It is mended, said by whoever follows the alarm without reading the case."""
    return following.mend(by=request.actor, alarm=following.alarm(by=request.actor, id=id), on=given.on)


@router.get("/alarm-counts", response=answers(list[AlarmCountOut]))
def alarm_counts(request: ApiRequest) -> list[AlarmCount]:
    """How many alarms there were and stand, by agency and region: true numbers, for use in the office."""
    return following.counts(by=request.actor)


@router.get("/person-counts", response=answers(ResponsibleOut))
def person_counts(request: ApiRequest) -> Responsible:
    """Persons held to be responsible, in numbers, children apart: true numbers, for use in the office."""
    return persons(by=request.actor)


def _track(track: Track) -> dict[str, Any]:
    own = ("id", "status", "stage", "opened_on", "ended_on", "stalled_on", "outcome", "reason")
    shown = {name: getattr(track.proceeding, name) for name in own}
    return shown | {"lead": track.proceeding.lead_id, "stages": track.stages}
