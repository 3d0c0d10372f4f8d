"""Lists drawn from a known truth, for studies of coverage."""

import numpy as np

from amparo.common.errors import Invalid
from amparo.methods.hidden.lists import MOST_LISTS, Lists
from amparo.methods.hidden.types import Draws, Floats

KINDS = ("independent", "dependent", "heterogeneous", "sparse", "referral")
CHANCES = (0.04, 0.2)  # of being on a list: drawn for each list between these
_SPARSE = 0.25  # of the usual chances
_HARD = 0.2  # the chances of those who are hard to find, against the others'
_EASY = 0.2  # the part of the people who are easy to find
_MOST = 100_000_000


def simulate(
    kind: str, *, people: int, lists: int = 5, seed: int, chances: tuple[float, float] = CHANCES
) -> Lists:  # fmt: skip
    """Draw who is on which list.

    independent; dependent: the first two and the last two lists share people; heterogeneous: one in five is easy to
    find, the others hard, on every list; sparse: short lists, of which the first two never share anybody; referral:
    half of those on the first list are sent on to the second. Raises `Invalid`.
    """
    if kind not in KINDS:
        raise Invalid({"kind": f"There is no such kind; there are {', '.join(KINDS)}."})
    if not 1 <= people <= _MOST or not 1 < lists <= MOST_LISTS:
        raise Invalid({"people": f"1 to {_MOST:,} people on 2 to {MOST_LISTS} lists can be drawn."})
    draws = np.random.default_rng(seed)
    shares = _shares(kind, draws.uniform(*chances, lists), lists, draws)
    counts = draws.multinomial(people, shares / shares.sum()).astype(float)[1:]
    names = tuple(chr(ord("A") + place) for place in range(lists))
    return Lists(names, counts)


def _shares(kind: str, chances: Floats, lists: int, draws: Draws) -> Floats:
    """The chance of each history, 0 (on no list) included."""
    on = (np.arange(2**lists)[:, None] >> np.arange(lists) & 1).astype(bool)
    if kind == "heterogeneous":
        easy = np.minimum(chances * 2, 0.6)
        return _EASY * _independent(on, easy) + (1 - _EASY) * _independent(on, easy * _HARD)
    if kind == "sparse":
        return np.where(on[:, 0] & on[:, 1], 0, _independent(on, chances * _SPARSE))
    plain = _independent(on, chances)
    if kind == "dependent":
        strength = draws.uniform(0.6, 1.4, 2)
        tied: Floats = plain * np.exp(strength[0] * (on[:, 0] & on[:, 1]) + strength[1] * (on[:, -1] & on[:, -2]))
        return tied
    if kind == "referral":
        sent = np.where(on[:, 0] & ~on[:, 1], plain / 2, 0)
        moved = np.zeros_like(plain)
        histories = np.arange(2**lists)
        np.add.at(moved, histories | 2, sent)
        return plain - sent + moved
    return plain


def _independent(on: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]", chances: Floats) -> Floats:
    shares: Floats = np.where(on, chances, 1 - chances).prod(axis=1)
    return shares


def mislinked(lists: Lists, false: float, draws: Draws) -> Lists:
    """The lists after linkage, the part `false` of whose links is false: each made one person of two who were on one
    list each.
    """
    counts = lists.counts.copy()
    several = np.bitwise_count(lists.histories) > 1
    wrong = draws.binomial(round(counts[several].sum() / (1 - false)), false)
    alone = 1 << np.arange(len(lists.names))
    for _ in range(wrong):
        weights = counts[alone - 1]
        if np.count_nonzero(weights) < 2:  # noqa: PLR2004 - a false link needs two lists
            break
        one, other = draws.choice(alone, 2, replace=False, p=weights / weights.sum())
        counts[[one - 1, other - 1]] -= 1
        counts[(one | other) - 1] += 1
    return Lists(lists.names, counts)


def drawing(linked: Lists, false: float, draws: Draws) -> Lists:
    """A drawing of links each of which is true with the chance 1 - `false`: who is untied stands on one list alone."""
    counts = linked.counts.copy()
    for history in linked.histories.tolist():
        on = [1 << place for place in range(len(linked.names)) if history >> place & 1]
        if len(on) == 1:
            continue
        untied = draws.binomial(int(linked.counts[history - 1]), false)
        counts[history - 1] -= untied
        for bit, number in zip(on, draws.multinomial(untied, [1 / len(on)] * len(on)), strict=True):
            counts[bit - 1] += number
            counts[(history & ~bit) - 1] += number
    return Lists(linked.names, counts)
