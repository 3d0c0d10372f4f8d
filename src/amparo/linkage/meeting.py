"""Have we met this child? Asked before a child is registered, over all agencies, in the matching compartment (C1).

What comes out: one's own agency's records with the reasons for their score; of another agency only that it may know the
child, and a `Contact` by which it can be asked. A record behind a wall gives the asker nothing.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Invalid, Refused
from amparo.common.types import Actor
from amparo.linkage import contacts, matching, weighing
from amparo.linkage.actions import ChildFacts, Identity, plain
from amparo.linkage.models import Child, SearchCounter
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell

SHOWN = 10
# The least chance, of the same child or of a brother or sister, that is worth a question to another agency.
_WORTH = 0.02
_KIN_WORTH = 0.5
SAME, KIN = "same", "sibling"


@dataclass(frozen=True)
class Step:
    """One thing that was compared, what it showed (None: not known), and what that weighs in bits."""

    name: str
    level: str | None
    bits: float


@dataclass(frozen=True)
class Met:
    """A possible earlier record. Of one's own agency: the child, the chance that it is the same, and why. Of another:
    the agency, and the contact by which it can be asked. `may_be` is "same" or "sibling".
    """

    child: UUID | None
    agency: UUID
    may_be: str
    score: float | None = None
    steps: tuple[Step, ...] = ()
    contact: UUID | None = None

    @property
    def percent(self) -> int | None:
        """The chance in whole hundredths, never 100: nobody is sure before people have looked."""
        return None if self.score is None else min(round(100 * self.score), 99)


@gated
def have_we_met(*, by: Actor, identity: Identity, facts: ChildFacts, reason: str) -> list[Met]:
    """Search before registering, over all agencies, by all that is known; the likeliest first, at most ten.

    Needs a name part, a birth year and the reason (design: "register or refer a child"), and may be asked so many times
    a day (`SEARCHES_A_DAY`). A child behind a wall gives the asker nothing and every auditor a notice. One audit row
    for the search and one for the copies that were compared. Raises `Invalid`, `Refused`.
    """
    rule = allow(by, Permission.CHILD_SEARCH)
    _askable(identity, facts.birth_year, reason)
    _count_search(by)
    found = list(_worth(by, identity, facts, reason))
    walled = walls.behind(by, [each.child.id for each in found])
    for each in found:
        if each.child.id in walled:
            _tell_auditors(each.child)
    open_ = [each for each in found if each.child.id not in walled]
    record(by, "child:searched", "list", ids=[each.child.id for each in open_], rule=rule, purpose=reason)
    asked = contacts.offer(by, [(each.child, may_be(each)) for each in open_ if not _ours(by, each.child)], reason)
    return [_told(by, each, asked.get(each.child.id)) for each in open_]


def may_be(found: matching.Candidate) -> str:
    """What a record most likely is, of what is worth telling: the same child, or a brother or sister."""
    return KIN if found.otherwise_named or found.kin > found.same else SAME


def _worth(by: Actor, identity: Identity, facts: ChildFacts, reason: str) -> Iterator[matching.Candidate]:
    asked = matching.as_person(plain(identity), asdict(facts))
    for each in matching.candidates(by=by, asked=asked, purpose=reason)[:SHOWN]:
        if _is_worth(each):
            yield each


def _is_worth(found: matching.Candidate) -> bool:
    if found.otherwise_named:
        return found.same + found.kin >= _KIN_WORTH
    return found.same >= _WORTH or found.kin >= _KIN_WORTH


def _ours(by: Actor, child: Child) -> bool:
    return child.agency_id in by.agencies


def _told(by: Actor, found: matching.Candidate, contact: UUID | None) -> Met:
    child = found.child
    if not _ours(by, child):
        return Met(None, child.agency_id, may_be(found), contact=contact)
    return Met(child.id, child.agency_id, may_be(found), found.same, tuple(steps(found.levels)))


def steps(levels: tuple[int, ...]) -> Iterator[Step]:
    """Why a pair of records has its score: what each comparison showed and weighs; the largest weights first."""
    model = weighing.in_use()
    found = [
        Step(each.name, each.labels[level] if level >= 0 else None, model.weight(place, level))
        for place, (each, level) in enumerate(zip(COMPARISONS, levels, strict=True))
    ]
    yield from sorted(found, key=lambda step: (step.level is None, -abs(step.bits)))


def _askable(identity: Identity, birth_year: int | None, reason: str) -> None:
    wrong = {}
    if not any((identity.given, identity.family, identity.other)):
        wrong["given"] = _("Give at least one part of the name.")
    if birth_year is None:
        wrong["birth_year"] = _("Give the year of birth, or your best estimate.")
    if not reason:
        wrong["reason"] = _("Say for what purpose you search.")
    if wrong:
        raise Invalid(wrong)


def _count_search(by: Actor) -> None:
    """One more search today, or a refusal. The last one that is allowed tells the supervisors."""
    if by.kind != "person":
        return
    today = SearchCounter.objects.get_or_create(person=by.id, day=clock.today())[0]
    more = SearchCounter.objects.filter(pk=today.pk, number__lt=settings.SEARCHES_A_DAY)
    if not more.update(number=F("number") + 1):
        words = _("You have searched {n} times today. Your supervisor knows; go on tomorrow.")
        raise Refused(words.format(n=settings.SEARCHES_A_DAY), rule=f"{Permission.CHILD_SEARCH}:daily_ceiling")
    if SearchCounter.objects.filter(pk=today.pk, number=settings.SEARCHES_A_DAY).exists():
        for agency in by.agencies:
            tell(code="many_searches", kind="person", record_id=by.id, reference="", agency=agency,
                 role=Role.SUPERVISOR)  # fmt: skip


def _tell_auditors(child: Child) -> None:
    """Somebody met a child whom a wall keeps from them: independent eyes look whether it was chance."""
    for agency in organisation.holders(Role.AUDITOR).values_list("agency_id", flat=True).distinct():
        tell(code="walled_child_searched", kind="child", record_id=child.id, reference=child.agency.code,
             agency=agency, role=Role.AUDITOR)  # fmt: skip
