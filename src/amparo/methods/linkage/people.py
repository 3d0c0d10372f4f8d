"""A record of a child, normalised once so that comparing two of them is only looking.

`Person` is the one shape that blocking, comparison, the intake check and the encodings share. What is not known is
empty or None; nothing here ever turns "not known" into a value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from amparo.methods.linkage.births import Birth, birth
from amparo.methods.linkage.names import Part, father_in, formal, joined, one_name, parts

FIELDS = (
    "record_id", "agency", "registered_on", "given_name", "middle_names", "family_name", "other_names", "sex",
    "date_of_birth", "dob_quality", "age_years", "mother_name", "father_name", "place_of_birth", "district",
    "settlement", "nationality", "phone", "national_id",
)  # fmt: skip
_PHONE = 8  # the last digits are the subscriber's; what stands before is written in many ways
_SHORT = 6  # a number with fewer digits is nobody's
_FEMALE = {"f", "female", "w", "woman", "girl", "ж", "жен", "mujer", "femme", "fille", "أنثى", "انثى", "女"}
_MALE = {"m", "male", "man", "boy", "м", "муж", "hombre", "homme", "garçon", "ذكر", "男"}
_GENERIC = re.compile(
    r"\b(district|province|region|county|governorate|wilaya|oblast|raion|rayon|departamento|municipio|provincia|"
    r"departement|state|city|town|village|judet|judetul|commune|comune)\b"
)


@dataclass(slots=True)
class Person:
    """One record. `*_keys` are readings (see `names`): two fields meet when they share one.

    Only `rare` is set later, by whoever knows the other records.
    """

    id: str
    agency: str
    given: str
    given_sound: str
    given_keys: tuple[str, ...]
    more_keys: tuple[str, ...]  # the other given, middle and pet names
    stem_keys: tuple[str, ...]  # where a father's name may stand: middle names, and patronymics without their ending
    family: str
    family_sound: str
    family_keys: tuple[str, ...]
    sex: str
    birth: Birth
    mother: str
    mother_sound: str
    mother_keys: tuple[str, ...]
    father: str
    father_sound: str
    father_keys: tuple[str, ...]
    parents_keys: tuple[str, ...]  # all parts of both parents' names: where a child's family name may come from
    birthplace: str
    district: str
    settlement: str
    nationality: str
    phone: str
    national_id: str
    rare: tuple[int, ...] = (0, 0, 0, 0, 0)  # how rare given, family, mother, father and settlement are: see `rarity`


def person(row: Mapping[str, str]) -> Person:
    """Normalise one row whose columns are named as in `FIELDS`; a column may be missing or empty."""

    def get(name: str) -> str:
        return (row.get(name) or "").strip()

    given, middle = one_name(parts(get("given_name"))), parts(get("middle_names"))
    family, other = one_name(parts(get("family_name"))), one_name(parts(get("other_names")))
    mother, father = parts(get("mother_name")), parts(get("father_name"))
    stems = tuple(stem for each in (*given[1:], *middle, *family[:-1]) if (stem := father_in(each)))
    family = _without([*middle, *given[1:]], family)
    more = (*given[1:], *middle, *other)
    fathers = father[:1] or stems[:1]
    return Person(
        id=get("record_id"), agency=get("agency"),
        given=given[0].plain if given else "", given_sound=given[0].sound if given else "",
        given_keys=_keys((*given[:1], *_joined(given)), pets=True), more_keys=_keys(more, pets=True),
        stem_keys=_keys((*middle, *given[1:], *stems)),
        family=" ".join(each.plain for each in family), family_sound="".join(each.sound for each in family),
        family_keys=_keys(family), sex=_sex(get("sex")),
        birth=birth(get("date_of_birth"), get("dob_quality"), get("age_years"), get("registered_on")),
        mother=mother[0].plain if mother else "", mother_sound=mother[0].sound if mother else "",
        mother_keys=_keys((*mother[:1], *_joined(mother))),
        father=fathers[0].plain if fathers else "", father_sound=fathers[0].sound if fathers else "",
        father_keys=_keys((*fathers, *_joined(father))), parents_keys=_keys((*mother, *father, *middle)),
        birthplace=_place(get("place_of_birth")), district=_place(get("district")),
        settlement=_place(get("settlement")), nationality=get("nationality").upper(),
        phone=_digits(get("phone")), national_id=re.sub(r"\W", "", get("national_id")).upper(),
    )  # fmt: skip


def _without(middle: list[Part], family: tuple[Part, ...]) -> tuple[Part, ...]:
    """The family name without a middle name or patronymic that was written into its field."""
    if len(family) < 2:  # noqa: PLR2004 - one part is the family name, whatever it looks like
        return family
    also = {reading for each in middle for reading in each.readings}
    return tuple(each for each in family if not also & set(each.readings) and not father_in(each)) or family[-1:]


def _joined(named: tuple[Part, ...]) -> tuple[Part, ...]:
    both = joined(named)
    return (both,) if both else ()


def _keys(given: tuple[Part, ...], *, pets: bool = False) -> tuple[str, ...]:
    found = [reading for each in given for reading in each.readings]
    if pets:
        found += [f"~{name}" for each in given for name in formal(each)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=100_000)
def _place(written: str) -> str:
    """A place as it sounds, without the words that only say what kind of place it is."""
    plain = " ".join(each.plain for each in parts(written))
    return "".join(each.sound for each in parts(_GENERIC.sub(" ", plain) if _GENERIC.sub("", plain).strip() else plain))


def _digits(phone: str) -> str:
    digits = "".join(str(int(each)) for each in phone if each.isdecimal())
    return digits[-_PHONE:] if len(digits) >= _SHORT else ""


def _sex(written: str) -> str:
    lower = written.lower()
    return "F" if lower in _FEMALE else "M" if lower in _MALE else ""
