"""What drives an estimate: what it would be without each list, and with any two lists taken as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from amparo.methods.hidden.choosing import stepwise
from amparo.methods.hidden.lists import Lists


@dataclass(frozen=True)
class Influence:
    """The stepwise estimate without a list (`lists` names one), or with two taken as one; None where it does not
    exist.
    """

    lists: tuple[str, ...]
    estimate: float | None

    @property
    def change(self) -> str:
        return f"without {self.lists[0]}" if len(self.lists) == 1 else f"{' and '.join(self.lists)} as one"

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        estimate = None if self.estimate is None else round(self.estimate, 1)
        return {"change": self.change, "lists": list(self.lists), "estimate": estimate}


def influence(lists: Lists) -> Iterator[Influence]:
    """Every list dropped, every two merged."""
    if len(lists.names) < 3:  # noqa: PLR2004 - nothing is left to estimate from
        return
    for place, name in enumerate(lists.names):
        yield Influence((name,), quick(lists.without(place)))
    for one, other in combinations(range(len(lists.names)), 2):
        yield Influence((lists.names[one], lists.names[other]), quick(lists.merged(one, other)))


def quick(lists: Lists) -> float | None:
    """The stepwise estimate alone."""
    if not lists.observed or any(not lists.on(each) for each in range(len(lists.names))):
        return None
    found = float(stepwise(lists.counts[None], len(lists.names)).totals[0])
    return found if np.isfinite(found) else None
