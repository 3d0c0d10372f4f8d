"""The monitor: what is public about States, and every act of an editor and of the second person."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.interfaces.api.monitor_shapes import (
    AgreeIn,
    AnswerIn,
    AnswerOut,
    CommentIn,
    KindQuery,
    LawOut,
    LineIn,
    MonitorOut,
    OnQuery,
    ProfileOut,
    ProvisionIn,
    ProvisionOut,
    RecommendedOut,
    RubricOut,
    ScoresIn,
    SliceQuery,
    StateRow,
    TopicOut,
    WorkOut,
)
from amparo.interfaces.api.request import ApiRequest
from amparo.interfaces.api.schemas import Done, Made, answers
from amparo.law import actions as law_actions
from amparo.law import queries as law
from amparo.law.elements import MANY
from amparo.law.models import Provision
from amparo.monitoring import assessing, following, queries
from amparo.monitoring.assessing import EvidenceFacts
from amparo.monitoring.models import Assessment, Entry, ScoreSnapshot, State
from amparo.monitoring.profile import as_told, profile
from amparo.monitoring.recommended import recommended
from amparo.monitoring.rubric.editions import LISTS, TYPES, rubric
from amparo.monitoring.topics import topic

router = Router(tags=["monitor"])


@router.get("/states", response=answers(list[StateRow]))
def states(request: ApiRequest) -> list[State]:  # noqa: ARG001 - public
    """Every State that is asked, by its name in the reader's language."""
    return queries.states()


@router.get("/states/{str:iso3}", response=answers(ProfileOut))
def state(request: ApiRequest, iso3: str, asked: Query[OnQuery]) -> dict[str, Any]:  # noqa: ARG001 - public
    """Everything public about a State on a day: treaties, series, answers, law, scores, what is done."""
    return as_told(profile(queries.state(iso3), _day(asked.on), asked.known))


@router.get("/states/{str:iso3}/law", response=answers(list[LawOut]))
def law_of_state(request: ApiRequest, iso3: str, asked: Query[OnQuery]) -> list[Provision]:  # noqa: ARG001 - public
    """What is recorded of a State's law: what was in force on a day, or without one of all times."""
    return law.of_state(queries.state(iso3).iso3, asked.on)


@router.get("/rubric", response=answers(RubricOut))
def rubric_now(request: ApiRequest) -> dict[str, Any]:  # noqa: ARG001 - public
    """The questions that are asked of every State."""
    found = rubric()
    questions = [
        {
            "id": each.id, "section": found.section(each.section), "type": each.type, "nature": each.nature,
            "source": each.source, "text": each.text, "answers": TYPES[each.type], "items": LISTS.get(each.type, ()),
        }
        for each in found.questions.values()
    ]  # fmt: skip
    return {"edition": found.edition, "checked": found.checked, "questions": questions}


@router.get("/topics/{str:kind}/{str:code}", response=answers(TopicOut))
def topic_told(request: ApiRequest, kind: str, code: str, asked: Query[SliceQuery]) -> dict[str, Any]:  # noqa: ARG001
    """A treaty, a series or a question of the rubric (`kind`), put to every State."""
    found = topic(kind, code, _day(asked.on), age=asked.age, sex=asked.sex)
    places = [
        {"state": e.state.iso3, "name": e.name, "said": e.said, "date": e.date, "source": e.source, "note": e.note}
        for e in found.places
    ]
    return {
        "kind": kind, "code": code, "title": found.title, "caution": str(found.caution), "as_of": found.day,
        "sources": found.sources, "states": places,
    }  # fmt: skip


@router.get("/work", response=answers(list[WorkOut]))
def work(request: ApiRequest, asked: Query[KindQuery]) -> list[Entry]:  # noqa: ARG001 - public
    """What is done of one kind, over all States, the newest first."""
    return queries.work(asked.kind)


