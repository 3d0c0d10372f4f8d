"""What the law did: open a proceeding, move it from stage to stage, end it; find what stalls; note persons.

Alarms have a page of their own; their verbs stand here beside the others.
"""

from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.facts import Facts, changed
from amparo.common.ids import new_id
from amparo.common.types import Actor
from amparo.justice import alarms
from amparo.justice.facts import facts_of, person_facts
from amparo.justice.models import PersonOfConcern, Proceeding, Stage
from amparo.justice.states import ENDS, FIRST, NEEDS_REASON, OUTCOMES, PERSON, PROCEEDING, VERDICTS, may_follow
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.vault import store
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import label, need

# How soon somebody must have asked why a proceeding stands still.
ASK_WHY = timedelta(days=7)

raise_alarm, lift_sanction = alarms.raise_alarm, alarms.lift_sanction
follow_up, mend = alarms.follow_up, alarms.mend


@gated
def open_proceeding(
    *, by: Actor, case: Case, lead: Agency, stage: str = "complaint", on: date | None = None
) -> Proceeding:
    """Open a proceeding with its first stage, a complaint or an investigation. Raises `Invalid`."""
    rule = allow(by, Permission.JUSTICE_WRITE, case)
    if need("proceeding_stage", stage) not in FIRST:
        raise Invalid({"stage": _("A proceeding begins with a complaint or an investigation.")})
    day = _day(on)
    proceeding = Proceeding.objects.create(case=case, lead=lead, stage=stage, since=day, opened_on=day)
    Stage.objects.create(proceeding=proceeding, number=1, stage=stage, handled_by=lead, began_on=day)
    changed("proceeding", proceeding.id, before=None, after=facts_of(proceeding))
    ledger.note(case, "proceeding_opened", term=stage, record=proceeding.id, agency=lead.id)
    record(by, "proceeding:opened", "case", case.id, rule=rule, detail={"stage": stage})
    return proceeding


@gated
def move(
    *, by: Actor, proceeding: Proceeding, stage: str, on: date | None = None, outcome: str = "", reason: str = "",
    handled_by: Agency | None = None,
) -> Stage:  # fmt: skip
    """Begin the next stage on a day; the stage that is still open ends on it with `outcome` (moved on).

    Raises `Conflict` when this stage cannot come now, `Invalid` for a day before the last stage's or in the future, an
    outcome that is not of this stage, or a missing reason.
    """
    rule = allow(by, Permission.JUSTICE_WRITE, proceeding.case)
    proceeding, last = _current(proceeding)
    need("proceeding_stage", stage)
    outcome = (outcome or "moved_on") if last.ended_on is None else last.outcome
    if stage not in may_follow(last.stage, outcome):
        raise Conflict(
            _("After {last} ({outcome}) there is no {stage}.").format(
                last=label("proceeding_stage", last.stage), outcome=label("proceeding_outcome", outcome),
                stage=label("proceeding_stage", stage),
            )
        )  # fmt: skip
    before = facts_of(proceeding)
    if last.ended_on is None:
        _end(last, outcome, reason, on)
    assert last.ended_on is not None
    day = _day(on, after=last.ended_on)
    begun = Stage.objects.create(
        proceeding=proceeding, number=last.number + 1, stage=stage, began_on=day,
        handled_by=handled_by or last.handled_by,
    )  # fmt: skip
    _stands(proceeding, before, stage=stage, since=day)
    ledger.note(proceeding.case, "stage_begun", term=stage, record=proceeding.id, agency=begun.handled_by_id)
    record(by, "proceeding:moved", "case", proceeding.case_id, rule=rule, detail={"stage": stage, "outcome": outcome})
    return begun


