"""A map or a chart as a picture to hand on (PNG, PDF): with its title, its day, its key, its source and its cautions.

The drawing is the page's own SVG, on a light ground. Whoever finds the picture alone must not be misled by it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from unicodedata import east_asian_width

from django.utils.translation import get_language, get_language_bidi

from amparo.monitoring.documents import extra
from amparo.monitoring.drawing import HATCH
from amparo.monitoring.words import apart

WIDTH, EDGE = 1000, 30
_INK, _SOFT = "#1f2b2a", "#54625f"
_SHADES = {
    "s1": "#dcebe4", "s2": "#a9d3c6", "s3": "#6fb3a4", "s4": "#35877c", "s5": "#0f5c57", "none": "#e9c9a4",
    "differ": "#c98a2b", "w0": "#4477aa", "w1": "#66ccee", "w2": "#228833", "w3": "#ccbb44", "w4": "#ee6677",
    "w5": "#aa3377", "w6": "#bbbbbb", "w7": "#775533",
}  # fmt: skip
# By language: a font that lacks a sign is not followed by the next of the list, but by any that has it.
_OTHERS = "'Noto Sans','DejaVu Sans','Noto Sans CJK SC',sans-serif"
_LATIN, _SPAN = re.compile(r"[A-Za-zÀ-ž][^\u0600-\u06ff\u2066-\u2069\u202c&<]*"), r'<tspan class="latin">\g<0></tspan>'
_FONTS = {"ar": "'Noto Sans Arabic'", "zh": "'Noto Sans CJK SC'"}
_STYLE = (
    f"text{{fill:{_INK}}}.latin{{font-family:{_OTHERS}}}.spark text,.wave text{{fill:{_SOFT};font-size:11px}}"
    ".area{stroke:#fff;stroke-width:.5}.hatch-ground{fill:#efeae2}.hatch-line{fill:#7d8a86}.axis{stroke:#7d8a86}"
    ".way{fill:none;stroke:#0f5c57;stroke-width:2}.dot,.column{fill:#0f5c57}"
    ".break{stroke:#8a4b12;stroke-dasharray:3 3}"
    + "".join(f".{name}{{fill:{colour}}}" for name, colour in _SHADES.items())
)
_WIDE, _NARROW = 1.0, 0.56  # of a letter's height: how wide signs of Chinese and other letters are on average


@dataclass(frozen=True)
class Sheet:
    """What stands on the picture. `svg` is drawn by `drawing`; `key` has shades and their words."""

    title: str
    day: str
    svg: str
    size: tuple[int, int]
    key: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def picture(sheet: Sheet, form: str) -> bytes:
    """`png` (twice as fine as the sheet) or `pdf`. Raises `AmparoError` where the language's letters are missing."""
    import vl_convert

    _letters(get_language() or "en")
    svg = whole(sheet)
    return bytes(vl_convert.svg_to_png(svg, scale=2) if form == "png" else vl_convert.svg_to_pdf(svg))


def whole(sheet: Sheet) -> str:
    """The sheet as one SVG."""
    parts: list[str] = []
    at = 20.0
    for words, size, colour in ((sheet.title, 24, _INK), (sheet.day, 15, _SOFT)):
        drawn, at = _paragraph(words, size, colour, at + 6)
        parts += drawn
    at += 14
    wide = WIDTH - 2 * EDGE
    high = wide * sheet.size[1] / sheet.size[0]
    place = f'<svg x="{EDGE}" y="{at:.0f}" width="{wide}" height="{high:.0f}" '
    parts.append(sheet.svg.replace("<svg ", place, 1))
    at += high + 12
    for shade, words in sheet.key:
        parts += _key(shade, words, at)
        at += 22
    for words in sheet.notes:
        drawn, at = _paragraph(words, 13, _SOFT, at + 4)
        parts += drawn
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{at + 20:.0f}" '
        f'viewBox="0 0 {WIDTH} {at + 20:.0f}"><style>text{{font-family:{_font()}}}{_STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/>{HATCH}{"".join(parts)}</svg>'
    )


def lines(words: str, most: float) -> Iterator[str]:
    """A sentence in lines of at most `most` letters' heights; it is broken at blanks, and between signs of Chinese."""
    line, wide = "", 0.0
    for part in _pieces(words):
        more = sum(map(_wide, part))
        if line and wide + more > most:
            yield line.strip()
            line, wide = "", 0.0
        line, wide = line + part, wide + more
    yield line.strip()


def _pieces(words: str) -> Iterator[str]:
    """What is not broken: a word with the blank before it, or a sign of Chinese."""
    piece = ""
    for sign in words:
        if piece and (sign == " " or _wide(sign) == _WIDE):
            yield piece
            piece = ""
        piece += sign
    yield piece


def _wide(sign: str) -> float:
    return _WIDE if east_asian_width(sign) in "WF" else _NARROW


def _paragraph(words: str, size: int, colour: str, at: float) -> tuple[list[str], float]:
    told = []
    for line in lines(words, (WIDTH - 2 * EDGE) / size):
        at += size * 1.35
        told.append(_text(line, size, colour, at))
    return told, at


def _text(words: str, size: int, colour: str, at: float, indent: int = 0) -> str:
    """From the side on which the language begins; the marks U+202B and U+202C tell that a line is read from there."""
    begin, anchor, said = EDGE + indent, "start", words
    if get_language_bidi():
        begin, anchor, said = WIDTH - EDGE - indent, "end", f"\u202b{apart(words)}\u202c"
    return (
        f'<text x="{begin}" y="{at:.0f}" text-anchor="{anchor}" style="font-size:{size}px;fill:{colour}">'
        f"{_LATIN.sub(_SPAN, escape(said))}</text>"
    )


def _key(shade: str, words: str, at: float) -> list[str]:
    x = WIDTH - EDGE - 16 if get_language_bidi() else EDGE
    fill = f'class="{shade}"' if shade in _SHADES else 'fill="url(#hatch)"'
    box = f'<rect x="{x}" y="{at:.0f}" width="16" height="16" {fill} stroke="#7d8a86"/>'
    return [box, _text(words, 14, _INK, at + 13, indent=24)]


def _font() -> str:
    language = (get_language() or "en").partition("-")[0]
    return _FONTS.get(language, _OTHERS)


@cache
def _letters(language: str) -> None:
    """Tell the drawing library of our fonts, once in the process for each language."""
    import vl_convert

    for folder in extra.fonts(language):
        vl_convert.register_font_directory(folder)
