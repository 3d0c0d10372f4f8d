"""Answering a question about a State: written by one person, reviewed by another, and never overwritten."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access.gate import allow, allow_all, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.hidden_files import no_hidden_files
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.monitoring import scoring
from amparo.monitoring.actions import settle, unheard
from amparo.monitoring.importing import assessments, reading
from amparo.monitoring.importing.reading import Outcome, Row, Told
from amparo.monitoring.models import Assessment, Comment, Evidence, ScoreSnapshot, State
from amparo.monitoring.rubric.editions import LISTS, NUMBERED, TYPES, Question, Rubric, rubric
from amparo.monitoring.states import ASSESSMENT
from amparo.monitoring.world import Atlas

ROLES = ("state", "nhri", "civil_society", "un", "mandate")
CONFIDENCE = ("low", "medium", "high")
SAID = ("published", "contested")  # what the public reads now
_LONGEST = 4000


@dataclass(frozen=True)
class EvidenceFacts:
    """What an answer rests on; `sha256` of a captured page, 64 hexadecimal digits."""

    title: str
    pinpoint: str = ""
    in_force_on: date | None = None
    address: str = ""
    captured_on: date | None = None
    sha256: str = ""


@gated
def write(
    *,
    by: Actor,
    state: State,
    question: str,
    role: str,
    answer: str,
    valid_from: date,
    evidence: Sequence[EvidenceFacts] = (),
    number: float | None = None,
    items: Sequence[str] = (),
    valid_to: date | None = None,
    confidence: str = "medium",
    rationale: str = "",
    replaces: Assessment | None = None,
    edition: str = "",
) -> Assessment:
    """Draft an answer. Raises `Invalid` by field: an answer that its question does not know, no evidence, bad dates."""
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    asked = rubric(edition)
    about = asked.question(question)
    _check_answer(about, answer, number, items)
    _check_rest(role, confidence, valid_from, valid_to, answer, evidence)
    made = Assessment.objects.create(
        state=state, rubric=asked.edition, question=about.id, section=about.section, nature=about.nature, role=role,
        answer=answer, number=number, items=sorted(items), valid_from=valid_from, valid_to=valid_to,
        confidence=confidence, rationale=_words(rationale, "rationale"), replaces=replaces, written_by=by.id,
        written_at=clock.now(), evidence_on=_evidence_day(evidence),
    )  # fmt: skip
    Evidence.objects.bulk_create([_evidence(made, each) for each in evidence])
    record(
        by, "assessment:written", "assessment", made.id, rule=rule, detail={"question": about.id, "state": state.iso3}
    )
    return made


@gated
def write_many(
    *,
    by: Actor,
    state: State,
    role: str,
    rows: Mapping[str, Mapping[str, Any]],
    valid_from: date,
    title: str,
    confidence: str = "medium",
    replace: bool = False,
) -> list[Assessment]:
    """Answer many questions out of one law or report, and hand them over: all of them, or none.

    `rows`: by question its `answer`, `number` and `pinpoint`. With `replace` each takes the place of what the role says
    now. Raises `Invalid` with the question before each field: ``L01_answer``.
    """
    allow(by, Permission.ASSESSMENT_WRITE)
    now = {each.question: each for each in said(clock.today()).filter(state=state, role=role)} if replace else {}
    made: list[Assessment] = []
    wrong: dict[str, str] = {}
    for question, row in rows.items():
        proof = [EvidenceFacts(title, pinpoint=row.get("pinpoint", ""))] if title else []
        try:
            drafted = write(
                by=by, state=state, question=question, role=role, answer=row["answer"], number=row.get("number"),
                valid_from=valid_from, evidence=proof, confidence=confidence, replaces=now.get(question),
            )  # fmt: skip
            made.append(submit(by=by, assessment=drafted))
        except Invalid as refused:
            wrong |= {f"{question}_{field}": words for field, words in refused.fields.items()}
    if wrong or not made:
        raise Invalid(wrong or {"answer": _("Fill in at least one answer.")})
    return made


@gated
def submit(*, by: Actor, assessment: Assessment) -> Assessment:
    """Hand a draft to a second person. Raises `Conflict`."""
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    return _moved(by, rule, _locked(assessment), "submit")


@gated
def review(*, by: Actor, assessment: Assessment, agree: bool) -> Assessment:
    """A second person agrees, and it is public; or sends it back.

    Raises `Conflict` when it overlaps what the same role says already and does not say that it replaces that.
    """
    found = _locked(assessment)
    rule = allow(by, Permission.ASSESSMENT_REVIEW, found)
    if not agree:
        return _moved(by, rule, found, "send_back")
    found.status = ASSESSMENT.after(found.status, "review")
    found.reviewed_by, found.reviewed_at = by.id, clock.now()
    _supersede_before(found)
    found.published_at = clock.now()
    return _moved(by, rule, found, "publish")


@gated
def review_many(*, by: Actor, ids: Collection[UUID], agree: bool) -> list[Assessment]:
    """Agree to several answers, or send them back: all of them, or none. Raises as `review` does."""
    found = list(Assessment.objects.filter(id__in=ids).order_by("id"))
    if not found or len(found) < len(set(ids)):
        raise Invalid({"answers": _("Choose some of the list.")})
    allow_all(by, Permission.ASSESSMENT_REVIEW, found)
    return [review(by=by, assessment=each, agree=agree) for each in found]


@gated
def comment(*, by: Actor, assessment: Assessment, role: str, text: str) -> Comment:
    """Put what a State or somebody else says beside a published answer, which is contested from then on."""
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    found = _locked(assessment)
    if role not in ROLES or not text.strip():
        raise Invalid({"text": _("A comment has words, and says whose they are.")})
    _moved(by, rule, found, "contest")
    return Comment.objects.create(
        assessment=found, role=role, text=_words(text, "text"), written_by=by.id, written_at=clock.now()
    )


@gated
def publish_scores(*, by: Actor, state: State, role: str, on: date | None = None, edition: str = "") -> ScoreSnapshot:
    """Freeze the scores of a State by one role, with the answers that they are counted from."""
    rule = allow(by, Permission.SCORE_PUBLISH)
    asked, day = rubric(edition), on or clock.today()
    answers = list(said(day).filter(state=state, role=role, rubric=asked.edition).order_by("question"))
    made = ScoreSnapshot.objects.create(
        reference=new_reference("S"), state=state, rubric=asked.edition, role=role, valid_on=day,
        assessments=[str(each.id) for each in answers], scores=_told(asked, answers, day), taken_by=by.id,
        taken_at=clock.now(),
    )  # fmt: skip
    record(by, "score:published", "score", made.id, rule=rule, detail={"state": state.iso3, "answers": len(answers)})
    return made


@gated
def import_assessments(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take answers from a CSV of the columns of `importing.assessments` and submit them. Raises `Invalid`."""
    rule = allow(by, Permission.ASSESSMENT_WRITE)
    outcome = take_answers(by=by, rows=reading.csv_rows(file, assessments.COLUMNS, assessments.OPTIONAL, told))
    return settle(by, rule, "assessment", outcome, dry_run=dry_run, keep_good=keep_good)


