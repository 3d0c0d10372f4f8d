"""A report comes in and is worked on: claim, triage, classify, answer, forward, accept, close; and it rises in time."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.hidden_files import no_hidden_files
from amparo.common.types import Actor
from amparo.intake import arrival, ledger, routing
from amparo.intake.letters import More, Told
from amparo.intake.models import Message, Report, Unreadable, Watch
from amparo.intake.states import OPEN, REPORT, UNJUDGED
from amparo.organisation.models import Agency
from amparo.vocabulary.queries import need

# Outcomes that other moves bring about, and so no reason to close.
_NOT_BY_CLOSING = {"pending", "case_opened", "forwarded"}
AT_ONCE = 200  # how many overdue reports rise in one go: the next go takes the rest


class NobodyToTake(Conflict):
    """Every agency that takes reports is the one it is about, or is excluded by its reporter."""


@gated
def set_watch(*, by: Actor, urgency: str, owner: Agency, escalation: Agency) -> Watch:
    """Name who answers for an urgency, and the independent agency that reports rise to. Raises `Invalid`."""
    rule = allow(by, Permission.ORGANISATION_WRITE)
    need("urgency", urgency)
    if not owner.takes_reports:
        raise Invalid({"owner": _("This agency takes no reports.")})
    if not escalation.independent or escalation.id == owner.id:
        raise Invalid({"escalation": _("Reports rise to another agency, and to an independent one.")})
    watch, _made = Watch.objects.update_or_create(urgency=urgency, defaults={"owner": owner, "escalation": escalation})
    detail = {"urgency": urgency, "owner": str(owner.id), "escalation": str(escalation.id)}
    record(by, "watch:set", "watch", rule=rule, detail=detail)
    return watch


@gated
def receive(*, by: Actor, letter: UUID, thread: UUID, told: Told, received_on: date | None = None) -> Report:
    """Take the first letter of a thread in, once: a letter that was taken gives the report that it became.

    Raises `NobodyToTake`.
    """
    rule = allow(by, Permission.DOOR_EXCHANGE)
    known = Message.objects.select_related("report").filter(letter=letter).first()
    if known:
        return known.report
    watch = Watch.objects.select_related("owner").filter(urgency=told.urgency).first()
    holder = arrival.holder_for(told, watch.owner if watch else None)
    if holder is None:
        raise NobodyToTake(_("No agency may have this report."))
    report = arrival.arrive(by, told, holder, received_on=received_on, thread=thread)
    Message.objects.create(report=report, letter=letter, incoming=True, at=report.received_at, words=report.told)
    record(by, "report:received", "report", report.id, rule=rule, detail={"urgency": report.urgency})
    return report


@gated
def receive_more(*, by: Actor, letter: UUID, report: Report, more: More) -> None:
    """Take a later letter in, once. A closed report opens again: nobody's words are left lying.

    A withdrawal is told to whoever works on it and closes nothing: it may have been written under pressure.
    """
    rule = allow(by, Permission.DOOR_EXCHANGE)
    if Message.objects.filter(letter=letter).exists():
        return
    code = "reporter_wrote" if more.told else "reporter_withdrew"
    arrival.write(report, more.told, incoming=True, letter=letter)
    if report.status == "closed" and more.told:
        _reopen(report)
    ledger.note(report, code)
    ledger.tell_claimer(report, code)
    record(by, f"report:{code}", "report", report.id, rule=rule)


def _reopen(report: Report) -> None:
    due = ledger.due(report.urgency, clock.now())
    ledger.moved(
        report, "reopen", claimed_by_id=None, claimed_at=None, due_at=due, risen_at=None, risen_to_id=None,
        outcome="pending", close_reason="", **ledger.word(report, "received"),
    )  # fmt: skip


@gated
def set_aside(*, by: Actor, letter: UUID, thread: UUID, sealed: bytes, reason: str) -> None:
    """Keep a letter that could not be taken in, once, and tell the supervisors of those who answer for reports."""
    rule = allow(by, Permission.DOOR_EXCHANGE)
    kept, made = Unreadable.objects.get_or_create(
        letter=letter,
        defaults={"thread": thread, "sealed": sealed, "reason": reason, "set_aside_at": clock.now()},
    )
    if made:
        watching = Watch.objects.values_list("owner_id", "escalation_id")
        for agency in sorted({agency for pair in watching for agency in pair}):
            ledger.tell_of_letter(kept.id, agency)
        record(by, "letter:set_aside", "letter", kept.id, rule=rule, detail={"reason": reason})


@gated
def take_in_by_hand(*, by: Actor, agency: Agency, told: Told, id: UUID | None = None) -> Report:
    """Write down a report that somebody made by telephone or on a visit. `id` makes a second posting harmless.

    It stays with the officer's own agency, unless it is about it or the reporter does not want it there. Raises
    `Invalid`, `Conflict`, `NobodyToTake`.
    """
    rule = allow(by, Permission.REPORT_TAKE_IN)
    if agency.id not in by.agencies_as(Role.INTAKE_OFFICER):
        raise Invalid({"agency": _("Take reports in for an agency whose intake officer you are.")})
    if id and Report.objects.filter(id=id).exists():
        raise Conflict(_("This report was taken in already."))
    _check(told)
    holder = arrival.holder_for(told, agency)
    if holder is None:
        raise NobodyToTake(_("No agency may have this report. Help the reporter to reach one outside this system."))
    report = arrival.arrive(by, told, holder, id=id)
    Message.objects.create(report=report, incoming=True, at=report.received_at, words=report.told)
    record(by, "report:taken_in", "report", report.id, rule=rule, detail={"urgency": report.urgency})
    return report


def _check(told: Told) -> None:
    if not told.told.strip():
        raise Invalid({"told": _("Write down at least one sentence of what was told.")})
    for name in ("told", "where", "contact", "safe_time"):
        no_hidden_files(getattr(told, name), name)
    need("urgency", told.urgency)
    for scheme, code in (("reporter_kind", told.who), ("channel_back", told.channel), ("language", told.language)):
        if code:
            need(scheme, code)
    for worry in told.worries:
        need("worry", worry)


@gated
def claim(*, by: Actor, report: Report) -> Report:
    """Take a new report on. Of two who try at once one gets it, the other a `Conflict`."""
    rule = allow(by, Permission.REPORT_CLAIM, report)
    now = clock.now()
    ledger.moved(
        report, "claim", claimed_by_id=by.id, claimed_at=now, first_claimed_at=report.first_claimed_at or now,
        **ledger.word(report, "being_read"),
    )  # fmt: skip
    ledger.note(report, "report_claimed", agency=_mine(by, report))
    record(by, "report:claimed", "report", report.id, rule=rule)
    return report


@gated
def release(*, by: Actor, report: Report) -> Report:
    """Give a report back to the queue: whoever claimed it, or a supervisor."""
    rule = allow(by, Permission.REPORT_RELEASE, report)
    before = report.claimed_by_id
    ledger.moved(report, "release", claimed_by_id=None, claimed_at=None)
    ledger.note(report, "report_released", agency=_mine(by, report))
    ledger.tell_agency(report, "report_released", report.agency_id)
    record(by, "report:released", "report", report.id, rule=rule, detail={"claimed_by": str(before)})
    return report


@gated
def triage(*, by: Actor, report: Report, urgency: str) -> Report:
    """Judge how urgent a report is; a second clock starts, by which it should be decided."""
    rule = allow(by, Permission.REPORT_HANDLE, report)
    need("urgency", urgency)
    if (report.status, report.urgency) == ("triaged", urgency):
        raise Conflict(_("The report has this urgency already."))
    changed = urgency != report.urgency
    ledger.moved(report, "triage", urgency=urgency, due_at=ledger.due(urgency, clock.now()))
    code = "urgency_changed" if changed else "report_triaged"
    ledger.note(report, code, term=urgency, agency=_mine(by, report))
    record(by, f"report:{code.removeprefix('report_')}", "report", report.id, rule=rule, detail={"urgency": urgency})
    return report


@gated
def classify(*, by: Actor, report: Report, forms: list[str], setting: str = "") -> Report:
    """Say in codes what the report is about: at least one form, and where it happens if that is known."""
    rule = allow(by, Permission.REPORT_HANDLE, report)
    if not forms:
        raise Invalid({"form": _("Choose at least one.")})
    forms = sorted({need("form", form) for form in forms}, key=forms.index)
    setting = need("setting", setting) if setting else ""
    _open(report)
    if (report.forms, report.setting) == (forms, setting):
        raise Conflict(_("The report is classified so already."))
    ledger.changed(report, forms=forms, setting=setting)
    for form in forms:
        ledger.note(report, "report_classified", term=form, agency=_mine(by, report))
    record(by, "report:classified", "report", report.id, rule=rule, detail={"forms": ",".join(forms)})
    return report


@gated
def answer(*, by: Actor, report: Report, text: str, id: UUID | None = None) -> Message:
    """Write to the reporter; the worker carries it to the door. `id` makes a second posting harmless.

    To a reporter who has no thread nothing can be sent; the text is kept as what they were told.
    """
    rule = allow(by, Permission.REPORT_HANDLE, report)
    if not text.strip():
        raise Invalid({"text": _("Write something to the reporter.")})
    no_hidden_files(text)
    ledger.hold(report)
    if id and Message.objects.filter(id=id).exists():
        raise Conflict(_("This answer was sent already."))
    _open(report, "accepted")
    now = clock.now()
    sent = {"sent_at": None if report.thread else now}
    message = arrival.write(report, text.strip(), incoming=False, **sent, **({"id": id} if id else {}))
    said = ledger.word(report, "answered") if report.status in OPEN else {}
    ledger.changed(report, first_answered_at=report.first_answered_at or now, **said)
    ledger.note(report, "reporter_answered", agency=_mine(by, report))
    record(by, "report:answered", "report", report.id, rule=rule)
    return message


@gated
def forward(*, by: Actor, report: Report, agency: Agency, reason: str) -> Report:
    """Hand a report over to another agency, whose queue and clock it enters as new.

    Raises `Invalid` for the agency it is about, one that its reporter excluded, or one where nobody would read it.
    """
    rule = allow(by, Permission.REPORT_HANDLE, report)
    need("forward_reason", reason)
    if not routing.agencies_to_forward_to(report).filter(id=agency.id).exists():
        raise Invalid({"agency": _("This agency cannot take the report. Choose one of the list.")})
    before, risen = report.agency_id, report.risen_to_id
    ledger.moved(
        report, "forward", agency_id=agency.id, claimed_by_id=None, claimed_at=None, risen_at=None, risen_to_id=None,
        due_at=ledger.due(report.urgency, clock.now()), outcome="forwarded", **ledger.word(report, "forwarded"),
    )  # fmt: skip
    ledger.note(report, "report_forwarded", term=reason)
    ledger.tell_agency(report, "report_forwarded", agency.id)
    if risen and risen != agency.id:
        ledger.tell_agency(report, "report_forwarded", risen)
    detail = {"reason": reason, "from": str(before), "to": str(agency.id)}
    record(by, "report:forwarded", "report", report.id, rule=rule, detail=detail)
    return report


@gated
def accept(*, by: Actor, report: Report, case: UUID, reference: str) -> Report:
    """The report became a case; the reporter learns that it was accepted. Called by whoever opens the case."""
    rule = allow(by, Permission.REPORT_HANDLE, report)
    ledger.moved(
        report, "accept", case=case, case_reference=reference, outcome="case_opened", **ledger.word(report, "accepted")
    )
    ledger.note(report, "report_accepted", agency=_mine(by, report))
    record(by, "report:accepted", "report", report.id, rule=rule, detail={"case": str(case)})
    return report


@gated
def close(*, by: Actor, report: Report, reason: str, outcome: str) -> Report:
    """End a report that becomes no case, with a reason and with what came of it."""
    rule = allow(by, Permission.REPORT_HANDLE, report)
    need("report_close_reason", reason)
    if need("report_outcome", outcome) in _NOT_BY_CLOSING:
        raise Invalid({"outcome": _("Say what came of the report.")})
    ledger.moved(report, "close", close_reason=reason, outcome=outcome, **ledger.word(report, "closed"))
    ledger.note(report, "report_closed", term=reason, agency=_mine(by, report))
    record(by, "report:closed", "report", report.id, rule=rule, detail={"reason": reason, "outcome": outcome})
    return report


@gated
def answer_sent(*, by: Actor, message: Message) -> None:
    """An answer lies at the door."""
    rule = allow(by, Permission.DOOR_EXCHANGE)
    Message.objects.filter(id=message.id).update(sent_at=clock.now())
    record(by, "report:answer_sent", "report", message.report_id, rule=rule)


@gated
def word_shown(*, by: Actor, report: Report) -> None:
    """The door shows the status word; if it changed in between, the next one is still due."""
    rule = allow(by, Permission.DOOR_EXCHANGE)
    Report.objects.filter(id=report.id, word=report.word).update(word_due=False)
    record(by, "report:word_shown", "report", report.id, rule=rule, detail={"word": report.word})


@gated
def lose_thread(*, by: Actor, report: Report) -> None:
    """The reporter's thread is gone from the door: nothing can be sent there any more, and the desk is told so."""
    rule = allow(by, Permission.DOOR_EXCHANGE)
    ledger.changed(report, thread=None, word_due=False)
    ledger.note(report, "reporter_gone")
    ledger.tell_claimer(report, "reporter_gone")
    record(by, "report:reporter_gone", "report", report.id, rule=rule)


