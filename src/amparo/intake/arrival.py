"""How a report comes to be: its words into the vault, its way to an agency, its walls, its first clock.

Called by the actions `receive` and `take_in_by_hand`, inside their transaction.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from amparo.access.models import Wall
from amparo.audit.actions import record
from amparo.common import clock, facts
from amparo.common.ids import new_id, new_reference
from amparo.common.types import Actor
from amparo.intake import ledger, routing
from amparo.intake.facts import facts_of
from amparo.intake.letters import Told
from amparo.intake.models import Message, Report
from amparo.organisation.models import Agency, Place
from amparo.vault import store
from amparo.vault.compartments import Compartment


def excluded(told: Told) -> tuple[Agency | None, list[Agency]]:
    """The agency that a report is about, and those that its reporter does not want told."""
    named = {each.code: each for each in Agency.objects.filter(code__in={told.about_agency, *told.not_to})}
    return named.get(told.about_agency), [named[code] for code in sorted(set(told.not_to)) if code in named]


def arrive(by: Actor, told: Told, holder: Agency, *, received_on: date | None = None, **columns: Any) -> Report:
    """Write a report that `holder` gets. The words are in the vault before the row that points to them."""
    about, unwanted = excluded(told)
    at = _received_at(received_on)
    report = Report(
        id=columns.pop("id", None) or new_id(), reference=new_reference("R"), agency=holder, about_agency=about,
        received_at=at, due_at=ledger.due(told.urgency, at), urgency=told.urgency, urgency_told=told.urgency,
        reporter_kind=told.who, worries=sorted(set(told.worries)), child_age=told.child_age, language=told.language,
        channel=told.channel, place=Place.objects.filter(code=told.place).first() if told.place else None, **columns,
    )  # fmt: skip
    report.word_due = report.thread is not None
    report.told = _seal(report, Compartment.NARRATIVE, "told", {"told": told.told, "where": told.where})
    if told.contact or told.safe_time:
        contact = {"contact": told.contact, "safe_time": told.safe_time}
        report.contact = _seal(report, Compartment.REPORTER, "contact", contact)
    report.save(force_insert=True)
    _raise_walls(by, report, about, unwanted)
    ledger.note(report, "report_received", term=told.urgency)
    ledger.tell_agency(report, "report_received", report.agency_id)
    facts.changed("report", report.id, before=None, after=facts_of(report))
    return report


def write(report: Report, words: str, *, incoming: bool, **columns: Any) -> Message:
    """Keep a text between reporter and agency."""
    pointer = _seal(report, Compartment.NARRATIVE, "told", {"told": words, "where": ""}) if words else None
    return Message.objects.create(report=report, incoming=incoming, at=clock.now(), words=pointer, **columns)


def _seal(report: Report, compartment: Compartment, column: str, value: Any) -> UUID:
    return store.put(subject=report.id, agency=report.agency_id, compartment=compartment, column=column, value=value)


def _raise_walls(by: Actor, report: Report, about: Agency | None, unwanted: Iterable[Agency]) -> None:
    reasons = {agency.id: "reporter_request" for agency in unwanted}
    if about:
        reasons[about.id] = "complaint_about_agency"
    for agency, reason in reasons.items():
        Wall.objects.create(
            against_kind="agency", against=agency, record=report.id, reason=reason,
            raised_at=clock.now(), raised_by=by.id,
        )  # fmt: skip
        record(by, "wall:raised", "report", report.id, detail={"reason": reason})


def _received_at(day: date | None) -> datetime:
    """Now, or the end of the day on which the door took the letter, if that is past: waiting there is waiting too."""
    if day is None:
        return clock.now()
    return min(clock.now(), datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC))


def holder_for(told: Told, wished: Agency | None) -> Agency | None:
    """Who gets it: `wished`, unless the report is about it or the reporter excluded it; None when there is nobody."""
    about, unwanted = excluded(told)
    return routing.first_agency(wished, {agency.id for agency in [about, *unwanted] if agency})
