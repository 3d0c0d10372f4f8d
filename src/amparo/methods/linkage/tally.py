"""How many children: an unduplicated count that carries the doubt of the linkage.

A count from one partition pretends that every link is known. Here the groups that sure links make are fixed, and each
doubtful link between two of them is drawn with its chance, many times: every draw is one way in which the records may
belong to children. The estimate is the middle of the draws; the interval holds 95 % of them.

Records that tell too little (a first name and an age) can meet nobody, so each looks like a child of its own. How often
a record has a second one does not depend on how much it tells; so the share that the fullest three in ten show is
expected of the others too: in each draw as many of them as lack it become one child with another record.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from amparo.common.errors import Invalid
from amparo.methods.linkage.learning import Floats

DRAWS = 200
_BINS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7)  # of the records, by how much they tell: the emptiest first, the fullest last
_ROUNDS = 6  # a second one makes its partner's second one, too: then more is expected of the others
_ENOUGH = 30  # full records, to say what is expected of the others
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Count:
    """Distinct children: as grouped, as estimated, and the ends of the 95 % interval."""

    name: str
    records: int
    grouped: int
    estimate: int
    low: int
    high: int


@dataclass(frozen=True)
class Grouped:
    """What `clusters.csv` holds. Groups are numbered from 0; `agency` is a number in `agencies`."""

    agencies: list[str]
    agency: Ints
    group: Ints
    sure: Ints
    one: Ints
    two: Ints
    chance: Floats
    told: Floats


def read(paths: Sequence[Path]) -> Grouped:
    """The groups in one or more `clusters.csv`. Raises `Invalid`, naming the file."""
    rows = [row for path in paths for row in _rows(path)]
    if not rows:
        raise Invalid({"clusters": "There are no records in this file."})
    agencies = sorted({row["agency"] for row in rows})
    numbers: dict[tuple[str, str], int] = {}
    places = {name: place for place, name in enumerate(agencies)}

    def number(kind: str, name: str) -> int:
        return numbers.setdefault((kind, name), len(numbers))

    sure = [number("sure", row["sure_id"]) for row in rows]
    doubts = [
        (mine, number("sure", other), float(chance))
        for mine, row in zip(sure, rows, strict=True)
        for other, _, chance in (each.rpartition(":") for each in row["may_be"].split())
    ]
    one, two, chance = zip(*doubts, strict=True) if doubts else ((), (), ())
    return Grouped(
        agencies, np.array([places[row["agency"]] for row in rows]),
        np.array([number("group", row["cluster_id"]) for row in rows]), np.array(sure),
        np.array(one, np.int64), np.array(two, np.int64), np.array(chance, float),
        np.array([float(row["told_bits"]) for row in rows]),
    )  # fmt: skip


def counts(of: Grouped, *, draws: int = DRAWS, seed: int = 1234) -> list[Count]:
    """All children first, then the children of each agency. The same seed gives the same numbers."""
    drawn = np.array([_distinct(of, parts) for parts in completed(of, draws=draws, seed=seed)])
    low, middle, high = np.rint(np.quantile(drawn, [0.025, 0.5, 0.975], axis=0)).astype(int)
    grouped, records = _distinct(of, of.group), np.bincount(of.agency, minlength=len(of.agencies))
    found = zip(["all", *of.agencies], [len(of.agency), *records], grouped, middle, low, high, strict=True)
    return [Count(name, *map(int, numbers)) for name, *numbers in found]


def _distinct(of: Grouped, parts: Ints) -> list[int]:
    """How many children there are in all, and in each agency."""
    seen = np.unique(parts * len(of.agencies) + of.agency)
    each = np.bincount(seen % len(of.agencies), minlength=len(of.agencies))
    return [len(np.unique(parts)), *each.tolist()]


def completed(of: Grouped, *, draws: int, seed: int) -> Iterator[Ints]:
    """As `partitions`; and records that tell too little to meet any other get a second one, as often as full ones have.

    Which one it is nobody knows: any other record may be it. So counts and histories are of the right size, and no
    single link of these says anything. The shares are drawn too, once a draw.
    """
    random = np.random.default_rng([seed, 1])
    few = np.digitize(of.told, np.quantile(of.told, _BINS))
    for parts in partitions(of, draws=draws, seed=seed):
        child, chance = parts.copy(), random.standard_normal(len(_BINS) + 1)
        for _ in range(_ROUNDS):
            if not _met_again(child, few, chance, random):
                break
        yield child


def _met_again(child: Ints, few: Ints, chance: Floats, random: np.random.Generator) -> int:
    """Give as many emptier records a second one as the fullest make us expect; how many there were."""
    again = np.bincount(child)[child] > 1
    sizes, met = (np.bincount(few, weights=each, minlength=len(chance)) for each in (None, again))
    if sizes[-1] < _ENOUGH:
        return 0
    shares = (met + 0.5) / (sizes + 1)
    shares = shares + chance * np.sqrt(shares * (1 - shares) / (sizes + 1))
    lacking = np.rint(sizes * (shares[-1] - shares)).astype(int)
    alone = [np.flatnonzero((few == place) & ~again) for place in range(len(chance) - 1)]
    chosen = np.concatenate(
        [random.permutation(each)[: max(number, 0)] for each, number in zip(alone, lacking, strict=False)]
    )
    child[chosen] = child[random.integers(len(child), size=len(chosen))]
    return len(chosen)


def partitions(of: Grouped, *, draws: int, seed: int) -> Iterator[Ints]:
    """Each draw: the child of each record, one way in which the doubtful links may be."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    random, size = (
        np.random.default_rng(seed),
        int(max(of.sure.max(), of.one.max(initial=0), of.two.max(initial=0))) + 1,
    )
    for _ in range(draws):
        yes = random.random(len(of.chance)) < of.chance
        graph = coo_array((np.ones(int(yes.sum())), (of.one[yes], of.two[yes])), shape=(size, size))
        yield connected_components(graph, directed=False)[1][of.sure]


def histories(of: Grouped, parts: Ints) -> dict[tuple[int, ...], int]:
    """How many children each combination of agencies has: 0 or 1 an agency, as `amparo estimate` reads it."""
    seen = np.zeros((int(parts.max()) + 1, len(of.agencies)), bool)
    seen[parts, of.agency] = True
    rows, number = np.unique(seen[seen.any(axis=1)], axis=0, return_counts=True)
    return {tuple(int(each) for each in row): int(count) for row, count in zip(rows, number, strict=True)}


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"record_id", "cluster_id"} <= set(reader.fieldnames or ()):
            raise Invalid({"clusters": f"{path.name} is no file of clusters: it needs record_id and cluster_id."})
        for number, row in enumerate(reader, start=2):
            if not row["cluster_id"]:
                raise Invalid({"clusters": f"{path.name}: line {number} has no cluster_id."})
            child = f"{path.name}:{row['cluster_id']}"
            sure = f"{path.name}:{row['sure_id']}" if row.get("sure_id") else child
            may_be = " ".join(f"{path.name}:{each}" for each in (row.get("may_be") or "").split())
            yield {"agency": row.get("agency") or "", "cluster_id": child, "sure_id": sure, "may_be": may_be,
                   "told_bits": row.get("told_bits") or "0"}  # fmt: skip