@gated
def take_answers(*, by: Actor, rows: Iterable[Row]) -> Outcome:
    """Each row by the columns of `importing.assessments`, written and handed over as if it had been typed."""
    allow(by, Permission.ASSESSMENT_WRITE)

    def written(evidence: list[dict[str, Any]], **facts: Any) -> Assessment:
        made = write(by=by, evidence=[EvidenceFacts(**each) for each in evidence], **facts)
        return submit(by=by, assessment=made)

    return assessments.take(Atlas(State.objects.all()), rows, written)


def recount(snapshot: ScoreSnapshot) -> list[dict[str, object]]:
    """The scores again, from the answers that the snapshot names: they must be the same."""
    answers = list(Assessment.objects.filter(id__in=snapshot.assessments))
    return _told(rubric(snapshot.rubric), answers, snapshot.valid_on)


def said(on: date) -> QuerySet[Assessment]:
    """The answers that are public now and true on a day."""
    true = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return Assessment.objects.filter(true, status__in=SAID, superseded_at=None)


def _told(asked: Rubric, answers: Iterable[Assessment], day: date) -> list[dict[str, object]]:
    return [each.as_told() for each in scoring.scores(asked, answers, day)]


def _check_answer(about: Question, answer: str, number: float | None, items: Sequence[str]) -> None:
    if answer not in TYPES[about.type]:
        raise Invalid({"answer": _("Choose one of: {words}.").format(words=", ".join(TYPES[about.type]))})
    counted = about.type in NUMBERED and answer not in {"not_known", "not_applicable", "none", "other"}
    if counted != (number is not None) or (number is not None and number < 0):
        raise Invalid({"number": _("This answer needs a number, 0 or more; others have none.")})
    listed = about.type in LISTS and answer == "given"
    if listed != bool(items) or not set(items) <= set(LISTS.get(about.type, ())):
        raise Invalid({"items": _("Choose some of: {words}.").format(words=", ".join(LISTS.get(about.type, ("–",))))})


