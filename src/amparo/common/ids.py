"""Identifiers: random UUIDs that tell nothing, and short references by which people name a record."""

import secrets
from uuid import UUID, uuid4

# Crockford's base 32: no I, L, O, U, so that a reference survives handwriting and the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """A random identifier. Version 4: a time-ordered one would tell when a child came."""
    return uuid4()


def new_reference(prefix: str) -> str:
    """A short code such as ``C-7K3M-9QXA``: 40 random bits, nothing of the record in it."""
    bits = secrets.randbits(40)
    letters = "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 40, 5))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
