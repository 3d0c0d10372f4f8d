"""The children of Lumeria, drawn before anything is written: who is one child, who is a brother, a sister, a twin.

About eight in a hundred are known to a second agency under a differently written name. Which agencies meet a child is
chance, for each agency by itself; so it is known, too, how many children there are whom no agency met (`hidden`). The
key to who is who, and this number, are kept in files of their own (`papers`), never in a database, so that whatever
looks for duplicates or estimates can be marked against them.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations

from amparo.demo import names
from amparo.demo.agenda import happens
from amparo.demo.country import CASELOAD
from amparo.demo.names import Name
from amparo.linkage.actions import ChildFacts, Identity

KNOWN_TWICE = 0.08
# An agency of share w meets a child with the odds c w, whatever the others do. So the chance of being met by nobody, by
# one, by two, by three agencies is as 1 : c : c² S2 : c³ S3, S2 and S3 being the sums of the products of two and three
# shares; c follows from how many are known twice or more. Four agencies never meet the same child: too rare.
_CODES, _SHARES = list(CASELOAD), [each / sum(CASELOAD.values()) for each in CASELOAD.values()]
_S2, _S3 = (sum(math.prod(each) for each in combinations(_SHARES, many)) for many in (2, 3))
_SEVERAL = KNOWN_TWICE / (1 - KNOWN_TWICE)
_ODDS = (math.sqrt(_S2**2 + 4 * _S3 * _SEVERAL) - _S2) / (2 * _S3)
_MET = _ODDS * (1 + _SEVERAL)
_GROUPS = [*combinations(_CODES, 2), *combinations(_CODES, 3)]
_LIKELY = [math.prod(_ODDS * CASELOAD[code] / sum(CASELOAD.values()) for code in group) for group in _GROUPS]
FAMILIES = ([1, 2, 3], [93, 6, 1])
TWINS = 0.25  # of the families with several children here
_SECOND_RECORD = timedelta(days=500)
# Some came to one agency in the last days, so that even the smallest Lumeria has something to do there.
LATELY, _WHERE, _EVERY = 4, "MIN", timedelta(days=3, hours=5)


@dataclass(frozen=True)
class Child:
    """A child as the child truly is; `number` and `family` are the key's numbers."""

    number: int
    family: int
    name: Name
    sex: str
    birth_year: int
    at: datetime


@dataclass(frozen=True)
class Known:
    """A child as one agency writes the child down, when, and in which way the name is written."""

    child: Child
    agency: str
    at: datetime
    way: str
    identity: Identity
    facts: ChildFacts

    @property
    def age(self) -> int:
        """The age in whole years at that time, by the years only."""
        return min(17, max(0, self.at.year - self.child.birth_year))


def draw(chance: random.Random, *, children: int, first: datetime, until: datetime) -> list[Known]:
    """Every record that will be, in the order of time: one of each child, and a second one of some."""
    records = []
    for child in _children(chance, children, first, until):
        one, *others = _agencies(chance)
        records.append(_met(chance, child, one, until))
        records += [_again(chance, records[-1], other, until) for other in others]
    return sorted(records, key=lambda each: (each.at, each.child.number))


def hidden(chance: random.Random, *, children: int) -> int:
    """How many children no agency met, where `children` were met: drawn from the chances by which they were."""
    unmet = math.log(1 / (1 + _MET))
    return sum(int(math.log(1 - chance.random()) / unmet) for _ in range(children))


def _children(chance: random.Random, children: int, first: datetime, until: datetime) -> Iterator[Child]:
    family, number = 0, 0
    while number < children:
        family += 1
        size = min(chance.choices(*FAMILIES)[0], children - number)
        eldest = _child(chance, number + 1, family, first, until)
        yield eldest
        twins = happens(chance, TWINS)
        for sibling in range(1, size):
            yield _sibling(chance, eldest, number + 1 + sibling, until, twin=twins and sibling == 1)
        number += size


def _child(chance: random.Random, number: int, family: int, first: datetime, until: datetime) -> Child:
    at = first + (until - first) * chance.random()
    age = min(17, max(0, round(chance.gauss(12, 4))))
    return Child(number, family, names.draw(chance), _sex(chance), at.year - age, _in_the_day(at))


def _sibling(chance: random.Random, eldest: Child, number: int, until: datetime, *, twin: bool) -> Child:
    """A twin has the same birth year and a name that begins alike."""
    name = names.twin_of(chance, eldest.name) if twin else names.draw(chance, eldest.name.family)
    born = eldest.birth_year if twin else min(eldest.birth_year + chance.randint(1, 4), eldest.at.year)
    at = min(eldest.at + timedelta(days=chance.randint(0, 40)), until)
    return replace(eldest, number=number, name=name, sex=_sex(chance), birth_year=born, at=at)


def _agencies(chance: random.Random) -> list[str]:
    """Which agencies meet a child, in the order in which they do."""
    if not happens(chance, KNOWN_TWICE):
        return chance.choices(_CODES, _SHARES)
    group = chance.choices(_GROUPS, _LIKELY)[0]
    return chance.sample(group, len(group))


def _met(chance: random.Random, child: Child, code: str, until: datetime) -> Known:
    if child.number > LATELY:
        return _known(chance, child, code, child.at, "latin")
    return _known(chance, child, _WHERE, _in_the_day(until - _EVERY * child.number), "latin")


def _again(chance: random.Random, first: Known, code: str, until: datetime) -> Known:
    if code == first.agency:  # where the first was moved to the agency of those who came lately
        code = next(each for each in reversed(_CODES) if each != code)
    at = _in_the_day(min(first.at + _SECOND_RECORD * chance.random(), until))
    return _known(chance, first.child, code, at, chance.choice(names.WAYS[1:]))


def _known(chance: random.Random, child: Child, code: str, at: datetime, way: str) -> Known:
    """How exactly a birth year is known differs from agency to agency; an estimate may be a year off."""
    precision = chance.choices(["year", "estimated"], [7, 3] if way == "latin" else [1, 1])[0]
    off = chance.choice([-1, 0, 1]) if precision == "estimated" and way != "latin" else 0
    facts = ChildFacts(
        sex=child.sex, birth_year=min(child.birth_year + off, at.year), birth_precision=precision,
        language=chance.choice(["en", "ar", "ru", "fr", "es"]),
        migration_status=chance.choices(["national", "refugee", "migrant", "unknown"], [70, 12, 8, 10])[0],
        care_status=chance.choice(["with_parents", "with_one_parent", "with_relatives", "residential_care"]),
        separation=chance.choices(["with_family", "unaccompanied", "separated"], [8, 1, 1])[0],
    )  # fmt: skip
    contact = f"555-01{chance.randrange(100):02}" if happens(chance, 0.5) else ""
    return Known(child, code, at, way, child.name.written(way, contact=contact), facts)


def _sex(chance: random.Random) -> str:
    return chance.choices(["female", "male", "unknown"], [60, 36, 4])[0]


def _in_the_day(at: datetime) -> datetime:
    """People are met in office hours."""
    return min(at, at.replace(hour=8 + at.minute % 9, second=0, microsecond=0))
