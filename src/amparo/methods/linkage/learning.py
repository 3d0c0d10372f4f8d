"""Weights without labels: expectation-maximisation over five answers.

Fellegi and Sunter (1969) ask of a pair: one person, or two strangers? Between children there are three answers more,
and leaving them out is how linkage merges twins: *a brother or sister* and *a twin*, who share all that speaks of the
household and nothing (or only the birthday) that speaks of the child alone; and *a namesake*, a stranger of the same
people and names. Each answer has a part that is not learned, so that it stays what it is:

* same child: `m` for every comparison;
* stranger: `u` for every comparison, counted on random pairs;
* sibling: `u` for what is the child's own, `home` for what is the household's;
* twin: the same, but the birth agrees as for one child;
* namesake: `u` for birth, birthplace, phone and number, `named` for the rest.

A wrong merge can cost a child its protection, a missed one costs a question. So what may be learned of one child's
records that disagree on the given name or the birth is bounded (`_MOST`): otherwise the few children whose name was
replaced altogether would teach the model that twins are one.

`log2(m / u)`, summed over the comparisons, is the match weight as Splink has it; what a pair's household says no longer
counts for the same child once a sibling explains it as well.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amparo.common.errors import Invalid
from amparo.methods.linkage.comparisons import COMPARISONS

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Table = tuple[tuple[float, ...], ...]
SHAPE = 1  # of the model file; a file of another shape is refused
ANSWERS = ("same", "sibling", "twin", "namesake", "other")
_ROUNDS = 200
_STILL = 1e-6
_MOST = {"given": (0.001, 0.004), "birth": (0.01,), "sex": (0.03,)}  # by level from 0, "different"
_TWINS = 0.01  # for each pair of one child's records at least so many of twins: there are twins everywhere
_STRANGERS = {"birth", "birthplace", "phone", "national_id"}  # what namesakes do not share
_MOST_SHARE = (0.2, 0.1, 0.01, 0.2)  # of all pairs of few records: the rest are strangers
_FEW = 0.5  # imagined pairs a level, so that what was not seen is not impossible


@dataclass(frozen=True)
class Model:
    """The trained weights. Tables are by comparison, then by level from 0; shares are of all pairs of records."""

    m: Table
    u: Table
    home: Table
    named: Table
    same: float
    sibling: float
    twin: float
    namesake: float
    records: int

    def weight(self, comparison: int, level: int) -> float:
        """The match weight in bits of one comparison's level; 0 for "not known"."""
        return 0.0 if level < 0 else float(np.log2(self.m[comparison][level] / self.u[comparison][level]))

    def match_weight(self, levels: Sequence[int]) -> float:
        """Splink's match weight: the prior and the weight of each comparison, in bits."""
        prior = float(np.log2(self.same / (1 - self.same)))
        return prior + sum(self.weight(place, level) for place, level in enumerate(levels))

    def answers(self, levels: Levels) -> Floats:
        """The probability of each of the five answers; `levels` has a row a pair. Rows sum to 1."""
        logs = _likelihoods(levels, self)
        shifted = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))

    def among(self, records: int) -> "Model":
        """The same weights among another number of records: the more there are, the rarer is one child's pair."""
        by = max(self.records - 1, 1) / max(records - 1, 1)
        same, sibling, twin, namesake = (
            min(share * by, most)
            for share, most in zip((self.same, self.sibling, self.twin, self.namesake), _MOST_SHARE, strict=True)
        )
        return replace(self, same=same, sibling=sibling, twin=twin, namesake=namesake, records=records)

    def saved(self) -> str:
        return json.dumps({"shape": SHAPE, "comparisons": _names(), **asdict(self)}, indent=1)


def loaded(text: str) -> Model:
    """A model that was saved. Raises `Invalid` for another shape."""
    try:
        kept = json.loads(text)
        if (kept.pop("shape"), kept.pop("comparisons")) != (SHAPE, _names()):
            raise Invalid({"model": "This model was made for other comparisons; train it again."})
        m, u, home, named = (
            tuple(tuple(map(float, row)) for row in kept[name]) for name in ("m", "u", "home", "named")
        )
        same, sibling, twin, namesake = (float(kept[name]) for name in ANSWERS[:4])
        return Model(m, u, home, named, same, sibling, twin, namesake, int(kept["records"]))
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
    m = tuple(_bounded(each.name, _falling(len(row))) for each, row in zip(COMPARISONS, u, strict=True))
    pairs = records * (records - 1) / 2
    share = min(0.2, records / max(pairs, 1.0))
    return Model(m, u, m, m, share, share / 3, share / 100, share / 3, records)


def _falling(levels: int) -> tuple[float, ...]:
    if levels == 2:  # noqa: PLR2004 - the same or different
        return (0.05, 0.95)
    return (0.05, *[0.2 / (levels - 2)] * (levels - 2), 0.75)


def _better(seen: Levels, weights: Floats, u: Table, pairs: float, records: int) -> Model:
    same, home, named = weights[:, 0], weights[:, 1] + weights[:, 2], weights[:, 3]

    def table(by: Floats) -> Table:
        return tuple(_shares(seen[:, place], by, len(row)) for place, row in enumerate(u))

    one, sibling, twin, namesake, _ = (np.maximum(weights.sum(axis=0), 1e-3) / pairs).tolist()
    m = tuple(_bounded(each.name, row) for each, row in zip(COMPARISONS, table(same), strict=True))
    kept = tuple(_no_closer(row, same_row) for row, same_row in zip(table(home), m, strict=True))
    return Model(m, u, kept, table(named), one, sibling, max(twin, _TWINS * one), namesake, records)


def _no_closer(home: tuple[float, ...], same: tuple[float, ...]) -> tuple[float, ...]:
    """Brothers and sisters agree no more on the household than one child's records do: many were met by it only."""
    return home if home[0] >= same[0] else same


def _bounded(name: str, shares: tuple[float, ...]) -> tuple[float, ...]:
    """No more than `_MOST` for each disagreement; what is cut off goes to the other levels."""
    most = _MOST.get(name, ())
    low = [min(share, bound) for share, bound in zip(shares, most, strict=False)]
    rest = sum(shares[len(low) :])
    return (*low, *(share / rest * (1 - sum(low)) for share in shares[len(low) :]))


def _shares(column: Levels, weights: Floats, size: int) -> tuple[float, ...]:
    known = column >= 0
    found = np.bincount(column[known], weights=weights[known], minlength=size) + _FEW
    return tuple((found / found.sum()).tolist())


def _likelihoods(levels: Levels, model: Model) -> Floats:
    """The logarithm of share times likelihood of each answer, a row a pair."""
    known = (model.same, model.sibling, model.twin, model.namesake)
    logs = np.log(np.tile([*known, max(1 - sum(known), 1e-12)], (len(levels), 1)))
    for place, each in enumerate(COMPARISONS):
        m, u, home, named = (
            np.append(np.log(table[place]), 0.0) for table in (model.m, model.u, model.home, model.named)
        )
        column = levels[:, place]  # -1, "not known", is the last of each table: 0
        logs[:, 0] += m[column]
        logs[:, 1] += (u if each.own else home)[column]
        logs[:, 2] += (m if each.name == "birth" else u if each.own else home)[column]
        logs[:, 3] += (u if each.name in _STRANGERS else named)[column]
        logs[:, 4] += u[column]
    return np.asarray(logs)


def _names() -> list[list[str]]:
    return [[each.name, *each.labels] for each in COMPARISONS]
