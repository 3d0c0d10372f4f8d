"""Charts of published tables, drawn in the page: a population pyramid, and a map of the regions.

As all of `plots` they take the page's colours, are as narrow as a telephone, and stand beside the table that says the
same. A hidden count is hatched and never looks like a little; nought is empty.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_WIDTH, _ROW, _SHADES = 340, 30, 5
_HATCH = (
    '<defs><pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="1.6" height="6"/></pattern>'
    "</defs>"
)
Side = Sequence[int | None]


def pyramid(
    ages: Sequence[str], left: tuple[str, Side], right: tuple[str, Side], *, label: str, hidden: str, id: str
) -> SafeString:
    """Bars to the left and to the right of the ages, the youngest at the foot; each side a name and its counts."""
    most = max([1, *(value for _name, side in (left, right) for value in side if value)])
    middle, room = _WIDTH / 2, 52
    parts = [
        _HATCH.format(id=id),
        _text(middle - room, 16, left[0], "end"),
        _text(middle + room, 16, right[0], "start"),
    ]
    for place, age in enumerate(reversed(ages)):
        at = len(ages) - 1 - place
        y = 28 + _ROW * place
        parts.append(_text(middle, y + 14, age, "middle"))
        for sign, value in ((-1, left[1][at]), (1, right[1][at])):
            parts += _side(middle + sign * room, y, sign, value, most, hidden, id)
    return _drawn("plot fits", _WIDTH, 34 + _ROW * len(ages), parts, label)


def _side(x: float, y: float, sign: int, value: int | None, most: int, hidden: str, id: str) -> list[str]:
    longest = _WIDTH / 2 - 52 - 40
    wide = longest * (most if value is None else value) / most
    paint = f'fill="url(#{id})"' if value is None else 'class="bar"'
    left = x if sign > 0 else x - wide
    words, anchor = (hidden if value is None else f"{value:,}"), "start" if sign > 0 else "end"
    inside = value is None  # the hatch is as long as a bar can be, and the word stands on it
    spot = x + sign * (6 if inside else wide + 5)
    ground = (
        f'<rect class="plate" x="{spot if sign > 0 else spot - 52:.1f}" y="{y + 1}" width="52" height="16"/>'
        if inside
        else ""
    )
    return [
        f'<rect {paint} x="{left:.1f}" y="{y}" width="{wide:.1f}" height="18"/>', ground,
        _text(spot, y + 14, words, anchor),
    ]  # fmt: skip


def regions(
    counts: Mapping[str, int | None], names: Mapping[str, str], *, label: str, hidden: str, id: str
) -> SafeString:
    """The map, each region in a shade of its count with the count on it; "" where there is no drawing of them."""
    found = next((each for each in maps() if set(each["regions"]) & set(counts)), None)
    if found is None:
        return SafeString("")
    shown = [value for value in counts.values() if value]
    parts = [_HATCH.format(id=id)]
    for code, shape in found["regions"].items():
        value = counts.get(code)
        paint = f'class="land" fill="url(#{id})"' if value is None else f'class="land {shade(value, shown)}"'
        outline = " ".join(f"{x},{y}" for x, y in shape["outline"])
        told = hidden if value is None else f"{value:,}"
        x, y = shape["label"]
        name = names.get(code, code)
        wide = max(len(name), len(told)) * 7 + 8
        parts += [
            f'<polygon {paint} points="{outline}"/>',
            f'<rect class="plate" x="{x - wide / 2:.0f}" y="{y - 15}" width="{wide}" height="34" rx="4"/>',
            _text(x, y, name, "middle"), _text(x, y + 15, told, "middle"),
        ]  # fmt: skip
    width, height = found["box"]
    return _drawn("plot fits", width, height, parts, label)


def shade(value: int, shown: Sequence[int]) -> str:
    """One of five shades, by how large a part of the largest it is; nought has none."""
    return f"s{max(1, -(-value * _SHADES // max(shown)))}" if value else "s0"


@cache
def maps() -> list[dict[str, Any]]:
    """The drawings of regions that are shipped, by the codes of their regions."""
    folder = Path(__file__).parent / "maps"
    return [json.loads(each.read_text(encoding="utf-8")) for each in sorted(folder.glob("*.json"))]


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawn(kind: str, width: float, height: float, parts: Sequence[str], label: str) -> SafeString:
    # Every word in it was escaped above; numbers and class names are our own.
    svg = (
        f'<svg class="{kind}" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'direction="ltr" role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
    return mark_safe(svg)  # noqa: S308
