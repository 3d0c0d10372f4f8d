"""Is what a reader can infer too much? The rule of acceptance, with the truth beside it or without."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from amparo.methods.disclosure.frame import Frame, Key
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.reader import Aim, Fact, Hunt, Reader, named, targets
from amparo.methods.disclosure.risks import dominated, lines_of_one, number
from amparo.methods.disclosure.system import Numbers

_SLACK = 1e-6


@dataclass(frozen=True)
class Opened:
    """One success of the attacker; `exact`: he knows the number itself."""

    key: Key
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
    insider: Mapping[str, str] | None = None, sample: int | None = None, seed: int = 1,
) -> tuple[list[Opened], int]:  # fmt: skip
    """What is open that must not be, and how many numbers were tried. Raises `Contradiction`.

    `sample`: of so many numbers only, chosen at random; that can refute, not prove.
    """
    known = list(_known(frame, truth, insider)) if insider and truth is not None else []
    own = {fact.key for fact in known}
    reader = Reader(frame, [*facts, *known], whole=whole)
    tried = {key: told for key, told in targets(reader, policy.margin_order).items() if key not in own}
    if truth is None:
        aims = [Aim(key, name, unseen(policy), beyond(policy)) for key, (name, hidden) in tried.items() if hidden]
    else:
        aims = list(_aims(frame, facts, policy, truth, tried, insider))
    if sample is not None and sample < len(aims):
        aims = [aims[place] for place in np.random.default_rng(seed).choice(len(aims), sample, replace=False)]
    opened = [Opened(o.key, o.name, o.low, o.high, o.high - o.low < 1 - _SLACK) for o in Hunt(reader, aims).open()]
    return [*shown(facts, policy, truth, frame), *opened], len(tried)


def shown(facts: Iterable[Fact], policy: Policy, truth: Numbers | None, frame: Frame) -> list[Opened]:
    """What nobody need attack: it stands there."""
    exact = [fact for fact in facts if fact.low == fact.high]
    lines = set() if truth is None else lines_of_one(policy, truth, (fact.key for fact in exact))
    return [
        Opened(fact.key, fact.name, fact.low, fact.high, exact=True)
        for fact in exact
        if policy.sensitive(fact.low)
        or fact.key in lines
        or (truth is not None and dominated(frame, truth, policy, fact.key))
    ]


def unseen(policy: Policy) -> Callable[[float, float], bool]:
    """In doubt enough, whatever the truth is: the rule for somebody who does not have it."""
    return lambda low, high: high - low >= policy.width - _SLACK and high >= policy.threshold - _SLACK


def beyond(policy: Policy) -> Callable[[float, float], bool]:
    """Surely no small count: too large, or nobody at all."""
    least = 1 if policy.zeros_shown else 0
    return lambda low, high: low >= policy.threshold - _SLACK or high < least - _SLACK


def doubt(
    policy: Policy, count: float, *, known: float = 0.0, wide: float | None = None
) -> Callable[[float, float], bool]:
    """The rule for a small count, of which somebody knows `known` more children than these."""
    fall, rise = policy.must_fall(count), policy.must_rise(count)
    width = max(1.0, policy.width if wide is None else wide)

    def enough(low: float, high: float) -> bool:
        far = low - known <= count - fall + _SLACK and high - known >= count + rise - _SLACK
        return far and high - low >= width - _SLACK

    return enough


def around(count: float) -> Callable[[float, float], bool]:
    """The rule for a count that is not small, but must not be known: it could be one more, and one less."""
    return lambda low, high: low <= count - 1 + _SLACK and high >= count + 1 - _SLACK


def _aims(
    frame: Frame, facts: Sequence[Fact], policy: Policy, truth: Numbers, tried: Mapping[Key, tuple[str, bool]],
    insider: Mapping[str, str] | None,
) -> Iterator[Aim]:  # fmt: skip
    lines = lines_of_one(policy, truth, (fact.key for fact in facts))
    mine = frame.key(insider) if insider else None
    for key, (name, _hidden) in tried.items():
        count, own = number(truth, key), _shared(truth, key, mine)
        if policy.sensitive(count - own):
            yield Aim(key, name, doubt(policy, count - own, known=own))
        elif insider is None and dominated(frame, truth, policy, key):
            yield Aim(key, name, around(count))
        elif insider is None and key in lines:
            yield Aim(key, name, fewer(count))


def fewer(count: float) -> Callable[[float, float], bool]:
    """The rule for a cell that has all children of a line: it could be that it has not."""
    return lambda low, _high: low <= count - 1 + _SLACK


def _known(frame: Frame, truth: Numbers, insider: Mapping[str, str]) -> Iterator[Fact]:
    """The insider's own children, in every cell that was published and as finely as the variables go."""
    mine = [set(part) for part in frame.key(insider)]
    for key in np.ndindex(*(len(own) for own in mine)):
        place = tuple(sorted(own)[index] for own, index in zip(mine, key, strict=True))
        cell = tuple((each,) for each in place)
        yield Fact(cell, named(frame, cell), float(truth[place]), float(truth[place]))


def _shared(truth: Numbers, key: Key, mine: Key | None) -> float:
    """How many of the cell the insider knows."""
    if mine is None:
        return 0.0
    return number(truth, tuple(tuple(sorted(set(part) & set(own))) for part, own in zip(key, mine, strict=True)))
