"""Which offences the facts of an incident make out: met, not met, or not to be said yet, and what is missing.

Three-valued logic (Kleene's strong tables): a need is met by one known fact, fails when all that could meet it are
known otherwise, and is open until then. So an answer in place of an unknown settles what was open and never turns it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

from amparo.vocabulary.classification import elements
from amparo.vocabulary.classification.elements import Known
from amparo.vocabulary.classification.rules import Need, Offence, RuleSet

MET, NOT_MET, OPEN = "met", "not_met", "open"


@dataclass(frozen=True)
class Result:
    """What became of one offence: its state, the needs with theirs, and the elements that would settle it.

    `verified` as of `Offence`: was its place in the instrument read there?
    """

    rules: str
    edition: str
    code: str
    label: str
    pinpoint: str
    verified: bool
    state: str
    needs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def classify(facts: Mapping[str, object], rules: RuleSet, settings: Mapping[str, bool] | None = None) -> list[Result]:
    """A result for each offence of `rules`, in its order, under its own settings or those given.

    Raises `Invalid` for facts that cannot be read (see `elements.known`).
    """
    known = elements.known(facts)
    chosen = rules.settings | dict(settings or {})
    needs = [needs_of(offence, chosen) for offence in rules.offences]
    states = [_all(known, each) for each in needs]
    if rules.ordered:
        states = _in_order(states)
    return [_result(rules, *each) for each in zip(rules.offences, repeat(known), needs, states, strict=False)]


def next_question(results: Iterable[Result]) -> str | None:
    """The element whose answer would help most: wanted by the offences that lack least, the earlier one on a tie."""
    wanted: Counter[str] = Counter()
    for result in results:
        for name in result.missing:
            wanted[name] += 60 // len(result.missing)
    order = elements.names()
    return min(wanted, key=lambda name: (-wanted[name], order.index(name)), default=None)


def needs_of(offence: Offence, settings: Mapping[str, bool]) -> tuple[Need, ...]:
    """What an offence needs under `settings`."""
    if not offence.when:
        return offence.needs
    return offence.needs + tuple(need for name, more in offence.when.items() if settings[name] for need in more)


def _one(known: Known, need: Need) -> str:
    if known.yes & need.yes or known.no & need.no:
        return MET
    return NOT_MET if known.no & need.yes == need.yes and known.yes & need.no == need.no else OPEN


def _all(known: Known, needs: tuple[Need, ...]) -> str:
    state = MET
    for need in needs:
        one = _one(known, need)
        if one == NOT_MET:
            return NOT_MET
        if one == OPEN:
            state = OPEN
    return state


def _in_order(states: list[str]) -> list[str]:
    """In an ordered set an offence counts only once it is known that none before it does."""
    found, before = [], NOT_MET
    for state in states:
        if before == MET or state == NOT_MET:
            found.append(NOT_MET)
            continue
        before = OPEN if before == OPEN else state
        found.append(before)
    return found


def _result(rules: RuleSet, offence: Offence, known: Known, needs: tuple[Need, ...], state: str) -> Result:
    explained = tuple((need.words, _one(known, need)) for need in needs)
    missing = _missing(known, [need for need in needs if _one(known, need) == OPEN]) if state == OPEN else ()
    about = (rules.code, rules.edition, offence.code, offence.label, offence.pinpoint, offence.verified)
    return Result(*about, state, explained, missing)


def _missing(known: Known, needs: list[Need]) -> tuple[str, ...]:
    wanted = 0
    for need in needs:
        wanted |= (need.yes | need.no) & ~(known.yes | known.no)
    return tuple(name for name in elements.names() if wanted & elements.bit(name))
