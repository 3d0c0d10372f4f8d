"""The report as PDF, set by Typst on A4, from right to left in Arabic. Data is set as text: nothing in it is markup."""

import json
from dataclasses import asdict

from django.utils.translation import get_language

from amparo.monitoring.documents import extra
from amparo.monitoring.documents.content import Block

_SOURCE = """
#let told = json(bytes(sys.inputs.told))
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1")
#set text(size: 9.5pt, lang: told.language, dir: if told.rtl { rtl } else { ltr }, font: told.fonts)
#set document(title: told.title)
#set table(stroke: (x, y) => if y == 0 { (bottom: 0.8pt) } else { (bottom: 0.3pt + gray) }, inset: 4pt)
#show table.cell: set par(justify: false)
#for block in told.blocks [
  #if block.kind == "title" { text(size: 20pt, weight: "bold", block.text); parbreak() }
  #if block.kind == "heading" { heading(level: block.level, block.text) }
  #if block.kind == "words" { block.text; parbreak() }
  #if block.kind == "table" {
    table(columns: block.columns.map(name => if block.columns.len() < 4 { 1fr } else { auto }),
      table.header(..block.columns.map(name => strong(name))), ..block.rows.flatten())
  }
]
"""
_FONTS = {
    "ar": ["Noto Sans Arabic", "Libertinus Serif"], "zh": ["Noto Sans CJK SC", "Libertinus Serif"],
}  # fmt: skip


def pdf(blocks: list[Block]) -> bytes:
    """The blocks as one PDF in the reader's language. Raises `AmparoError` when a font of the language is missing."""
    import typst

    language = (get_language() or "en").partition("-")[0]
    told = {
        "title": blocks[0].text, "language": language, "rtl": language == "ar",
        "fonts": _FONTS.get(language, ["Libertinus Serif", "Noto Sans Arabic", "Noto Sans CJK SC"]),
        "blocks": [asdict(each) for each in blocks],
    }  # fmt: skip
    inputs = {"told": json.dumps(told, ensure_ascii=False)}
    made = typst.compile(  # type: ignore[misc]  # its stub wants source and folders of one type
        _SOURCE.encode(), sys_inputs=inputs, font_paths=extra.fonts(language), ignore_system_fonts=True
    )
    return bytes(made)
