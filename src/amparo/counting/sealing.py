"""Snapshots are personal data: compressed and sealed at rest, each under a key of its own.

AES-256-GCM; the key is derived (HKDF-SHA-256) from the setting SNAPSHOT_KEY and the snapshot's identifier, to which
the sealed bytes are bound. The vault has its own keys, which counting cannot reach; whoever holds the machine's data
folder and environment can open a snapshot until it ends.
"""

import os
import zlib
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from amparo.common.errors import AmparoError

_NONCE = 12
_PARQUET = b"PAR1"  # it is compressed already


def seal(snapshot: UUID, plain: bytes) -> bytes:
    """Nonce, cipher text and tag."""
    nonce = os.urandom(_NONCE)
    level = 0 if plain.startswith(_PARQUET) else 1
    return nonce + _cipher(snapshot).encrypt(nonce, zlib.compress(plain, level), snapshot.bytes)


def unseal(snapshot: UUID, sealed: bytes) -> bytes:
    """What was sealed. Raises `AmparoError` when it was altered, moved, or sealed with another key."""
    try:
        return zlib.decompress(_cipher(snapshot).decrypt(sealed[:_NONCE], sealed[_NONCE:], snapshot.bytes))
    except InvalidTag:
        raise AmparoError("This snapshot cannot be opened: it was altered, or its key is another.") from None


def _cipher(snapshot: UUID) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=snapshot.bytes, info=b"amparo snapshot")
    return AESGCM(derived.derive(settings.SNAPSHOT_KEY.encode()))
