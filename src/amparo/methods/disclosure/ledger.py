"""Everything ever published, and one release more: what does a reader learn who has kept it all?

Records are corrected between two releases. So a child of the ledger is in the records from one *snapshot* of them to
another, in one cell; who is moved to another cell leaves the one and comes into the other. That is one more variable of
the table, and everything else follows: a release shows the children of its snapshot, a change between two snapshots is
a count like others. The reader supposes that as few children were corrected as explains what he sees.

Withdrawing makes nobody forget: the ledger holds what was withdrawn as well.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import combinations_with_replacement
from math import ceil

from amparo.methods.disclosure.acceptance import beyond, doubt, shown
from amparo.methods.disclosure.frame import Frame, Key, Part, Relation
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.reader import Aim, Contradiction, Fact, Hunt, Inferred, Reader, targets
from amparo.methods.disclosure.risks import number
from amparo.methods.disclosure.system import Numbers

SNAPSHOT = "snapshot"
_SLACK = 1e-6


class Fault(StrEnum):
    SHOWN = "shown"  # a small count is shown
    EXACT = "exact"  # a hidden small count can be computed
    TOO_CLOSE = "too_close"  # it can be computed within too narrow bounds
    EARLIER = "earlier"  # a hidden count of an earlier release can now be computed, or nearly
    CHANGE = "change"  # a small change between two releases can be recognised
    CONTRADICTION = "contradiction"  # the publications contradict each other or the truth


@dataclass(frozen=True)
class Entry:
    """One published set of tables. `snapshot`: which records it was made from; `facts`: its cells."""

    id: str
    snapshot: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Finding:
    """One success of the attacker; `against` names the former releases that helped, none when it stands alone."""

    fault: Fault
    key: Key
    name: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Safe when the attacker found nothing. `tried` is how many numbers he went for."""

    findings: tuple[Finding, ...]
    tried: int

    @property
    def safe(self) -> bool:
        return not self.findings

    @property
    def faults(self) -> frozenset[Fault]:
        return frozenset(each.fault for each in self.findings)


def judge(
    frame: Frame, policy: Policy, new: Entry, truth: Numbers, former: Sequence[Entry] = (),
    relations: Sequence[Relation] = (),
) -> Verdict:  # fmt: skip
    """Attack a release together with all former ones, the oldest first. `truth`: the records that it is made from.

    `relations`: between populations, where the frame holds some apart; they hold in each snapshot of the records.
    """
    findings = [Finding(Fault.CONTRADICTION, each.key, each.name) for each in _false(new, truth)]
    findings += [Finding(Fault.SHOWN, each.key, each.name) for each in shown(new.facts, policy, truth, frame)]
    try:
        ledger = Ledger(frame, policy, (*former, new), tuple(relations))
        watched = {watch.aim.key: watch for watch in ledger.watched(truth)}
        opened = list(Hunt(ledger.reader, [watch.aim for watch in watched.values()]).open())
        findings += [found for each in opened for found in ledger.found(watched[each.key], each)]
    except Contradiction:
        return Verdict((*findings, Finding(Fault.CONTRADICTION, (), "")), 0)
    return Verdict(tuple(findings), len(watched))


def _false(new: Entry, truth: Numbers) -> Iterator[Fact]:
    return (fact for fact in new.facts if not fact.low <= number(truth, fact.key) <= fact.high)


@dataclass(frozen=True)
class _Watch:
    """An aim, where it stands, and which releases it is told of."""

    aim: Aim
    fault: Fault
    key: Key
    snapshot: str
    of: tuple[str, ...] = ()


