"""Choice among all hierarchical models by BIC (Silverman, Chan and Vincent 2024), and the mean of models by its
weights.

BIC = -2 log-likelihood + terms x log(people); a term at minus infinity counts as a term. Only models whose estimate
exists and is identifiable take part. Up to five lists every model is fitted; beyond, a search goes downhill from the
lists' own terms. Resampled tables choose among the best models of the table itself; beyond five lists each searches
anew (`searching`). AIC has 2 in the place of log(people).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.methods.hidden.choosing import admissible
from amparo.methods.hidden.existence import Existence, existence
from amparo.methods.hidden.fitting import fit
from amparo.methods.hidden.terms import Model, hierarchical, neighbours, ordered
from amparo.methods.hidden.types import Bools, Floats, Ints

ALL_UP_TO = 5  # lists: 6,893 models; with six there would be 7,785,061
_TAKE_PART = {2: 1, 3: 8, 4: 20}  # how many of the best models the resampled tables choose from (as published)
_TAKE_PART_BEYOND = 100


@dataclass(frozen=True)
class Weighed:
    """The admissible models, the best first, each with its BIC, its total, and its weight (they add up to 1)."""

    models: tuple[Model, ...]
    bic: Floats
    totals: Floats

    @property
    def weights(self) -> Floats:
        share = np.exp(-(self.bic - self.bic.min()) / 2)
        weights: Floats = share / share.sum()
        return weights

    @property
    def mean(self) -> float:
        """The total, averaged over the models on the scale of log(hidden people): exp of the weighted mean."""
        least = self.totals.min()
        return float(least * np.exp(self.weights @ np.log(self.totals / least)))


def weigh(counts: Floats, lists: int, *, order: int | None = None, criterion: str = "bic") -> Weighed:
    """Weigh the models of one table (C counts) with interactions of at most `order` lists (else: of any)."""
    most = lists - 1 if order is None else min(order, lists - 1)
    models = list(hierarchical(lists, most)) if lists <= ALL_UP_TO else _downhill(counts, lists, most, criterion)
    bic, totals = _fitted(counts, lists, models, criterion)
    kept = [place for place in np.argsort(bic, kind="stable") if np.isfinite(totals[place])]
    return Weighed(tuple(models[place] for place in kept), bic[kept], totals[kept])


class Best:
    """Of a few models, for each table the one with the lowest BIC: what the bootstrap repeats."""

    def __init__(self, weighed: Weighed, lists: int, criterion: str = "bic") -> None:
        self.lists, self.criterion = lists, criterion
        self.models = weighed.models[: _TAKE_PART.get(lists, _TAKE_PART_BEYOND)]

    def __call__(self, counts: Floats) -> Floats:
        bic = np.empty((len(self.models), len(counts)))
        hidden, settled = np.empty_like(bic), np.empty(bic.shape, dtype=bool)
        for place, model in enumerate(self.models):
            found = fit(counts, self.lists, model)
            bic[place] = _bic(counts, found.log_likelihood, 1 + self.lists + len(model), self.criterion)
            hidden[place], settled[place] = found.hidden, admissible(
                counts, self.lists, model, np.ones((len(counts), len(model)), dtype=bool), found, ask=False
            )  # fmt: skip
        totals: Floats = counts.sum(axis=1) + self._first_that_exists(counts, bic, hidden, settled)
        return totals

    def _first_that_exists(self, counts: Floats, bic: Floats, hidden: Floats, settled: Bools) -> Floats:
        """The programme is asked only about models that would be chosen."""
        chosen = np.full(len(counts), np.inf)
        for line, order in enumerate(np.argsort(bic, axis=0, kind="stable").T):
            for place in order:
                model = self.models[place]
                if settled[place, line] or existence(counts[line], self.lists, model) == Existence.EXISTS:
                    chosen[line] = hidden[place, line]
                    break
        return chosen


def _fitted(counts: Floats, lists: int, models: Sequence[Model], criterion: str) -> tuple[Floats, Floats]:
    """BIC and total of each model on one table; a total is infinite where the model is not admissible."""
    return fit_each(np.repeat(counts[None], len(models), axis=0), lists, models, criterion)


def fit_each(
    tables: Floats, lists: int, models: Sequence[Model], criterion: str = "bic", *, ask: bool = True
) -> tuple[Floats, Floats]:
    """BIC and total of each model on a table of its own (R x C); without `ask` only what is proven is admissible."""
    terms = ordered(tuple({term for model in models for term in model}))
    place = {term: at for at, term in enumerate(terms)}
    chosen = np.zeros((len(models), len(terms)), dtype=bool)
    for line, model in enumerate(models):
        chosen[line, [place[term] for term in model]] = True
    found = fit(tables, lists, terms, chosen)
    good = admissible(tables, lists, terms, chosen, found, ask=ask)
    bic = _bic(tables, found.log_likelihood, 1 + lists + chosen.sum(axis=1), criterion)
    return bic, np.where(good, tables.sum(axis=1) + found.hidden, np.inf)


def _bic(counts: Floats, log_likelihood: Floats, terms: int | Ints, criterion: str) -> Floats:
    each = np.log(counts.sum(axis=1)) if criterion == "bic" else 2.0  # what a term costs; 2: Akaike's
    found: Floats = -2 * log_likelihood + terms * each
    return found


def _downhill(counts: Floats, lists: int, order: int, criterion: str) -> list[Model]:
    """Every model that the search looked at: from each place it goes to the best neighbour, while that is better."""
    here: Model = ()
    bic, totals = _fitted(counts, lists, [here], criterion)
    seen = {here: bic[0] if np.isfinite(totals[0]) else np.inf}
    while True:
        new = [model for model in neighbours(here, lists, order) if model not in seen]
        if new:
            bic, totals = _fitted(counts, lists, new, criterion)
            seen |= dict(zip(new, np.where(np.isfinite(totals), bic, np.inf).tolist(), strict=True))
        best = min(seen, key=lambda model: seen[model])
        if best == here or not new:
            return list(seen)
        here = best
