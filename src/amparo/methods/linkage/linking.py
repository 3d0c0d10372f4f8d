"""From files to children: read, train, weigh, group; and what to say about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from amparo.methods.linkage.clusters import THRESHOLD, Ints, clusters
from amparo.methods.linkage.comparisons import COMPARISONS, levels
from amparo.methods.linkage.engine import Engine, Pairs
from amparo.methods.linkage.learning import ANSWERS, Floats, Model
from amparo.methods.linkage.people import Person
from amparo.methods.linkage.tally import Grouped

SURE = 0.99  # links that are not in doubt when the children are counted
_DOUBT = 0.02
_LOOK = 0.1  # a pair that is worth a person's look


@dataclass(frozen=True)
class Linked:
    """A finished run. `group` numbers each record's child; `sure` is the same by the links beyond doubt alone.

    `told` is how much each record tells, in bits.
    """

    ids: list[str]
    agencies: list[str]
    model: Model
    pairs: Pairs
    group: Ints
    sure: Ints
    told: Floats
    threshold: float

    def groups(self) -> Iterator[list[int]]:
        """The records of each child with more than one."""
        order = np.argsort(self.group, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(self.group[order])) + 1):
            if len(members) > 1:
                yield members.tolist()

    def named(self, pair: tuple[int, int]) -> tuple[str, str]:
        return self.ids[pair[0]], self.ids[pair[1]]

    def row(self, pair: tuple[int, int], at: int) -> tuple[str, ...]:
        """Both ids, the score, Splink's weight in bits, and what the pair alone most likely is."""
        answers = self.pairs.answers[at]
        score = (
            max(float(answers[0]), self.threshold) if self.group[pair[0]] == self.group[pair[1]] else float(answers[0])
        )
        return (*self.named(pair), f"{score:.6f}", f"{self.pairs.weight[at]:.4f}", ANSWERS[int(answers.argmax())])

    def doubts(self) -> Iterator[tuple[int, int, float]]:
        """Two sure groups that may be one child, and how likely: what a count must not forget."""
        same = self.pairs.answers[:, 0]
        left, right = self.sure[self.pairs.left], self.sure[self.pairs.right]
        open_ = (left != right) & (same >= _DOUBT)
        low, high = np.minimum(left, right)[open_], np.maximum(left, right)[open_]
        order = np.lexsort((high, low))
        couples = np.column_stack([low, high])[order]
        starts = np.flatnonzero(np.any(np.diff(couples, axis=0, prepend=-1), axis=1)).tolist()
        sizes = np.bincount(self.sure, minlength=len(self.ids))
        chances = same[open_][order]
        for first, last in pairwise([*starts, len(chances)]):
            one, two = couples[first].tolist()
            # As in the grouping, a pair of records that was not worth a look counts against.
            yield one, two, float(chances[first:last].sum() / (sizes[one] * sizes[two]))


def link(
    people: Iterable[Person], *, engine: Engine, threshold: float = THRESHOLD, model: Model | None = None,
    decided: Mapping[tuple[str, str], bool] | None = None,
) -> Linked:  # fmt: skip
    """Link records. A `model` trained before is used as it is; without one the weights come from these records.

    `decided`: what people found of two ids (the smaller first), one child or two. It stands whatever the weights say.
    """
    engine.take(people)
    used = model or engine.train()
    pairs = _as_decided(engine.ids, engine.weigh(used), decided or {})
    count = len(engine.ids)
    made = [clusters(count, pairs.left, pairs.right, pairs.answers, threshold=each) for each in (threshold, SURE)]
    return Linked(engine.ids, engine.agencies, used, pairs, made[0], made[1], engine.told(used), threshold)


def _as_decided(ids: list[str], pairs: Pairs, decided: Mapping[tuple[str, str], bool]) -> Pairs:
    """The pairs with what people decided in the place of what the weights say. Two children count as siblings do."""
    if not decided:
        return pairs
    place = {id: number for number, id in enumerate(ids)}
    wanted = {
        (min(place[one], place[two]), max(place[one], place[two])): same
        for (one, two), same in decided.items()
        if one in place and two in place
    }
    answers = pairs.answers.copy()
    for at, both in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
        if both in wanted:
            answers[at] = np.eye(len(ANSWERS))[ANSWERS.index("same" if wanted[both] else "sibling")]
    return replace(pairs, answers=answers)


