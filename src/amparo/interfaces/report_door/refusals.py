"""Refuses whatever could carry a picture inside words. Nothing refused is kept or logged.

Three nets: addresses that hold their own content (`data:`), the first signs of files, and runs that no language
writes: more than 512 letters and digits without a gap, or as many in which letters and digits take turns, whatever
stands between them. 512 such signs hold 384 bytes, too few for a picture. Plain addresses of pages pass.
"""

import html
import re
import unicodedata
from itertools import accumulate, pairwise
from urllib.parse import unquote

RUN = 512
_ROUNDS = 4
# Of neighbours in base 64, base 32, base 85 or hexadecimal 25 to 47 in 100 are a letter beside a digit; in language, few.
_TURNS, _DIGITS = 0.15, 0.60
_DISTINCT = 12  # One key held down is a cry, not a file.
_GAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_DATA = re.compile(r"data:(?:[a-z]+/[a-z0-9.+-]+|[^,]{0,100};base64)", re.IGNORECASE)
_UNBROKEN = re.compile(rf"[A-Za-z0-9+/=_-]{{{RUN + 1},}}")
_ADDRESS = re.compile(r"https?://[^\s]{1,300}", re.IGNORECASE)
_FIRST_SIGNS = (
    "iVBORw0KGgo", "/9j/4AAQ", "/9j/4Q", "_9j_4AAQ", "_9j_4Q", "R0lGODlh", "R0lGODdh", "UklGR", "JVBERi0", "AAAAIGZ0eXA", "AAAAGGZ0eXA",
    "\x89PNG", "\ufffdPNG", "GIF87a", "GIF89a", "ÿØÿ", "JFIF", "%PDF-", "<svg", "PK\x03\x04", "begin644", "begin-base64",
    "Content-Transfer-Encoding:", "Content-Type:image/", "Content-Type:video/", "ftypisom", "ftypmp42",
)  # fmt: skip


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
    signs = [letter.isdigit() for letter in text if letter.isascii() and letter.isalnum()]
    if len(signs) <= RUN:
        return False
    turns = [0, *accumulate(one != other for one, other in pairwise(signs))]
    digits = [0, *accumulate(signs)]
    return any(
        turns[end - 1] - turns[end - RUN - 1] >= _TURNS * RUN or digits[end] - digits[end - RUN] >= _DIGITS * RUN
        for end in range(RUN + 1, len(signs) + 1)
    )
