"""How little may be known of a small count. Each number with its meaning and its source."""

from dataclasses import dataclass


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
    """

    threshold: int = 5
    lower: int = 1
    upper: int = 0
    width: int = 5
    zeros_shown: bool = True

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.width < 1 or min(self.lower, self.upper) < 0:  # noqa: PLR2004
            raise ValueError("A policy needs a threshold of 2 or more, a width of 1 or more, and no negative number.")

    def sensitive(self, count: int) -> bool:
        """Is this a count that must never be shown, nor be computed from what is shown?"""
        return (0 if not self.zeros_shown else 1) <= count < self.threshold

    def must_fall(self, count: int) -> int:
        """How far below the truth the lowest possible count must lie. A count of nought cannot fall."""
        return min(self.lower, count)

    def must_rise(self, count: int) -> int:
        """How far above the truth the highest possible count must lie."""
        return max(self.threshold - count, self.upper)
