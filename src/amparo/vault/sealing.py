"""Files sealed to a public key (libsodium's sealed boxes, X25519): whoever makes a back-up cannot open it."""

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from amparo.common.errors import AmparoError
from amparo.vault import cipher

_CHUNK = 1024 * 1024
_MAGIC = b"AMPARO1\n"


class NotOpened(AmparoError):
    """The file was altered or cut, or it is sealed to another key."""


def new_pair() -> tuple[str, str]:
    """A private key, to be kept away from the machine, and its public key, both as text."""
    private = PrivateKey.generate()
    return b64encode(bytes(private)).decode(), b64encode(bytes(private.public_key)).decode()


def seal(source: Path, target: BinaryIO, public: str) -> None:
    """Write `source` sealed: a key of its own sealed to `public`, then numbered pieces of a mebibyte under that key."""
    key = cipher.new_key()
    target.write(_MAGIC + SealedBox(PublicKey(b64decode(public))).encrypt(key))
    with source.open("rb") as stream:
        piece, number = stream.read(_CHUNK), 0
        while True:
            after = stream.read(_CHUNK)
            sealed = cipher.seal(key, piece, _bound(number, last=not after))
            target.write(struct.pack(">I", len(sealed)) + sealed)
            if not after:
                return
            piece, number = after, number + 1


def unseal(source: BinaryIO, target: BinaryIO, private: str) -> None:
    """Write what `seal` sealed. Raises `NotOpened` for another key, an altered piece, or a missing end."""
    try:
        box = SealedBox(PrivateKey(b64decode(private)))
        if source.read(len(_MAGIC)) != _MAGIC:
            raise NotOpened("This is no sealed file of Amparo.")
        key = box.decrypt(source.read(48 + cipher.KEY))
        target.writelines(_pieces(source, key))
    except (CryptoError, cipher.Unreadable, ValueError, TypeError):
        raise NotOpened("A file of the back-up is damaged, or sealed to another key.") from None


def _pieces(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    head, number = source.read(4), 0
    while head:
        if len(head) < 4:  # noqa: PLR2004 - a length in four bytes
            raise NotOpened("A file of the back-up was cut short.")
        sealed = source.read(*struct.unpack(">I", head))
        head = source.read(4)
        yield cipher.unseal(key, sealed, _bound(number, last=not head))
        number += 1


def _bound(number: int, *, last: bool) -> str:
    """A piece opens only in its place, and the last one only as the last: nothing can be swapped or cut off."""
    return f"amparo back-up|{number}|{'last' if last else 'more'}"
