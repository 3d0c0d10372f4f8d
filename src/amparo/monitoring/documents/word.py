"""The report as a document of Word, to go on writing in; from right to left in Arabic."""

import io
from typing import Any

from django.utils.translation import get_language_bidi

from amparo.monitoring.documents import extra
from amparo.monitoring.documents.content import Block


def docx(blocks: list[Block]) -> bytes:
    """The blocks as one document in the reader's language. Raises `AmparoError` without the extra `documents`."""
    library = extra.docx()
    made = library.Document()
    made.core_properties.title, made.core_properties.author = blocks[0].text, "Amparo"
    for block in blocks:
        _add(made, block)
    if get_language_bidi():
        _turn(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _add(made: Any, block: Block) -> None:
    if block.kind == "title":
        made.add_heading(block.text, 0)
    elif block.kind == "heading":
        made.add_heading(block.text, block.level)
    elif block.kind == "words":
        made.add_paragraph(block.text)
    else:
        table = made.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        _fill(table.rows[0].cells, block.columns, bold=True)
        for row in block.rows:
            _fill(table.add_row().cells, row)


def _fill(cells: Any, words: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, said in zip(cells, words, strict=True):
        cell.paragraphs[0].add_run(said).bold = bold


def _turn(made: Any) -> None:
    """Every paragraph, run and table from right to left, as WordprocessingML says it (bidi, rtl, bidiVisual)."""
    tables = list(made.tables)
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    for paragraph in [*made.paragraphs, *(each for cell in cells for each in cell.paragraphs)]:
        _mark(paragraph._p.get_or_add_pPr(), "w:bidi")  # noqa: SLF001 - the library names no word for it
        for run in paragraph.runs:
            _mark(run._r.get_or_add_rPr(), "w:rtl")  # noqa: SLF001
    for table in tables:
        _mark(table._tbl.tblPr, "w:bidiVisual", 1)  # noqa: SLF001 - the standard wants it after the style


def _mark(properties: Any, name: str, place: int | None = None) -> None:
    from docx.oxml import OxmlElement

    properties.insert(len(properties) if place is None else place, OxmlElement(name))
