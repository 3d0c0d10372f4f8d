"""What a person types is words. A file that hides in the words is refused, and nothing of it is kept."""

import re
import unicodedata

from amparo.common.errors import Invalid

_ADDRESS = re.compile(
    r"\bdata\s*:\s*(?:image|video|audio|application|text|font|model|multipart)\s*/|;\s*base64\s*,", re.IGNORECASE
)
# A run that no language writes: 512 signs of base64 or hexadecimal at once, or in many long pieces one after another.
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{512}|(?:[A-Za-z0-9+/_-]{20,}+={0,2}+[\s,;]*+){24}")


def no_hidden_files(text: str, field: str = "text") -> str:
    """`text` itself. Raises `Invalid` for a ``data:`` address or a long run of encoded bytes in it."""
    plain = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    if _ADDRESS.search(plain) or _RUN.search(plain):
        raise Invalid({field: "This looks like a file. Write in words, or give the address (URL) of what you saw."})
    return text
