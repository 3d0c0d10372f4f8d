"""The code by which a person comes back: 20 digits that look like a top-up code.

6 digits find the thread, 13 are its secret, the last one is a check digit (Damm 2004: every single wrong digit and
every two neighbours that changed places are noticed). Digits of every script are taken; blanks and dashes do not count.
"""

import secrets
import unicodedata
from dataclasses import dataclass

LOCATOR, SECRET = 6, 13
LENGTH = LOCATOR + SECRET + 1
GROUP = 4

# H. M. Damm's totally anti-symmetric quasigroup of order 10.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """A code in its parts. `digits` is what a person types, `text` what a person reads."""

    locator: str
    secret: str

    @property
    def digits(self) -> str:
        body = self.locator + self.secret
        return body + check_digit(body)

    @property
    def text(self) -> str:
        digits = self.digits
        return " ".join(digits[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def new() -> Receipt:
    """A random code: 43 bits of secret behind a locator that gives nothing away."""
    return Receipt(locator=_random(LOCATOR), secret=_random(SECRET))


def read(typed: str) -> Receipt | None:
    """The code in what a person typed, or None when it is no code."""
    digits = _plain(typed)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or check_digit(digits) != "0":
        return None
    return Receipt(locator=digits[:LOCATOR], secret=digits[LOCATOR:-1])


def told_in(receipt: Receipt, text: str) -> bool:
    """Whether `text` gives the secret away, in whatever script and grouping."""
    return receipt.secret in _plain(text)


def check_digit(digits: str) -> str:
    """The digit that, put at the end, makes the whole check to ``0``."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def _plain(text: str) -> str:
    """ASCII digits for the digits of every script; without blanks, dashes and invisible marks."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text if not _between(letter))


def _between(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) in {"Pd", "Cf"}


def _random(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(length))
