"""The chart of a release: bars of children by region, a panel an age group, each bar with its number beside it.

Drawn on the server when a release is published, and kept (a quarter of a second of work for each language, measured):
the public site only serves bytes. Altair is imported late: it takes longer than a page may.
"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.counting.positions import UNKNOWN
from amparo.methods.disclosure import TOTAL, Published
from amparo.publication.indicators import age_label, region_labels
from amparo.publication.models import Drawing, Release

# Card, ink, soft and green of the base style. The dark drawing is the light one with its colours exchanged.
LIGHT = ("#ffffff", "#1d2a2a", "#54625f", "#0f5c57")
DARK = ("#1c2525", "#eef3f1", "#b3c1bd", "#7fd1c7")
_ROOM = 1.3  # of the longest bar: its number stands beside it
_FONT = "system-ui, Noto Sans, Noto Sans Arabic, sans-serif"


def keep(release: Release, published: Published) -> None:
    """Draw the release in every language, on a light and on a dark ground."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            light = draw(published, mirrored=translation.get_language_bidi())
        for ground, svg in (("light", light), ("dark", darkened(light))):
            Drawing.objects.create(release=release, language=language, ground=ground, svg=svg)


def darkened(svg: str) -> str:
    """The drawing for a reader who prefers a dark ground."""
    for light, dark in zip(LIGHT, DARK, strict=True):
        svg = svg.replace(light, dark)
    return svg


def draw(published: Published, *, mirrored: bool = False) -> str:
    """The table as SVG, its words in the language that is active; `mirrored` for languages written from the right."""
    import altair as alt
    import vl_convert

    _card, ink, _soft, green = LIGHT
    rows = _rows(published)
    ages = list(dict.fromkeys(row["age"] for row in rows))
    reach = max(1, *(row["value"] for row in rows)) * _ROOM
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("region:N", sort=None, title=None, axis=alt.Axis(orient="right" if mirrored else "left")),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(reverse=mirrored, nice=False, domain=[0, reach])),
    )
    bars = base.mark_bar(color=green)
    numbers = base.mark_text(align="right" if mirrored else "left", dx=-5 if mirrored else 5, color=ink)
    panel = (bars + numbers.encode(text="label:N")).properties(width=230, height=alt.Step(20))
    heading = alt.Header(orient="top", labelAnchor="end" if mirrored else "start")
    chart = panel.facet(row=alt.Row("age:N", sort=ages, title=None, header=heading)).configure(**_style())
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _rows(published: Published) -> list[dict[str, Any]]:
    """A row a bar. "Not known" is drawn only where there is somebody, or might be; the table always has it."""
    names = region_labels()
    return [
        {
            "age": age_label(age),
            "region": names.get(region, region),
            "value": published.cells[age, region] or 0,
            "label": _("hidden") if published.cells[age, region] is None else str(published.cells[age, region]),
        }
        for age in published.rows
        for region in published.columns
        if not (age == UNKNOWN and published.cells[UNKNOWN, TOTAL] == 0)
        and not (region == UNKNOWN and published.cells[TOTAL, UNKNOWN] == 0)
    ]


def _style() -> dict[str, Any]:
    card, ink, soft, _green = LIGHT
    text = {"labelColor": ink, "labelFont": _FONT, "labelFontSize": 13}
    return {
        "background": card,
        "font": _FONT,
        "axis": {**text, "domainColor": soft, "ticks": False, "labelLimit": 140},
        "header": {**text, "labelFontWeight": "bold"},
        "text": {"fontSize": 13},
        "view": {"stroke": None},
    }
