"""The nightly run over the records of all agencies: their own weights, who is of one child, what people must look at.

Nothing is merged by it. Its groups only serve the count (`counting.overlaps`), as drawings that carry their own doubt;
what people decided is kept to, and a record is merged by two of them alone (`reviewing`).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.access.roles import Role
from amparo.audit import rows
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import AmparoError
from amparo.common.ids import new_reference
from amparo.common.types import Actor
from amparo.linkage import matching, weighing
from amparo.linkage.models import Child, Pair, Weights
from amparo.linkage.reviewing import decided
from amparo.linkage.states import UNDECIDED
from amparo.methods.linkage.comparisons import COMPARISONS
from amparo.methods.linkage.labelled import LINKED
from amparo.organisation import queries as organisation
from amparo.organisation.actions import tell

if TYPE_CHECKING:
    from amparo.methods.linkage.linking import Linked

DRAWINGS = 20
# Below so many records the weights that come along know better than what could be learned.
_ENOUGH = 2000
_LEAST = 200
_QUEUE = 300  # undecided pairs that are put before people in one run
_SAMPLE = 25  # pairs of each other band that are put among them, so that quality can be told
_SURE = 0.99
_DOUBT = 0.1
# A change beyond these is told: of the chance that one child's records agree, and of the size of a band.
_DRIFT, _BAND_DRIFT = 0.15, 0.5


@dataclass(frozen=True)
class Found:
    """The edition of the weights, drawings for the count (record to child), how many new pairs people will see, and how
    many children the records are grouped to.
    """

    weights: Weights
    drawings: list[dict[UUID, UUID]]
    pairs: int
    children: int


def find(*, by: Actor) -> Found:
    """Link the records of all agencies. Raises `AmparoError` without the extra `linkage` or without any record."""
    try:
        from amparo.methods.linkage.engine import Engine
        from amparo.methods.linkage.linking import link
    except ModuleNotFoundError:
        raise AmparoError("Linkage in bulk needs the extra `linkage`: install amparo[linkage].") from None
    allow(by, Permission.LINKS_FIND)
    children = Child.objects.count()
    model = None if children >= _ENOUGH else weighing.first().among(max(children, _LEAST))
    said = {(str(one), str(two)): same for (one, two), same in decided().items()}
    with Engine() as engine:
        linked = link(matching.everybody(by=by), engine=engine, model=model, decided=said)
    return _kept(by=by, linked=linked, trained=model is None)


@gated
def _kept(*, by: Actor, linked: "Linked", trained: bool) -> Found:
    rule = allow(by, Permission.LINKS_FIND)
    banded = _banded(linked)
    weights = _edition(linked, banded, trained=trained)
    made = _queue(linked, banded, weights)
    record(by, "links:found", "links", weights.id, rule=rule, detail={"records": len(linked.ids), "pairs": made})
    return Found(weights, _drawings(linked), made, len(set(linked.group.tolist())))


def _banded(linked: "Linked") -> list[str]:
    """The band of each pair that was worth a look: linked or not, and how surely."""
    same = linked.pairs.answers[:, 0].tolist()
    together = (linked.group[linked.pairs.left] == linked.group[linked.pairs.right]).tolist()
    return [
        ("sure" if chance >= _SURE else "linked") if joined else "doubt" if chance >= _DOUBT else "faint"
        for chance, joined in zip(same, together, strict=True)
    ]


def _edition(linked: "Linked", banded: list[str], *, trained: bool) -> Weights:
    """Keep the weights as a new edition, the sizes of the bands by agency, and what changed since the one before."""
    before = Weights.objects.order_by("-number").first()
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for band, one, two in zip(banded, linked.pairs.left.tolist(), linked.pairs.right.tolist(), strict=True):
        for whose in {"", linked.agencies[one], linked.agencies[two]}:
            sizes[whose][band] += 1
    made = Weights(
        number=before.number + 1 if before else 1, origin="trained" if trained else "shipped",
        model=json.loads(linked.model.saved()), records=len(linked.ids), bands={k: dict(v) for k, v in sizes.items()},
        made_at=clock.now(),
    )  # fmt: skip
    made.drift = drift(before, made) if before else []
    made.save(force_insert=True)
    if made.drift:
        _tell_drift(made)
    return made


def drift(before: Weights, now: Weights) -> list[dict[str, Any]]:
    """What changed so much that somebody must look: agreement on a field, or a band's share of the pairs."""
    found = []
    for place, each in enumerate(COMPARISONS):
        was, is_ = (1 - edition.model["m"][place][0] for edition in (before, now))
        if abs(was - is_) > _DRIFT:
            found.append({"what": each.name, "before": round(was, 3), "now": round(is_, 3)})
    for band in (*LINKED, "doubt"):
        was, is_ = (edition.bands.get("", {}).get(band, 0) / max(edition.records, 1) for edition in (before, now))
        if max(was, is_) > 0.01 and abs(was - is_) > _BAND_DRIFT * max(was, is_):  # noqa: PLR2004 - a pair in a hundred
            found.append({"what": band, "before": round(was, 3), "now": round(is_, 3)})
    return found


