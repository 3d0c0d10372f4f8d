"""Small charts drawn as SVG in the page itself: they take the page's colours, and need no script and no other file.

Each stands beside a table that says the same; a reader who cannot see it is told by its label only what it is.
"""

from collections.abc import Sequence
from html import escape
from itertools import accumulate, pairwise
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

_ROW, _COLUMN, _BARS, _NAMES, _STEP = 26, 30, 120, 210, 56
_PHONE, _TALL = 280, 42  # a chart that needs no scrolling; a bar and its name above it
_NAME = 36  # signs of a bar's name that fit above it


class Span(Protocol):
    """A line of a chart of intervals; None where there is no such number. `code` colours it."""

    @property
    def label(self) -> str: ...
    @property
    def low(self) -> float | None: ...
    @property
    def total(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def code(self) -> str: ...


def upset(names: Sequence[str], columns: Sequence[tuple[int, int]], *, label: str) -> SafeString:
    """An UpSet plot (Lex et al. 2014): a column for each combination of lists (a bit mask) with a bar for its count."""
    width, height = _NAMES + _COLUMN * len(columns) + 20, _BARS + 30 + _ROW * len(names)
    most = max((count for _mask, count in columns), default=1)
    parts = [_text(_NAMES - 12, _BARS + 35 + _ROW * place, name, "end") for place, name in enumerate(names)]
    for at, (mask, count) in enumerate(columns):
        x, tall = _NAMES + _COLUMN * at + _COLUMN / 2, _BARS * count / most
        parts.append(f'<rect class="bar" x="{x - 9}" y="{_BARS + 15 - tall:.1f}" width="18" height="{tall:.1f}"/>')
        parts.append(_text(x, _BARS + 10 - tall, str(count), "middle"))
        on = [place for place in range(len(names)) if mask >> place & 1]
        if len(on) > 1:
            ends = [_BARS + 30 + _ROW * place for place in (on[0], on[-1])]
            parts.append(f'<line class="tie" x1="{x}" x2="{x}" y1="{ends[0]}" y2="{ends[1]}"/>')
        for place in range(len(names)):
            mark = "dot" if place in on else "dot off"
            parts.append(f'<circle class="{mark}" cx="{x}" cy="{_BARS + 30 + _ROW * place}" r="6"/>')
    return _drawn(width, height, parts, label)


def bars(rows: Sequence[tuple[str, int]], *, label: str) -> SafeString:
    """A bar a row under its name, on one scale that begins at nought; as wide as a telephone."""
    most = max((number for _name, number in rows), default=0) or 1
    parts = []
    for place, (name, number) in enumerate(rows):
        y, wide = _TALL * place, _PHONE * number / most
        parts.append(_text(0, y + 14, name if len(name) <= _NAME else f"{name[:_NAME]}…", "start"))
        parts.append(f'<rect class="bar" x="0" y="{y + 20}" width="{wide:.1f}" height="14"/>')
        parts.append(_text(wide + 6, y + 32, f"{number:,}", "start"))
    return _drawn(_PHONE + 60, 8 + _TALL * len(rows), parts, label, kind="plot fits")


def intervals(spans: Sequence[Span], *, label: str) -> SafeString:
    """A line a span under its name, on one scale; an upper end that does not exist is an arrow to the edge."""
    known = [each for each in spans if each.low is not None]
    least = min((each.low or 0 for each in known), default=0)
    most = max((each.high or each.total or each.low or 0 for each in known), default=1)

    def across(number: float) -> float:
        return 12 + _PHONE * (number - least) / max(most - least, 1)

    parts = []
    for place, each in enumerate(known):
        y = _TALL * place + 28
        parts.append(_text(0, y - 12, each.label, "start"))
        start, end = across(each.low or 0), across(each.high if each.high is not None else most)
        parts.append(f'<line class="span {escape(each.code)}" x1="{start:.1f}" x2="{end:.1f}" y1="{y}" y2="{y}"/>')
        if each.high is None:
            parts.append(f'<path class="dot" d="M{end:.1f} {y - 6}l10 6l-10 6z"/>')
        if each.total is not None:
            parts.append(f'<circle class="dot" cx="{across(each.total):.1f}" cy="{y}" r="5"/>')
    bottom = 20 + _TALL * len(known)
    parts += [
        _text(across(least), bottom, f"{least:,.0f}", "start"),
        _text(across(most), bottom, f"{most:,.0f}", "end"),
    ]
    return _drawn(_PHONE + 24, bottom + 10, parts, label, kind="plot fits")


def multiples(courses: Sequence["Way"], *, label: str) -> list[tuple[str, SafeString]]:
    """A small line chart for each course over the years, all on one scale; a year without a number is a gap."""
    most = max((value for each in courses for _year, value in each.points if value is not None), default=0)
    return [(each.label, _line(each.points, max(most, 1), f"{each.label}: {label}")) for each in courses]


class Way(Protocol):
    """What is drawn over the years."""

    @property
    def label(self) -> str: ...
    @property
    def points(self) -> Sequence[tuple[int | str, int | None]]: ...


def _line(points: Sequence[tuple[int | str, int | None]], most: int, label: str) -> SafeString:
    step, height, left = _STEP, _BARS - 20, 25
    spots = [(left + step * at, 18 + height * (1 - (value or 0) / most), value) for at, (_, value) in enumerate(points)]
    parts = [
        f'<line class="tie" x1="{x:.1f}" y1="{y:.1f}" x2="{after:.1f}" y2="{below:.1f}"/>'
        for (x, y, value), (after, below, other) in pairwise(spots)
        if value is not None and other is not None
    ]
    for (x, y, value), (year, _value) in zip(spots, points, strict=True):
        parts.append(_text(x, height + 40, str(year), "middle"))
        if value is not None:
            parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
            parts.append(_text(x, y - 7, str(value), "middle"))
    return _drawn(2 * left + step * (len(points) - 1), height + 48, parts, label)


def waterfall(bars: Sequence[tuple[str, float]], *, label: str) -> SafeString:
    """How a sum comes about: a bar a line from where the last one ended, rightwards for more, leftwards for less."""
    ends = list(accumulate((size for _name, size in bars), initial=0.0))
    least, most = min(ends), max(ends)
    names, wide = 140, 170  # as wide as a telephone

    def across(number: float) -> float:
        return names + wide * (number - least) / max(most - least, 1e-9)

    parts = [f'<line class="tie thin" x1="{across(0):.1f}" x2="{across(0):.1f}" y1="4" y2="{_ROW * len(bars) + 6}"/>']
    for place, ((name, size), (start, end)) in enumerate(zip(bars, pairwise(ends), strict=True)):
        y = 8 + _ROW * place
        parts.append(_text(names - 8, y + 14, name, "end"))
        left, right = sorted((across(start), across(end)))
        sign = "bar" if size >= 0 else "bar less"
        parts.append(f'<rect class="{sign}" x="{left:.1f}" y="{y}" width="{max(right - left, 1.5):.1f}" height="18"/>')
        parts.append(_text(right + 6, y + 14, f"{size:+.1f}", "start"))
    return _drawn(names + wide + 45, _ROW * len(bars) + 16, parts, label, kind="plot fits")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawn(width: float, height: float, parts: Sequence[str], label: str, *, kind: str = "plot") -> SafeString:
    # Every word in it was escaped above; numbers and class names are our own.
    svg = (
        f'<svg class="{kind}" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'direction="ltr" role="img" '
        f'aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
    return mark_safe(svg)  # noqa: S308
