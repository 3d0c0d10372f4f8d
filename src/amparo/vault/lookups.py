"""Keyed hashes for exact look-up: equal values meet, and without the key a guess cannot be confirmed.

HMAC-SHA-256 under a key derived for a purpose and a realm (an agency, or "national"), cut to 64 bits.
"""

import hmac
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections, router
from django.db.models import Count

from amparo.audit import rows
from amparo.vault import cipher
from amparo.vault.models import Lookup
from amparo.vault.system_keys import lookup_secret


def token(purpose: str, realm: str, value: str) -> int:
    """A signed 64-bit token of a normalised value."""
    return int.from_bytes(hmac.digest(_key(purpose, realm), normal(value).encode(), "sha256")[:8], "big", signed=True)


@cache
def _key(purpose: str, realm: str) -> bytes:
    return cipher.derive(lookup_secret(), f"lookup|{purpose}|{realm}")


def normal(value: str) -> str:
    """NFKD without marks, case-folded, with single blanks: what two writings of one value share."""
    if value.isascii():
        return " ".join(value.casefold().split())
    plain = "".join(each for each in unicodedata.normalize("NFKD", value) if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


def remember(subject: UUID, tokens: Iterable[int]) -> None:
    """Let `subject` be found by `tokens`."""
    remember_many({subject: tokens})


def remember_many(many: Mapping[UUID, Iterable[int]]) -> None:
    """Let each subject be found by its tokens."""
    tokens = [(each, subject) for subject, found in many.items() for each in sorted(set(found))]
    rows.insert_values(Lookup, ["token", "subject"], tokens)


def having_each(groups: Iterable[Iterable[int]], *, limit: int) -> list[UUID]:
    """Subjects that have a token of every group, those with the most tokens first; at most `limit`. One statement."""
    wanted = [sorted(set(group)) for group in groups]
    if not wanted:
        return []
    found = Lookup.objects.filter(token__in=[token for group in wanted for token in group])
    for group in wanted:
        found = found.filter(subject__in=Lookup.objects.filter(token__in=group).values("subject"))
    ranked = found.values("subject").annotate(tokens=Count("token")).order_by("-tokens", "subject")
    return list(ranked.values_list("subject", flat=True)[:limit])


def having_any(tokens: Iterable[int], *, limit: int) -> list[UUID]:
    """Subjects that have at least one of `tokens`; at most `limit`, in a stable order."""
    found = Lookup.objects.filter(token__in=sorted(set(tokens))).order_by("subject")
    return list(found.values_list("subject", flat=True).distinct()[:limit])


def postings(tokens: Iterable[int], *, most: int) -> tuple[list[list[Any]], list[int]]:
    """The subjects of each of `tokens`, rarest token first; and the tokens that more than `most` share, left out.

    One statement, so that a question costs the same however many it knows. The subjects are as the database's driver
    has them, for there are thousands: `subject` makes an id of those that are wanted.
    """
    found: dict[int, list[Any]] = {}
    for each, subject in _capped("token, subject", tokens, most + 1):
        found.setdefault(each, []).append(subject)
    common = sorted(each for each, subjects in found.items() if len(subjects) > most)
    return sorted((subjects for subjects in found.values() if len(subjects) <= most), key=len), common


def subject(found: Any) -> UUID:
    """The id of a subject that `postings` found."""
    return found if isinstance(found, UUID) else UUID(bytes=found)


def how_many(tokens: Iterable[int], *, most: int) -> dict[int, int]:
    """How many subjects have each of `tokens`, counted up to `most`. One statement."""
    return Counter(each for (each,) in _capped("token", tokens, most))


def _capped(columns: str, tokens: Iterable[int], most: int) -> list[Any]:
    """The rows of each token, no more than `most` of each: a union of limits, which the query builder cannot say."""
    wanted = sorted(set(tokens))
    if not wanted:
        return []
    one = f"select {columns} from (select {columns} from vault_lookup where token = %s limit {most}) found"  # noqa: S608
    connection = connections[router.db_for_read(Lookup)]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join([one] * len(wanted)), wanted)
        return list(cursor.fetchall())


def forget(subject: UUID) -> None:
    """Make `subject` unfindable."""
    Lookup.objects.filter(subject=subject).delete()
