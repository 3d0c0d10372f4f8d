"""Letters between two programs that do not trust each other: sealed boxes (X25519, XSalsa20-Poly1305; PyNaCl).

Whoever has the public half can write; only the private half reads. The plain text is padded to steps of 4 kB, so that
the length of what is kept tells little.
"""

import struct

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from amparo.common.errors import AmparoError

STEP = 4096
_PREFIX = struct.Struct(">I")


class Unreadable(AmparoError):
    """The letter was altered, or sealed to another key."""

    def __init__(self) -> None:
        super().__init__("A sealed letter cannot be opened: it was altered, or sealed to another key.")


def new_pair() -> tuple[bytes, bytes]:
    """A private and a public key, 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def seal(public: bytes, plain: bytes) -> bytes:
    """`plain`, padded, for the holder of the private half."""
    body = _PREFIX.pack(len(plain)) + plain
    return bytes(SealedBox(PublicKey(public)).encrypt(body + b"\0" * (-len(body) % STEP)))


def unseal(private: bytes, public: bytes, sealed: bytes) -> bytes:
    """The plain text. Raises `Unreadable`."""
    key = PrivateKey(private)
    if bytes(key.public_key) != public:
        raise Unreadable
    try:
        body = SealedBox(key).decrypt(bytes(sealed))
    except (CryptoError, ValueError, TypeError):
        raise Unreadable from None
    if len(body) < _PREFIX.size:
        raise Unreadable
    (length,) = _PREFIX.unpack_from(body)
    return body[_PREFIX.size : _PREFIX.size + length]
