"""Every way to read the rules: a rule set under each choice of its settings, side by side.

Beside the rules that come with Amparo stand those that a State has added for its own law (`settings.RULES_FOLDER`).

This is what A/HRC/43/40, paras 89 and 93, ask for: where instruments and their readings differ, both are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from django.conf import settings

from amparo.common.errors import Invalid
from amparo.vocabulary.classification import elements, rules
from amparo.vocabulary.classification.classify import MET, NOT_MET, OPEN, Result, classify, needs_of
from amparo.vocabulary.classification.rules import Asking, Offence, RuleSet


@dataclass(frozen=True)
class Asked:
    """One need in elements: met by any of `yes` that is so, or any of `no` that is not; its state."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Found:
    """A result with the offence that it is of and the reading by which it was found."""

    reading: "Reading"
    offence: Offence
    result: Result
    needs: tuple[Asked, ...]

    @property
    def explained(self) -> list[tuple[Asking, str]]:
        """Each need as it is written, with its state: one that asks for several things fails when one of them does."""
        states: dict[str, set[str]] = {}
        for words, state in self.result.needs:
            states.setdefault(words, set()).add(state)
        return [
            (self.offence.asks[words], next(each for each in (NOT_MET, OPEN, MET) if each in found))
            for words, found in states.items()
        ]


@dataclass(frozen=True)
class Reading:
    """A rule set, and what was chosen where it leaves a choice."""

    rules: RuleSet
    settings: dict[str, bool]

    def results(self, facts: Mapping[str, object]) -> list[Found]:
        """What comes out of `facts`, offence by offence. Raises `Invalid` as `classify` does."""
        found = zip(self.rules.offences, classify(facts, self.rules, self.settings), strict=True)
        return [Found(self, offence, result, self._asked(offence, result)) for offence, result in found]

    def _asked(self, offence: Offence, result: Result) -> tuple[Asked, ...]:
        needs = needs_of(offence, self.settings)
        states = (state for _words, state in result.needs)
        return tuple(Asked(_names(need.yes), _names(need.no), state) for need, state in zip(needs, states, strict=True))


def readings() -> tuple[Reading, ...]:
    """All of them, a rule set's own reading before the others. A file is read once a process, until it changes."""
    folder = Path(settings.RULES_FOLDER)
    files = sorted((file.name, file.stat().st_mtime_ns) for file in folder.glob("*.toml"))
    return _read(folder, tuple(files))


def rule_sets() -> dict[str, RuleSet]:
    """The newest edition of every rule set, those of the State beside those that come with Amparo."""
    return {each.rules.code: each.rules for each in readings()}


def called(code: str) -> str:
    """What a rule file calls its offence; the code itself if no rule set of today has it."""
    return next((each.label for known in rule_sets().values() for each in known.offences if each.code == code), code)


@lru_cache(maxsize=2)
def _read(folder: Path, _files: tuple[tuple[str, int], ...]) -> tuple[Reading, ...]:
    found = []
    for each in [*rules.shipped().values(), *rules.within(folder).values()]:
        choices = [
            dict(zip(each.settings, way, strict=True)) for way in product((False, True), repeat=len(each.settings))
        ]
        found += [Reading(each, choice) for choice in sorted(choices, key=lambda choice: choice != each.settings)]
    return tuple(found)


def reading(code: str, chosen: Mapping[str, bool] | None = None) -> Reading:
    """The reading of a rule set under the settings `chosen`, its own where none is given. Raises `Invalid`."""
    own = next((each for each in readings() if each.rules.code == code), None)
    if own is None:
        raise Invalid({"rules": f"There is no rule set {code}."})
    wanted = own.settings | dict(chosen or {})
    for each in readings():
        if each.rules.code == code and each.settings == wanted:
            return each
    raise Invalid({"settings": f"The settings of {code} are: {', '.join(own.settings) or 'none'}."})


def all_results(facts: Mapping[str, object]) -> list[Found]:
    """What comes out of `facts` under every reading."""
    return [found for each in readings() for found in each.results(facts)]


@cache
def _names(mask: int) -> tuple[str, ...]:
    return tuple(name for name in elements.names() if mask & elements.bit(name))
