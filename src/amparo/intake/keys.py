"""The intake key: what the door seals letters to. Its private half is wrapped by the root key and opened only here."""

import struct

from amparo.intake.postbox import sealing
from amparo.vault import cipher
from amparo.vault.keys.models import SystemKey
from amparo.vault.root import root_key

_NAME = "intake"
_BOUND = f"system|{_NAME}"


def public_key() -> bytes:
    """The half that the door is given; the pair is made at its first use."""
    return bytes(_kept().public)


def unseal(sealed: bytes) -> bytes:
    """The plain letter. Raises `sealing.Unreadable` when it was sealed to another key or altered."""
    kept = _kept()
    private = cipher.unseal(_wrapper(), kept.wrapped, _BOUND)
    try:
        return sealing.unseal(private, bytes(kept.public), sealed)
    except struct.error:  # sealed to us, but too short to hold even its own length
        raise sealing.Unreadable from None


def _kept() -> SystemKey:
    kept = SystemKey.objects.filter(name=_NAME).first()
    if kept is None:
        private, public = sealing.new_pair()
        wrapped = cipher.seal(_wrapper(), private, _BOUND)
        kept, _made = SystemKey.objects.get_or_create(name=_NAME, defaults={"wrapped": wrapped, "public": public})
    return kept


def _wrapper() -> bytes:
    return cipher.derive(root_key(), "wrap system keys")
