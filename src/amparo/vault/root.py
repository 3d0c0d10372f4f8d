"""The root key: outside every database, sealed, and in memory only while the desk runs.

The key file holds the root key's generations, newest first, each sealed. What opens the file is a passphrase on a
laptop (Argon2id, RFC 9106, 64 MiB), or two of three custodians' shares in a nation. The newest generation wraps; the
one before stays readable until the next rotation, for whatever was being wrapped while the root was rotated.
"""

import getpass
import hashlib
import json
import os
import sys
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from amparo.common.errors import AmparoError
from amparo.vault import cipher, shares

_BOUND = "amparo root key"
_COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 1}
_KEPT = 2  # generations


class Sealed(AmparoError):
    """The vault stays closed: no root key, or not what it was sealed with."""


class Unsealer(Protocol):
    """What can open the key file: a passphrase, or enough custodians."""

    name: str

    def key(self, salt: bytes) -> bytes:
        """The 32 bytes that seal the file. Raises `Sealed`, `BadShares`."""
        ...


class Passphrase:
    """Opens by a passphrase that is not on this machine."""

    name = "argon2id"

    def __init__(self, passphrase: str) -> None:
        self.passphrase = passphrase

    def key(self, salt: bytes) -> bytes:
        if not self.passphrase:
            raise Sealed("Set AMPARO_VAULT_PASSPHRASE: the root key is not kept without one.")
        return hash_secret_raw(self.passphrase.encode(), salt, hash_len=cipher.KEY, type=Type.ID, **_COST)


class Custodians:
    """Opens by shares, each given as text or as the path of a file that holds it."""

    name = "shares"

    def __init__(self, given: list[str]) -> None:
        self.given = given

    def key(self, salt: bytes) -> bytes:
        texts = [Path(each).read_text() if os.path.sep in each else each for each in self.given or _asked()]
        return cipher.derive(shares.combine(texts), salt.hex())


class KeyFile:
    """The file of the root key's generations."""

    def __init__(self, path: Path, unsealer: Unsealer) -> None:
        self.path = path
        self.unsealer = unsealer

    def create(self) -> None:
        """Write a first root key, readable by the owner only. Never over an old one, which may still be needed."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self._text([cipher.new_key()]))
        except AmparoError:
            self.path.unlink()
            raise

    def generations(self) -> list[bytes]:
        """The root keys, newest first. Raises `Sealed` when the file is missing or does not open."""
        if not self.path.exists():
            raise Sealed("There is no root key yet; run `amparo setup`.")
        kept = json.loads(self.path.read_text())
        if kept["kdf"] != self.unsealer.name:
            raise Sealed(f"The root key is sealed by {kept['kdf']}; AMPARO_VAULT_UNSEAL says {self.unsealer.name}.")
        try:
            key = self.unsealer.key(b64decode(kept["salt"]))
            return [cipher.unseal(key, b64decode(each), _BOUND) for each in kept["keys"]]
        except cipher.Unreadable:
            raise Sealed("This does not open the root key.") from None

    def unseal(self) -> bytes:
        """The newest root key."""
        return self.generations()[0]

    def add_generation(self) -> None:
        """Put a new root key before the others; from now on it wraps."""
        self._replace([cipher.new_key(), *self.generations()])

    def drop_old(self) -> None:
        """Keep the newest generation and the one before it."""
        self._replace(self.generations()[:_KEPT])

    def seal_again(self, unsealer: Unsealer) -> None:
        """Let another passphrase, or other custodians, open the file from now on."""
        generations = self.generations()
        self.unsealer = unsealer
        self._replace(generations)

    def _replace(self, generations: list[bytes]) -> None:
        """Whole or not at all: a machine that stops in between keeps the old file."""
        new = self.path.with_suffix(".new")
        new.touch(0o600)
        with new.open("w") as file:
            file.write(self._text(generations))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)

    def _text(self, generations: list[bytes]) -> str:
        salt = os.urandom(16)
        key = self.unsealer.key(salt)
        keys = [b64encode(cipher.seal(key, each, _BOUND)).decode() for each in generations]
        return json.dumps({"kdf": self.unsealer.name, "salt": b64encode(salt).decode(), "keys": keys})


class PassphraseFile(KeyFile):
    """A key file opened by a passphrase."""

    def __init__(self, path: Path, passphrase: str) -> None:
        super().__init__(path, Passphrase(passphrase))


def key_file() -> KeyFile:
    """The installation's key file, and what opens it, as the settings say."""
    given = settings.ROOT_KEY_SHARES.split()
    unsealer = Custodians(given) if settings.ROOT_KEY_UNSEAL == "shares" else Passphrase(settings.ROOT_KEY_PASSPHRASE)
    return KeyFile(settings.ROOT_KEY_FILE, unsealer)


def root_key(kid: str = "") -> bytes:
    """The root key of which `kid` is the key id, or the newest. Raises `Sealed`."""
    ring = _ring(_stamp())
    if not kid:
        return next(iter(ring.values()))
    if kid not in ring:
        raise Sealed("A key was wrapped by a root key that this installation does not have.")
    return ring[kid]


def newest() -> str:
    """The key id of the root key that wraps now."""
    return next(iter(_ring(_stamp())))


def kid_of(key: bytes) -> str:
    """A root key's id: sixteen letters that tell nothing of it."""
    return hashlib.sha256(b"amparo kid" + key).hexdigest()[:16]


def _stamp() -> tuple[str, int]:
    """Changes when the key file is replaced, so that a desk that runs notices a rotation."""
    file: Any = settings.ROOT_KEY_FILE
    return str(file), file.stat().st_mtime_ns if file.exists() else 0


@cache
def _ring(stamp: tuple[str, int]) -> dict[str, bytes]:  # noqa: ARG001 - what it is remembered by
    return {kid_of(key): key for key in key_file().generations()}


def _asked() -> list[str]:
    if not sys.stdin.isatty():
        raise Sealed("Set AMPARO_VAULT_SHARES to the custodians' shares, or to the files that hold them.")
    return [getpass.getpass(f"Share {number} of 2: ") for number in (1, 2)]
