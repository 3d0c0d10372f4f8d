"""People look at two records that may be of one child: blind to each other, two for a merge, every merge undone (S2).

Each side opens its own record only; of the other agency's it sees how the two compare. Who judges sees neither the
score nor what another person said before; where two disagree a third decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Abs
from django.utils.translation import gettext as _

from amparo.access import walls
from amparo.access.decisions import permitted
from amparo.access.gate import allow, gated, listed
from amparo.access.models import Wall
from amparo.access.permissions import Permission
from amparo.access.predicates import standings
from amparo.access.roles import Role
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict, NotFound
from amparo.common.types import Actor
from amparo.linkage.meeting import Step, steps
from amparo.linkage.merging import as_one
from amparo.linkage.models import Child, Merge, Opinion, Pair
from amparo.linkage.states import PAIR, UNDECIDED
from amparo.organisation.actions import tell
from amparo.vault import reveal
from amparo.vault.compartments import Compartment
from amparo.vocabulary.queries import need

_TWO = 2
_PURPOSE = "verification"
SAME = "same_child"


@dataclass(frozen=True)
class Sides:
    """A pair as one person may see it. `one` and `two`: who the child is, None for another agency's record.

    `steps`: how they compare, without weights before the reader has judged; `mine` is the reader's own verdict.
    """

    pair: Pair
    one: dict[str, str] | None
    two: dict[str, str] | None
    steps: Sequence[Step]
    mine: str
    merge: Merge | None


@gated
def waiting(*, by: Actor, limit: int = 50) -> list[Pair]:
    """Pairs of one's agency that one has not judged yet, the most doubtful first. One statement and the audit row's."""
    rule = allow(by, Permission.PAIR_LIST)
    judged = Opinion.objects.filter(pair=OuterRef("pk"), person=by.id)
    open_ = _of(by).filter(~Exists(judged), status__in=UNDECIDED)
    found = list(open_.order_by(Abs(F("score") - 0.5), "id")[:limit])
    listed(by, "pair:listed", "list", [each.id for each in found], rule=rule)
    return found


@gated
def merged(*, by: Actor, limit: int = 50) -> list[Merge]:
    """Standing merges of one's agency's records, the newest first."""
    rule = allow(by, Permission.PAIR_LIST)
    found = Merge.objects.filter(pair__in=_of(by), parted_at=None).select_related("pair").order_by("-merged_at")
    shown = list(found[:limit])
    listed(by, "pair:listed", "list", [each.pair_id for each in shown], rule=rule)
    return shown


@gated
def sides(*, by: Actor, id: UUID) -> Sides:
    """One pair side by side, as far as `by` may see it; each opened record leaves its own audit row. `NotFound`."""
    pair = Pair.objects.select_related("one__agency", "two__agency").filter(id=id).first()
    if pair is None:
        raise NotFound
    rule = allow(by, Permission.PAIR_REVIEW, pair)
    mine = pair.opinions.filter(person=by.id).values_list("verdict", flat=True).first() or ""
    record(by, "pair:read", "pair", pair.id, rule=rule)
    open_ = pair.status in UNDECIDED
    seen = [_opened(by, each) if open_ else None for each in (pair.one, pair.two)]
    found = [each if mine or not open_ else Step(each.name, each.level, 0.0) for each in steps(tuple(pair.levels))]
    merge = pair.merges.filter(parted_at=None).first()
    return Sides(pair, seen[0], seen[1], found, mine, merge)


def _opened(by: Actor, child: Child) -> dict[str, str] | None:
    if child.agency_id not in by.agencies_as(Role.SUPERVISOR):
        return None
    found: dict[UUID, dict[str, str]] = reveal.reveal_many(
        by=by, subjects={child.identity: child}, compartment=Compartment.IDENTITY, purpose=_PURPOSE
    )
    return found.get(child.identity, {})  # an erased child has none any more


@gated
def judge(*, by: Actor, pair: Pair, verdict: str) -> Pair:
    """Say what the two records are of. The second person who says so as well decides; a third, where two disagree.

    Raises `Invalid`, and `Conflict` for a second opinion of one person or a pair that is decided.
    """
    rule = allow(by, Permission.PAIR_REVIEW, pair)
    need("pair_verdict", verdict)
    if pair.status not in UNDECIDED:
        raise Conflict(PAIR.sentence.format(status=PAIR.called[pair.status]))
    if pair.opinions.filter(person=by.id).exists():
        raise Conflict(_("You have judged this pair already; the next opinion is another person's."))
    Opinion.objects.create(pair=pair, person=by.id, agency_id=_agency(by, pair), verdict=verdict, at=clock.now())
    record(by, "pair:judged", "pair", pair.id, rule=rule, detail={"verdict": verdict})
    _settle(by, pair, rule)
    return pair


def _agency(by: Actor, pair: Pair) -> UUID:
    ours = by.agencies_as(Role.SUPERVISOR)
    return next(each.agency_id for each in (pair.one, pair.two) if each.agency_id in ours)


def _settle(by: Actor, pair: Pair, rule: str) -> None:
    """Two of one mind decide, and merge only if each agency is among them; two of two minds want a third."""
    opinions = list(pair.opinions.order_by("at", "id"))
    verdict, agree = Counter(each.verdict for each in opinions).most_common(1)[0]
    sure = [each for each in opinions if each.verdict == verdict]
    if agree < _TWO:
        if len(opinions) >= _TWO and pair.status == "open":
            _move(pair, "dispute")
        return
    if verdict != SAME:
        _move(pair, "decide", decided_at=clock.now())
    elif {each.agency_id for each in sure} == {pair.one.agency_id, pair.two.agency_id}:
        _merge(by, pair, sure, rule)


def _merge(by: Actor, pair: Pair, sure: Sequence[Opinion], rule: str) -> None:
    if Wall.objects.filter(record__in=[pair.one_id, pair.two_id], lifted_at=None).exists():
        raise Conflict(_("A wall stands before one of these children; such records are not merged."))
    first, second = sure[0], sure[-1]
    Merge.objects.create(
        pair=pair, one=pair.one, two=pair.two, first=first.person, second=second.person,
        fields=as_one(pair.one, pair.two), merged_at=clock.now(),
    )  # fmt: skip
    _move(pair, "merge", decided_at=clock.now())
    record(by, "pair:merged", "pair", pair.id, rule=rule)


@gated
def part(*, by: Actor, pair: Pair, reason: str) -> Merge:
    """Undo a merge: the two records are of two children again, and both agencies are told. `Invalid`, `Conflict`."""
    rule = allow(by, Permission.PAIR_PART, pair)
    need("part_reason", reason)
    _move(pair, "part", decided_at=clock.now())
    merge = pair.merges.get(parted_at=None)
    merge.parted_at, merge.parted_by, merge.parted_why = clock.now(), by.id, reason
    merge.save(update_fields=["parted_at", "parted_by", "parted_why"])
    for agency in {pair.one.agency_id, pair.two.agency_id}:
        tell(code="records_parted", kind="pair", record_id=pair.id, reference=pair.reference, agency=agency,
             role=Role.SUPERVISOR)  # fmt: skip
    record(by, "pair:parted", "pair", pair.id, rule=rule, detail={"reason": reason})
    return merge


def decided() -> dict[tuple[UUID, UUID], bool]:
    """What people decided of pairs: True for one child, False for two. A parted pair is of two. Two statements."""
    one = {(each.one_id, each.two_id): True for each in Pair.objects.filter(status="merged")}
    other = Pair.objects.filter(status__in=["decided", "parted"]).exclude(opinions__verdict="cannot_tell")
    return one | {(each.one_id, each.two_id): False for each in other}


def _of(by: Actor) -> QuerySet[Pair]:
    found = Pair.objects.filter(permitted(by=by, permission=Permission.PAIR_REVIEW))
    for standing in standings(by):
        found = found.filter(walls.none_between(standing, "one_id", "two_id"))
    return found.select_related("one__agency", "two__agency")


def _move(pair: Pair, verb: str, **columns: Any) -> None:
    before, columns["status"] = pair.status, PAIR.after(pair.status, verb)
    if not Pair.objects.filter(id=pair.id, status=before).update(**columns):
        raise Conflict(_("Somebody did this a moment ago. Load the page again and look what is new."))
    for name, value in columns.items():
        setattr(pair, name, value)