def grouped(linked: Linked) -> Grouped:
    """What a count and its drawings need of a run, as `tally.read` has it from `clusters.csv`."""
    agencies = sorted(set(linked.agencies))
    number = {name: place for place, name in enumerate(agencies)}
    doubts = list(linked.doubts())
    one, two, chance = zip(*doubts, strict=True) if doubts else ((), (), ())
    return Grouped(
        agencies, np.array([number[each] for each in linked.agencies]), linked.group, linked.sure,
        np.array(one, np.int64), np.array(two, np.int64), np.array(chance, float), linked.told,
    )  # fmt: skip


def waterfall(one: Person, two: Person, model: Model) -> Iterator[str]:
    """How the weight of a pair comes about: a line a comparison, in bits, with a bar to the left or the right."""
    found = levels(one, two)
    prior = float(np.log2(model.same / (1 - model.same)))
    yield f"{'':<14}{'':<44}{'bits':>7}"
    yield _bar("at the start", "two records of all, at random", prior)
    for place, each in enumerate(COMPARISONS):
        label = each.labels[found[place]] if found[place] >= 0 else each.unknown.label
        yield _bar(each.name, label, model.weight(place, found[place]))
    yield _bar("together", "the match weight, as Splink has it", model.match_weight(found))
    answers = model.answers(np.array([found], np.int8))[0]
    yield ""
    for name, value in zip(ANSWERS, answers.tolist(), strict=True):
        yield f"{_WORDS[name]:<58}{value:8.1%}"


_WORDS = {
    "same": "the same child", "sibling": "a brother or sister", "twin": "a twin",
    "namesake": "a stranger of the same name", "other": "a stranger",
}  # fmt: skip


def _bar(name: str, label: str, bits: float) -> str:
    marks = "+" * round(bits) if bits > 0 else "-" * round(-bits)
    return f"{name:<14}{label:<44}{bits:7.2f}  {marks}".rstrip()


def pair_rows(linked: Linked) -> Iterator[tuple[str, ...]]:
    """The rows of `pairs.csv`: every two records of one child. They agree with the groups, transitively.

    The score is the pair's own chance of being one child, or the threshold where only the rest of the group says so.
    """
    seen = {
        pair: place
        for place, pair in enumerate(zip(linked.pairs.left.tolist(), linked.pairs.right.tolist(), strict=True))
        if linked.group[pair[0]] == linked.group[pair[1]]
    }
    for members in linked.groups():
        for pair in combinations(members, 2):
            at = seen.get(pair)
            yield linked.row(pair, at) if at is not None else (*linked.named(pair), f"{linked.threshold:.6f}", "", "")


def doubt_rows(linked: Linked) -> Iterator[tuple[str, ...]]:
    """Pairs of two groups that a person should look at: the chance of one child is neither small nor decided."""
    apart = linked.group[linked.pairs.left] != linked.group[linked.pairs.right]
    same = linked.pairs.answers[:, 0]
    for at in np.flatnonzero(apart & (same >= _LOOK))[
        np.argsort(-same[apart & (same >= _LOOK)], kind="stable")
    ].tolist():
        yield linked.row((int(linked.pairs.left[at]), int(linked.pairs.right[at])), at)


def cluster_rows(linked: Linked) -> Iterator[tuple[str, str, str, str, str, str]]:
    """The rows of `clusters.csv`: id, child, agency; the group by sure links, which others it may be, bits told."""
    maybe: dict[int, list[str]] = {}
    for one, two, chance in linked.doubts():
        maybe.setdefault(one, []).append(f"{_name(two)}:{chance:.3f}")
    for place, id in enumerate(linked.ids):
        sure = int(linked.sure[place])
        told = " ".join(maybe.get(sure, ())) if sure == place else ""
        yield (
            id,
            _name(int(linked.group[place])),
            linked.agencies[place],
            _name(sure),
            told,
            f"{linked.told[place]:.1f}",
        )


def _name(number: int) -> str:
    return f"C{number + 1:07}"
