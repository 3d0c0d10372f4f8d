"""The chart of a release: bars of children by region, a panel an age group, each bar with its number beside it.

Drawn on the server when a release is published (Vega-Lite through vl-convert: 0.7 s for the first of a process, 30 ms
for each after it), and kept: the public site serves bytes. Altair is imported late: it takes longer than a page may.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.methods.disclosure import Published
from amparo.publication.indicators import age_label, region_labels
from amparo.publication.models import Drawing, Release


@dataclass(frozen=True)
class Ground:
    """Colours of the base style, for light and for dark."""

    card: str
    ink: str
    soft: str
    bar: str


GROUNDS = {
    "light": Ground("#ffffff", "#1d2a2a", "#54625f", "#0f5c57"),
    "dark": Ground("#1c2525", "#eef3f1", "#b3c1bd", "#7fd1c7"),
}
_ROOM = 1.3  # of the longest bar: its number stands beside it
_FONT = "system-ui, Noto Sans, Noto Sans Arabic, sans-serif"


def keep(release: Release, published: Published) -> None:
    """Draw the release in every language, on a light and on a dark ground."""
    drawings = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for ground, colours in GROUNDS.items():
                svg = draw(published, colours, mirrored=translation.get_language_bidi())
                drawings.append(Drawing(release=release, language=language, ground=ground, svg=svg))
    Drawing.objects.bulk_create(drawings)


def draw(published: Published, colours: Ground, *, mirrored: bool = False) -> str:
    """The table as SVG, its words in the language that is active; `mirrored` for languages written from the right."""
    import altair as alt
    import vl_convert

    rows = _rows(published)
    ages = list(dict.fromkeys(row["age"] for row in rows))
    reach = max(1, *(row["value"] for row in rows)) * _ROOM
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("region:N", sort=None, title=None, axis=alt.Axis(orient="right" if mirrored else "left")),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(reverse=mirrored, nice=False, domain=[0, reach])),
    )
    bars = base.mark_bar(color=colours.bar)
    numbers = base.mark_text(
        align="right" if mirrored else "left", dx=-5 if mirrored else 5, color=colours.ink
    ).encode(text="label:N")  # fmt: skip
    panel = (bars + numbers).properties(width=230, height=alt.Step(20))
    heading = alt.Header(orient="top", labelAnchor="end" if mirrored else "start")
    chart = panel.facet(row=alt.Row("age:N", sort=ages, title=None, header=heading)).configure(**_style(colours))
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _rows(published: Published) -> list[dict[str, Any]]:
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
    ]


def _style(colours: Ground) -> dict[str, Any]:
    text = {"labelColor": colours.ink, "labelFont": _FONT, "labelFontSize": 13}
    return {
        "background": colours.card,
        "font": _FONT,
        "axis": {**text, "domainColor": colours.soft, "ticks": False, "labelLimit": 140},
        "header": {**text, "labelFontWeight": "bold"},
        "text": {"fontSize": 13},
        "view": {"stroke": None},
    }
