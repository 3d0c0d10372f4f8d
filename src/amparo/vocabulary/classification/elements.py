"""The typed elements of an incident: what was asked of a fact, and what was answered.

Every element is *yes*, *no*, *unknown* or *not asked*; a missing one was not asked. Unknown is never no (A/HRC/43/40,
paras 86-92). Some answers carry others: what was streamed live used technology. `IMPLIES` says which, and a set of
facts that contradicts it is refused.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from amparo.common.errors import Invalid
from amparo.vocabulary.files import SHIPPED

ANSWERS = ("yes", "no", "unknown", "not_asked")
ADULT = 18

# If the first is so, the second is so too. Their reverse holds as well: without the second there is no first.
IMPLIES = (
    ("under_legal_age", "under_18"),
    ("penetration", "sexual_contact"),
    ("sexual_contact", "sexual_activity"),
    ("produced", "representation"),
    ("distributed", "representation"),
    ("possessed", "representation"),
    ("accessed", "representation"),
    ("simulated", "representation"),
    ("virtual", "representation"),
    ("self_made", "produced"),
    ("live_streamed", "by_technology"),
    ("live_streamed", "performance"),
    ("adoption_irregular", "adoption"),
    ("surrogacy_irregular", "surrogacy"),
    ("union_forced", "union"),
    ("organ_profit", "organ_removed"),
)


@dataclass(frozen=True)
class Known:
    """What is known of an incident: a bit for each element that is so, and for each that is not."""

    yes: int
    no: int


@cache
def names() -> tuple[str, ...]:
    """Every element, in the order that helps to ask. Groups of elements are no elements."""
    with (SHIPPED / "element.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {row["parent"] for row in rows}
    return tuple(row["code"] for row in rows if row["code"] not in groups)


@cache
def bit(name: str) -> int:
    """The bit of an element. Raises `Invalid` for an element that there is not."""
    if name not in names():
        raise Invalid({name: "There is no such element."})
    return 1 << names().index(name)


def known(facts: Mapping[str, object]) -> Known:
    """Read facts: `{element: answer}`, and perhaps `age`, the whole years of the person when it happened.

    Raises `Invalid` for an unknown element or answer, an age of 18 and more (an adult may report what happened in
    childhood: the age at the incident counts), and facts that contradict each other.
    """
    yes = no = 0
    bits = _bits()
    for name, answer in facts.items():
        if name == "age":
            _need_child(answer)
            yes |= bits["under_18"]
            continue
        place = bits.get(name) or bit(name)
        if answer == "yes":
            yes |= place
        elif answer == "no":
            no |= place
        elif answer not in ANSWERS:
            raise Invalid({name: f"Answer {', '.join(ANSWERS)}."})
    return _closed(yes, no)


@cache
def _bits() -> dict[str, int]:
    return {name: bit(name) for name in names()}


@cache
def _implications() -> tuple[tuple[int, int], ...]:
    """Pairs of bits, closed: if a carries b and b carries c, a carries c."""
    carries = {bit(name): 0 for name in names()}
    for name, follows in IMPLIES:
        carries[bit(name)] |= bit(follows)
    for _each in IMPLIES:
        for one, others in carries.items():
            for other, more in carries.items():
                if others & other:
                    carries[one] |= more
    return tuple((one, others) for one, others in carries.items() if others)


def _closed(yes: int, no: int) -> Known:
    stated = no
    for one, others in _implications():
        if yes & one:
            yes |= others
        if stated & others:
            no |= one
    if both := yes & no:
        name = names()[(both & -both).bit_length() - 1]
        raise Invalid(
            {name: _("The facts contradict each other: it follows from one that this is so, from another that not.")}
        )
    return Known(yes, no)


def _need_child(age: object) -> None:
    if age is None:
        return
    if not isinstance(age, int) or isinstance(age, bool) or age < 0:
        raise Invalid({"age": _("Give the age in whole years.")})
    if age >= ADULT:
        raise Invalid(
            {"age": _("Give the age when it happened: 0 to 17. An adult may report what happened in childhood.")}
        )
