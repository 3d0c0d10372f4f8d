"""Stories of reports: told at the public door with a real receipt, carried by the worker, answered at the desks."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings

from amparo.cases import actions as cases
from amparo.common.ids import new_id
from amparo.common.types import WORKER, Actor
from amparo.demo import sentences
from amparo.demo.agenda import Story, after, days
from amparo.demo.country import AGENCIES, STAFF, WATCH
from amparo.demo.founding import Country
from amparo.demo.people import Known
from amparo.intake import actions, exchange, queries
from amparo.intake.models import Report
from amparo.intake.postbox import door
from amparo.intake.postbox.models import Thread
from amparo.intake.postbox.receipts import Receipt
from amparo.linkage.meeting import have_we_met

TAKERS = [code for code, about in AGENCIES.items() if about[3] and "case_worker" in STAFF[code]]
FORMS = ["grooming", "sexual_extortion", "in_prostitution", "trafficking", "child_marriage", "begging", "forced_labour"]
WORRIES = ["online_contact", "missing", "must_work", "must_beg", "no_safe_place", "to_be_married", "other"]

# What became of the reports of the years; "case" is the way of a report that becomes one.
CASE = "claim triage classify forward claim triage answer"
SETTLED = [
    "claim triage classify answer close",
    "claim triage answer write answer close",
    "claim triage classify forward claim triage answer write close",
    "claim triage withdraw close",
]


@dataclass
class Telling:
    """Somebody who tells something, and what the desks do with it."""

    country: Country
    chance: random.Random
    urgency: str
    target: str
    language: str = "en"
    desk: str = WATCH[0]
    receipt: Receipt | None = None
    report: Report = field(default_factory=Report)

    @property
    def officer(self) -> Actor:
        return self.country.actor("intake_officer", self.desk)

    @property
    def clock(self) -> timedelta:
        """Within how long it has to be judged."""
        within: timedelta = settings.INTAKE_CLOCKS[self.urgency]
        return within

    def tell(self, **more: Any) -> None:
        """Write at the door and take the code; the worker carries the letter to the desk."""
        chance = self.chance
        letter = {
            "told": sentences.TOLD[self.language][0], "who": chance.choice(["neighbour", "teacher", "child_self", ""]),
            "worries": [chance.choice(WORRIES)], "urgency": self.urgency, "place": AGENCIES[self.target][2],
            "child_age": chance.choice([None, 9, 12, 15, 16]), "channel": "come_back_with_code",
            "language": self.language, **more,
        }  # fmt: skip
        self.receipt = door.tell(letter, form=f"demo-{new_id()}")
        exchange.run(by=WORKER)
        thread = Thread.objects.values_list("id", flat=True).get(locator=self.receipt.locator)
        self.report = Report.objects.get(thread=thread)

    def act(self, step: str) -> None:
        """One step, on the report as it stands now."""
        self.report.refresh_from_db()
        getattr(self, f"_{step}")()
        if step in {"answer", "write", "withdraw"}:
            exchange.run(by=WORKER)

    def _claim(self) -> None:
        if self.report.risen_to_id:
            self.desk = WATCH[1]
        actions.claim(by=self.officer, report=self.report)
        queries.report(by=self.officer, id=self.report.id)

    def _triage(self) -> None:
        actions.triage(by=self.officer, report=self.report, urgency=self.urgency)

    def _classify(self) -> None:
        actions.classify(by=self.officer, report=self.report, forms=[self.chance.choice(FORMS)], setting="online")

    def _answer(self) -> None:
        actions.answer(by=self.officer, report=self.report, text=sentences.ANSWERED[self.language])

    def _write(self) -> None:
        """The reporter comes back with the code, reads the answers, and writes."""
        assert self.receipt
        door.come_back(self.receipt.digits)
        door.write(self.receipt.digits, sentences.TOLD[self.language][1], form=f"demo-{new_id()}")

    def _withdraw(self) -> None:
        assert self.receipt
        door.withdraw(self.receipt.digits, form=f"demo-{new_id()}")

    def _forward(self) -> None:
        agency = self.country.agencies[self.target]
        actions.forward(by=self.officer, report=self.report, agency=agency, reason="other_place")
        self.desk = self.target

    def _rise(self) -> None:
        actions.escalate_overdue(by=WORKER)

    def _close(self) -> None:
        reasons = {"too_little_information": "no_action_possible", "answered": "answered", "duplicate": "duplicate"}
        reason = self.chance.choice(list(reasons))
        actions.close(by=self.officer, report=self.report, reason=reason, outcome=reasons[reason])


def became(telling: Telling, known: Known) -> Story:
    """A report becomes a case; the case is given to whoever goes on with the story."""
    yield from _walk(telling, CASE)
    yield after(days(telling.chance, 0.01, 0.1))
    country, officer = telling.country, telling.officer
    _have_we_met(officer, known)
    telling.report.refresh_from_db()
    case = cases.register(
        by=officer, team=country.teams[telling.desk], identity=known.identity, facts=known.facts, id=new_id(),
        report=telling.report,
    )  # fmt: skip
    yield after(days(telling.chance, 0.02, 0.4))
    worker = country.people["case_worker", telling.desk]
    cases.assign(by=country.actor("supervisor", telling.desk), case=case, worker=worker)
    return case


def _have_we_met(officer: Actor, known: Known) -> None:
    have_we_met(by=officer, identity=known.identity, facts=known.facts, reason="verification")


def _walk(telling: Telling, steps: str) -> Story:
    """Within the clock of its urgency, one step after the other."""
    telling.tell()
    for step in steps.split():
        yield after(telling.clock * telling.chance.uniform(0.05, 0.3))
        telling.act(step)


def settled(telling: Telling) -> Story:
    """A report that became no case."""
    yield from _walk(telling, telling.chance.choice(SETTLED))