@dataclass(eq=False)
class Ledger:
    """Raises `Contradiction` when no records at all fit what was published."""

    frame: Frame
    policy: Policy
    entries: Sequence[Entry]
    relations: tuple[Relation, ...] = ()
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self._of: dict[tuple[Key, str], list[str]] = {}
        self._exact: set[tuple[Key, str]] = set()
        for entry in self.entries:
            for fact in entry.facts:
                self._of.setdefault((fact.key, entry.snapshot), []).append(entry.id)
                if fact.low == fact.high:
                    self._exact.add((fact.key, entry.snapshot))
        self._apart = list(self.frame.variables).index(self.frame.apart) if self.frame.apart else None
        self._peopled = {(key[self._apart or 0], at) for key, at in self._of}
        self.snapshots = list(dict.fromkeys(entry.snapshot for entry in self.entries))
        self.last = len(self.snapshots) - 1
        self.spans = list(combinations_with_replacement(range(len(self.snapshots)), 2))
        codes = [f"{first}-{last}" for first, last in self.spans]
        self.whole = Frame({**self.frame.variables, SNAPSHOT: codes}, self.frame.groups, self.frame.apart)
        facts = [
            Fact((*fact.key, self.at(entry.snapshot)), fact.name, fact.low, fact.high)
            for entry in self.entries for fact in entry.facts
        ]  # fmt: skip
        self._related = [related for each in self.relations for related in self._in_each_snapshot(each)]
        more = self._fewest_corrections(facts)
        self.reader = Reader(self.whole, [*facts, *more], relations=self._related)

    def _in_each_snapshot(self, relation: Relation) -> Iterator[Relation]:
        for snapshot in self.snapshots:
            at = self.at(snapshot)
            more, less = ([(*key, at) for key in keys] for keys in (relation.more, relation.less))
            yield Relation(tuple(more), tuple(less), relation.each)

    def at(self, snapshot: str) -> Part:
        """The children of an snapshot, by when they came and left."""
        place = self.snapshots.index(snapshot)
        return tuple(code for code, (first, last) in enumerate(self.spans) if first <= place <= last)

    def _fewest_corrections(self, facts: Sequence[Fact]) -> list[Fact]:
        changed = tuple(code for code, span in enumerate(self.spans) if span != (0, self.last))
        if not changed:
            return []
        key = (*(tuple(range(len(codes))) for codes in self.frame.variables.values()), changed)
        fewest = float(ceil(Reader(self.whole, facts, relations=self._related).bounds(key)[0] - _SLACK))
        return [Fact(key, "corrections", fewest, fewest)]

    def watched(self, truth: Numbers) -> Iterator[_Watch]:
        """All that a reader may go for: hidden counts of each snapshot, and what changed since each former one."""
        now = self.snapshots[-1]
        blank = [Fact(fact.key, fact.name, 0, float("inf")) for entry in self.entries for fact in entry.facts]
        for key, (name, _published) in targets(Reader(self.frame, blank), self.policy.margin_order).items():
            for snapshot in self.snapshots:
                if (key, snapshot) not in self._exact and self._told(key, snapshot):
                    yield from self._hidden(key, name, snapshot, truth)
                if snapshot != now and {(key, snapshot), (key, now)} <= self._of.keys():
                    yield from self._changes(key, name, snapshot)

    def _told(self, key: Key, snapshot: str) -> bool:
        """Was anything published of this population from this snapshot?"""
        axis = self._apart
        if axis is None:
            return True
        return (key[axis], snapshot) in self._peopled

    def _hidden(self, key: Key, name: str, snapshot: str, truth: Numbers) -> Iterator[_Watch]:
        """Of the newest snapshot the truth is at hand, of the others no more."""
        whole = (*key, self.at(snapshot))
        if snapshot != self.snapshots[-1]:
            of = self._of.get((key, snapshot)) or [entry.id for entry in self.entries if entry.snapshot == snapshot]
            aim = Aim(whole, name, open_still(self.policy), beyond(self.policy))
            yield _Watch(aim, Fault.EARLIER, key, snapshot, tuple(of))
        elif self.policy.sensitive(count := number(truth, key)):
            yield _Watch(Aim(whole, name, doubt(self.policy, count)), Fault.TOO_CLOSE, key, snapshot)

    def _changes(self, key: Key, name: str, since: str) -> Iterator[_Watch]:
        """A change is a count as well: of children who came late, or left. Safe: surely none, surely many, or open."""
        place, of = self.snapshots.index(since), tuple(self._of[key, since])
        came = tuple(code for code, (first, last) in enumerate(self.spans) if first > place and last == self.last)
        left = tuple(code for code, (first, last) in enumerate(self.spans) if first <= place <= last < self.last)
        for codes in (came, left):
            aim = Aim((*key, codes), name, open_still(self.policy), beyond(self.policy))
            yield _Watch(aim, Fault.CHANGE, key, since, of)

    def found(self, watch: _Watch, each: Inferred) -> Iterator[Finding]:
        """What is to be said of a number that he infers; nothing of one that he knew as well before."""
        fault, of = watch.fault, watch.of
        if fault == Fault.EARLIER:
            former = self._only(tuple(range(len(self.entries) - 1)))
            if former.reader.bounds((*watch.key, former.at(watch.snapshot))) == (each.low, each.high):
                return
        if fault == Fault.TOO_CLOSE:
            fault = Fault.EXACT if each.high - each.low < 1 - _SLACK else fault
            of = self._helped(watch)
        yield Finding(fault, watch.key, watch.aim.name, of)

    @cache  # noqa: B019 - a ledger lives as long as one judgment
    def _only(self, numbers: tuple[int, ...]) -> "Ledger":
        return Ledger(self.frame, self.policy, [self.entries[each] for each in numbers], self.relations)

    def _helped(self, watch: _Watch) -> tuple[str, ...]:
        """The former release without which it would not be open, or all of them; none when the new one is enough."""
        new = len(self.entries) - 1
        for helpers in ((), *((former,) for former in range(new))):
            alone = self._only((*helpers, new))
            if not watch.aim.enough(*alone.reader.bounds((*watch.key, alone.at(watch.snapshot)))):
                return tuple(self.entries[each].id for each in helpers)
        return tuple(entry.id for entry in self.entries[:new])


def open_still(policy: Policy) -> Callable[[float, float], bool]:
    """The rule for a number whose truth is not at hand: it may be nought, and it may be no small one."""
    reach = max(policy.threshold, policy.width)
    return lambda low, high: low <= _SLACK and high >= reach - _SLACK
