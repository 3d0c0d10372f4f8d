"""The night's run over the records of all agencies, and what people did with it: pairs judged, agencies asked.

Judges know what the answer key knows, so that what they decide is right; the run itself does not.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from uuid import UUID

from amparo.access.models import Wall
from amparo.common import clock
from amparo.common.types import OPERATOR
from amparo.counting.overlaps.actions import take_links
from amparo.demo.founding import Country
from amparo.demo.people import Known
from amparo.linkage import contacts, reviewing, running
from amparo.linkage.meeting import have_we_met
from amparo.linkage.models import Contact, Pair

# Of three pairs that wait one is judged by both agencies, one by the first of them, and one by nobody.
_THIRDS = 3
JUDGED = 36
# So many searches, so many questions to agencies at most, and of these so many that are answered or declined.
SEARCHED, ASKED, ANSWERED = 30, 9, 6
_NIGHT, _ANSWER = timedelta(hours=8), timedelta(hours=5)


def link(country: Country, records: Mapping[UUID, Known]) -> None:
    """Link everybody's records, so that each child is counted once; judge some of the pairs, ask some agencies."""
    if not records:
        return
    with clock.stopped(clock.now() - _NIGHT):
        found = running.find(by=OPERATOR)
        take_links(by=OPERATOR, drawings=found.drawings)
        _judge(country, records)
    _ask(country, records)


def _judge(country: Country, records: Mapping[UUID, Known]) -> None:
    for number, pair in enumerate(_between_agencies()[:JUDGED]):
        one, two = records[pair.one_id], records[pair.two_id]
        for known in (one, two)[: _THIRDS - 1 - number % _THIRDS]:
            supervisor = country.actor("supervisor", known.agency)
            reviewing.judge(by=supervisor, pair=pair, verdict=_verdict(one, two))


def _between_agencies() -> list[Pair]:
    """The likeliest pairs of two agencies before which no wall stands."""
    walled = set(Wall.objects.filter(lifted_at=None).values_list("record", flat=True))
    found = Pair.objects.select_related("one", "two").order_by("-score", "one_id", "two_id")
    return [
        each for each in found if each.one.agency_id != each.two.agency_id and not {each.one_id, each.two_id} & walled
    ]


def _verdict(one: Known, two: Known) -> str:
    if one.child.number == two.child.number:
        return "same_child"
    return "sibling" if one.child.family == two.child.family else "other_child"


def _ask(country: Country, records: Mapping[UUID, Known]) -> None:
    """Case workers search for children whom they met lately, and ask the agency that may know them, too."""
    with clock.stopped(clock.now() - _ANSWER):
        asked = list(islice(_asked(country, records), ASKED))
    for number, (contact, known) in enumerate(asked[:ANSWERED]):
        by = country.actor("supervisor", contact.agency.code)
        if number % _THIRDS == 1:
            contacts.decline(by=by, contact=contact, reason="child_objects")
        else:
            contacts.answer(by=by, contact=contact, answer=_verdict(known, records[contact.child_id]))


def _asked(country: Country, records: Mapping[UUID, Known]) -> Iterator[tuple[Contact, Known]]:
    """Questions about children whom another agency knows, by the newest records of each."""
    walled = set(Wall.objects.filter(lifted_at=None).values_list("record", flat=True))
    often = Counter(known.child.number for known in records.values())
    newest = sorted(records.values(), key=lambda each: (each.at, each.child.number), reverse=True)
    for known in [each for each in newest if often[each.child.number] > 1][:SEARCHED]:
        by = country.actor("case_worker", known.agency)
        found = have_we_met(by=by, identity=known.identity, facts=known.facts, reason="verification")
        offered = Contact.objects.select_related("agency").filter(
            id__in=[each.contact for each in found if each.contact]
        )
        first = next((each for each in offered.order_by("id") if each.child_id not in walled), None)
        if first:
            yield contacts.ask(by=by, contact=first), known
