"""What is compared between two records, and on which levels: the one definition, in SQL for the engines and in Python.

Each comparison looks at one thing and answers with the first level that fits: level -1 when one side does not know
(that says nothing), otherwise from the closest to "different", which is 0. The SQL is what Splink runs on DuckDB or
Spark, with columns ending in `_l` and `_r`; `test` is its twin for the intake check and the explanation. Tests hold the
two to the same answers.

`own` comparisons speak of the child alone; the others speak of the household, which a brother or a twin shares.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from amparo.methods.linkage.people import Person

Test = Callable[[Person, Person], bool]
_SIDE = re.compile(r"\b([a-z_]+)_([lr])\b")
ALIKE, SOMEWHAT, LOOSE = 0.88, 0.75, 0.7  # Jaro-Winkler of how two names sound; .88 is the customary "one slip"


@dataclass(frozen=True, slots=True)
class Level:
    label: str
    sql: str
    test: Test


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared. `unknown` is the null level; `levels` run from the closest to the last but one."""

    name: str
    own: bool
    unknown: Level
    levels: tuple[Level, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels by level number: 0 is "different"."""
        return ("different", *(each.label for each in reversed(self.levels)))

    @property
    def sql(self) -> str:
        """The level, as `level` has it, between the columns of the records `l` and `r`."""
        asked = ((len(self.levels) - place, each.sql) for place, each in enumerate(self.levels))
        found = " ".join(f"when {sql} then {number}" for number, sql in ((-1, self.unknown.sql), *asked))
        return _SIDE.sub(r"\2.\1", f"cast(case {found} else 0 end as tinyint)")

    def level(self, one: Person, two: Person) -> int:
        """-1 when a side does not know, 0 when they differ, the higher the closer."""
        if self.unknown.test(one, two):
            return -1
        for number, each in enumerate(self.levels):
            if each.test(one, two):
                return len(self.levels) - number
        return 0


def sounds(one: str, two: str) -> float:
    """How alike two names sound, 0 to 1: Jaro-Winkler, as DuckDB's `jaro_winkler_similarity` has it; 0 if unknown."""
    return JaroWinkler.similarity(one, two) if one and two else 0.0


def _meet(one: Sequence[str], two: Sequence[str]) -> bool:
    return any(each in two for each in one)


def _unknown(column: str) -> Level:
    return Level(
        "not known", f"{column}_l = '' or {column}_r = ''",
        lambda one, two: not getattr(one, column) or not getattr(two, column),
    )  # fmt: skip


def _same(column: str, label: str = "the same") -> Level:
    return Level(label, f"{column}_l = {column}_r", lambda one, two: getattr(one, column) == getattr(two, column))


def _rarely(level: Level, column: str, place: int, *least: int) -> Iterator[Level]:
    """The same level apart for rare and for common names: that two share a rare one says more."""
    words, above = {3: "very rare", 2: "rare", 1: "not common"}, 3
    for rare in (*least, 0):

        def test(one: Person, two: Person, rare: int = rare) -> bool:
            return min(one.rare[place], two.rare[place]) >= rare and level.test(one, two)

        # "case", and up to the level before only: so an engine asks once whether the names agree, not at every level.
        asked = f"least({column}_rare_l, {column}_rare_r) between {rare} and {above}"
        sql, above = f"case when {asked} then {level.sql} else false end", rare - 1
        yield Level(f"{level.label}, {words[rare]}" if rare else level.label, sql, test)


def _alike(column: str, least: float, label: str) -> Level:
    sound = f"{column}_sound"
    return Level(
        label, f"{sound}_l <> '' and {sound}_r <> '' and jaro_winkler_similarity({sound}_l, {sound}_r) >= {least}",
        lambda one, two: sounds(getattr(one, sound), getattr(two, sound)) >= least,
    )  # fmt: skip


def _read_alike(column: str) -> Level:
    """One reading in common, and not only by a bare chance of consonants. An encoded record has no sound to ask."""
    keys, sound = f"{column}_keys", f"{column}_sound"
    near = f"jaro_winkler_similarity({sound}_l, {sound}_r) >= {LOOSE}"

    def test(one: Person, two: Person) -> bool:
        if not _meet(getattr(one, keys), getattr(two, keys)):
            return False
        a, b = getattr(one, sound), getattr(two, sound)
        return not a or not b or sounds(a, b) >= LOOSE

    return Level(
        "another writing",
        f"list_has_any({keys}_l, {keys}_r) and ({sound}_l = '' or {sound}_r = '' or {near})", test,
    )  # fmt: skip


def _crossed(label: str, one: str, others: Sequence[str]) -> Level:
    """A key of `one` on either side stands among `others` of the other side."""
    sides = dict.fromkeys(
        f"list_has_any({a}, {b})"
        for other in others
        for a, b in (sorted((f"{one}_l", f"{other}_r")), sorted((f"{one}_r", f"{other}_l")))
    )
    return Level(
        label, "(" + " or ".join(sides) + ")",
        lambda left, right: any(
            _meet(getattr(a, one), getattr(b, other)) for other in others for a, b in ((left, right), (right, left))
        ),
    )  # fmt: skip


def _both_exact(one: Person, two: Person) -> bool:
    return one.birth.day is not None and two.birth.day is not None


def _gap(one: Person, two: Person) -> int:
    """Days between two births at the least; 0 when their intervals meet."""
    a, b = one.birth, two.birth
    assert a.first is not None and a.last is not None and b.first is not None and b.last is not None  # noqa: PT018
    return max(a.first - b.last, b.first - a.last, 0)


def _width(one: Person, two: Person) -> int:
    return max((each.birth.last or 0) - (each.birth.first or 0) for each in (one, two))


def _one_slip(one: Person, two: Person) -> bool:
    """Both days are known, and agree on two of year, month and day."""
    a, b = one.birth.pairs, two.birth.pairs
    return a is not None and b is not None and any(x == y for x, y in zip(a, b, strict=True))


_EXACT = "birth_day_l is not null and birth_day_r is not null"
_GAP = "greatest(birth_first_l - birth_last_r, birth_first_r - birth_last_l, 0)"
_WIDTH = "greatest(birth_last_l - birth_first_l, birth_last_r - birth_first_r)"
_SLIP = " or ".join(f"birth_{pair}_l = birth_{pair}_r" for pair in ("ym", "yd", "md"))

BIRTH = Comparison(
    "birth", True,
    Level("not known", "birth_first_l is null or birth_first_r is null",
          lambda one, two: one.birth.first is None or two.birth.first is None),
    (
        Level("the same day", "birth_day_l = birth_day_r",
              lambda one, two: one.birth.day is not None and one.birth.day == two.birth.day),
        Level("day and month swapped", "birth_day_l = birth_swapped_r",
              lambda one, two: one.birth.day is not None and one.birth.day == two.birth.swapped),
        Level("one of year, month and day differs", f"({_SLIP})", _one_slip),
        Level("the same month, as far as known", f"not ({_EXACT}) and {_GAP} = 0 and {_WIDTH} < 32",
              lambda one, two: not _both_exact(one, two) and _gap(one, two) == 0 and _width(one, two) < 32),  # noqa: PLR2004
        Level("may be the same, as far as known", f"not ({_EXACT}) and {_GAP} = 0",
              lambda one, two: not _both_exact(one, two) and _gap(one, two) == 0),
        Level("an estimate a year away", f"not ({_EXACT}) and {_GAP} <= 366",
              lambda one, two: not _both_exact(one, two) and _gap(one, two) <= 366),  # noqa: PLR2004
        Level("an estimate further away", f"not ({_EXACT}) and {_GAP} <= 1100",
              lambda one, two: not _both_exact(one, two) and _gap(one, two) <= 1100),  # noqa: PLR2004
    ),
)  # fmt: skip

COMPARISONS: tuple[Comparison, ...] = (
    Comparison("given", True, _unknown("given"), (
        *_rarely(_same("given"), "given", 0, 3, 2, 1),
        *_rarely(_read_alike("given"), "given", 0, 2),
        _alike("given", ALIKE, "sounds alike"),
        _crossed("a pet name or bare consonants", "given_keys", ["given_keys"]),
        Level(
            "given and family name swapped",
            "list_has_any(given_keys_l, family_keys_r) and list_has_any(given_keys_r, family_keys_l)",
            lambda one, two: _meet(one.given_keys, two.family_keys) and _meet(two.given_keys, one.family_keys),
        ),
        _crossed("stands among the other names", "given_keys", ["more_keys"]),
        _crossed("stands as the family name", "given_keys", ["family_keys"]),
        _alike("given", SOMEWHAT, "sounds somewhat alike"),
    )),
    Comparison("family", False, _unknown("family"), (
        *_rarely(_same("family"), "family", 1, 3, 2, 1),
        *_rarely(_crossed("a part in another writing", "family_keys", ["family_keys"]), "family", 1, 3, 1),
        _alike("family", ALIKE, "sounds alike"),
        _crossed("stands at another place", "family_keys", ["given_keys", "more_keys", "parents_keys"]),
        _alike("family", SOMEWHAT, "sounds somewhat alike"),
    )),
    BIRTH,
    Comparison("sex", True, _unknown("sex"), (_same("sex"),)),
    Comparison("mother", False, _unknown("mother"), (
        *_rarely(_same("mother"), "mother", 2, 2),
        _read_alike("mother"), _alike("mother", ALIKE, "sounds alike"),
    )),
    Comparison("father", False, Level(
        "not known",
        "(father_l = '' or father_r = '') and not (list_has_any(father_keys_l, stem_keys_r) or "
        "list_has_any(father_keys_r, stem_keys_l))",
        lambda one, two: (
            (not one.father or not two.father)
            and not _meet(one.father_keys, two.stem_keys) and not _meet(two.father_keys, one.stem_keys)
        ),
    ), (
        *_rarely(_same("father"), "father", 3, 2),
        _read_alike("father"), _alike("father", ALIKE, "sounds alike"),
        _crossed("stands at another place", "father_keys", ["stem_keys"]),
    )),
    Comparison("middle", False, Level(
        "not known", "len(more_keys_l) = 0 or len(more_keys_r) = 0",
        lambda one, two: not one.more_keys or not two.more_keys,
    ), (_crossed("one in common", "more_keys", ["more_keys"]),)),
    Comparison("birthplace", False, _unknown("birthplace"), (
        _same("birthplace"),
        Level("sounds alike", "jaro_winkler_similarity(birthplace_l, birthplace_r) >= 0.9",
              lambda one, two: sounds(one.birthplace, two.birthplace) >= 0.9),  # noqa: PLR2004
    )),
    Comparison("lives", False, Level(
        "not known", "(settlement_l = '' or settlement_r = '') and (district_l = '' or district_r = '')",
        lambda one, two: not (one.settlement and two.settlement) and not (one.district and two.district),
    ), (
        *_rarely(Level("the same settlement", "settlement_l <> '' and settlement_l = settlement_r",
                       lambda one, two: bool(one.settlement) and one.settlement == two.settlement),
                 "settlement", 4, 2),
        Level("a settlement that sounds alike",
              "settlement_l <> '' and settlement_r <> '' and "
              "jaro_winkler_similarity(settlement_l, settlement_r) >= 0.9",
              lambda one, two: bool(one.settlement and two.settlement)
              and sounds(one.settlement, two.settlement) >= 0.9),  # noqa: PLR2004
        Level("the same district", "district_l <> '' and district_l = district_r",
              lambda one, two: bool(one.district) and one.district == two.district),
    )),
    Comparison("nationality", False, _unknown("nationality"), (_same("nationality"),)),
    Comparison("phone", False, _unknown("phone"), (_same("phone"),)),
    Comparison("national_id", False, _unknown("national_id"), (_same("national_id"),)),
)  # fmt: skip


def levels(one: Person, two: Person) -> tuple[int, ...]:
    """The level of each comparison, in the order of `COMPARISONS`."""
    return tuple(each.level(one, two) for each in COMPARISONS)


def otherwise_named(levels: Sequence[int]) -> bool:
    """Whether two given names differ altogether, as a twin's do whatever else agrees: such a record is told as possible
    kin, never as the same child.
    """
    return levels[_GIVEN] == 0


_GIVEN = [each.name for each in COMPARISONS].index("given")
