"""Rule sets: one reviewed file per instrument and edition, read strictly.

A file says of each offence which elements it needs. A need is one element, or several parted by ``|`` of which one is
enough; ``not x`` needs that x is not so. ``[define]`` names a combination (``any`` or ``all``) for use as if it were an
element. What a State or a reading decides otherwise is a ``[setting]``; an offence's ``when`` adds needs under it.
"""

import re
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
class Asking:
    """A need as it is written, to be explained: `way` yes or no of one `element`, or any or all of its `parts`."""

    way: str
    element: str = ""
    parts: tuple["Asking", ...] = ()


@dataclass(frozen=True)
class Offence:
    """One offence or label of an instrument. `when` are the needs that a setting adds.

    Offences of one `topic`, in whatever instrument, answer the same question, and are shown side by side. `wording` is
    the law's own; its words are quoted as they are, and shown on demand only. `verified`: somebody read the place, and
    what is quoted of it, in a source; otherwise both were written from memory.
    """

    code: str
    label: str
    pinpoint: str
    verified: bool
    needs: tuple[Need, ...]
    when: dict[str, tuple[Need, ...]] = field(default_factory=dict)
    topic: str = ""
    wording: str = ""
    asks: dict[str, Asking] = field(default_factory=dict)  # of each need by its words, as they are written


@dataclass(frozen=True)
class RuleSet:
    """One edition of one instrument. In an `ordered` one the first offence that fits excludes those after it.

    The instrument is in force from `in_force` to `until`, both included; None: always, or it is a reading and no law.
    `in_force_source` says where these days were read; without it they were written from memory.
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
    in_force_source: str = ""

    def holds_on(self, day: date | None) -> bool:
        """Was the instrument in force on a day? A day that nobody knows is not held against it."""
        return day is None or ((self.in_force or day) <= day <= (self.until or day))


def read(file: Path) -> RuleSet:
    """A rule set from a TOML file. Raises `Invalid` that names file and line."""
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        told = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Invalid({"file": f"{file.name}, line {line}: is not UTF-8."}) from None
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
_ABOUT = {
    "code": str, "edition": str, "title": str, "source": str, "ordered": bool, "in_force": date, "until": date,
    "in_force_source": str,
}  # fmt: skip
_OFFENCE = {
    "code": str, "label": str, "pinpoint": str, "needs": list, "verified": bool, "when": dict, "topic": str,
    "wording": str,
}  # fmt: skip
_KINDS = {
    str: "a text in quotation marks", bool: "true or false", list: "a list of texts in brackets", dict: "a table",
    date: "a day, such as 2026-01-31, without quotation marks",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _joined(way: str, parts: list[Asking]) -> Asking:
    """`any` within `any`, and `all` within `all`, are one."""
    flat = [inner for part in parts for inner in (part.parts if part.way == way else (part,))]
    return flat[0] if len(flat) == 1 else Asking(way, parts=tuple(flat))


class _Reader:
    """One file on its way to becoming a rule set."""

    def __init__(self, name: str, text: str, told: dict[str, Any]) -> None:
        self.name, self.text, self.told = name, text, told

    def rule_set(self) -> RuleSet:
        if extra := set(self.told) - {"about", "setting", "define", "offence"}:
            raise self._wrong(min(extra), f"there is no table {min(extra)}")
        about = self._table("about", self.told.get("about", {}), _ABOUT, 4)
        for name in ("code", "edition"):
            if not _NAME.fullmatch(about[name]):
                raise self._wrong(name, f"{name} has letters, digits, hyphens, points only")
        settings = self.told.get("setting", {})
        for name, value in settings.items():
            self._need_kind(name, value, bool, "[setting]")
        offences = tuple(self._offence(each, settings) for each in self.told.get("offence", []))
        self._need_codes_of_their_own(offences)
        return RuleSet(**{"ordered": False} | about, settings=settings, offences=offences)

    def _need_codes_of_their_own(self, offences: tuple[Offence, ...]) -> None:
        codes = [each.code for each in offences]
        for code in codes:
            if codes.count(code) > 1:
                raise self._wrong(code, f"the code {code} stands twice")
        if not codes:
            raise self._wrong("about", "there is no [[offence]]")

    def _offence(self, each: dict[str, Any], settings: dict[str, bool]) -> Offence:
        at = str(each.get("code", "[[offence]]"))
        self._table(at, each, _OFFENCE, 4)
        for setting in each.get("when", {}):
            if setting not in settings:
                raise self._wrong(setting, f"there is no setting {setting}", at)
        when = {setting: self._needs(needs, at) for setting, needs in each.get("when", {}).items()}
        needs = self._needs(each["needs"], at)
        told = (each["code"], each["label"], each["pinpoint"], each.get("verified", False))
        asks = {need.words: self._asking(need.words) for need in (*needs, *sum(when.values(), ()))}
        return Offence(*told, needs, when, each.get("topic", ""), each.get("wording", ""), asks)

    def _table(self, at: str, told: Any, kinds: dict[str, type], needed: int) -> dict[str, Any]:
        """A table of `kinds`, of which the first `needed` must be there."""
        self._need_kind(at, told, dict, at)
        if missing := set(list(kinds)[:needed]) - set(told):
            raise self._wrong(at, f"{at} lacks {', '.join(sorted(missing))}")
        if extra := set(told) - set(kinds):
            raise self._wrong(min(extra), f"{at} knows no {', '.join(sorted(extra))}", at)
        for name, value in told.items():
            self._need_kind(name, value, kinds[name], at)
        return dict(told)

    def _need_kind(self, name: str, value: object, kind: type, at: str) -> None:
        if type(value) is not kind or value == "":
            raise self._wrong(name, f"{name} is {_KINDS[kind]}", at)

    def _needs(self, written: Any, at: str) -> tuple[Need, ...]:
        if type(written) is not list or not written or not all(isinstance(words, str) for words in written):
            raise self._wrong("needs", f"needs is {_KINDS[list]}, one or more", at)
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
        way = next(iter(definition), "") if type(definition) is dict and len(definition) == 1 else ""
        parts = definition[way] if way in {"any", "all"} else None
        if type(parts) is not list or not parts or not all(isinstance(part, str) for part in parts):
            raise self._wrong(f"define.{word}", f"the definition of {word} needs either any or all, with its parts")
        if way == "any":
            return self._any(" | ".join(parts), (*above, word))
        return [clause for part in parts for clause in self._any(part, (*above, word))]

    def _asking(self, words: str) -> Asking:
        """What `_any` takes apart, kept together: no definition in it is wrong or needs itself any more."""
        parts = [self._asked(part.strip()) for part in words.split("|")]
        return parts[0] if len(parts) == 1 else _joined("any", parts)

    def _asked(self, word: str) -> Asking:
        if word.startswith("not "):
            return Asking("no", word.removeprefix("not ").strip())
        definition = self.told.get("define", {}).get(word)
        if definition is None:
            return Asking("yes", word)
        ((way, parts),) = definition.items()
        return _joined(way, [self._asking(part) for part in parts])

    def _bit(self, word: str) -> int:
        try:
            return elements.bit(word)
        except Invalid:
            raise self._wrong(word, f"there is no element {word}") from None

    def _wrong(self, word: str, what: str, within: str = "") -> Invalid:
        """The error with its line: the first with that word, from where `within` stands on."""
        lines = [line.partition("#")[0] for line in self.text.splitlines()]
        first = next((at for at, line in enumerate(lines) if within and within in line), 0)
        found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        line = next((at for at, line in enumerate(lines[first:], first) if found.search(line)), first)
        return Invalid({"file": f"{self.name}, line {line + 1}: {what}."})