@gated
def escalate_overdue(*, by: Actor) -> int:
    """Let every report that nobody judged in time rise to an independent agency, once. Returns how many rose."""
    rule = allow(by, Permission.CLOCKS_RUN)
    overdue = Report.objects.filter(status__in=UNJUDGED, due_at__lt=clock.now(), risen_at=None).order_by("due_at")
    rose = 0
    for report in overdue[:AT_ONCE]:
        with suppress(Conflict):  # somebody acted on it at this very moment, and nothing of it was written
            _rise(by, report, rule)
            rose += 1
    return rose


def _rise(by: Actor, report: Report, rule: str) -> None:
    """The first owner keeps it, and any claim on it ends: whoever reads it first claims it anew."""
    above, first = routing.agency_above(report), report.agency_id
    to: dict[str, UUID | None] = {"risen_to_id": above.id} if above else {}
    if above and first in routing.barred_from(report):
        to = {"agency_id": above.id, "risen_to_id": None}
    ledger.moved(report, "rise", risen_at=clock.now(), claimed_by_id=None, claimed_at=None, **to)
    code = "report_rose" if above else "report_overdue"
    ledger.note(report, code, term=report.urgency, agency=above.id if above else first)
    for agency in {first, above.id if above else first}:
        ledger.tell_agency(report, code, agency, Role.INTAKE_OFFICER, Role.SUPERVISOR)
    record(by, f"report:{code.removeprefix('report_')}", "report", report.id, rule=rule,
           detail={"urgency": report.urgency, "to": str(above.id) if above else None})  # fmt: skip


def _mine(by: Actor, report: Report) -> UUID:
    """The agency for which `by` acts on a report that two may hold."""
    return report.agency_id if report.agency_id in by.agencies else report.risen_to_id or report.agency_id


def _open(report: Report, *others: str) -> None:
    if report.status not in OPEN | set(others):
        raise REPORT.not_now(report.status)
