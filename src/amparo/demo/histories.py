"""The histories of the children: most are written down in bulk, quarter by quarter; some are walked step by step."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from amparo.cases import actions as single
from amparo.cases import bulk
from amparo.cases.actions import IncidentFacts
from amparo.cases.bulk import Happening, Judgement, Opening
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.types import IMPORTER
from amparo.demo import care, door, justice, sentences
from amparo.demo.agenda import Agenda, Story, after, days, happens, own
from amparo.demo.founding import Country
from amparo.demo.people import Known
from amparo.linkage.bulk import Newcomer, register_children
from amparo.linkage.models import Child

SETTINGS = ["home", "online", "street", "school", "hotel_lodging", "workplace", "unknown"]
HOW = ["grooming", "offer_of_work", "deception", "debt", "image_coercion", "unknown", "not_asked"]
CONSIDERATIONS = ["money", "goods", "shelter", "promise", "none", "unknown", "not_asked"]
RELATIONSHIPS = ["other_relative", "online_contact", "employer", "stranger", "family_friend", "unknown"]
# Shares of all histories that are walked step by step, besides those that come through the door.
WALKED, PROSECUTED, PLACED, ALARMED = 0.2, 0.12, 0.06, 0.012
LONGEST = 420  # days until a case closes
_RECENT = timedelta(days=120)


@dataclass
class Walk:
    """The house while the years go by: who is known as what, and which cases close in the next quarter."""

    country: Country
    agenda: Agenda
    records: dict[UUID, Known] = field(default_factory=dict)
    closing: list[Judgement] = field(default_factory=list)


def quarter(walk: Walk, chance: random.Random, known: list[Known], end: datetime) -> Story:
    """All that is written in bulk in a quarter: what comes in, and what closes. The clock stands at its end."""
    with clock.stopped(end):
        for code in sorted({each.agency for each in known}):
            _come_in(walk, chance, code, [each for each in known if each.agency == code])
        due = [each for each in walk.closing if each.at and each.at <= end and not each.case.missing_since]
        walk.closing = [each for each in walk.closing if each not in due]
        bulk.close(by=IMPORTER, judgements=due)
    return
    yield


def _come_in(walk: Walk, chance: random.Random, code: str, known: list[Known]) -> None:
    children = register_children(
        by=IMPORTER, agency=walk.country.agencies[code],
        newcomers=[Newcomer(each.identity, each.facts, each.at) for each in known],
    )  # fmt: skip
    walk.records |= {child.id: each for child, each in zip(children, known, strict=True)}
    cases = _opened(walk.country, code, children, known)
    happenings = [_happening(chance, case, each) for case, each in zip(cases, known, strict=True)]
    again = [_happening(chance, case, each) for case, each in zip(cases, known, strict=True) if happens(chance, 0.2)]
    bulk.record_incidents(by=IMPORTER, happenings=happenings + again)
    bulk.judge_risks(by=IMPORTER, judgements=[
        Judgement(case, chance.choices(["high", "medium", "low"], [2, 4, 4])[0], each.at)
        for case, each in zip(cases, known, strict=True)
    ])  # fmt: skip
    for case, each in zip(cases, known, strict=True):
        _goes_on(walk, own(chance), case, each.at)


def _opened(country: Country, code: str, children: list[Child], known: list[Known]) -> list[Case]:
    worker = country.people["case_worker", code]
    return bulk.open_cases(by=IMPORTER, team=country.teams[code], openings=[
        Opening(child, worker, at=each.at) for child, each in zip(children, known, strict=True)
    ])  # fmt: skip


def _happening(chance: random.Random, case: Case, known: Known) -> Happening:
    words = sentences.NARRATIVE if happens(chance, 0.3) else ""
    return Happening(case, incident(chance, known, case), words, known.at)


def incident(chance: random.Random, known: Known, case: Case) -> IncidentFacts:
    """Something that happened to a child, in codes."""
    happened = known.at.date() - timedelta(days=chance.randint(3, 300))
    return IncidentFacts(
        form=chance.choice(door.FORMS), setting=chance.choice(SETTINGS), relationship=chance.choice(RELATIONSHIPS),
        place=case.agency.place, happened_on=happened, age=known.age, how=(chance.choice(HOW),),
        consideration=(chance.choice(CONSIDERATIONS),),
    )  # fmt: skip


def _goes_on(walk: Walk, chance: random.Random, case: Case, at: datetime) -> None:
    """What the years bring, beside what was written in bulk."""
    add, country = walk.agenda.add, walk.country
    if happens(chance, WALKED):
        add(at, care.cared_for(country, chance, case, closes=happens(chance, 0.93)))
    else:
        _goes_on_quietly(walk, chance, case, at)
    aside: list[tuple[float, Callable[[Country, random.Random, Case], Story]]] = [
        (PROSECUTED, justice.proceeds), (PLACED, care.kept_safe), (ALARMED, justice.alarm),
    ]  # fmt: skip
    for share, story in aside:
        if chance.random() < share:
            add(at, story(country, own(chance), case))


def _goes_on_quietly(walk: Walk, chance: random.Random, case: Case, at: datetime) -> None:
    closes = at + days(chance, 20, LONGEST)
    if closes < walk.agenda.until - timedelta(days=1) and happens(chance, 0.96):
        walk.closing.append(Judgement(case, chance.choice(care.CLOSE), closes))
    else:
        walk.agenda.add(at, _still_open(walk, chance, case))


def _still_open(walk: Walk, chance: random.Random, case: Case) -> Story:
    """A case that is open today: most clocks were stopped in time, some run, some ran out."""
    by = walk.country.at("case_worker", case)
    yield after(days(chance, 0.2, 6) if happens(chance, 0.9) else days(chance, 10, 25))
    if case.respond_by:
        single.say_acted(by=by, case=case)
    yield max(after(days(chance, 5, 40)), walk.agenda.until - days(chance, 0, 25))
    if happens(chance, 0.5):
        single.judge_risk(by=by, case=case, risk=chance.choice(["medium", "low", "low"]))


def came_by_the_door(walk: Walk, telling: door.Telling, known: Known) -> Story:
    """From a letter at the door to the child's care."""
    case = yield from door.became(telling, known)
    walk.records[case.child_id] = known
    chance, by = telling.chance, walk.country.at("case_worker", case)
    yield after(days(chance, 0.1, 0.6))
    single.record_incident(by=by, case=case, facts=incident(chance, known, case), narrative=sentences.NARRATIVE)
    single.judge_risk(by=by, case=case, risk=chance.choice(["high", "medium", "low"]))
    if happens(chance, PROSECUTED * 2):
        walk.agenda.add(clock.now(), justice.proceeds(walk.country, own(chance), case))
    yield from care.cared_for(walk.country, chance, case, closes=True)