@gated
def end_stage(*, by: Actor, proceeding: Proceeding, outcome: str, reason: str = "", on: date | None = None) -> Stage:
    """End the open stage; what comes next is not known yet. Raises `Conflict` when none is open, `Invalid`."""
    rule = allow(by, Permission.JUSTICE_WRITE, proceeding.case)
    proceeding, last = _current(proceeding)
    if last.ended_on is not None:
        raise Conflict(_("The last stage has ended already."))
    before = facts_of(proceeding)
    _end(last, outcome, reason, on)
    _stands(proceeding, before, since=last.ended_on)
    _note_end(proceeding, last)
    record(by, "proceeding:stage_ended", "case", proceeding.case_id, rule=rule, detail={"outcome": outcome})
    return last


@gated
def end_proceeding(
    *, by: Actor, proceeding: Proceeding, outcome: str = "", reason: str = "", on: date | None = None
) -> Proceeding:
    """End a proceeding: with the open stage's outcome, or with that of the last stage when none is open.

    Raises `Conflict` when it has ended or nothing has been decided that may end it, `Invalid`.
    """
    rule = allow(by, Permission.JUSTICE_WRITE, proceeding.case)
    proceeding, last = _current(proceeding)
    before = facts_of(proceeding)
    if last.ended_on is None:
        _end(last, outcome, reason, on)
        _note_end(proceeding, last)
    assert last.ended_on is not None
    if last.outcome not in ENDS:
        raise Conflict(_("Nothing has been decided yet that ends a proceeding."))
    day = _day(on, after=last.ended_on)
    status = PROCEEDING.after(proceeding.status, "end")
    _stands(proceeding, before, status=status, since=day, ended_on=day, outcome=last.outcome, reason=last.reason)
    ledger.note(proceeding.case, "proceeding_ended", term=last.outcome, record=proceeding.id, agency=proceeding.lead_id)
    record(by, "proceeding:ended", "case", proceeding.case_id, rule=rule, detail={"outcome": last.outcome})
    return proceeding


@gated
def find_stalled(*, by: Actor) -> list[Proceeding]:
    """Every open proceeding that has stood still too long (`settings.STALLED_AFTER`, days by stage) and was not yet
    found: a task for the case's worker, a notice for the supervisor, a line on the time line; once, until it moves.
    """
    rule = allow(by, Permission.CLOCKS_RUN)
    today, late = clock.today(), Q(pk__in=[])
    for stage, days in settings.STALLED_AFTER.items():
        late |= Q(stage=stage, since__lt=today - timedelta(days=days))
    found = list(Proceeding.objects.filter(late, status="open", stalled_on=None).select_related("case", "lead"))
    for proceeding in found:
        proceeding.stalled_on = today
        proceeding.save(update_fields=["stalled_on"])
        case = proceeding.case
        ledger.ask(case, "ask_why_stalled", clock.now() + ASK_WHY, record=proceeding.id)
        ledger.note(case, "proceeding_stalled", term=proceeding.stage, record=proceeding.id, agency=proceeding.lead_id)
        _tell(case, "proceeding_stalled")
    if found:
        record(by, "proceeding:stalls_found", "list", ids=[each.id for each in found], rule=rule)
    return found


@gated
def note_person(
    *, by: Actor, case: Case, category: str, relationship: str, number: int = 1,
    proceeding: Proceeding | None = None, name: str = "",
) -> PersonOfConcern:  # fmt: skip
    """Note persons held to be responsible, in codes. They are alleged until a judgment.

    A name goes to the vault, to be opened by police and prosecutor only. Raises `Invalid`.
    """
    rule = allow(by, Permission.JUSTICE_WRITE, case)
    need("person_category", category)
    need("relationship", relationship)
    if not 1 <= number <= 999:  # noqa: PLR2004
        raise Invalid({"number": _("Give how many they are: 1 to 999.")})
    if proceeding and proceeding.case_id != case.id:
        raise Invalid({"proceeding": _("This proceeding is about another case.")})
    person = PersonOfConcern(
        id=new_id(), case=case, proceeding=proceeding, category=category, relationship=relationship,
        number=number, noted_at=clock.now(),
    )  # fmt: skip
    if name:
        person.identity = store.put(
            subject=person.id, agency=case.agency_id, compartment=Compartment.INVESTIGATION,
            column="person", value=name,
        )  # fmt: skip
    person.save(force_insert=True)
    changed("person_of_concern", person.id, before=None, after=person_facts(person))
    ledger.note(case, "person_noted", term=category, record=person.id)
    record(by, "person_of_concern:noted", "case", case.id, rule=rule, detail={"category": category})
    return person