@router.get("/recommendations", response=answers(list[RecommendedOut]))
def recommendations(request: ApiRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - public
    """What the report recommends: to whom, what tells of it, and how far follow-ups have come."""
    counts = queries.follow_ups()
    return [
        {
            "code": code, "paragraph": each.paragraph, "title": each.title, "addressee": each.addressee,
            "questions": each.checked_by, "targets": each.targets, "terms": each.terms,
            "follow_ups": counts.get(code, {}),
        }
        for code, each in recommended().items()
    ]  # fmt: skip


@router.get("/monitor", response=answers(MonitorOut))
def monitor(request: ApiRequest) -> dict[str, Any]:
    """What waits for my review, what I wrote, what is due."""
    desk = queries.desk(by=request.actor)
    return {
        "waiting": [each for each, *_words in desk.waiting], "mine": [each for each, *_words in desk.mine],
        "provisions": law.waiting(by=request.actor), "lines": [each for each, *_words in desk.lines],
        "due": [each for each, *_words in desk.due],
    }  # fmt: skip


@router.get("/answers/{uuid:id}", response=answers(AnswerOut))
def answer(request: ApiRequest, id: UUID) -> Assessment:
    """One answer, whatever its status."""
    return queries.assessment(by=request.actor, id=id)


@router.post("/answers", response=answers(Done, 201))
def write_answer(request: ApiRequest, given: AnswerIn) -> Status[Assessment]:
    """Answer a question about a State, and hand it to a second person."""
    told = given.model_dump() | {"state": _state(given.state)}
    told["evidence"] = [EvidenceFacts(**each.model_dump()) for each in given.evidence]
    replaced = queries.said_before(told["state"], given.question, given.role) if given.replaces else None
    made = assessing.write(by=request.actor, **(told | {"replaces": replaced}))
    return Status(201, assessing.submit(by=request.actor, assessment=made))


@router.post("/answers/{uuid:id}/submit", response=answers(Done))
def submit_answer(request: ApiRequest, id: UUID) -> Assessment:
    """Hand over again what was sent back."""
    return assessing.submit(by=request.actor, assessment=queries.assessment(by=request.actor, id=id))


@router.post("/answers/{uuid:id}/review", response=answers(Done))
def review_answer(request: ApiRequest, id: UUID, given: AgreeIn) -> Assessment:
    """A second person agrees, and it is public; or sends it back."""
    found = queries.assessment(by=request.actor, id=id)
    return assessing.review(by=request.actor, assessment=found, agree=given.agree)


@router.post("/answers/{uuid:id}/comments", response=answers(Done, 201))
def comment_answer(request: ApiRequest, id: UUID, given: CommentIn) -> Status[Assessment]:
    """Put what a State or somebody else says beside a published answer."""
    found = queries.assessment(by=request.actor, id=id)
    assessing.comment(by=request.actor, assessment=found, role=given.role, text=given.text)
    return Status(201, found)


@router.get("/provisions/{uuid:id}", response=answers(ProvisionOut))
def provision(request: ApiRequest, id: UUID) -> Provision:
    """One provision of law, whatever its status."""
    return law.provision(by=request.actor, id=id)


@router.post("/provisions", response=answers(Done, 201))
def write_provision(request: ApiRequest, given: ProvisionIn) -> Status[Provision]:
    """Write what a provision says of one element of an offence; it waits for a second person."""
    told = given.model_dump() | {"state": _state(given.state).iso3}
    of_many = given.answer if given.element in MANY else ""
    said = law.now_said(given.state, given.offence, given.element, of_many) if given.replaces else None
    return Status(201, law_actions.write(by=request.actor, **(told | {"replaces": said})))


@router.post("/provisions/{uuid:id}/review", response=answers(Done))
def review_provision(request: ApiRequest, id: UUID, given: AgreeIn) -> Provision:
    """A second person agrees, and it is public; or refuses it."""
    return law_actions.review(by=request.actor, id=id, agree=given.agree)


@router.post("/lines", response=answers(Done, 201))
def write_line(request: ApiRequest, given: LineIn) -> Status[Entry]:
    """Write one line of what is done with a State; it waits for a second person."""
    steps = [{name: str(value or "") for name, value in each.model_dump().items()} for each in given.milestones]
    told = given.model_dump() | {"state": _state(given.state), "milestones": steps}
    return Status(201, following.enter(by=request.actor, **told))


@router.post("/lines/{uuid:id}/review", response=answers(Done))
def review_line(request: ApiRequest, id: UUID, given: AgreeIn) -> Entry:
    """A second person agrees, and the line is public; or refuses it."""
    return following.review_entry(by=request.actor, id=id, agree=given.agree)


@router.post("/states/{str:iso3}/scores", response=answers(Made, 201))
def publish_scores(request: ApiRequest, iso3: str, given: ScoresIn) -> Status[ScoreSnapshot]:
    """Freeze the scores of a State by one role, with the answers that they are counted from."""
    found = queries.state(iso3)
    return Status(201, assessing.publish_scores(by=request.actor, state=found, role=given.role, on=given.on))


def _state(iso3: str) -> State:
    found = State.objects.filter(iso3=iso3).first()
    if found is None:
        raise Invalid({"state": _("Choose one of the list.")})
    return found


def _day(asked: date | None) -> date:
    return min(asked or clock.today(), clock.today())
