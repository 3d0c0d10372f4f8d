"""Under which keys two records may meet. A key joins facts that rarely agree by chance; a shared key makes a pair.

The same keys serve the nightly run (records that share a key are compared) and the intake check (an inverted index of
them). A key is a 64-bit number; keys that too many records share are left out by whoever uses them: they say nothing.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import product

from amparo.methods.linkage.people import Person

_MASK = (1 << 63) - 1
_MIX = 0x9E3779B97F4A7C15


def keys(of: Person) -> list[int]:
    """The distinct keys of a record: about thirty for a full one, few for an almost empty one."""
    return list(dict.fromkeys(_keys(of)))


def _keys(of: Person) -> Iterator[int]:
    given, family = [_word(each) for each in of.given_keys], [_word(each) for each in of.family_keys]
    more = [_word(each) for each in of.more_keys]
    places = [_word(each) for each in (of.settlement, of.district) if each]
    mother = _word(of.mother_keys[0]) if of.mother_keys else 0
    father, years = [_word(each) for each in of.father_keys], of.birth.years
    for one, two in {tuple(sorted(pair)) for pair in product(given, [*family, *more]) if pair[0] != pair[1]}:
        yield _mix(1, one, two)
        yield from (_mix(2, one, two, year) for year in years)
        yield from (_mix(3, one, two, place) for place in places)
    yield from _by_day(of, [*given, *family, *more], places, mother)
    for kind, names in ((7, given or more), (12, family)):
        for name in names:
            yield from (_mix(kind, name, year, place) for year in years for place in places)
            yield from (_mix(kind + 1, name, parent) for parent in (mother, *father) if parent)
    # A slip in the given name alone: the family name, the year and how the given name begins.
    starts = {each[:1] for each in of.given_keys[:1]}
    yield from (_mix(14, name, year, _word(start)) for name in family for year in years for start in starts)
    if mother:
        yield from (_mix(9, mother, each, year) for each in father for year in years)
    yield from (_mix(kind, _word(value)) for kind, value in ((10, of.phone), (11, of.national_id)) if value)


def _by_day(of: Person, names: list[int], places: list[int], mother: int) -> Iterator[int]:
    """Keys with the day of birth, and with day and month swapped."""
    for day in (of.birth.day, of.birth.swapped):
        if day is not None:
            yield from (_mix(4, name, day) for name in names)
    if of.birth.day is not None:
        yield from (_mix(5, of.birth.day, place, _word(of.sex)) for place in places)
        if mother:
            yield _mix(6, of.birth.day, mother)


def _mix(kind: int, *values: int) -> int:
    mixed = kind * _MIX
    for value in values:
        mixed = ((mixed ^ value) * _MIX + (mixed >> 29)) & 0xFFFFFFFFFFFFFFFF
        mixed ^= mixed >> 31
    return mixed & _MASK


_known: dict[str, int] = {}


def _word(text: str) -> int:
    """A number of its own for each word; remembered, because words repeat."""
    number = _known.get(text)
    if number is None:
        if len(_known) > 500_000:  # noqa: PLR2004 - bounded memory: words repeat within a file, not for ever
            _known.clear()
        number = _known[text] = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
    return number