@gated
def judge_person(*, by: Actor, person: PersonOfConcern, verdict: str) -> PersonOfConcern:
    """Say what a judgment said of a person: `convicted` or `acquitted`.

    Raises `Conflict` before such a judgment stands in the person's proceeding, and always for another child, who is
    never called an offender. Raises `Invalid`.
    """
    rule = allow(by, Permission.JUSTICE_WRITE, person.case)
    if verdict not in VERDICTS:
        raise Invalid({"verdict": _("Choose one of the list.")})
    if person.a_child:
        raise Conflict(_("A child is kept apart and never called an offender."))
    judged = {"convicted"} if verdict == "convicted" else VERDICTS
    stages = Stage.objects.filter(proceeding=person.proceeding_id, stage="judgment", outcome__in=judged)
    if not stages.exists():
        raise Conflict(_("A person is alleged until a judgment: enter the judgment of the proceeding first."))
    rows.hold(person, "status")
    before = person_facts(person)
    person.status = PERSON.after(person.status, "convict" if verdict == "convicted" else "acquit")
    person.save(update_fields=["status"])
    changed("person_of_concern", person.id, before=before, after=person_facts(person))
    ledger.note(person.case, "person_judged", term=verdict, record=person.id)
    record(by, "person_of_concern:judged", "case", person.case_id, rule=rule, detail={"verdict": verdict})
    return person


def _current(proceeding: Proceeding) -> tuple[Proceeding, Stage]:
    """The proceeding as it stands, held until the act is done, and its last stage. Raises `Conflict` when it ended."""
    found = Proceeding.objects.select_for_update(of=("self",)).select_related("case").get(pk=proceeding.pk)
    PROCEEDING.after(found.status, "end")
    return found, found.stages.select_related("handled_by").latest("number")


def _end(stage: Stage, outcome: str, reason: str, on: date | None) -> None:
    need("proceeding_outcome", outcome)
    if outcome not in OUTCOMES[stage.stage]:
        raise Invalid({"outcome": _("A stage of this kind does not end so.")})
    if reason:
        need("proceeding_reason", reason)
    elif outcome in NEEDS_REASON:
        raise Invalid({"reason": _("Say why it ended so.")})
    stage.ended_on = _day(on, after=stage.began_on)
    stage.outcome, stage.reason = outcome, reason
    stage.save(update_fields=["ended_on", "outcome", "reason"])


def _day(given: date | None, *, after: date | None = None) -> date:
    """The day, or today. Raises `Invalid` for one in the future or before what it follows."""
    day = given or clock.today()
    if day > clock.today():
        raise Invalid({"on": _("This day lies in the future.")})
    if after and day < after:
        raise Invalid({"on": _("This day lies before {day}, when what it follows took place.").format(day=after)})
    return day


def _stands(proceeding: Proceeding, before: Facts, **columns: object) -> None:
    """Bring a proceeding to where it stands now: it has moved, so nothing stalls."""
    for name, value in columns.items():
        setattr(proceeding, name, value)
    proceeding.stalled_on = None
    proceeding.save(update_fields=[*columns, "stalled_on"])
    ledger.done(proceeding.case, "ask_why_stalled", record=proceeding.id)
    changed("proceeding", proceeding.id, before=before, after=facts_of(proceeding))


def _note_end(proceeding: Proceeding, stage: Stage) -> None:
    ledger.note(proceeding.case, "stage_ended", term=stage.outcome, record=proceeding.id, agency=stage.handled_by_id)


def _tell(case: Case, code: str) -> None:
    told = partial(tell, code=code, kind="case", record_id=case.id, reference=case.reference)
    told(agency=case.agency_id, role=Role.SUPERVISOR)
    if case.worker_id:
        told(person=case.worker_id)
