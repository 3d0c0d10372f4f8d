"""The intake key: what the door seals letters to. Its private half is kept with the vault's own secrets."""

from amparo.intake.postbox import sealing
from amparo.vault import system_keys
from amparo.vault.keys.models import SystemKey

_NAME = "intake"


def public_key() -> bytes:
    """The half that the door is given; the pair is made at its first use."""
    return bytes(_kept().public)


def unseal(sealed: bytes) -> bytes:
    """The plain letter. Raises `sealing.Unreadable` when it was sealed to another key or altered."""
    public = public_key()
    return sealing.unseal(system_keys.private(_NAME), public, sealed)


def _kept() -> SystemKey:
    return SystemKey.objects.filter(name=_NAME).first() or system_keys.keep(_NAME, *sealing.new_pair())
