"""What happened in the last days: looks, walls, broken glass, an erasure that waits for its confirmation, a hold.

And, over the years, that people read what they were told.
"""

import random
from datetime import timedelta

from amparo.care.models import Referral
from amparo.cases import actions as cases
from amparo.cases import erasure, queries
from amparo.cases.models import Case
from amparo.common import clock
from amparo.common.errors import Conflict
from amparo.demo import care, sentences
from amparo.demo.agenda import Agenda, Story
from amparo.demo.founding import Country
from amparo.demo.people import LATELY
from amparo.organisation.actions import see
from amparo.organisation.queries import notices_for
from amparo.vault.compartments import Compartment
from amparo.vault.reveal import reveal


def happen(agenda: Agenda, country: Country, chance: random.Random) -> None:
    """Let them happen in the days before the last one, and notices be read now and then."""
    for days in (8, *range(150, 1800, 150)):
        agenda.add(agenda.until - timedelta(days=days), _notices_are_read(country))
    agenda.add(agenda.until - timedelta(days=2), _asked(country, chance))
    for number, story in enumerate((_walls, _glass, _looks, _shared, _erasure)):
        agenda.add(agenda.until - timedelta(days=3) + timedelta(hours=5 * number), story(country))


def _notices_are_read(country: Country) -> Story:
    """Everybody looks through what they were told; what came since is new today."""
    for role, code in country.people:
        by = country.actor(role, code)
        if notices := notices_for(by, limit=1000):
            see(by=by, notices=[notice.id for notice in notices])
    return
    yield


def _newest(code: str, number: int, *, status: str = "open") -> Case | None:
    """The case of an agency that is the `number`th from the newest (from 0), if there is one."""
    found = Case.objects.filter(agency__code=code, status=status).select_related("child", "agency__place")
    return found.order_by("-opened_at")[number : number + 1].first()


def _walls(country: Country) -> Story:
    """A relative works elsewhere as a case worker; a child asks that an organisation should not know."""
    if case := _newest("MIN", 1):
        relative = country.people["case_worker", "BARN"].id
        by = country.actor("supervisor", "MIN")
        cases.raise_wall(by=by, case=case, against_kind="person", against=relative, reason="relative_of_staff")
    yield clock.now() + timedelta(hours=1)
    if case := _newest("SOC-E", 0):
        by, against = country.actor("supervisor", "SOC-E"), country.agencies["HOT"].id
        cases.raise_wall(by=by, case=case, against_kind="agency", against=against, reason="child_request")


def _glass(country: Country) -> Story:
    """Somebody of another agency looked in an emergency: those who should know were told."""
    if case := _newest("MIN", 0):
        by = country.fresh("case_worker", "NGO-C")
        cases.break_glass(by=by, case=case, reason="owner_unreachable", note=sentences.GLASS)
        queries.case(by=by, id=case.id)
    return
    yield


def _looks(country: Country) -> Story:
    """A worker opens cases and asks who the children are, as on any day."""
    by = country.actor("case_worker", "MIN")
    for number in range(3):
        if case := _newest("MIN", number):
            found = queries.case(by=by, id=case.id)
            reveal(
                by=by, subject=found, pointer=found.child.identity, compartment=Compartment.IDENTITY, purpose="contact"
            )
        yield clock.now() + timedelta(minutes=20)


def _asked(country: Country, chance: random.Random) -> Story:
    """A hospital, or whoever it is, is asked for a service; a day runs for one child, a week for another."""
    for number, risk in enumerate(("high", "medium", "medium", "low")):
        if case := _newest("MIN", number):
            cases.judge_risk(by=country.actor("case_worker", "MIN"), case=case, risk=risk)
            if number < LATELY // 2 and not Referral.objects.filter(case=case).exists():
                care.offer(country, chance, case)
    return
    yield


def _shared(country: Country) -> Story:
    """A case is shared with the police of the north until the spring."""
    if case := _newest("MIN", 2):
        cases.share(
            by=country.actor("case_worker", "MIN"), case=case, agency=country.agencies["POL-N"],
            purpose="investigation", compartments=[Compartment.IDENTITY, Compartment.NARRATIVE], consent="given",
            limits=["none"], until=clock.now() + timedelta(days=120),
        )  # fmt: skip
        by = country.actor("police", "POL-N")
        erasure.place_hold(by=by, case=case, agency=country.agencies["POL-N"], reason="proceeding")
    return
    yield


def _erasure(country: Country) -> Story:
    """Somebody who was once a child here asks to be forgotten; another agency has to confirm it."""
    for number in range(20):
        case = _newest("NGO-C", number, status="closed")
        if case and not Case.objects.filter(child=case.child_id, status="open").exists():
            try:
                erasure.request_erasure(by=country.actor("supervisor", "NGO-C"), case=case, reason="person_asked")
            except Conflict:  # a proceeding is open
                continue
            return
    return
    yield
