"""The root key: outside every database, sealed, and in memory only while the desk runs.

On a laptop a passphrase opens a key file (Argon2id, RFC 9106, 64 MiB). A nation puts two of three custodians there
instead: any `Unsealer` will do.
"""

import json
import os
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from amparo.common.errors import AmparoError
from amparo.vault import cipher

_BOUND = "amparo root key"
_COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 1}


class Sealed(AmparoError):
    """The vault stays closed: no root key, or not the passphrase it was sealed with."""


class Unsealer(Protocol):
    """Whatever can bring the root key into memory: a passphrase and a file, or two custodians of three."""

    def unseal(self) -> bytes:
        """The 32 bytes of the root key. Raises `Sealed`."""
        ...


class PassphraseFile:
    """A key file opened by a passphrase."""

    def __init__(self, path: Path, passphrase: str) -> None:
        self.path = path
        self.passphrase = passphrase

    def create(self) -> None:
        """Write a new root key, readable by the owner only. Never over an old one, which may still be needed."""
        if not self.passphrase:
            raise Sealed("Set AMPARO_VAULT_PASSPHRASE: the root key is not kept without one.")
        salt = os.urandom(16)
        body = cipher.seal(_stretch(self.passphrase, salt), cipher.new_key(), _BOUND)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({"kdf": "argon2id", "salt": b64encode(salt).decode(), "key": b64encode(body).decode()}, file)

    def unseal(self) -> bytes:
        """The root key. Raises `Sealed` when the file is missing or the passphrase is wrong."""
        if not self.path.exists():
            raise Sealed("There is no root key yet; run `amparo setup`.")
        kept = json.loads(self.path.read_text())
        try:
            key = _stretch(self.passphrase, b64decode(kept["salt"]))
            return cipher.unseal(key, b64decode(kept["key"]), _BOUND)
        except cipher.Unreadable:
            raise Sealed("The passphrase does not open the root key.") from None


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, hash_len=cipher.KEY, type=Type.ID, **_COST)


@cache
def root_key() -> bytes:
    """The root key, unsealed once a process."""
    unsealer: Unsealer = PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE)
    return unsealer.unseal()