def _tell_drift(made: Weights) -> None:
    for agency in organisation.holders(Role.STATISTICIAN).values_list("agency_id", flat=True).distinct():
        tell(code="linkage_drifted", kind="weights", record_id=made.id, reference=str(made.number), agency=agency,
             role=Role.STATISTICIAN)  # fmt: skip


def _queue(linked: "Linked", banded: list[str], weights: Weights) -> int:
    """Put pairs before people: the undecided, the likeliest first, and a few of every other band. How many are new."""
    same = linked.pairs.answers[:, 0]
    open_ = sorted((at for at, band in enumerate(banded) if band == "doubt"), key=lambda at: -same[at])[:_QUEUE]
    chance = Random(weights.number)  # noqa: S311 - a sample, no secret
    for band in ("sure", "linked", "faint"):
        of = [at for at, each in enumerate(banded) if each == band]
        open_ += chance.sample(of, min(_SAMPLE, len(of)))
    before = Pair.objects.count()
    made = [_pair(linked, at, banded[at], weights) for at in open_]
    rows.insert(made, unless_there=True)
    _refresh(made)
    return Pair.objects.count() - before


def _pair(linked: "Linked", at: int, band: str, weights: Weights) -> Pair:
    from amparo.methods.linkage.learning import ANSWERS

    ids = sorted(UUID(linked.ids[int(side[at])]) for side in (linked.pairs.left, linked.pairs.right))
    answers = linked.pairs.answers[at].tolist()
    return Pair(
        reference=new_reference("L"), one_id=ids[0], two_id=ids[1], weights=weights, score=answers[0],
        may_be=ANSWERS[answers.index(max(answers))], levels=linked.pairs.levels[at].tolist(), band=band,
        found_at=clock.now(),
    )  # fmt: skip


def _refresh(made: list[Pair]) -> None:
    """A pair that waits already is weighed anew; what people decided stays."""
    found = {(each.one_id, each.two_id): each for each in made}
    waiting = list(Pair.objects.filter(status__in=UNDECIDED, one__in={one for one, _two in found}))
    for each in waiting:
        if new := found.get((each.one_id, each.two_id)):
            each.score, each.may_be, each.levels = new.score, new.may_be, new.levels
            each.band, each.weights_id = new.band, new.weights_id
    rows.update(waiting, "score", "may_be", "levels", "band", "weights_id")


def _drawings(linked: "Linked") -> list[dict[UUID, UUID]]:
    """Ways in which the records may belong to children, each as likely; a child of one record is left out."""
    from amparo.methods.linkage.linking import grouped
    from amparo.methods.linkage.tally import partitions

    ids = [UUID(each) for each in linked.ids]
    apart = [pair for pair, same in decided().items() if not same]
    return [_together(ids, parts.tolist(), apart) for parts in partitions(grouped(linked), draws=DRAWINGS, seed=1)]


def _together(ids: list[UUID], parts: list[int], apart: list[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    part_of = dict(zip(ids, parts, strict=True))
    for number, (one, two) in enumerate(apart, start=1):
        if one in part_of and part_of.get(two) == part_of[one]:
            part_of[two] = -number  # others joined what people had found to be two children: one of them stands alone
    members: Mapping[int, list[UUID]] = defaultdict(list)
    for id, part in part_of.items():
        members[part].append(id)
    return dict(chain.from_iterable(((id, each[0]) for id in each) for each in members.values() if len(each) > 1))
