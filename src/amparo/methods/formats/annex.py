"""The data annex of a State's report under the Optional Protocol: three years side by side, as DOCX and as XLSX.

The Committee asks for cases by sex, age group and place of each of the last three years. What was not counted is said
to be not available, which is a valid answer; a hidden count is said to be hidden. Nothing is added up here.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amparo.methods.figure import TOTAL, Figure, provenance
from amparo.methods.spreadsheet import workbook

YEARS = 3
ASKED = ("age_group", "sex", "region", "urban_rural")  # what the Committee asks a table by
Words = Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """One table: its first line is its head."""

    title: str
    rows: list[list[str | int]]


@dataclass(frozen=True)
class Annex:
    """The document: what it counts and does not say, its tables, and what it was made of."""

    title: str
    said: list[str]
    parts: list[Part]
    sources: Part
    language: str


def annex(figures: Sequence[Figure], last: int, words: Words) -> Annex:
    """From figures of one indicator, one a year at most. `words`: of the head, the dimensions asked, what is absent.

    Raises `ValueError` without a figure of these years.
    """
    years = range(last - YEARS + 1, last + 1)
    by_year = {each.about.year: each for each in figures if each.about.year in years}
    newest = by_year[max(by_year)]
    about = newest.about
    head: list[str | int] = [words["year"], *map(str, years)]
    parts = [Part(words[name], [head, *_rows(name, by_year, list(years), words)]) for name in ASKED]
    sources = Part(words["sources"], [["", *provenance(about)], *_sources(by_year)])
    said = [about.definition, about.not_said, about.method, words["coverage"]]
    return Annex(f"{words['annex']}: {about.title}, {years[0]}–{years[-1]}", said, parts, sources, about.language)


def _rows(name: str, figures: Mapping[int, Figure], years: list[int], words: Words) -> Iterator[list[str | int]]:
    """A line a code, the total last; one line that says so where no year was counted by this."""
    labels: dict[str, str] = {}
    for figure in figures.values():
        for each in figure.dimensions:
            labels |= each.words if each.code == name else {}
    if not labels:
        yield [words["all"], *[words["absent"]] * len(years)]
        return
    for code, label in labels.items():
        yield [label, *(_cell(figures.get(year), name, code, words) for year in years)]


def _cell(figure: Figure | None, name: str, code: str, words: Words) -> str | int:
    if figure is None or name not in {each.code for each in figure.dimensions}:
        return words["absent"]
    at = tuple(code if each.code == name else TOTAL for each in figure.dimensions)
    if at not in figure.cells:
        return words["absent"]
    value = figure.cells[at]
    return words["hidden"] if value is None else value


def _sources(figures: Mapping[int, Figure]) -> Iterator[list[str | int]]:
    for year, figure in sorted(figures.items()):
        yield [year, *provenance(figure.about).values()]


def as_xlsx(found: Annex) -> bytes:
    """A sheet a table, and one for what it says and where it is from."""
    about: list[list[Any]] = [[found.title], *([each] for each in found.said), *found.sources.rows]
    sheets = {part.title: part.rows for part in found.parts} | {"about": about}
    return b"".join(workbook(sheets))


def as_docx(found: Annex) -> bytes:
    """A document to hand in and to write in: headings, tables with a head that is repeated on each page."""
    from docx import Document
    from docx.oxml import OxmlElement

    document = Document()
    document.core_properties.title = found.title
    document.core_properties.language = found.language
    document.add_heading(found.title, 0)
    for each in found.said:
        document.add_paragraph(each)
    for part in (*found.parts, found.sources):
        document.add_heading(part.title, 1)
        table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
        for row in part.rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no name for it
        if found.language == "ar":
            table.table_direction = 1  # WD_TABLE_DIRECTION.RTL
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()
