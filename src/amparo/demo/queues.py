"""What lies in the queues today, so that each page of intake has something to show."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from amparo.common import clock
from amparo.common.ids import new_id
from amparo.demo import sentences
from amparo.demo.agenda import Agenda, Story, own
from amparo.demo.door import TAKERS, Telling
from amparo.demo.founding import Country
from amparo.intake import actions
from amparo.intake.letters import Told

# What lies in the queues today: urgency, hours since it was told, and what was done with it. Receipts of those that
# tell something (`True`) are kept for visitors.
TODAY: list[tuple[str, float, str, bool]] = [
    ("danger_now", 0.4, "", False),
    ("urgent", 5, "", False),
    ("normal", 20, "", False),
    ("normal", 44, "", False),
    ("urgent", 9, "claim", False),
    ("normal", 30, "claim triage", False),
    ("urgent", 60, "claim triage classify", False),  # past the time by which it should have been decided
    ("urgent", 70, "claim triage classify answer write answer write", True),
    ("normal", 90, "claim triage answer write", True),
    ("danger_now", 6, "rise", False),
    ("normal", 100, "rise claim", False),
    ("urgent", 28, "claim triage forward", False),
    ("normal", 50, "claim triage classify forward claim triage answer", True),
    ("normal", 40, "claim triage withdraw", False),
    ("normal", 26, "about", False),
]


def fill(agenda: Agenda, country: Country, chance: random.Random, keep: Callable[[str, str], object]) -> None:
    """Let every report of today be told in its time; `keep` takes the receipts that visitors may use, and what for."""
    languages = list(sentences.TOLD)
    for number, (urgency, hours, steps, kept) in enumerate(TODAY):
        target = TAKERS[number % len(TAKERS)]
        telling = Telling(country, own(chance), urgency, target, languages[(number + 3) % len(languages)])
        agenda.add(agenda.until - timedelta(hours=hours), _told(telling, hours, steps.split(), keep if kept else None))
    for code in ("MIN", "NGO-C"):
        agenda.add(agenda.until - timedelta(hours=3), _by_telephone(country, code))


def _told(telling: Telling, hours: float, steps: list[str], keep: Callable[[str, str], object] | None) -> Story:
    """Its steps lie between the hour in which it was told and now."""
    about = {"about_agency": telling.desk} if steps == ["about"] else {}
    telling.tell(**about)
    for step in [] if about else steps:
        yield _when(telling, step, hours / (len(steps) + 1))
        telling.act(step)
    if keep and telling.receipt:
        answers = steps.count("answer")
        keep(telling.receipt.text, f"{telling.report.reference}, in {telling.language}, answers: {answers}")


def _when(telling: Telling, step: str, hours: float) -> datetime:
    """Whoever claims and judges a report does so before it rises."""
    if step == "rise":
        return telling.report.due_at + timedelta(minutes=1)
    wait = timedelta(hours=hours)
    return clock.now() + (min(wait, telling.clock * 0.3) if step in {"claim", "triage"} else wait)


def _by_telephone(country: Country, code: str) -> Story:
    told = Told(sentences.TOLD["en"][0], who="relative", worries=("other",), urgency="urgent", channel="phone",
                contact="555-0155", language="en")  # fmt: skip
    officer = country.actor("intake_officer", code)
    actions.take_in_by_hand(by=officer, agency=country.agencies[code], told=told, id=new_id())
    return
    yield
