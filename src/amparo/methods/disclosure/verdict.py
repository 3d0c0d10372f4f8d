"""Is what an attacker learns too much? The rule of acceptance, asked of his intervals, with the truth beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amparo.methods.disclosure.attacker import Contradiction, Known, Learned, attack
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.tables import Cell, Published, Table


class Fault(StrEnum):
    SHOWN = "shown"  # a small count is shown
    EXACT = "exact"  # a hidden small count can be computed
    TOO_CLOSE = "too_close"  # it can be computed within too narrow bounds
    EARLIER = "earlier"  # a hidden count of an earlier release can now be computed, or nearly
    CHANGE = "change"  # a small change between two releases can be recognised
    CONTRADICTION = "contradiction"  # the publications contradict each other or the truth


_WORDS = {
    Fault.SHOWN: "a small count is shown",
    Fault.EXACT: "a hidden small count can be computed exactly",
    Fault.TOO_CLOSE: "a hidden small count can be computed too closely",
    Fault.EARLIER: "with this table, a hidden count of an earlier release can be computed",
    Fault.CHANGE: "compared with an earlier release, a change of a few children can be recognised",
    Fault.CONTRADICTION: "what is published contradicts itself, or the truth",
}


@dataclass(frozen=True)
class Finding:
    """One success of the attacker; `against` is the earlier release that helped, counted from the first, 0."""

    fault: Fault
    cell: Cell
    release: int = 0
    against: int | None = None

    @property
    def words(self) -> str:
        return f"{_WORDS[self.fault]}: {', '.join(self.cell)}"


@dataclass(frozen=True)
class Verdict:
    """Safe when the attacker found nothing. `tried` is how many numbers he tried to compute."""

    findings: tuple[Finding, ...]
    tried: int

    @property
    def safe(self) -> bool:
        return not self.findings

    @property
    def faults(self) -> frozenset[Fault]:
        return frozenset(each.fault for each in self.findings)


def judge(
    published: Published, policy: Policy, *, truth: Table, earlier: Sequence[Published] = (),
    beside: Sequence[Known] = (),
) -> Verdict:  # fmt: skip
    """Attack a table, together with the earlier releases of it, the oldest first, and judge what comes out."""
    findings = list(_seen(published, policy, truth))
    try:
        alone = {(each.cell, each.release): each for each in _attack_on(earlier)}
        learned = attack(published, earlier=earlier, beside=beside)
    except Contradiction:
        return Verdict((*findings, Finding(Fault.CONTRADICTION, ("", ""))), 0)
    for each in learned:
        if each.since is not None:
            fault = _of_change(each, policy)
        elif each.release < len(earlier):
            fault = _of_earlier(each, alone[each.cell, each.release], policy)
        else:
            # An attacker who supposes too few corrections may be wrong of this table; wrong is not safe.
            fault = _of_hidden(each, truth.cells[each.cell], policy, sure=not earlier)
        if fault:
            findings.append(Finding(fault, each.cell, each.release, _against(each, len(earlier))))
    return Verdict(tuple(findings), len(learned))


def _against(each: Learned, newest: int) -> int | None:
    if each.since is not None:
        return each.since
    return each.release if each.release < newest else None


def _attack_on(earlier: Sequence[Published]) -> list[Learned]:
    return attack(earlier[-1], earlier=earlier[:-1]) if earlier else []


def _seen(published: Published, policy: Policy, truth: Table) -> Iterator[Finding]:
    for cell, count in truth.cells.items():
        shown = published.cells.get(cell)
        if shown is not None and shown != count:
            yield Finding(Fault.CONTRADICTION, cell)
        if shown is not None and policy.sensitive(shown):
            yield Finding(Fault.SHOWN, cell)


def _of_hidden(learned: Learned, count: int, policy: Policy, *, sure: bool) -> Fault | None:
    low, high = learned.low, learned.high
    if sure and not low <= count <= high:
        return Fault.CONTRADICTION
    if not policy.sensitive(count):
        return None
    if high - low < 1:
        return Fault.EXACT
    enough = low <= count - policy.must_fall(count) and high >= count + policy.must_rise(count)
    return None if enough and high - low >= policy.width else Fault.TOO_CLOSE


def _of_earlier(learned: Learned, alone: Learned, policy: Policy) -> Fault | None:
    """Its truth is no longer at hand. Safe: surely not small, as unknown as before, or it could be nought."""
    as_before = (learned.low, learned.high) == (alone.low, alone.high)
    open_still = learned.low == 0 and learned.high >= max(policy.threshold, policy.width)
    return None if learned.low >= policy.threshold or as_before or open_still else Fault.EARLIER


def _of_change(learned: Learned, policy: Policy) -> Fault | None:
    """A change is a count as well: of children who came late, or left. Safe: surely none, surely not small, or open."""
    low, high = learned.low, learned.high
    none = low == high == 0
    large = low >= policy.threshold or high <= -policy.threshold
    reach = max(policy.threshold, policy.width)
    open_still = low <= 0 <= high and max(high, -low) >= reach
    return None if none or large or open_still else Fault.CHANGE
