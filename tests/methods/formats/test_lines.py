"""Coded rows as CSV, Parquet and a spreadsheet: the same rows come back, and no code is ever more than a code."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from amparo.common.errors import Invalid
from amparo.methods.formats.lines import as_csv, as_parquet, as_xlsx
from amparo.methods.spreadsheet import MOST_ROWS

CODES = st.sampled_from(["female", "male", "not_recorded", 'a "quoted", one', "two\nlines", "<b>&", None])
ROWS = st.lists(
    st.tuples(CODES, st.none() | st.integers(0, 202512), st.none() | st.lists(CODES.filter(bool), max_size=3))
)


def table(rows):
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    shape = pa.schema([("sex", pa.string()), ("month", pa.int32()), ("how", pa.list_(pa.string()))])
    return pa.table([pa.array(each, kind.type) for each, kind in zip(columns, shape, strict=True)], schema=shape)


def expected(rows, none=""):
    return [
        [sex or none, none if month is None else str(month), ";".join(how or []) or none] for sex, month, how in rows
    ]


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_rows_come_back_from_csv(rows):
    whole = table(rows)
    text = b"".join(as_csv(whole.schema, whole.to_batches(2))).decode()
    told = list(csv.reader(io.StringIO(text, newline="")))
    assert told == [["sex", "month", "how"], *expected(rows)]


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_rows_come_back_from_parquet(rows):
    whole = table(rows)
    assert pq.read_table(io.BytesIO(b"".join(as_parquet(whole.schema, whole.to_batches(2))))).equals(whole)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_rows_come_back_from_a_spreadsheet(rows):
    whole = table(rows)
    written = b"".join(as_xlsx("child", len(rows), whole.schema, whole.to_batches(2)))
    told = [list(row) for row in load_workbook(io.BytesIO(written)).active.iter_rows(values_only=True)]
    said = [[None if each is None else str(each) for each in row] for row in told[1:]]
    assert told[0] == ["sex", "month", "how"]
    assert said == expected(rows, None)


def test_dictionaries_are_written_as_their_codes():
    whole = pa.table({"sex": pa.array(["male", None, "male"]).dictionary_encode()})
    assert b"".join(as_csv(whole.schema, whole.to_batches())) == b"sex\nmale\n\nmale\n"


@pytest.mark.parametrize("code", ["=1+1", "@sum", "-1", "+1"])
def test_no_code_is_run_by_a_spreadsheet(code):
    whole = pa.table({"sex": [code]})
    assert b"".join(as_csv(whole.schema, whole.to_batches())).decode() == f"sex\n'{code}\n"
    cell = load_workbook(io.BytesIO(b"".join(as_xlsx("child", 1, whole.schema, whole.to_batches())))).active["A2"]
    assert (cell.value, cell.data_type) == (code, "s")


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written():
    with pytest.raises(Invalid, match="take CSV or Parquet"):
        next(as_xlsx("child", MOST_ROWS, pa.schema([]), []))
