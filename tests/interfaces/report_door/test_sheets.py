"""The hidden field holds what a cookie would, sealed, for thirty minutes."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.common import clock
from amparo.interfaces.report_door import sheets
from amparo.interfaces.report_door.sheets import Sheet


def test_what_was_handed_out_comes_back():
    sheet = Sheet(code="12345678901234567890")
    assert sheets.read(str(sheet)) == sheet


def test_the_code_cannot_be_read_in_the_field_and_two_fields_are_never_alike():
    sheet = Sheet(code="12345678901234567890")
    assert sheet.code not in str(sheet)
    assert len({str(sheet) for _ in range(3)}) == 3
    assert Sheet().nonce != Sheet().nonce


@pytest.mark.parametrize(("minutes", "good"), [(0, True), (29.9, True), (30.1, False), (-5, False)])
def test_a_sheet_is_good_for_thirty_minutes(minutes, good):
    text = str(Sheet())
    with clock.stopped(clock.now() + timedelta(minutes=minutes)):
        assert (sheets.read(text) is not None) is good


def test_a_sheet_of_another_installation_is_none(monkeypatch):
    text = str(Sheet())
    monkeypatch.setattr("django.conf.settings.SECRET_KEY", "another")
    assert sheets.read(text) is None


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 255))
def test_an_altered_sheet_is_none(place, change):
    from base64 import urlsafe_b64decode, urlsafe_b64encode

    raw = bytearray(urlsafe_b64decode(str(Sheet(nonce="n" * 20))))
    raw[place % len(raw)] ^= change
    assert sheets.read(urlsafe_b64encode(raw).decode()) is None


@settings(deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_sent_as_a_sheet_is_none(text):
    assert sheets.read(text) is None
