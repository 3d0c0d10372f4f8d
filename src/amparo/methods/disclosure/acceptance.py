"""Is what a reader can infer too much? The rule of acceptance, with the truth beside it or without."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from amparo.methods.disclosure.frame import Frame, Key
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.reader import Fact, Inferred, infer, named
from amparo.methods.disclosure.system import Numbers

_SLACK = 1e-6


@dataclass(frozen=True)
class Opened:
    """One success of the attacker; `exact`: he knows the number itself."""

    name: str
    low: float
    high: float
    exact: bool

    @property
    def words(self) -> str:
        high = "…" if self.high == inf else f"{self.high:g}"
        return f"{self.name}: {self.low:g}" if self.exact else f"{self.name}: {self.low:g} to {high}"


def accept(
    frame: Frame, facts: Sequence[Fact], policy: Policy, *, truth: Numbers | None = None, whole: bool = False,
    insider: Mapping[str, str] | None = None,
) -> tuple[list[Opened], int]:  # fmt: skip
    """What is open that must not be, and how many numbers were tried. Raises `Contradiction`."""
    shown = _shown(facts, policy)
    known = list(_known(frame, truth, insider)) if insider and truth is not None else []
    own = {fact.key for fact in known}
    tried = [
        each for each in infer(frame, [*facts, *known], order=policy.margin_order, whole=whole) if each.key not in own
    ]
    opened = [
        each for each in tried if _open(each, policy, _count(truth, each.key), _count_of(truth, frame, each, insider))
    ]
    return [*shown, *(Opened(o.name, o.low, o.high, o.high - o.low < 1 - _SLACK) for o in opened)], len(tried)


def _shown(facts: Iterable[Fact], policy: Policy) -> list[Opened]:
    return [
        Opened(fact.name, fact.low, fact.high, exact=True)
        for fact in facts if fact.low == fact.high and policy.sensitive(fact.low)
    ]  # fmt: skip


def _known(frame: Frame, truth: Numbers, insider: Mapping[str, str]) -> Iterator[Fact]:
    """The insider's own children, in every cell that was published and as finely as the variables go."""
    mine = [set(part) for part in frame.key(insider)]
    for key in np.ndindex(*(len(own) for own in mine)):
        place = tuple(sorted(own)[index] for own, index in zip(mine, key, strict=True))
        cell = tuple((each,) for each in place)
        yield Fact(cell, named(frame, cell), float(truth[place]), float(truth[place]))


def _count(truth: Numbers | None, key: Key) -> float | None:
    return None if truth is None else float(truth[np.ix_(*key)].sum())


def _count_of(truth: Numbers | None, frame: Frame, each: Inferred, insider: Mapping[str, str] | None) -> float:
    """How many of the cell the insider knows."""
    if truth is None or not insider:
        return 0.0
    mine = frame.key(insider)
    both = [sorted(set(part) & set(own)) for part, own in zip(each.key, mine, strict=True)]
    return float(truth[np.ix_(*both)].sum())


def _open(each: Inferred, policy: Policy, count: float | None, own: float) -> bool:
    low, high = each.low - own, each.high - own
    if count is None:
        maybe = low < policy.threshold and high >= (1 if policy.zeros_shown else 0) - _SLACK
        return maybe and each.hidden and (high - low < policy.width - _SLACK or high < policy.threshold - _SLACK)
    rest = count - own
    if not policy.sensitive(rest):
        return False
    enough = low <= rest - policy.must_fall(rest) + _SLACK and high >= rest + policy.must_rise(rest) - _SLACK
    return not enough or high - low < max(1, policy.width) - _SLACK
