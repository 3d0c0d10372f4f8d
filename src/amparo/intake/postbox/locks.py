"""What a receipt's secret opens: one slow derivation gives both the proof that it is right and the key it unwraps.

Argon2id with 19 MiB, two passes, one lane (OWASP's minimum; about 31 ms): a database stolen together with the pepper
still costs thousands of core-years to try all codes. It is never computed inside a transaction.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SALT, NONCE, HALF = 16, 12, 32
_COST = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
_DUMMY = bytes(SALT)
_BOUND = b"amparo thread key"


@dataclass(frozen=True)
class Lock:
    """What is kept of a secret: a salt, the hash of the proof, and the private key that only the secret unwraps."""

    salt: bytes
    verifier: bytes
    wrapped_key: bytes


def make(secret: str, private: bytes) -> Lock:
    """Lock `private` with `secret`."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    proof, key = _derive(secret, salt)
    return Lock(salt, hashlib.sha256(proof).digest(), nonce + AESGCM(key).encrypt(nonce, private, _BOUND))


def unlock(lock: Lock | None, secret: str) -> bytes | None:
    """The private key, or None. Without a lock it takes as long, so that time does not tell who has a thread."""
    proof, key = _derive(secret, lock.salt if lock else _DUMMY)
    right = hmac.compare_digest(hashlib.sha256(proof).digest(), lock.verifier if lock else _DUMMY * 2)
    if lock is None or not right:
        return None
    return AESGCM(key).decrypt(lock.wrapped_key[:NONCE], lock.wrapped_key[NONCE:], _BOUND)


def keyed_hash(text: str) -> str:
    """A hash that nobody without the pepper can try out."""
    return hmac.digest(_pepper(), text.encode(), "sha256").hex()


def _derive(secret: str, salt: bytes) -> tuple[bytes, bytes]:
    peppered = hmac.digest(_pepper(), secret.encode(), "sha256")
    both = hash_secret_raw(peppered, salt, hash_len=2 * HALF, type=Type.ID, **_COST)
    return both[:HALF], both[HALF:]


def _pepper() -> bytes:
    pepper: str = settings.DOOR_PEPPER()
    return pepper.encode()
