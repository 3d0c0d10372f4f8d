"""Refuses whatever could carry a picture inside words. Nothing refused is kept or logged.

Three nets: addresses that hold their own content (`data:`), the first signs of files, and runs that no language
writes: more than 512 Latin letters and digits without a gap, or as many in which letters and digits take turns,
whatever stands between them, if they are about half of what stands there. 512 such signs hold 384 bytes, too few
for a picture. Plain addresses of pages pass.
"""

import html
import re
import unicodedata
from itertools import accumulate, pairwise
from urllib.parse import unquote

from amparo.common.errors import Invalid

RUN = 512
_ROUNDS = 4
# In base 64, 32, 85 or hexadecimal 25 to 47 of 100 neighbours are a letter beside a digit; in language few are.
_TURNS, _DIGITS, _SPREAD = 0.15, 0.60, 2.25
_DISTINCT = 12  # One key held down is a cry, not a file.
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_DATA = re.compile(r"data:(?:[a-z]+/[a-z0-9.+-]+|[^,]{0,100};base64)", re.IGNORECASE)
_UNBROKEN = re.compile(rf"[A-Za-z0-9+/=_-]{{{RUN + 1},}}")
_ADDRESS = re.compile(r"https?://[^\s]{1,300}", re.IGNORECASE)
_FIRST_SIGNS = (
    "iVBORw0KGg", "/9j/4AAQ", "/9j/4Q", "_9j_4AAQ", "_9j_4Q", "R0lGODlh", "R0lGODdh", "UklGR", "JVBERi0",
    "AAAAIGZ0eX", "AAAAGGZ0eX", "\x89PNG", "\ufffdPNG", "GIF87a", "GIF89a", "ÿØÿ", "JFIF", "%PDF-", "<svg",
    "PK\x03\x04", "begin644", "begin-base64", "Content-Transfer-Encoding:", "Content-Type:image/",
    "Content-Type:video/", "ftypisom", "ftypmp42",
)  # fmt: skip


def no_hidden_files(text: str, field: str = "text") -> str:
    """`text` itself. Raises `Invalid` for `field` when `text` may hold a file in disguise."""
    if carries_material(text):
        raise Invalid({field: "This looks like a file. Write in words, or give the address (URL) of what you saw."})
    return text


def carries_material(text: str) -> bool:
    """Whether `text` may hold a file in disguise."""
    plain = _undisguised(text)
    tight = _GAPS.sub("", plain)
    if _DATA.search(tight) or any(sign in tight for sign in _FIRST_SIGNS):
        return True
    if any(len(set(run)) >= _DISTINCT for run in _UNBROKEN.findall(plain)):
        return True
    return _no_language(_ADDRESS.sub(" ", plain))


def _undisguised(text: str) -> str:
    """Without percent signs, entities and wide letters, one inside the other."""
    for _ in range(_ROUNDS):
        opened = unicodedata.normalize("NFKC", html.unescape(unquote(text)))
        if opened == text:
            break
        text = opened
    return text


def _no_language(text: str) -> bool:
    signs = [
        (place, letter.isdigit())
        for place, letter in enumerate(_GAPS.sub("", text))
        if letter.isascii() and letter.isalnum()
    ]
    turns = [0, *accumulate(one[1] != other[1] for one, other in pairwise(signs))]
    digits = [0, *accumulate(digit for _, digit in signs)]
    for start in range(len(signs) - RUN):
        end = start + RUN
        turned, counted = turns[end] - turns[start], digits[end] - digits[start]
        dense = signs[end][0] - signs[start][0] <= _SPREAD * RUN
        if dense and (turned >= _TURNS * RUN or counted >= _DIGITS * RUN):
            return True
    return False
