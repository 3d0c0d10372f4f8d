"""The hidden field that stands for everything a cookie would: encrypted, signed, and good for thirty minutes.

A sheet is what a page hands out to be written on. Its nonce makes a form that is sent twice one letter, and keeps
other sites' forms out; a sheet of an opened thread carries the code, so that it is typed once.
"""

import hashlib
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from amparo.common import clock

LIFETIME = timedelta(minutes=30)
_NONCE = 12


@dataclass(frozen=True)
class Sheet:
    """`nonce` names the sheet; `code` is that of the thread it belongs to, or empty."""

    code: str = ""
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def __str__(self) -> str:
        """The hidden field."""
        content = json.dumps([int(clock.now().timestamp()), self.nonce, self.code]).encode()
        nonce = os.urandom(_NONCE)
        return urlsafe_b64encode(nonce + _cipher().encrypt(nonce, content, None)).decode()


def read(text: str) -> Sheet | None:
    """The sheet in a hidden field; None when it is not ours, was altered, or lay open too long."""
    try:
        sealed = urlsafe_b64decode(text)
        began, nonce, code = json.loads(_cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None))
    except (ValueError, InvalidTag):
        return None
    age = clock.now().timestamp() - began
    return Sheet(code=code, nonce=nonce) if 0 <= age + 1 <= LIFETIME.total_seconds() else None


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(b"amparo door sheet" + settings.SECRET_KEY.encode()).digest())
