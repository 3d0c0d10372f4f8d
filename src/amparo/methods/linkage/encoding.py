"""Records without names: what an agency may hand over when it must not share who its children are.

Every name part leaves as HMAC-SHA-256 tokens of its *readings* (consonants only, see `names`), never of its spelling;
days, places, phones and numbers leave as tokens too. Each kind of field has a key of its own, derived from the secret,
so that a place and a name never share a token. What stays readable is the year of birth, the sex and the agency: the
same model then scores encoded records as it scores clear ones.

Whoever holds tokens but not the secret can count how often each occurs, and no more; whoever holds the secret can try
names. So the secret belongs to the agencies alone, is made anew for each linkage, and is destroyed after it.
"""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from amparo.common.errors import Invalid
from amparo.methods.linkage.births import Birth
from amparo.methods.linkage.frozen import COLUMNS as PLAIN
from amparo.methods.linkage.frozen import cells, from_cells
from amparo.methods.linkage.people import Person

SHAPE = "amparo-tokens-1"
COLUMNS = ("encoding", "record_id", *PLAIN[1:])
_LEAST = 32  # bytes of a secret
_DIFFERENT = 12  # of them
_HALF = 2**31 - 1  # a day's token is a number as days are, but beyond any day
_NAMES = ("given_keys", "more_keys", "stem_keys", "family_keys", "mother_keys", "father_keys", "parents_keys")
_WHOLE = ("birthplace", "district", "settlement", "phone", "national_id")


def secret(given: bytes) -> bytes:
    """The secret in a file. Raises `Invalid` for one that could be guessed."""
    found = given.strip()
    if len(found) < _LEAST or len(set(found)) < _DIFFERENT:
        raise Invalid(
            {"secret-file": f"A secret has {_LEAST} random bytes or more; make one with `openssl rand -hex 32`."}
        )
    return found


def mark(key: bytes) -> str:
    """Tells two secrets apart without telling either."""
    return _token(key, "mark", SHAPE)[:8]


def encoded(one: Person, key: bytes, *, stays: bool = False) -> Person:
    """The record with tokens for what it says: the same shape, so that all that follows is the same.

    A clear record that only meets encoded ones and `stays` here keeps how its names sound and the time of its birth.
    """
    names = {name: tuple(_token(key, "name", each) for each in getattr(one, name)) for name in _NAMES}
    whole = {
        name: _token(key, "place" if name in _WHOLE[:3] else name, value) if (value := getattr(one, name)) else ""
        for name in _WHOLE
    }
    firsts = {name: (names[f"{name}_keys"] or ("",))[0] for name in ("given", "family", "mother", "father")}
    silent = {} if stays else {f"{name}_sound": "" for name in firsts}
    born = _birth(one.birth, key, stays=stays)
    return replace(one, **names, **whole, **firsts, **silent, birth=born)  # type: ignore[arg-type]


def row(one: Person, key: bytes) -> list[str]:
    """The cells of `COLUMNS`."""
    return [f"{SHAPE}:{mark(key)}", *cells(encoded(one, key)).values()]


def read(given: Mapping[str, str]) -> Person:
    """The record of such a row. Raises `Invalid`."""
    try:
        return from_cells({"id": given["record_id"], **{name: given[name] for name in PLAIN[1:]}})
    except (KeyError, ValueError, TypeError):
        raise Invalid({"file": "A row of an encoded file is damaged."}) from None


def mark_of(given: Mapping[str, str]) -> str:
    """With which secret a row was encoded. Raises `Invalid` for another shape of encoding."""
    shape, _, found = (given.get("encoding") or "").partition(":")
    if shape != SHAPE or not found:
        raise Invalid({"file": "This encoding is of another kind or edition; encode the records again."})
    return found


def _birth(born: Birth, key: bytes, *, stays: bool) -> Birth:
    """Days as tokens; only the year stays readable, and of an age the years that it allows."""
    if born.first is None or born.last is None:
        return born
    first, last = born.first, born.last
    if not stays:
        first = date(date.fromordinal(first).year, 1, 1).toordinal()
        last = date(date.fromordinal(last).year, 12, 31).toordinal()
    if born.day is None or born.pairs is None:
        return Birth(first=first, last=last)
    pairs = tuple(_number(key, kind, each) for kind, each in zip(("ym", "yd", "md"), born.pairs, strict=True))
    swapped = _number(key, "day", born.swapped) if born.swapped is not None else None
    return Birth(_number(key, "day", born.day), swapped, first, last, (pairs[0], pairs[1], pairs[2]))


def _number(key: bytes, kind: str, value: int) -> int:
    return int(_token(key, kind, str(value)), 16) % _HALF


def _token(key: bytes, kind: str, value: str) -> str:
    own = hmac.digest(key, f"{SHAPE}/{kind}".encode(), sha256)
    return hmac.digest(own, value.encode(), sha256)[:8].hex()
