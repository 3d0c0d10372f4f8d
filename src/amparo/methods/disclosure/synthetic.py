"""Synthetic records: made-up children whose tables are near the true ones, under differential privacy.

All tables of two variables are counted, discrete Gaussian noise is added once (OpenDP), and made-up records are changed
little by little until their tables are those (the gradual update of Zhang et al., "PrivSyn", *USENIX Security* 2021).
Only the noise sees the truth: everything after it costs no privacy. What one child adds or takes away is bounded by
`epsilon` and `delta` over the whole file (zero-concentrated differential privacy, Bun and Steinke 2016).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import Any

import numpy as np

from amparo.common.errors import AmparoError, Invalid
from amparo.methods.disclosure.system import Numbers

Records = np.ndarray[Any, np.dtype[np.int64]]  # a line a child, a column a variable: the place of its code
ROUNDS = 60  # how often each table is gone through; further rounds change nothing that the noise has not blurred
COPIED = 0.2  # of the changed records: copies keep what three variables have in common, but blur what two have
COMMON = 10  # combinations of so many children are what the report asks for


@dataclass(frozen=True)
class Measured:
    """What was measured of the truth, and may be published: noisy tables of two variables, and what that cost."""

    sizes: tuple[int, ...]
    tables: Mapping[tuple[int, int], Numbers]
    epsilon: float
    delta: float
    rho: float
    scale: float


def rho_of(epsilon: float, delta: float) -> float:
    """The zero-concentrated budget that keeps the promise (epsilon, delta)."""
    return (sqrt(epsilon + log(1 / delta)) - sqrt(log(1 / delta))) ** 2


def measure(records: Records, sizes: Sequence[int], *, epsilon: float, delta: float) -> Measured:
    """Count all tables of two variables and add the noise. Drawn once: doing it again spends the budget again."""
    if not 0 < epsilon <= 20 or not 0 < delta < 0.01:  # noqa: PLR2004 - beyond these a promise promises nothing
        raise Invalid({"epsilon": "The budget lies above 0 and is 20 at most; delta lies above 0, far below 0.01."})
    pairs = list(combinations(range(len(sizes)), 2))
    rho = rho_of(epsilon, delta)
    scale = sqrt(len(pairs) / (2 * rho))
    tables = {
        (a, b): _noisy(np.bincount(records[:, a] * sizes[b] + records[:, b], minlength=sizes[a] * sizes[b]), scale)
        for a, b in pairs
    }
    return Measured(tuple(sizes), tables, epsilon, delta, rho, scale)


def _noisy(counts: Records, scale: float) -> Numbers:
    try:
        import opendp.prelude as dp
    except ModuleNotFoundError:
        raise AmparoError("Synthetic records need the extra `statistics`: install amparo[statistics].") from None
    dp.enable_features("contrib")
    space = dp.vector_domain(dp.atom_domain(T=int)), dp.l2_distance(T=float)
    return np.array(dp.m.make_gaussian(*space, scale=scale)([int(each) for each in counts]), dtype=float)


def synthesize(measured: Measured, *, seed: int) -> Records:
    """Made-up records for what was measured; the same seed makes the same records."""
    random = np.random.default_rng(seed)
    total = round(float(np.mean([table.sum() for table in measured.tables.values()])))
    aims = {pair: _whole(_possible(table, total), total) for pair, table in _consistent(measured).items()}
    records = _independent(aims, measured.sizes, total, random)
    for turn in range(ROUNDS):
        share = 1.0 if turn > ROUNDS // 2 else 0.5
        for pair in random.permutation(list(aims)):
            _nearer(records, aims[pair[0], pair[1]], (pair[0], pair[1]), measured.sizes[pair[1]], share, random)
    return records[random.permutation(total)]


def _consistent(measured: Measured) -> dict[tuple[int, int], Numbers]:
    """The tables agree on the counts of each variable: the mean of what each of them says of it, inversely weighed."""
    ones: list[Numbers] = []
    for axis in range(len(measured.sizes)):
        said, weights = [], []
        for (a, b), table in measured.tables.items():
            if axis in (a, b):
                square = table.reshape(measured.sizes[a], measured.sizes[b])
                said.append(square.sum(axis=1 if axis == a else 0))
                weights.append(1 / square.shape[1 if axis == a else 0])
        ones.append(np.average(said, axis=0, weights=weights))
    agreed = {}
    for (a, b), table in measured.tables.items():
        square = table.reshape(measured.sizes[a], measured.sizes[b])
        square = square + ((ones[a] - square.sum(axis=1)) / square.shape[1])[:, None]
        agreed[a, b] = (square + ((ones[b] - square.sum(axis=0)) / square.shape[0])[None, :]).ravel()
    return agreed


def _possible(table: Numbers, total: float) -> Numbers:
    """The nearest table without negative counts and with this total."""
    low, high = -float(table.max()), float(total)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.maximum(table - middle, 0).sum() > total else (low, middle)
    return np.maximum(table - high, 0)


def _whole(table: Numbers, total: int) -> Records:
    """Rounded so that the total is kept: the largest remainders are rounded up."""
    down = np.floor(table).astype(np.int64)
    short = total - int(down.sum())
    down[np.argsort(down - table, kind="stable")[:short]] += 1
    return down


def _independent(
    aims: Mapping[tuple[int, int], Records], sizes: Sequence[int], total: int, random: np.random.Generator
) -> Records:
    """Records with the right counts of each variable, one variable at a time."""
    columns = []
    for axis in range(len(sizes)):
        pair = next(pair for pair in aims if axis in pair)
        square = aims[pair].reshape(sizes[pair[0]], sizes[pair[1]])
        counts = square.sum(axis=1 if axis == pair[0] else 0)
        columns.append(random.permutation(np.repeat(np.arange(sizes[axis]), counts)))
    return np.stack(columns, axis=1)[:total]


def _nearer(
    records: Records, aim: Records, pair: tuple[int, int], width: int, share: float, random: np.random.Generator
) -> None:
    """Move some records from cells with too many to cells with too few: few copied whole, most in two fields."""
    a, b = pair
    codes = records[:, a] * width + records[:, b]
    over = np.bincount(codes, minlength=len(aim)) - aim
    number = int(np.maximum(over, 0).sum() * share)
    if not number:
        return
    order = random.permutation(len(records))
    order = order[np.argsort(codes[order], kind="stable")]
    starts = np.searchsorted(codes[order], np.arange(len(aim)))
    spare = np.concatenate([order[starts[c] : starts[c] + over[c]] for c in np.flatnonzero(over > 0)])
    wanted = np.repeat(np.arange(len(aim)), np.maximum(-over, 0))
    spare, wanted = random.permutation(spare)[:number], random.permutation(wanted)[:number]
    counts = np.bincount(codes, minlength=len(aim))
    copied = (random.random(len(wanted)) < COPIED) & (counts[wanted] > 0)
    models = order[starts[wanted[copied]] + (random.random(copied.sum()) * counts[wanted[copied]]).astype(int)]
    records[spare[copied]] = records[models]
    records[spare[~copied], a] = wanted[~copied] // width
    records[spare[~copied], b] = wanted[~copied] % width


def utility(truth: Records, made: Records, sizes: Sequence[int]) -> dict[str, Any]:
    """How near the made-up records are. Computed from the truth without noise: for the house, not for the public."""
    report: dict[str, Any] = {"records": {"true": len(truth), "synthetic": len(made)}}
    for length in (1, 2, 3):
        away, relative, missing, common, invented, found = 0.0, 0.0, 0, 0, 0, 0
        for axes in combinations(range(len(sizes)), length):
            shape = [sizes[axis] for axis in axes]
            was, now = (
                np.bincount(np.ravel_multi_index(each[:, axes].T, shape), minlength=int(np.prod(shape)))
                for each in (truth, made)
            )
            large = was >= COMMON
            away += float(np.abs(now - was)[large].sum())
            relative += float((np.abs(now - was)[large] / was[large]).sum())
            missing, common = missing + int((now[large] == 0).sum()), common + int(large.sum())
            invented, found = invented + int(((now >= COMMON) & (was == 0)).sum()), found + int((now >= COMMON).sum())
        report[f"{length}-way"] = {
            "mean_error": round(away / max(1, common), 2), "relative_error": round(relative / max(1, common), 4),
            "missing": round(missing / max(1, common), 4), "fabricated": round(invented / max(1, found), 4),
        }  # fmt: skip
    return report
