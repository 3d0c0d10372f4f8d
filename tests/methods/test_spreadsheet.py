"""A spreadsheet of ours, opened again by a reader that shares nothing with the writer."""

import tracemalloc
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook

from amparo.methods import spreadsheet
from amparo.methods.spreadsheet import workbook


def opened(rows, name="Rows"):
    return load_workbook(BytesIO(b"".join(workbook({name: rows})))).active


def values(rows):
    return [list(row) for row in opened(rows).iter_rows(values_only=True)]


def test_numbers_stay_numbers_dates_stay_dates_and_codes_stay_texts():
    head = ["code", "count", "share", "exact", "known", "day", "moment", "nothing"]
    day, moment = date(2026, 2, 3), datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    row = ["007", 12, 0.25, Decimal("1.5"), True, day, moment, None]
    told = values([head, row])
    assert told[0] == head
    assert told[1][:5] == ["007", 12, 0.25, 1.5, True]
    assert told[1][5].date() == day
    assert told[1][6:] == [moment.replace(tzinfo=None), None]
    assert isinstance(told[1][1], int)


def test_a_moment_is_told_in_utc():
    east = datetime(2026, 2, 3, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert values([["at"], [east]])[1] == [east.astimezone(UTC).replace(tzinfo=None)]


def test_the_head_is_bold_and_stays_in_sight():
    sheet = opened([["one"], ["two"]])
    assert (sheet["A1"].font.b, bool(sheet["A2"].font.b), sheet.freeze_panes) == (True, False, "A2")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "<b>&amp;</b>", " both "])
def test_no_text_is_ever_a_formula_or_a_mark(text):
    cell = opened([["head"], [text]])["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@given(some.lists(some.lists(some.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=20))
def test_every_text_comes_back_but_for_signs_that_xml_has_not(rows):
    told = [[text or "" for text in row] for row in values(rows)]
    wide = max(map(len, rows))
    expected = [
        [spreadsheet._NOT_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n") for text in row]
        for row in rows
    ]
    assert [row[:wide] for row in told] == [row + [""] * (wide - len(row)) for row in expected]


@given(some.one_of(some.integers(), some.floats(), some.decimals(allow_nan=False)))
def test_a_number_is_kept_or_told_as_text_never_rounded_away(number):
    [told] = values([["n"], [number]])[1]
    if isinstance(told, str):
        assert told == str(number)
    else:
        assert float(told) == pytest.approx(float(number), rel=1e-15)


@given(some.dates())
def test_every_day_comes_back(day):
    [told] = values([["day"], [day]])[1]
    assert told == day.isoformat() if isinstance(told, str) else told.date() == day


def test_numbers_of_arrays_and_identifiers_are_taken_too():
    id = UUID(int=7)
    assert values([["n", "x", "id"], [np.int64(3), np.float32(0.5), id]])[1] == [3, 0.5, str(id)]


def test_sheets_are_named_as_a_spreadsheet_allows():
    book = load_workbook(BytesIO(b"".join(workbook({"a/b": [["x"]], "N" * 40: [["y"], [2]], "empty": []}))))
    assert book.sheetnames == ["a b", "N" * 31, "empty"]
    assert book["N" * 31]["A2"].value == 2


def test_the_same_rows_give_the_same_bytes():
    rows = [["a", "b"], [1, "x"]]
    assert b"".join(workbook({"s": rows})) == b"".join(workbook({"s": rows}))


def test_what_a_spreadsheet_cannot_hold_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1000)
    with pytest.raises(ValueError, match="1,000 rows"):
        b"".join(workbook({"s": ([n] for n in range(1001))}))
    assert len(list(opened([[n] for n in range(1000)]).rows)) == 1000
    with pytest.raises(ValueError, match="signs"):
        b"".join(workbook({"s": [["head"], ["x" * 32_768]]}))


def test_memory_does_not_grow_with_the_rows():
    def peak(rows):
        tracemalloc.start()
        for _piece in workbook({"s": ([n, "code", n * 2] for n in range(rows))}):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(1_000)
    assert peak(40_000) < 1.5 * peak(4_000)


def test_one_who_stops_reading_stops_the_writing():
    taken = []
    pieces = workbook({"s": (taken.append(n) or [n] for n in range(100_000))})
    next(pieces), next(pieces), next(pieces)
    pieces.close()
    assert len(taken) < 2_000
