"""What a key looks like, and what is kept of it.

``amparo_`` + 12 characters that find the row + ``_`` + 256 random bits. So many bits need no slow hash (ASVS 6.5.2): an
HMAC under a secret that lies outside the database, so that whoever may write there cannot make a key up.
"""

import hmac
import re
import secrets

from django.conf import settings

from amparo.common.ids import ALPHABET

_SHAPE = re.compile(rf"amparo_([{ALPHABET}]{{12}})_[A-Za-z0-9_-]{{43}}")


def mint() -> tuple[str, str]:
    """A new key: its locator, and the whole of it, to be shown once."""
    locator = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return locator, f"amparo_{locator}_{secrets.token_urlsafe(32)}"


def locator_of(token: str) -> str:
    """The part that finds the row; "" when this is no key."""
    found = _SHAPE.fullmatch(token)
    return found[1] if found else ""


def digest(token: str) -> str:
    """What is kept of a key: 64 hexadecimal digits."""
    pepper: str = settings.MACHINE_PEPPER()
    return hmac.digest(pepper.encode(), token.encode(), "sha256").hex()
