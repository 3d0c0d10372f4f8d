"""A figure as PDF, set by Typst on A4: what it is and is not, the table, how it was protected, how to cite it."""

import json
from typing import Any

from amparo.methods.figure import Dimension, Figure, provenance

# Data comes in as JSON and is set as text: nothing in it is markup. Tagged, so that it can be read aloud.
_SOURCE = """
#let told = json(bytes(sys.inputs.told))
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1", flipped: told.wide)
#set text(size: 10pt, lang: told.language, dir: if told.language == "ar" { rtl } else { ltr },
  font: ("Libertinus Serif", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "DejaVu Sans"), fallback: true)
#set document(title: told.title)
#set table(stroke: (x, y) => if y == 0 { (bottom: 0.8pt) } else { (bottom: 0.3pt + gray) })
#if told.demonstration != "" { block(fill: luma(230), inset: 6pt, width: 100%, strong(told.demonstration)) }
= #told.title
#strong(told.not_said)
#table(columns: told.head.len(), align: (x, y) => if x < told.down { start } else { end },
  table.header(..told.head.map(name => strong(name))), ..told.rows.flatten())
#told.hidden
#for part in told.parts [
  == #part.at(0)
  #part.at(1)
]
#table(columns: (auto, 1fr), ..told.from.map(((name, said)) => (name, text(dir: ltr, said))).flatten())
"""
_WIDE = 8  # columns that do not fit on an upright page
_ACROSS = 14  # … and those that do not fit on any


def as_pdf(figure: Figure, words: dict[str, str]) -> bytes:
    """One document. `words` are the headings in the figure's language: hidden, hidden_means, means, how, source,
    demonstration, and one for each part of the provenance.
    """
    import typst

    told = json.dumps(_told(figure, words), ensure_ascii=False)
    return bytes(typst.compile(_SOURCE.encode(), sys_inputs={"told": told}))


def _told(figure: Figure, words: dict[str, str]) -> dict[str, Any]:
    about = figure.about
    down, columns = _laid(figure)
    head = [*(each.title for each in down), *columns.values()]
    return {
        "title": f"{about.title}, {about.years}",
        "language": about.language.partition("-")[0],
        "wide": len(head) > _WIDE,
        "demonstration": words["demonstration"] if about.demonstration else "",
        "not_said": about.not_said,
        "head": head,
        "down": len(down),
        "rows": list(_rows(figure, words["hidden"])),
        "hidden": words["hidden_means"] if None in figure.cells.values() else "",
        "parts": [[words["means"], about.definition], [words["how"], about.method], [words["source"], about.source]],
        "from": [[words[name], text] for name, text in provenance(about).items()],
    }


def _laid(figure: Figure) -> tuple[list[Dimension], dict[str, str]]:
    """The dimensions that go down, and the columns: the last dimension, where it is short enough for a page."""
    *down, across = figure.dimensions
    if not down or len(across.words) > _ACROSS:
        return [*down, across], {"": figure.about.unit}
    return down, dict(across.words)


def _rows(figure: Figure, hidden: str) -> Any:
    down, columns = _laid(figure)
    for heads in dict.fromkeys(codes[: len(down)] for codes in figure.cells):
        named = [each.words.get(code, code) for each, code in zip(down, heads, strict=True)]
        values = [figure.cells.get((*heads, code) if code else heads, 0) for code in columns]
        yield [*named, *(hidden if value is None else str(value) for value in values)]
