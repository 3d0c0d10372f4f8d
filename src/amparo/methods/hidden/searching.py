"""A downhill search for the model with the lowest BIC, for many tables at once, each going its own way.

Where the hierarchical models are too many to weigh (six lists and more), this is what the bootstrap repeats for every
resampled table: from the lists' own terms to the best neighbour, one interaction more or fewer, while that is better
(Silverman, Chan and Vincent 2024, section 3.2).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.methods.hidden.existence import Existence, existence
from amparo.methods.hidden.terms import Model, neighbours
from amparo.methods.hidden.types import Floats
from amparo.methods.hidden.weighing import fit_each


@dataclass
class _Search:
    """Where the search of one table stands: its model, the model's BIC and total, and what was looked at."""

    counts: Floats
    model: Model
    bic: float
    total: float
    seen: set[Model]


@dataclass(frozen=True)
class Downhill:
    """An estimator (R x C counts in, R totals out; infinite where no estimate exists)."""

    lists: int
    criterion: str = "bic"
    order: int | None = None  # interactions of at most so many lists

    def __call__(self, counts: Floats) -> Floats:
        bic, totals = fit_each(counts, self.lists, [()] * len(counts), self.criterion)
        searches = [
            _Search(table, (), one if np.isfinite(total) else np.inf, total, {()})
            for table, one, total in zip(counts, bic.tolist(), totals.tolist(), strict=True)
        ]
        open_ = searches
        while open_ := self._step(open_):
            pass
        return np.array([each.total for each in searches])

    def _step(self, open_: Sequence[_Search]) -> list[_Search]:
        """Let each search look at its new neighbours. Those that found a better place stay open."""
        tried = [
            (place, model)
            for place, each in enumerate(open_)
            for model in neighbours(each.model, self.lists, self.order or self.lists - 1)
            if model not in each.seen
        ]
        if not tried:
            return []
        tables = np.array([open_[place].counts for place, _model in tried])
        bic, totals = fit_each(tables, self.lists, [model for _, model in tried], self.criterion, ask=False)
        found: dict[int, list[tuple[float, float, Model]]] = defaultdict(list)
        for (place, model), one, total in zip(tried, bic.tolist(), totals.tolist(), strict=True):
            found[place].append((one, total, model))
        return [open_[place] for place, each in found.items() if self._moved(open_[place], sorted(each))]

    def _moved(self, search: _Search, found: Sequence[tuple[float, float, Model]]) -> bool:
        """Go to the best of what was found, if it is better; the programme is asked only about what would be taken."""
        search.seen.update(model for _bic, _total, model in found)
        for bic, total, model in found:
            if bic >= search.bic:
                return False
            if np.isfinite(total) or existence(search.counts, self.lists, model) == Existence.EXISTS:
                search.model, search.bic = model, bic
                search.total = total if np.isfinite(total) else self._asked(search.counts, model)
                return True
        return False

    def _asked(self, counts: Floats, model: Model) -> float:
        return float(fit_each(counts[None], self.lists, [model], self.criterion)[1][0])
