"""Each file read back by somebody else's reader: the same values, and a hidden count never a number (S5, X3)."""

import csv
import io
import json

import openpyxl
import pytest
from pyarrow import parquet

from amparo.methods.formats.forms import FORMS
from tests.methods.formats.build import COUNTS, HIDDEN, REGIONS, SHOWN, WORDS, figure

PROVENANCE = ("F-7K2M-94QX", "ab" * 32, "threshold 5", "amparo 0.1.0", "CC BY 4.0", "https://figures.example/figures/")


def written(form: str, **other) -> bytes:
    return FORMS[form].write(figure(**other), WORDS)


def table(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def split(rows) -> tuple[dict, set]:
    """The shown counts and the hidden cells of rows, by codes; a hidden one has no value at all."""
    shown, hidden = {}, set()
    for row in rows:
        codes = (row["region"], row["age_group"])
        if row["status"] == "hidden":
            assert row["value"] in ("", None)
            hidden.add(codes)
        else:
            shown[codes] = int(row["value"])
    return shown, hidden


def test_csv_says_the_same():
    rows = table(written("csv"))
    assert split(rows) == (SHOWN, HIDDEN)
    assert rows[0]["region_label"] == "North region"
    assert all(told in str(rows[0]) for told in PROVENANCE)
    assert {row["region_label"] for row in rows if row["region"] == "LM-SOUTH"} == {"'=South()"}


def test_hxl_has_its_row_of_tags_and_then_says_the_same():
    tags, *rows = table(written("hxl.csv"))
    assert split(rows) == (SHOWN, HIDDEN)
    assert (tags["region"], tags["value"], tags["year"]) == ("#adm1+code", "#affected+children+num", "#date+year")
    assert all(tag.startswith("#") for tag in tags.values())


def test_json_says_the_same_and_what_it_is():
    told = json.loads(written("json"))
    assert split(told["cells"]) == (SHOWN, HIDDEN)
    assert (told["does_not_say"], told["policy"]) == ("Not the children who were harmed.", {"threshold": 5, "width": 4})
    assert told["dimensions"]["region"] == REGIONS
    assert all(told_ in json.dumps(told).replace('"threshold": 5', "threshold 5") for told_ in PROVENANCE)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_the_workbook_says_the_same_to_a_spreadsheet_and_runs_nothing():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["table", "data", "codes", "about"]
    head, *rows = book["data"].iter_rows(values_only=True)
    assert split([dict(zip(head, row, strict=True)) for row in rows]) == (SHOWN, HIDDEN)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    grid = [row[1:] for row in book["table"].iter_rows(min_row=2, values_only=True)]
    assert grid == [tuple("hidden" if value is None else value for value in row) for row in COUNTS.values()]
    assert ("region", "Region", "LM-NORTH", "North region", False) in [
        row[:5] for row in book["codes"].iter_rows(values_only=True)
    ]
    assert all(told in str(list(book["about"].values)) for told in PROVENANCE)


def test_parquet_says_the_same_with_types_and_knows_where_it_is_from():
    found = parquet.read_table(io.BytesIO(written("parquet")))
    assert split(found.to_pylist()) == (SHOWN, HIDDEN)
    assert (str(found.schema.field("value").type), found["value"].null_count) == ("int64", len(HIDDEN))
    told = json.loads(found.schema.metadata[b"amparo"])
    assert (told["snapshot"], told["licence"]) == ("ab" * 32, "CC BY 4.0")


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_pdf_is_one(language):
    content = written("pdf", language=language, title="أطفال" if language == "ar" else "Children")
    assert content.startswith(b"%PDF-")
    assert len(content) > 5_000


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"pdf"}))
def test_the_same_figure_is_the_same_file(form):
    assert written(form) == written(form)


def test_a_figure_of_one_dimension_or_three_is_written_too():
    one = figure()
    line = type(one)(one.about, one.dimensions[1:], {("Y0T4",): 5, ("Y5T9",): None, ("unknown",): 0, ("_T",): 9})
    cube = type(one)(
        one.about, (*one.dimensions, one.dimensions[1]), {("_T", "_T", "_T"): 7, ("_T", "_T", "Y0T4"): None}
    )
    for each in (line, cube):
        for form in ("csv", "json", "xlsx", "parquet", "pdf", "hxl.csv"):
            assert FORMS[form].write(each, WORDS)
