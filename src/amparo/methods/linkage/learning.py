"""Weights without labels: expectation-maximisation over four answers.

Fellegi and Sunter (1969) ask of a pair: one person, or two strangers? Between children there are two answers more, and
leaving them out is how linkage merges twins: *a brother or sister*, and *a twin*, who share all that speaks of the
household and nothing (or only the birthday) that speaks of the child alone. So the four answers share their parameters:

* same child: `m` for every comparison;
* stranger: `u` for every comparison, counted on random pairs;
* sibling: `u` for what is the child's own, `home` for what is the household's;
* twin: the same, but the birth agrees as for one child.

`log2(m / u)`, summed over the comparisons, is the match weight as Splink has it; what a pair's household says no longer
counts for the same child once a sibling explains it as well.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.common.errors import Invalid
from amparo.methods.linkage.comparisons import COMPARISONS

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Table = tuple[tuple[float, ...], ...]
SHAPE = 1  # of the model file; a file of another shape is refused
ANSWERS = ("same", "sibling", "twin", "other")
_ROUNDS = 200
_STILL = 1e-6
_FEW = 0.5  # imagined pairs a level, so that what was not seen is not impossible


@dataclass(frozen=True)
class Model:
    """The trained weights. Tables are by comparison, then by level from 0; shares are of all pairs of records."""

    m: Table
    u: Table
    home: Table
    same: float
    sibling: float
    twin: float
    records: int

    def weight(self, comparison: int, level: int) -> float:
        """The match weight in bits of one comparison's level; 0 for "not known"."""
        return 0.0 if level < 0 else float(np.log2(self.m[comparison][level] / self.u[comparison][level]))

    def match_weight(self, levels: Sequence[int]) -> float:
        """Splink's match weight: the prior and the weight of each comparison, in bits."""
        prior = float(np.log2(self.same / (1 - self.same)))
        return prior + sum(self.weight(place, level) for place, level in enumerate(levels))

    def answers(self, levels: Levels) -> Floats:
        """The probability of each of the four answers; `levels` has a row a pair. Rows sum to 1."""
        logs = _likelihoods(levels, self)
        shifted = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))

    def saved(self) -> str:
        return json.dumps({"shape": SHAPE, "comparisons": _names(), **asdict(self)}, indent=1)


def loaded(text: str) -> Model:
    """A model that was saved. Raises `Invalid` for another shape."""
    try:
        kept = json.loads(text)
        if (kept.pop("shape"), kept.pop("comparisons")) != (SHAPE, _names()):
            raise Invalid({"model": "This model was made for other comparisons; train it again."})
        tables = {name: tuple(tuple(map(float, row)) for row in kept.pop(name)) for name in ("m", "u", "home")}
        return Model(**tables, **kept)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid({"model": "This is no model that `amparo link` saved."}) from None


def learn(random: Levels, often: Floats, seen: Levels, counts: Floats, *, records: int) -> Model:
    """Weights from random pairs and from the pairs that met under a key: a row a pattern, and how often it was seen.

    Pairs that met under no key count as strangers. Deterministic: no number is drawn.
    """
    u = tuple(_shares(random[:, place], often, len(each.labels)) for place, each in enumerate(COMPARISONS))
    model, before = _start(u, records), -np.inf
    pairs = records * (records - 1) / 2
    for _ in range(_ROUNDS):
        logs = _likelihoods(seen, model)
        top = logs.max(axis=1, keepdims=True)
        total = np.exp(logs - top).sum(axis=1, keepdims=True)
        fit = float(((np.log(total) + top)[:, 0] * counts).sum())
        model = _better(seen, np.exp(logs - top) / total * counts[:, None], u, pairs, records)
        if fit - before < _STILL * abs(fit):
            break
        before = fit
    return model


def _start(u: Table, records: int) -> Model:
    """Agreement is likely for one child, the more the closer; the household starts the same."""
    m = tuple(_falling(len(row)) for row in u)
    pairs = records * (records - 1) / 2
    share = min(0.3, records / max(pairs, 1.0))
    return Model(m, u, m, same=share, sibling=share / 3, twin=share / 100, records=records)


def _falling(levels: int) -> tuple[float, ...]:
    if levels == 2:  # noqa: PLR2004 - the same or different
        return (0.05, 0.95)
    return (0.05, *[0.2 / (levels - 2)] * (levels - 2), 0.75)


def _better(seen: Levels, weights: Floats, u: Table, pairs: float, records: int) -> Model:
    same, home = weights[:, 0], weights[:, 1] + weights[:, 2]
    sizes = [len(row) for row in u]
    shares = np.maximum(weights.sum(axis=0), 1e-3) / pairs
    return Model(
        tuple(_shares(seen[:, place], same, size) for place, size in enumerate(sizes)),
        u,
        tuple(_shares(seen[:, place], home, size) for place, size in enumerate(sizes)),
        same=float(shares[0]), sibling=float(shares[1]), twin=float(shares[2]), records=records,
    )  # fmt: skip


def _shares(column: Levels, weights: Floats, size: int) -> tuple[float, ...]:
    known = column >= 0
    found = np.bincount(column[known], weights=weights[known], minlength=size) + _FEW
    return tuple((found / found.sum()).tolist())


def _likelihoods(levels: Levels, model: Model) -> Floats:
    """The logarithm of share times likelihood of each answer, a row a pair."""
    other = 1 - model.same - model.sibling - model.twin
    logs = np.log(np.tile([model.same, model.sibling, model.twin, max(other, 1e-12)], (len(levels), 1)))
    for place, each in enumerate(COMPARISONS):
        m, u, home = (np.append(np.log(table[place]), 0.0) for table in (model.m, model.u, model.home))
        column = levels[:, place]  # -1, "not known", is the last of each table: 0
        logs[:, 0] += m[column]
        logs[:, 3] += u[column]
        logs[:, 1] += (u if each.own else home)[column]
        logs[:, 2] += (m if each.name == "birth" else u if each.own else home)[column]
    return np.asarray(logs)


def _names() -> list[list[str]]:
    return [[each.name, *each.labels] for each in COMPARISONS]
