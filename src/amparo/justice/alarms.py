"""A child victim is never an offender (W3): an alarm, a clock, what was done until it is mended, and how many.

The principle: the child is a victim at every stage (OPSC, art. 8); a child's consent to exploitation counts for nothing
(Palermo Protocol, art. 3 (b) and (c)); see A/HRC/43/40, paras 24, 38, 73, 83 and 90.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.cases import ledger
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid, NotFound
from amparo.common.facts import changed
from amparo.common.types import Actor
from amparo.justice.facts import sanction_facts
from amparo.justice.models import AlarmStep, ChildSanction
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell
from amparo.organisation.models import Agency
from amparo.vocabulary.queries import need

# Somebody speaks up within a day; then something more is done every week until it is mended.
SPEAK_UP = timedelta(days=1)
NEXT_STEP = timedelta(days=7)


@dataclass(frozen=True)
class AlarmCount:
    """Alarms of one kind of sanction by the agency that did it and its region; `agency` "" where nobody knows it."""

    agency: str
    region: str
    sanction: str
    raised: int
    standing: int


@gated
def raise_alarm(
    *, by: Actor, case: Case, sanction: str, on: date | None = None, agency: Agency | None = None
) -> ChildSanction:
    """A child victim was treated as an offender: supervisor, worker, legal focal point and every auditor hear of it.

    `agency` is the authority that did it, when it is known. Raises `Invalid`.
    """
    rule = allow(by, Permission.JUSTICE_WRITE, case)
    need("child_sanction", sanction)
    now = clock.now()
    made = ChildSanction.objects.create(
        case=case, sanction=sanction, agency=agency, began_on=_past(on), raised_at=now, speak_by=now + SPEAK_UP
    )
    changed("child_sanction", made.id, before=None, after=sanction_facts(made))
    ledger.note(case, "child_sanctioned", term=sanction, record=made.id, agency=agency.id if agency else None)
    ledger.ask(case, "speak_up_for_child", now + SPEAK_UP, record=made.id)
    _tell(made, "child_sanctioned")
    record(by, "child_sanction:raised", "case", case.id, rule=rule, detail={"sanction": sanction})
    return made


@gated
def follow_up(*, by: Actor, alarm: ChildSanction, step: str) -> AlarmStep:
    """Say what was done for the child: the clock begins anew, until it is mended. Raises `Invalid`, `Conflict`."""
    rule = allow(by, Permission.ALARM_FOLLOW, alarm)
    need("alarm_step", step)
    _hold(alarm)
    made = AlarmStep.objects.create(alarm=alarm, step=step, by=by.id, at=clock.now())
    alarm.speak_by, alarm.late_told_at = clock.now() + NEXT_STEP, None
    alarm.save(update_fields=["speak_by", "late_told_at"])
    ledger.done(alarm.case, "speak_up_for_child", record=alarm.id)
    ledger.ask(alarm.case, "speak_up_for_child", alarm.speak_by, record=alarm.id)
    ledger.note(alarm.case, "alarm_followed", term=step, record=alarm.id)
    record(by, "child_sanction:followed", "alarm", alarm.id, rule=rule, detail={"step": step})
    return made


@gated
def lift_sanction(*, by: Actor, sanction: ChildSanction, on: date | None = None) -> ChildSanction:
    """The charge was dropped, the child is free or back: the alarm is over, the record stays. Raises `Conflict`."""
    return _mended(by, sanction, on, allow(by, Permission.JUSTICE_WRITE, sanction.case))


@gated
def mend(*, by: Actor, alarm: ChildSanction, on: date | None = None) -> ChildSanction:
    """As `lift_sanction`, by whoever follows the alarm without reading the case."""
    return _mended(by, alarm, on, allow(by, Permission.ALARM_FOLLOW, alarm))


@gated
def find_unanswered(*, by: Actor) -> list[ChildSanction]:
    """Standing alarms whose clock ran out: who must know is told again, once for each time that it ran out."""
    rule = allow(by, Permission.CLOCKS_RUN)
    late = ChildSanction.objects.filter(lifted_on=None, late_told_at=None, speak_by__lt=clock.now())
    found = list(late.select_related("case").order_by("speak_by", "id"))
    for alarm in found:
        alarm.late_told_at = clock.now()
        alarm.save(update_fields=["late_told_at"])
        _tell(alarm, "alarm_unanswered")
    if found:
        record(by, "child_sanction:unanswered", "list", ids=[each.id for each in found], rule=rule)
    return found


@gated
def standing(*, by: Actor) -> list[ChildSanction]:
    """The alarms that `by` follows and that are not mended, the next clock first."""
    rule = allow(by, Permission.ALARM_LIST)
    mine = _all().filter(permitted(by=by, permission=Permission.ALARM_FOLLOW), lifted_on=None)
    found = list(mine.order_by(F("speak_by").asc(nulls_last=True), "id")[:200])
    listed(by, "alarm:listed", "list", [each.id for each in found], rule=rule)
    return found


@gated
def alarm(*, by: Actor, id: UUID) -> ChildSanction:
    """One alarm that `by` follows. Raises `NotFound`."""
    found = _all().filter(id=id).first()
    if found is None:
        raise NotFound
    record(by, "alarm:read", "alarm", found.id, rule=allow(by, Permission.ALARM_FOLLOW, found))
    return found


@gated
def counts(*, by: Actor) -> list[AlarmCount]:
    """How many alarms there were and stand, by agency and region: true numbers, for those who count and who audit."""
    rule = allow(by, Permission.ALARM_COUNT)
    by_columns = ("agency__name", "agency__place__name", "case__agency__place__name", "sanction")
    # An alarm without an agency comes first; databases differ about where nothing is sorted.
    first = [F(column).asc(nulls_first=True) for column in by_columns]
    groups = ChildSanction.objects.values(*by_columns).order_by(*first)
    found = groups.annotate(raised=Count("id"), still=Count("id", filter=Q(lifted_on=None)))
    record(by, "alarm:counted", "counts", rule=rule)
    return [
        AlarmCount(
            each["agency__name"] or "", each["agency__place__name"] or each["case__agency__place__name"],
            each["sanction"], each["raised"], each["still"],
        )
        for each in found
    ]  # fmt: skip


def _all() -> QuerySet[ChildSanction]:
    return ChildSanction.objects.select_related("case__agency", "case__child", "agency").prefetch_related("steps")


def _mended(by: Actor, alarm: ChildSanction, on: date | None, rule: str) -> ChildSanction:
    _hold(alarm)
    before = sanction_facts(alarm)
    day = _past(on)
    if day < alarm.began_on:
        said = _("This day lies before {day}, when what it follows took place.")
        raise Invalid({"on": said.format(day=alarm.began_on)})
    alarm.lifted_on, alarm.speak_by = day, None
    alarm.save(update_fields=["lifted_on", "speak_by"])
    changed("child_sanction", alarm.id, before=before, after=sanction_facts(alarm))
    ledger.done(alarm.case, "speak_up_for_child", record=alarm.id)
    ledger.note(alarm.case, "sanction_lifted", term=alarm.sanction, record=alarm.id)
    record(by, "child_sanction:lifted", "case", alarm.case_id, rule=rule)
    return alarm


def _hold(alarm: ChildSanction) -> None:
    rows.hold(alarm, "lifted_on", "speak_by", "late_told_at")
    if alarm.lifted_on is not None:
        raise Conflict(_("This was lifted already."))


def _past(given: date | None) -> date:
    if given and given > clock.today():
        raise Invalid({"on": _("This day lies in the future.")})
    return given or clock.today()


def _tell(alarm: ChildSanction, code: str) -> None:
    """The supervisor, the worker and the auditors hear of the case; the legal focal point of the alarm alone."""
    case = alarm.case
    told = partial(tell, code=code, kind="case", record_id=case.id, reference=case.reference)
    told(agency=case.agency_id, role=Role.SUPERVISOR)
    if case.worker_id:
        told(person=case.worker_id)
    tell(code=code, kind="alarm", record_id=alarm.id, reference=case.reference, agency=case.agency_id,
         role=Role.LEGAL_FOCAL_POINT)  # fmt: skip
    for auditor in organisation.holders(Role.AUDITOR).values_list("agency_id", flat=True).distinct():
        told(agency=auditor, role=Role.AUDITOR)
