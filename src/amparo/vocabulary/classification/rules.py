"""Rule sets: one reviewed file per instrument and edition, read strictly.

A file says of each offence which elements it needs. A need is one element, or several parted by ``|`` of which one is
enough; ``not x`` needs that x is not so. ``[define]`` names a combination (``any`` or ``all``) for use as if it were an
element. What a State or a reading decides otherwise is a ``[setting]``; an offence's ``when`` adds needs under it.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from amparo.common.errors import Invalid
from amparo.vocabulary.classification import elements

FOLDER = Path(__file__).parent / "rules"


@dataclass(frozen=True)
class Need:
    """A need in words and as masks: met by a bit of `yes` that is so or one of `no` that is not."""

    words: str
    yes: int
    no: int


@dataclass(frozen=True)
class Offence:
    """One offence or label of an instrument. `when` are the needs that a setting adds.

    Offences of one `topic`, in whatever instrument, answer the same question, and are shown side by side. `wording` is
    the law's own; its words are quoted as they are, and shown on demand only.
    """

    code: str
    label: str
    pinpoint: str
    verified: bool
    needs: tuple[Need, ...]
    when: dict[str, tuple[Need, ...]] = field(default_factory=dict)
    topic: str = ""
    wording: str = ""


@dataclass(frozen=True)
class RuleSet:
    """One edition of one instrument. In an `ordered` one the first offence that fits excludes those after it.

    The instrument is in force from `in_force` to `until`, both included; None: always, or it is a reading and no law.
    """

    code: str
    edition: str
    title: str
    source: str
    ordered: bool
    settings: dict[str, bool]
    offences: tuple[Offence, ...]
    in_force: date | None = None
    until: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Was the instrument in force on a day? A day that nobody knows is not held against it."""
        return day is None or ((self.in_force or day) <= day <= (self.until or day))


def read(file: Path) -> RuleSet:
    """A rule set from a TOML file. Raises `Invalid` that names file and line."""
    text = file.read_text(encoding="utf-8")
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid({"file": f"{file.name}: {error}."}) from None
    return _Reader(file.name, text, told).rule_set()


def shipped() -> dict[str, RuleSet]:
    """The rule sets that come with Amparo, by code."""
    return within(FOLDER)


def within(folder: Path) -> dict[str, RuleSet]:
    """The newest edition of each rule set of a folder, by code; none where there is no such folder."""
    found = sorted(map(read, sorted(folder.glob("*.toml"))), key=lambda each: each.edition)
    return {rules.code: rules for rules in sorted(found, key=lambda each: each.code)}


Clause = tuple[int, int]
_NEEDED, _ALLOWED = {"code", "edition", "title", "source"}, {"ordered", "in_force", "until"}


class _Reader:
    """One file on its way to becoming a rule set."""

    def __init__(self, name: str, text: str, told: dict[str, Any]) -> None:
        self.name, self.text, self.told = name, text, told

    def rule_set(self) -> RuleSet:
        about = self._table(self.told, "about", _NEEDED, _ALLOWED)
        self._need_days(about)
        settings = self.told.get("setting", {})
        offences = tuple(self._offence(each, settings) for each in self.told.get("offence", []))
        codes = [each.code for each in offences]
        for code in codes:
            if codes.count(code) > 1:
                raise self._wrong(code, f"the code {code} stands twice")
        if not offences:
            raise self._wrong("about", "there is no [[offence]]")
        return RuleSet(**{"ordered": False} | about, settings=settings, offences=offences)

    def _offence(self, each: dict[str, Any], settings: dict[str, bool]) -> Offence:
        unknown = set(each) - {"code", "label", "pinpoint", "verified", "needs", "when", "topic", "wording"}
        missing = {"code", "label", "pinpoint", "needs"} - set(each)
        if unknown or missing:
            at = str(each.get("code", "[[offence]]"))
            raise self._wrong(at, f"an offence has {', '.join(sorted(unknown | missing))} too much or too little")
        for setting in each.get("when", {}):
            if setting not in settings:
                raise self._wrong(setting, f"there is no setting {setting}")
        when = {setting: self._needs(needs) for setting, needs in each.get("when", {}).items()}
        needs = self._needs(each["needs"])
        told = (each["code"], each["label"], each["pinpoint"], each.get("verified", False))
        return Offence(*told, needs, when, each.get("topic", ""), each.get("wording", ""))

    def _need_days(self, about: dict[str, Any]) -> None:
        for name in ("in_force", "until"):
            if name in about and type(about[name]) is not date:
                raise self._wrong(name, f"{name} is a day, such as 2026-01-31, without quotation marks")

    def _needs(self, written: list[str]) -> tuple[Need, ...]:
        return tuple(Need(words, *clause) for words in written for clause in self._any(words, ()))

    def _any(self, words: str, above: tuple[str, ...]) -> list[Clause]:
        """`a | b` in conjunctive form: the clauses of one need."""
        clauses: list[Clause] = [(0, 0)]
        for part in words.split("|"):
            ways = self._one(part.strip(), above)
            clauses = [(yes | more_yes, no | more_no) for yes, no in clauses for more_yes, more_no in ways]
        return clauses

    def _one(self, word: str, above: tuple[str, ...]) -> list[Clause]:
        if word.startswith("not "):
            return [(0, self._bit(word.removeprefix("not ").strip()))]
        definition = self.told.get("define", {}).get(word)
        if definition is None:
            return [(self._bit(word), 0)]
        if word in above:
            raise self._wrong(word, f"{' needs '.join([*above, word])}: a circle")
        if set(definition) == {"any"}:
            return self._any(" | ".join(definition["any"]), (*above, word))
        if set(definition) == {"all"}:
            return [clause for part in definition["all"] for clause in self._any(part, (*above, word))]
        raise self._wrong(f"define.{word}", f"the definition of {word} needs either any or all")

    def _bit(self, word: str) -> int:
        try:
            return elements.bit(word)
        except Invalid:
            raise self._wrong(word, f"there is no element {word}") from None

    def _table(self, told: dict[str, Any], name: str, needed: set[str], allowed: set[str]) -> dict[str, Any]:
        table = told.get(name, {})
        if missing := needed - set(table):
            raise self._wrong(f"[{name}]", f"[{name}] lacks {', '.join(sorted(missing))}")
        if extra := set(table) - needed - allowed:
            raise self._wrong(min(extra), f"[{name}] knows no {', '.join(sorted(extra))}")
        return dict(table)

    def _wrong(self, word: str, what: str) -> Invalid:
        line = next((number for number, line in enumerate(self.text.splitlines(), 1) if word in line), 1)
        return Invalid({"file": f"{self.name}, line {line}: {what}."})
