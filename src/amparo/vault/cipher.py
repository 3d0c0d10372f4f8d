"""AES-256-GCM with a header and padding: the only place where the vault encrypts.

A sealed value is ``version (1) | nonce (12) | ciphertext and tag``. The associated data binds it to the table,
column, row and version it was written for, so that it cannot be moved. The plain text is padded to 64 bytes, so that
its length tells little. NIST SP 800-38D; a nonce is random, and a subject's key seals far fewer than 2^32 values.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.common.errors import AmparoError

VERSION = b"\x01"
NONCE = 12
BLOCK = 64
KEY = 32


class Unreadable(AmparoError):
    """The value was moved, altered, or sealed with another key."""

    def __init__(self) -> None:
        super().__init__("A sealed value cannot be opened: it was altered, moved, or its key is another.")


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """Encrypt `plain` so that it opens only with `key` and the same `bound_to`."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, _pad(plain), VERSION + bound_to.encode())


def unseal(key: bytes, sealed: bytes | memoryview, bound_to: str) -> bytes:
    """The plain text. Raises `Unreadable`."""
    data = bytes(sealed)
    if data[:1] != VERSION or len(data) <= NONCE + 1:
        raise Unreadable
    try:
        return _unpad(AESGCM(key).decrypt(data[1 : NONCE + 1], data[NONCE + 1 :], VERSION + bound_to.encode()))
    except InvalidTag:
        raise Unreadable from None


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose from a key (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY, salt=None, info=purpose.encode()).derive(key)


def _pad(plain: bytes) -> bytes:
    body = struct.pack(">I", len(plain)) + plain
    return body + b"\0" * (-len(body) % BLOCK)


def _unpad(body: bytes) -> bytes:
    (length,) = struct.unpack(">I", body[:4])
    return body[4 : 4 + length]
