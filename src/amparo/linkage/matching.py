"""The matching compartment: keyed hashes and a sealed copy of each record, compared in the server and never shown.

Two kinds of tokens. Under the national key, each of the record's composite keys (`methods.linkage.keys`: two parts of
the name with a year, a name with a day, …): "have we met this child?" takes the records that share the rarest of them.
Under a key of the agency, every skeleton of the name alone, and without each of its letters: by these a worker finds
their own cases, one typing error in a part of the name forgiven.

What two records say to each other is weighed from the sealed copies: how the names sound, the parents', the birth.
Their keys are the subject's own under one national key, so that erasing a child erases its copy too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import islice
from math import log2
from typing import Any
from uuid import UUID

import numpy as np

from amparo.access.permissions import Permission
from amparo.common.types import Actor
from amparo.linkage import names, weighing
from amparo.linkage.models import Child
from amparo.methods.linkage.comparisons import levels, otherwise_named
from amparo.methods.linkage.frozen import kept, thawed
from amparo.methods.linkage.keys import keys
from amparo.methods.linkage.learning import ANSWERS
from amparo.methods.linkage.people import Person, person
from amparo.methods.linkage.rarity import RARE, named_words
from amparo.vault import lookups, reveal, store
from amparo.vault.compartments import Compartment

# Under this agency's name the vault keeps the key that wraps the copies' keys: none of the agencies'.
NATIONAL = UUID(int=0)
_REALM = "national"
BEST = 150  # records that are compared
# A key that more records share is followed only when rarer ones found few: time must not grow with the records.
_COMMON, _COMMONEST, _FEW = 200, 1500, 40
_MANY = 1000
_AT_ONCE = 1000
_NIGHTLY = "verification"
# A shorter skeleton without one of its letters fits almost any name.
_LONG_ENOUGH = 4
_SEX = {"female": "F", "male": "M"}
_NUMBER = re.compile(r"\d")
_PHONE = re.compile(r"\+?\d[\d ()/.-]{5,}\d")


@dataclass(frozen=True)
class Candidate:
    """A record that may be of the same child: the chance of each answer, and the level of each comparison."""

    child: Child
    chances: Mapping[str, float]
    levels: tuple[int, ...]

    @property
    def same(self) -> float:
        return self.chances["same"]

    @property
    def kin(self) -> float:
        """That it is a brother, a sister or a twin."""
        return self.chances["sibling"] + self.chances["twin"]

    @property
    def otherwise_named(self) -> bool:
        """That its given name is another one altogether."""
        return otherwise_named(self.levels)


def as_person(identity: Mapping[str, str], facts: Mapping[str, object]) -> Person:
    """A record as it is compared: `identity` as the vault keeps it, and the coded `facts` of the child beside it."""
    phone = _PHONE.search(identity.get("contact", ""))
    nationality = str(facts.get("nationality") or "")
    return person({
        "given_name": identity.get("given", ""), "family_name": identity.get("family", ""),
        "other_names": identity.get("other", ""), "mother_name": identity.get("mother", ""),
        "father_name": identity.get("father", ""), "place_of_birth": identity.get("birth_place", ""),
        "sex": _SEX.get(str(facts.get("sex")), ""), "phone": phone[0] if phone else "",
        "nationality": "" if nationality == "unknown" else nationality, **_born(identity, facts), **_lives(identity),
    })  # fmt: skip


def _lives(identity: Mapping[str, str]) -> dict[str, str]:
    """Town and district of an address as people write it: the larger place last, streets and house numbers before."""
    written = re.split(r"[,;\n،，]", identity.get("address", ""))
    *others, last = [each.strip() for each in written if each.strip() and not _NUMBER.search(each)] or [""]
    return {"settlement": others[-1], "district": last} if others else {"settlement": last}


def _born(identity: Mapping[str, str], facts: Mapping[str, object]) -> dict[str, str]:
    precision, day, year = facts.get("birth_precision"), identity.get("birth_date", ""), facts.get("birth_year")
    if precision == "estimated" or not day:
        return {"date_of_birth": day[:4] or str(year or ""), "dob_quality": "estimated"}
    return {"date_of_birth": day[:7] if precision == "month" else day}


def sealed_copies(many: Sequence[tuple[UUID, Person]]) -> list[UUID]:
    """Seal the copies that are compared; the pointers, in the order given."""
    return store.put_many(
        agency=NATIONAL, compartment=Compartment.MATCHING, column="matching",
        values=[store.Value(subject, kept(each)) for subject, each in many],
    )  # fmt: skip


def remember_many(many: Iterable[tuple[Child, Person, list[str]]]) -> None:
    """Let each child be met again by what its record says, and found by its own agency by the parts of its name."""
    lookups.remember_many({
        child.id: [*_tokens(each), *(token for _place, token in _words(each)), *_own(child, written)]
        for child, each, written in many
    })  # fmt: skip


def _own(child: Child, written: list[str]) -> list[int]:
    return [token for group in _named(written, child.agency_id) for token in group]


def candidates(*, by: Actor, asked: Person, purpose: str) -> list[Candidate]:
    """The records that may be of the child asked about, the likeliest first. Walls are for the caller.

    Six statements, or seven where only common keys are shared, and an audit row, however many children there are.
    """
    near = _near(asked)
    children = {child.matching: child for child in Child.objects.filter(id__in=near)}
    if not children:
        return []
    copies = reveal.compared(by=by, subjects=children, to=Permission.CHILD_SEARCH, purpose=purpose)
    model = weighing.in_use()
    one = _with_rarity(asked, model.records)
    found = [(children[pointer], levels(one, replace(thawed(copy), rare=one.rare))) for pointer, copy in copies.items()]
    answers = model.answers(np.array([each for _child, each in found], np.int8)).tolist() if found else []
    weighed = [
        Candidate(child, dict(zip(ANSWERS, chances, strict=True)), each)
        for (child, each), chances in zip(found, answers, strict=True)
    ]
    return sorted(weighed, key=lambda each: (-each.same, -each.kin, each.child.id))


def everybody(*, by: Actor) -> Iterator[Person]:
    """The copies of all records, for the nightly run: a thousand at a time, each time with an audit row."""
    flow = Child.objects.order_by("id").only("id", "agency_id", "matching").iterator(chunk_size=_AT_ONCE)
    while some := list(islice(flow, _AT_ONCE)):
        subjects = {child.matching: child for child in some}
        copies = reveal.compared(by=by, subjects=subjects, to=Permission.LINKS_FIND, purpose=_NIGHTLY)
        for pointer, child in subjects.items():
            if pointer in copies:
                yield replace(thawed(copies[pointer]), id=str(child.id), agency=str(child.agency_id))


def _near(asked: Person) -> list[UUID]:
    """Up to `BEST` records that share keys with the question: the more and the rarer, the sooner."""
    shared, common = lookups.postings(_tokens(asked), most=_COMMON)
    bits = _bits(shared)
    if len(bits) < _FEW and common:
        bits = _bits([*shared, *lookups.postings(common, most=_COMMONEST)[0]])
    best = nsmallest(BEST, bits, key=lambda each: (-bits[each], each))
    return [lookups.subject(each) for each in best]


def _bits(shared: list[list[Any]]) -> dict[Any, float]:
    """How much the keys that are shared say together, by record; `shared` has the records of each key."""
    bits: dict[Any, float] = defaultdict(float)
    for subjects in shared:
        worth = log2(1 + _COMMONEST / len(subjects))
        for each in subjects:
            bits[each] += worth
    return bits


def _with_rarity(asked: Person, records: int) -> Person:
    """The question, which now says how rare its names are. A record that agrees has the same name, as rare."""
    words = _words(asked)
    seen = lookups.how_many({token for _place, token in words}, most=int(RARE[0] * records) + 1)
    rare = [0] * len(named_words(asked))
    for place, token in words:
        rare[place] = sum(seen.get(token, 0) < share * records for share in RARE)
    return replace(asked, rare=tuple(rare))


def _tokens(of: Person) -> list[int]:
    return [lookups.token("met", _REALM, str(key)) for key in keys(of)]


def _words(of: Person) -> list[tuple[int, int]]:
    """The words whose rarity counts: the place of each in `Person.rare`, and its token."""
    words = enumerate(named_words(of))
    return [(place, lookups.token("word", _REALM, f"{place} {word}")) for place, word in words if word]


def named(written: str, agency: UUID, *, every_part: bool) -> list[UUID]:
    """Children of an agency with every part of the name (or, looser, with any of them), the closest first."""
    groups = _named([written], agency)
    if not every_part:
        groups = [[token for group in groups for token in group]] if groups else []
    return lookups.having_each(groups, limit=_MANY)


def _named(written: list[str], agency: UUID) -> list[list[int]]:
    """For each part of a name its tokens: the skeleton, and the skeleton without each of its letters."""
    return [
        [lookups.token("name", str(agency), spelling) for spelling in _spellings(part)]
        for part in names.skeletons(*written)
    ]


def _spellings(part: str) -> list[str]:
    if len(part) < _LONG_ENOUGH:
        return [part]
    return [part, *sorted({part[:at] + part[at + 1 :] for at in range(len(part))})]
