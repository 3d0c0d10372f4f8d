"""How little may be known of a small count. Each number with its meaning and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from amparo.common.errors import Invalid


@dataclass(frozen=True)
class Dominance:
    """A cell is hidden when the `largest` codes of a variable have more than this share (0 … 1) of its children."""

    variable: str
    largest: int = 1
    share: float = 0.9

    def __post_init__(self) -> None:
        if self.largest < 1 or not 0 < self.share < 1:
            raise ValueError("Dominance needs a variable, a number of 1 or more, and a share between 0 and 1.")


@dataclass(frozen=True)
class Policy:
    """The rule of one dataset; it is published with every table, for it protects although it is known.

    `threshold`: counts 1 … threshold - 1 are never shown. Five is the usual smallest count of official health and
        justice tables of children (Hundepool et al., *Statistical Disclosure Control*, 2012, 4.2.1, "frequency rule").
    `lower`: whoever computes must believe it possible that a hidden small count is smaller by this much.
    `upper`: … and larger by this much; it must in any case seem possible that it is no small count at all.
    `width`: the interval in which a hidden small count can lie is at least this long ("sliding protection",
        Fischetti and Salazar, *Management Science* 47, 2001). As long as the threshold: an interval says no more
        than the rule itself.
    `zeros_shown`: nought is shown as 0. It may still be hidden to protect another cell.
    `margin_order`: margins that nobody published are guarded up to so many variables; None: all of them.
    `insiders`: each knows all children of one cell, such as those of one agency: variable to code.
    `group_disclosure`: when all children of a shown line are in one cell, the line tells of each of them; that they
        are is then hidden as well.
    `dominance`: whose children must not be nearly all of a cell.
    """

    threshold: int = 5
    lower: int = 1
    upper: int = 0
    width: int = 5
    zeros_shown: bool = True
    margin_order: int | None = None
    insiders: tuple[Mapping[str, str], ...] = ()
    group_disclosure: bool = False
    dominance: Dominance | None = None

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.width < 1 or min(self.lower, self.upper) < 0:  # noqa: PLR2004
            raise ValueError("A policy needs a threshold of 2 or more, a width of 1 or more, and no negative number.")

    def sensitive(self, count: float) -> bool:
        """Is this a count that must never be shown, nor be computed from what is shown?"""
        return (0 if not self.zeros_shown else 1) <= count < self.threshold

    def must_fall(self, count: float) -> float:
        """How far below the truth the lowest possible count must lie. A count of nought cannot fall."""
        return min(self.lower, count)

    def must_rise(self, count: float) -> float:
        """How far above the truth the highest possible count must lie."""
        return max(self.threshold - count, self.upper)


_NOT_WHOLE = {"insiders", "margin_order", "dominance"}


def policy_of(given: Mapping[str, Any]) -> Policy:
    """The policy in a file; the width is that of the threshold when it is not said. Raises `Invalid`."""
    if not isinstance(given, Mapping):
        raise Invalid({"policy": "A policy is a list of names and values."})
    names = {field.name for field in fields(Policy)}
    if unknown := sorted(set(given) - names):
        raise Invalid({"policy": f"A policy has no {', '.join(unknown)}; it has {', '.join(sorted(names))}."})
    whole = {name: value for name, value in given.items() if name not in _NOT_WHOLE}
    if wrong := sorted(name for name, value in whole.items() if not isinstance(value, (int, bool))):
        raise Invalid({"policy": f"{', '.join(wrong)} must be whole numbers."})
    try:
        dominance = Dominance(**given["dominance"]) if given.get("dominance") else None
        more = {"insiders": tuple(given.get("insiders", ())), "dominance": dominance}
        return Policy(**{"width": given.get("threshold", 5), **given, **more})
    except (TypeError, ValueError) as wrong_number:
        raise Invalid({"policy": str(wrong_number)}) from None
