"""The charts of a release: bars by the first dimension, a panel for each code of the others, numbers beside the bars.

Drawn on the server when a release is published, and kept (a quarter of a second of work for each language, measured):
the public site only serves bytes. Altair is imported late: it takes longer than a page may.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from amparo.counting.positions import UNKNOWN
from amparo.methods.disclosure import TOTAL
from amparo.methods.tabulation.schema import NOT_RECORDED
from amparo.publication.models import Drawing, Release
from amparo.publication.naming import labels
from amparo.publication.sheets import Codes, Shown
from amparo.publication.summary import margin

# Card, ink, soft and green of the base style. The dark drawing is the light one with its colours exchanged.
LIGHT = ("#ffffff", "#1d2a2a", "#54625f", "#0f5c57")
DARK = ("#1c2525", "#eef3f1", "#b3c1bd", "#7fd1c7")
_ROOM = 1.3  # of the longest bar: its number stands beside it
_FONT = "system-ui, Noto Sans, Noto Sans Arabic, sans-serif"


_MOST = 240  # bars; of a larger table there is no chart


def keep(release: Release, sheets: Sequence[Shown]) -> None:
    """Draw each table in every language, on a light and on a dark ground."""
    for number, sheet in enumerate(sheets):
        if len(_bars(sheet)) > _MOST:
            continue
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                light = draw(sheet, mirrored=translation.get_language_bidi())
            for ground, svg in (("light", light), ("dark", darkened(light))):
                Drawing.objects.create(release=release, table=number, language=language, ground=ground, svg=svg)


def darkened(svg: str) -> str:
    """The drawing for a reader who prefers a dark ground."""
    for light, dark in zip(LIGHT, DARK, strict=True):
        svg = svg.replace(light, dark)
    return svg


def draw(sheet: Shown, *, mirrored: bool = False) -> str:
    """The table as SVG, its words in the language that is active; `mirrored` for languages written from the right."""
    import altair as alt
    import vl_convert

    _card, ink, _soft, green = LIGHT
    rows = _rows(sheet)
    panels = list(dict.fromkeys(row["panel"] for row in rows))
    reach = max([1, *(row["value"] for row in rows)]) * _ROOM
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("bar:N", sort=None, title=None, axis=alt.Axis(orient="right" if mirrored else "left")),
        x=alt.X("value:Q", title=None, axis=None, scale=alt.Scale(reverse=mirrored, nice=False, domain=[0, reach])),
    )
    bars = base.mark_bar(color=green)
    numbers = base.mark_text(align="right" if mirrored else "left", dx=-5 if mirrored else 5, color=ink)
    panel = (bars + numbers.encode(text="label:N")).properties(width=230, height=alt.Step(20))
    heading = alt.Header(orient="top", labelAnchor="end" if mirrored else "start")
    faceted = panel.facet(row=alt.Row("panel:N", sort=panels, title=None, header=heading)) if any(panels) else panel
    return str(vl_convert.vegalite_to_svg(faceted.configure(**_style()).to_dict()))


def _rows(sheet: Shown) -> list[dict[str, Any]]:
    """A row a bar."""
    first, *others = (labels(each, codes) for each, codes in zip(sheet.by, sheet.codes, strict=True))
    return [
        {
            "panel": " · ".join(words[code] for words, code in zip(others, place[1:], strict=True)),
            "bar": first[place[0]],
            "value": value or 0,
            "label": _("hidden") if value is None else str(value),
        }
        for place, value in _bars(sheet)
    ]


def _bars(sheet: Shown) -> list[tuple[Codes, int | None]]:
    """The cells that are drawn, panel by panel: no total; "not known" only where there is, or might be, somebody."""
    nobody = {
        (axis, code) for axis, dimension in enumerate(sheet.by) for code in (UNKNOWN, NOT_RECORDED)
        if margin(sheet, dimension).get(code) == 0
    }  # fmt: skip
    drawn = [
        (place, value) for place, value in sheet.cells.items()
        if TOTAL not in place and nobody.isdisjoint(enumerate(place))
    ]  # fmt: skip
    order = {place: at for at, place in enumerate(sheet.places)}
    first = {code: at for at, code in enumerate(sheet.codes[0])}
    panels = {place[1:]: order[place] for place, _value in reversed(drawn)}
    return sorted(drawn, key=lambda cell: (panels[cell[0][1:]], first[cell[0][0]]))


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
