"""A figure as comma-separated values: plain, and with the tags of the Humanitarian Exchange Language (HXL 1.1).

UTF-8, a line a cell, codes with their words beside them. A hidden cell has no value, which is not nought.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from amparo.methods.disclosure.files import harmless
from amparo.methods.figure import HIDDEN, SHOWN, Figure, provenance

# Hashtags and attributes of the HXL core schema; a dimension that has none there is an #indicator of our own attribute.
_TAGS = {
    "age_group": "#indicator+age", "region": "#adm1", "sex": "#indicator+sex",
    "year": "#date+year", "quarter": "#date+quarter", "month": "#date+month",
}  # fmt: skip


def as_csv(figure: Figure) -> bytes:
    """Header, then the cells."""
    return _written([_header(figure), *_rows(figure)])


def as_hxl(figure: Figure) -> bytes:
    """The same with the row of tags under the header, as HXL asks for."""
    return _written([_header(figure), _tags(figure), *_rows(figure)])


def _header(figure: Figure) -> list[str]:
    names = [name for each in figure.dimensions for name in (each.code, f"{each.code}_label")]
    return ["indicator", figure.period[0], *names, "status", "value", *provenance(figure.about)]


def _tags(figure: Figure) -> list[str]:
    tags = [_TAGS.get(each.code, f"#indicator+{each.code}") for each in figure.dimensions]
    parts = [tag for each in tags for tag in (f"{each}+code", f"{each}+name")]
    about = {"release": "#meta+id", "published": "#date+published", "address": "#meta+url"}
    told = [about.get(name, f"#meta+{name}") for name in provenance(figure.about)]
    return ["#indicator+code", f"#date+{figure.period[0]}", *parts, "#status", _counted(figure), *told]


def _counted(figure: Figure) -> str:
    """Children are people affected; other things are counted as values."""
    return "#affected+children+num" if figure.about.counted == "child" else f"#value+{figure.about.counted}+num"


def _rows(figure: Figure) -> Iterator[list[str]]:
    about = figure.about
    tail = list(provenance(about).values())
    for codes, words, value in figure.lines():
        pairs = [text for pair in zip(codes, words, strict=True) for text in pair]
        status, number = (HIDDEN, "") if value is None else (SHOWN, str(value))
        yield [about.indicator, figure.period[1], *pairs, status, number, *tail]


def _written(rows: Iterable[list[str]]) -> bytes:
    into = io.StringIO(newline="")
    csv.writer(into).writerows([harmless(text) for text in row] for row in rows)
    return into.getvalue().encode()