def _check_rest(
    role: str, confidence: str, begin: date, end: date | None, answer: str, evidence: Sequence[EvidenceFacts]
) -> None:
    if role not in ROLES or confidence not in CONFIDENCE:
        raise Invalid({"role": _("Say whose answer it is, and how sure it is.")})
    if begin > clock.today() or (end and end <= begin):
        raise Invalid({"valid_from": _("It began by today, and ends after it began.")})
    if answer != "not_known" and not evidence:
        raise Invalid({"evidence": _("An answer needs something that it rests on. Without that it is not known.")})
    for each in evidence:
        if not each.title.strip() or (each.sha256 and not _is_hash(each.sha256)):
            raise Invalid({"evidence": _("Evidence has a title; a hash has 64 hexadecimal digits.")})
        _words(f"{each.title} {each.pinpoint} {each.address}", "evidence")


def _is_hash(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")  # noqa: PLR2004


def _words(text: str, field: str) -> str:
    if len(text) > _LONGEST:
        raise Invalid({field: _("This is longer than {most} signs.").format(most=_LONGEST)})
    return no_hidden_files(text.strip(), field)


def _evidence_day(evidence: Sequence[EvidenceFacts]) -> date | None:
    """The oldest day that the evidence names."""
    return min((day for each in evidence if (day := each.captured_on or each.in_force_on)), default=None)


def _evidence(made: Assessment, facts: EvidenceFacts) -> Evidence:
    return Evidence(
        assessment=made, title=facts.title, pinpoint=facts.pinpoint, in_force_on=facts.in_force_on,
        address=facts.address, captured_on=facts.captured_on, sha256=facts.sha256,
    )  # fmt: skip


def _locked(assessment: Assessment) -> Assessment:
    found = Assessment.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if found is None:
        raise NotFound
    return found


def _moved(by: Actor, rule: str, found: Assessment, verb: str) -> Assessment:
    found.status = ASSESSMENT.after(found.status, verb)
    found.save()
    record(by, f"assessment:{found.status}", "assessment", found.id, rule=rule)
    return found


def _supersede_before(found: Assessment) -> None:
    """Close what this answer replaces; of the time that it leaves untouched, what was said goes on being said."""
    within = Q(valid_to=None) | Q(valid_to__gt=found.valid_from)
    if found.valid_to:
        within &= Q(valid_from__lt=found.valid_to)
    same = {"state": found.state_id, "question": found.question, "role": found.role}
    for old in Assessment.objects.select_for_update(of=("self",)).filter(
        within, status__in=SAID, superseded_at=None, **same
    ):
        if old.pk != found.replaces_id:
            raise Conflict(
                _("{role} already answers {question} for that time. Say that this answer replaces that one.").format(
                    role=found.role, question=found.question
                )
            )
        old.status, old.superseded_at = ASSESSMENT.after(old.status, "supersede"), clock.now()
        old.save()
        for begin, end in _left(old, found):
            _go_on(old, begin, end)


def _left(old: Assessment, new: Assessment) -> list[tuple[date, date | None]]:
    """What of the old answer's time the new one does not cover."""
    found: list[tuple[date, date | None]] = []
    if old.valid_from < new.valid_from:
        found.append((old.valid_from, new.valid_from))
    if new.valid_to and (old.valid_to is None or old.valid_to > new.valid_to):
        found.append((new.valid_to, old.valid_to))
    return found


def _go_on(old: Assessment, begin: date, end: date | None) -> None:
    evidence = list(Evidence.objects.filter(assessment=old))
    copy = Assessment.objects.get(pk=old.pk)
    copy.pk, copy.replaces, copy.superseded_at = None, old, None
    copy.id = Assessment._meta.pk.get_default()
    copy.valid_from, copy.valid_to, copy.status, copy.published_at = begin, end, "published", clock.now()
    copy.save(force_insert=True)
    for each in evidence:
        each.pk, each.assessment = None, copy
    Evidence.objects.bulk_create(evidence)
