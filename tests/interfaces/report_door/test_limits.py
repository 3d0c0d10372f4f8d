"""A flood from one network shuts nobody else out, and help is never limited (security notes 3, T9)."""

from datetime import UTC, datetime, timedelta

import pytest

from amparo.common import clock
from amparo.interfaces.report_door.limits import Buckets, buckets

pytestmark = pytest.mark.django_db(databases="__all__")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def take(source: Buckets, address: str) -> bool:
    return source.take(address, an_hour=30, burst=10)


def test_a_burst_is_allowed_and_then_one_each_two_minutes():
    source = Buckets()
    with clock.stopped(NOON):
        assert [take(source, "192.0.2.1") for _ in range(11)] == [True] * 10 + [False]
    with clock.stopped(NOON + timedelta(seconds=119)):
        assert not take(source, "192.0.2.1")
    with clock.stopped(NOON + timedelta(seconds=241)):
        assert [take(source, "192.0.2.1") for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("192.0.2.1", "192.0.2.200", True), ("192.0.2.1", "192.0.3.1", False),
     ("2001:db8:1:100::1", "2001:db8:1:1ff::2", True), ("2001:db8:1:100::1", "2001:db8:1:200::1", False),
     ("nonsense", "", True)],
)  # fmt: skip
def test_a_source_is_a_network_and_not_a_person(one, other, same):
    source = Buckets()
    with clock.stopped(NOON):
        for _ in range(10):
            take(source, one)
        assert take(source, other) is not same


def test_no_address_is_remembered_and_the_key_changes_every_day():
    source = Buckets()
    with clock.stopped(NOON):
        take(source, "192.0.2.1")
        first = set(source.filled)
    with clock.stopped(NOON + timedelta(days=1)):
        take(source, "192.0.2.1")
    assert len(source.filled) == 1
    assert not first & set(source.filled)
    assert b"\xc0\x00\x02" not in b"".join(first)


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("amparo.common.buckets._MOST", 100)
    source = Buckets()
    with clock.stopped(NOON):
        for number in range(300):
            take(source, f"10.{number // 250}.{number % 250}.1")
    assert len(source.filled) <= 101


def test_beyond_the_limit_the_page_still_says_whom_to_call_and_help_is_never_limited(visitor, settings):
    settings.DOOR_AN_HOUR, settings.DOOR_BURST = 30, 2
    visitor.press("tell")
    sheet = visitor.page
    for expected in (422, 422, 429):
        visitor.page = sheet
        assert visitor.press("send", told="").status_code == expected
    assert "Many messages came at once." in visitor.page
    assert "555 0100" in visitor.page
    assert visitor.call("/api/reports", {"told": "One."}).status_code == 429
    for step in ("start", "help", "safety", "tell", "back"):
        assert visitor.press(step).status_code == 200


def test_behind_a_proxy_the_last_address_it_wrote_counts(visitor, settings):
    settings.DOOR_AN_HOUR, settings.DOOR_BURST, settings.DOOR_BEHIND_PROXY = 30, 1, True
    seen = []
    for last in ("192.0.2.1", "192.0.2.1", "198.51.100.1"):
        forged = f"203.0.113.{len(seen)}, {last}"
        seen.append(visitor.press("send", headers={"x-forwarded-for": forged}, told="").status_code)
    assert seen == [422, 429, 422]
    assert len(buckets.filled) == 2
