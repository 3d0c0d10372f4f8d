"""The data annex: three years side by side, what is not counted said so, read back by other readers (S5, M3)."""

import io

import openpyxl
import pytest
from docx import Document

from amparo.methods.figure import Figure
from amparo.methods.formats.annex import annex, as_docx, as_xlsx
from tests.methods.formats.build import about, figure

WORDS = {
    "annex": "Data annex", "year": "Year", "all": "All", "age_group": "Age group", "sex": "Sex", "region": "Region",
    "urban_rural": "Urban or rural", "hidden": "hidden", "absent": "not available", "sources": "Sources", "coverage": "Note.",
}  # fmt: skip


def of(year: int, **cells) -> Figure:
    made = figure()
    changed = {tuple(key.split("/")): value for key, value in cells.items()}
    return Figure(about(year=year, reference=f"F-{year}"), made.dimensions, dict(made.cells) | changed)


@pytest.fixture
def found():
    return annex([of(2023), of(2025, **{"_T/Y0T4": None})], 2025, WORDS)


AGES = [
    ["Year", "2023", "2024", "2025"],
    ["0 to 4 years", "8", "not available", "hidden"],
    ["5 to 9 years", "17", "not available", "17"],
    ["Age not known", "0", "not available", "0"],
    ["All ages", "25", "not available", "25"],
]


def test_a_document_has_the_tables_that_are_asked_for_and_says_what_is_not_available(found):
    document = Document(io.BytesIO(as_docx(found)))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[0] == AGES
    assert tables[1] == [AGES[0], ["All", "not available", "not available", "not available"]]
    assert tables[4][1][:2] == ["2023", "F-2023"]
    text = " ".join(each.text for each in document.paragraphs)
    assert "Data annex: Children identified, 2023–2025" in text
    assert "Not the children who were harmed." in text
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_workbook_has_the_same_with_numbers_as_numbers(found):
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(found)))
    assert book.sheetnames == ["Age group", "Sex", "Region", "Urban or rural", "about"]
    rows = [list(row) for row in book["Age group"].iter_rows(values_only=True)]
    assert [[str(cell) for cell in row] for row in rows] == AGES
    assert rows[2][1] == 17


def test_without_a_figure_of_these_years_there_is_no_annex():
    with pytest.raises(ValueError, match="empty"):
        annex([of(2020)], 2025, WORDS)
