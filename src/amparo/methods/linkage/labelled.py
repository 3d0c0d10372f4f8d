"""How good a linkage is where the truth is not known: from pairs that people judged, with intervals.

Pairs were drawn for judging from bands of the score, so a judged pair stands for all pairs of its band. The share of
one child's pairs in a band is Beta-distributed given what was judged (Jeffreys' prior); precision and recall follow
from the bands' sizes, and their 95 % intervals from many draws of those shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from amparo.methods.linkage.learning import Floats

# Bands whose pairs are linked, and bands whose pairs are not; from sure to faint.
LINKED, APART = ("sure", "linked"), ("doubt", "faint")
BANDS = (*LINKED, *APART)
_DRAWS = 4000


@dataclass(frozen=True)
class Estimate:
    """A share and the ends of its 95 % interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Labelled:
    """Precision and recall of the links; None where nothing was judged. `judged` says on how many pairs it rests."""

    judged: int
    precision: Estimate | None
    recall: Estimate | None


def estimated(sizes: Mapping[str, int], judged: Mapping[str, tuple[int, int]], *, seed: int = 1234) -> Labelled:
    """From how many pairs each band has, and of how many judged pairs in it how many are of one child.

    A band in which nobody judged is as uncertain as can be. The same seed gives the same numbers.
    """
    random = np.random.default_rng(seed)
    number = sum(of for _same, of in judged.values())
    true = {
        band: sizes.get(band, 0) * random.beta(same + 0.5, of - same + 0.5, _DRAWS)
        for band in BANDS
        for same, of in (judged.get(band, (0, 0)),)
    }
    hits, linked = true["sure"] + true["linked"], sum(sizes.get(band, 0) for band in LINKED)
    if not number or not linked:
        return Labelled(number, None, None)
    every = hits + true["doubt"] + true["faint"]
    return Labelled(number, _estimate(hits / linked), _estimate(hits / np.maximum(every, 1e-9)))


def _estimate(drawn: Floats) -> Estimate:
    low, middle, high = np.quantile(drawn, [0.025, 0.5, 0.975])
    return Estimate(float(middle), float(low), float(high))
