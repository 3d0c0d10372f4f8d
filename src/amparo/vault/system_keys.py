"""Secrets that the desk alone holds, wrapped by the root key: kept and opened here, so that a rotation knows all."""

from functools import cache

from amparo.vault import cipher, root
from amparo.vault.keys.models import SystemKey

_LOOKUP = "lookup"


def keep(name: str, private: bytes, public: bytes = b"") -> SystemKey:
    """Keep a secret under a name; what is there already stays, and is returned."""
    kid = root.newest()
    kept, _ = SystemKey.objects.get_or_create(
        name=name, defaults={"kid": kid, "wrapped": cipher.seal(wrapper(kid), private, _bound(name)), "public": public}
    )
    return kept


def private(name: str) -> bytes:
    """The secret of a name. Raises `Sealed`, `SystemKey.DoesNotExist`."""
    kept = SystemKey.objects.get(name=name)
    return cipher.unseal(wrapper(kept.kid), kept.wrapped, _bound(name))


def wrap_again(kept: SystemKey) -> None:
    """Wrap a secret by the newest root key."""
    kid = root.newest()
    plain = cipher.unseal(wrapper(kept.kid), kept.wrapped, _bound(kept.name))
    wrapped = cipher.seal(wrapper(kid), plain, _bound(kept.name))
    SystemKey.objects.filter(name=kept.name, kid=kept.kid).update(kid=kid, wrapped=wrapped)


@cache
def lookup_secret() -> bytes:
    """What every look-up token is derived from. It never changes, so tokens outlive every rotation of the root.

    `amparo setup` makes it, so that its first use is never inside an act that may be undone.
    """
    keep(_LOOKUP, cipher.new_key())
    return private(_LOOKUP)


@cache
def wrapper(kid: str) -> bytes:
    """What wraps, under one generation of the root."""
    return cipher.derive(root.root_key(kid), "wrap keys")


def _bound(name: str) -> str:
    return f"system|{name}"
