"""Maps and lines as SVG, written on the server: no script, colours from the page's own style, light or dark.

The map is in the Equal Earth projection (Šavrič, Patterson, Jenny 2018), in which equal areas look equal. Borders are
Natural Earth's (world-atlas 2.0.2); every page with a map carries the disclaimer of the United Nations.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from amparo.monitoring import files
from amparo.monitoring.topics import UNKNOWN, Place

WIDTH, HEIGHT = 1000, 487
SPARK, WAVE = (310, 90), (750, 175)  # how wide and high the charts are
_SCALE = WIDTH / 5.41326  # the projection's whole width
_A = (1.340264, -0.081106, 0.000893, 0.003796)
HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="1.6" height="6"/></pattern>'
    "</defs>"
)
_ANTARCTICA = "010"
_HALF = 180
Point = tuple[float, float]


def world_map(places: Iterable[Place], title: str) -> str:
    """The world with each State filled by its shade; small ones are dots. What is not known is hatched."""
    by_number = {place.state.m49: place for place in places if place.state.m49}
    drawn = [_area(outline, by_number.get(number)) for number, outline in outlines()]
    there = {number for number, _outline in outlines()}
    dots = [_dot(place) for number, place in by_number.items() if number not in there]
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{HATCH}{"".join(drawn)}{"".join(dots)}</svg>'
    )


def line(points: Sequence[tuple[int, float]], title: str, *, breaks: Sequence[int] = ()) -> str:
    """A series as a line over its years, from nought up; a broken upright marks a change of method."""
    first, last, top = points[0][0], points[-1][0], max(value for _year, value in points) or 1

    def at(year: int, value: float) -> str:
        return f"{30 + 250 * (year - first) / max(1, last - first):.1f},{70 - 60 * value / top:.1f}"

    ways = " ".join(at(*point) for point in points)
    dots = "".join('<circle class="dot" cx="{}" cy="{}" r="2.5"/>'.format(*at(*each).split(",")) for each in points)
    cuts = "".join(
        '<line class="break" x1="{0}" x2="{0}" y1="5" y2="70"/>'.format(at(y, 0).split(",")[0]) for y in breaks
    )
    return (
        f'<svg class="spark" viewBox="0 0 310 90" role="img" aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
        f'<line class="axis" x1="30" x2="280" y1="70" y2="70"/>{cuts}<polyline class="way" points="{ways}"/>{dots}'
        f'<text x="30" y="85">{first}</text><text x="280" y="85" text-anchor="end">{last}</text>'
        f'<text x="26" y="14" text-anchor="end">{top:g}</text></svg>'
    )


def wave(years: Sequence[tuple[int, int, int]], title: str) -> str:
    """How many parties there were, year by year: a column a year."""
    top, wide = years[-1][2], 700 / len(years)
    columns = "".join(
        f'<rect class="column" x="{40 + at * wide:.1f}" y="{150 - 140 * all_ / top:.1f}" width="{wide * 0.8:.1f}" '
        f'height="{140 * all_ / top:.1f}"><title>{year}: {all_} (+{new})</title></rect>'
        for at, (year, new, all_) in enumerate(years)
    )
    return (
        f'<svg class="wave" viewBox="0 0 750 175" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg"><line class="axis" x1="40" x2="740" y1="150" y2="150"/>{columns}'
        f'<text x="40" y="168">{years[0][0]}</text><text x="740" y="168" text-anchor="end">{years[-1][0]}</text>'
        f'<text x="34" y="18" text-anchor="end">{top}</text></svg>'
    )


@cache
def outlines() -> tuple[tuple[str, str], ...]:
    """Each area's M49 number (empty for what M49 does not list) and its outline, projected once in the process."""
    atlas = json.loads((files.SHIPPED / "world-110m.json").read_text(encoding="utf-8"))
    arcs = [list(_decoded(arc, atlas["transform"])) for arc in atlas["arcs"]]
    return tuple(
        (shape.get("id", ""), "".join(_ring(ring, arcs) for ring in _rings(shape)))
        for shape in atlas["objects"]["countries"]["geometries"]
        if shape.get("id") != _ANTARCTICA
    )


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on the sheet, from the upper left corner."""
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = t * t
    sixth = square * square * square
    slope = _A[0] + 3 * _A[1] * square + sixth * (7 * _A[2] + 9 * _A[3] * square)
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * slope)
    y = t * (_A[0] + _A[1] * square + sixth * (_A[2] + _A[3] * square))
    return WIDTH / 2 + x * _SCALE, HEIGHT / 2 - y * _SCALE


def _area(outline: str, place: Place | None) -> str:
    if place is None:
        return f'<path class="area" fill="url(#hatch)" d="{outline}"/>'
    return f'<path {_fill(place)} d="{outline}"><title>{_told(place)}</title></path>'


def _dot(place: Place) -> str:
    if place.state.longitude is None or place.state.latitude is None:
        return ""
    x, y = project(place.state.longitude, place.state.latitude)
    return f'<circle {_fill(place)} cx="{x:.0f}" cy="{y:.0f}" r="3.5"><title>{_told(place)}</title></circle>'


def _fill(place: Place) -> str:
    return 'class="area" fill="url(#hatch)"' if place.shade == UNKNOWN else f'class="area {place.shade}"'


def _told(place: Place) -> str:
    return escape(f"{place.name}: {place.said}" + (f" ({place.date})" if place.date else ""))


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """TopoJSON keeps differences of whole numbers."""
    x = y = 0
    (scale_x, scale_y), (left, low) = transform["scale"], transform["translate"]
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + low


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
        yield from polygon


def _ring(ring: list[int], arcs: list[list[Point]]) -> str:
    """A ring as one closed way, or as two where it crosses the 180th meridian."""
    whole = _unrolled([point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])])
    west, east = min(x for x, _y in whole), max(x for x, _y in whole)
    turns = [turn for turn in (0, 360, -360) if west + turn < _HALF and east + turn > -_HALF]
    parts = [_within([(x + turn, y) for x, y in whole]) for turn in turns]
    return "".join(_way([project(*point) for point in each]) for each in parts)


def _unrolled(points: list[Point]) -> list[Point]:
    """The ring without jumps: a step over the 180th meridian goes on beyond it."""
    found, turn = [points[0]], 0.0
    for (before, _y), (x, y) in pairwise(points):
        turn += 360 if x - before < -_HALF else -360 if x - before > _HALF else 0
        found.append((x + turn, y))
    return found


def _within(points: list[Point]) -> list[Point]:
    """What of a ring lies between the meridians -180 and 180 (Sutherland and Hodgman 1974)."""
    for edge, sign in ((_HALF, 1), (-_HALF, -1)):
        kept: list[Point] = []
        for (x0, y0), (x1, y1) in pairwise([*points, *points[:1]]):
            if sign * x0 <= _HALF:
                kept.append((x0, y0))
            if (sign * x0 <= _HALF) != (sign * x1 <= _HALF):
                kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        points = kept
    return points


def _way(points: list[Point]) -> str:
    """A closed way in whole steps."""
    steps = [(round(x), round(y)) for x, y in points]
    moved = [f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(steps) if (x0, y0) != (x1, y1)]
    return f"M{steps[0][0]} {steps[0][1]}l{' '.join(moved)}z" if len(moved) > 1 else ""
