"""A secret in shares: any `threshold` of them give it back, fewer tell nothing (Shamir, How to share a secret, 1979).

Byte by byte over GF(256) with the polynomial of AES. It runs when custodians stand at the machine, so it need not take
constant time. A share says which set it belongs to and carries a check of itself: a share of another set, or one typed
wrong, is refused and never mixed in.
"""

import hashlib
import secrets
from base64 import b32decode, b32encode
from collections.abc import Sequence
from functools import cache

from amparo.common.errors import AmparoError

_VERSION = 1
_CHECK = 5
_HEAD = 3 + _CHECK  # version, threshold, number, set


class BadShares(AmparoError):
    """These shares do not give the secret back; the reason says what is wrong with them."""


def split(secret: bytes, *, threshold: int, custodians: int) -> list[str]:
    """A share for each custodian, as text of letters, digits and hyphens."""
    if not 1 < threshold <= custodians < 256:  # noqa: PLR2004 - numbers of shares are bytes, and none is zero
        raise BadShares("Give at least two custodians, and a threshold from 2 to their number.")
    lines = [[byte, *secrets.token_bytes(threshold - 1)] for byte in secret]
    head, of_set = bytes([_VERSION, threshold]), _check(secret)
    return [
        _text(head + bytes([number]) + of_set + bytes(_value(line, number) for line in lines))
        for number in range(1, custodians + 1)
    ]


def combine(shares: Sequence[str]) -> bytes:
    """The secret. Raises `BadShares`."""
    opened = [_opened(share) for share in shares]
    sets = {share[:2] + share[3:_HEAD] for share in opened}
    if len(sets) != 1:
        raise BadShares("These shares are not of one set." if sets else "No share was given.")
    points = {share[2]: share[_HEAD:] for share in opened}
    if len(points) < opened[0][1]:
        raise BadShares(f"{opened[0][1]} different shares are needed.")
    secret = bytes(_at_zero(points, place) for place in range(len(opened[0]) - _HEAD))
    if _check(secret) != opened[0][3:_HEAD]:
        raise BadShares("These shares do not fit together.")
    return secret


def _text(share: bytes) -> str:
    letters = b32encode(share + _check(share)).decode().rstrip("=")
    return "-".join(letters[start : start + 5] for start in range(0, len(letters), 5))


def _opened(text: str) -> bytes:
    letters = "".join(text.upper().replace("-", "").split())
    try:
        whole = b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise BadShares("A share is letters, digits 2 to 7 and hyphens.") from None
    share, check = whole[:-_CHECK], whole[-_CHECK:]
    if len(share) <= _HEAD or _check(share) != check or share[0] != _VERSION:
        raise BadShares("A share was typed wrong, or it is not one.")
    return share


def _check(data: bytes) -> bytes:
    return hashlib.sha256(b"amparo share" + data).digest()[:_CHECK]


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a * (b & 1)
        a, b = (a << 1) ^ (0x11B * (a >> 7)), b >> 1
    return product


@cache
def _inverse(a: int) -> int:
    power = 1
    for _ in range(254):
        power = _times(power, a)
    return power


def _value(line: Sequence[int], at: int) -> int:
    value = 0
    for coefficient in reversed(line):
        value = _times(value, at) ^ coefficient
    return value


def _at_zero(points: dict[int, bytes], place: int) -> int:
    """Lagrange's polynomial through the points, at zero."""
    total = 0
    for number, share in points.items():
        weight = 1
        for other in points:
            if other != number:
                weight = _times(weight, _times(other, _inverse(other ^ number)))
        total ^= _times(share[place], weight)
    return total
