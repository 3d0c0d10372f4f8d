"""Whatever is in a letter, it is read or set aside; it never stops those behind it (D1)."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.common.errors import Invalid
from amparo.intake import letters
from amparo.intake.letters import NotUnderstood, Told

pytestmark = pytest.mark.django_db(databases="__all__")
ANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = sorted(Told.__dataclass_fields__)


def letter(**said) -> bytes:
    return json.dumps({"told": "A neutral sentence."} | said).encode()


def test_a_full_letter_is_read(house):
    said = {
        "told": "A neutral sentence.", "who": "child_self", "worries": ["hurts"], "urgency": "danger_now", "place": "LM",
        "where": "Near the market.", "child_age": 9, "channel": "phone", "contact": "synthetic", "safe_time": "At noon.",
        "language": "ar", "not_to": ["NORTH"], "about_agency": "SOUTH",
    }  # fmt: skip
    told = letters.first(letter(**said))
    assert vars(told) == said | {"worries": ("hurts",), "not_to": ("NORTH",)}


@pytest.mark.parametrize(
    ("said", "name", "read"),
    [
        ({"who": "no_such"}, "who", ""),
        ({"worries": ["hurts", "no_such", 7]}, "worries", ("hurts",)),
        ({"urgency": ""}, "urgency", "normal"),
        ({"urgency": "no_such"}, "urgency", "urgent"),
        ({"child_age": 18}, "child_age", None),
        ({"child_age": True}, "child_age", None),
        ({"child_age": "9"}, "child_age", None),
        ({"language": "zh-hans"}, "language", "zh"),
        ({"told": "a\0b"}, "told", "ab"),
    ],
)
def test_what_the_desk_does_not_know_is_left_out_and_the_report_still_arrives(house, said, name, read):
    assert getattr(letters.first(letter(**said)), name) == read


@pytest.mark.parametrize("plain", [b"", b"\xff", b"[]", b"{}", b'{"told": " "}', b'{"told": 7}', b"[" * 100_000])
def test_what_is_no_letter_is_not_understood(house, plain):
    for read in (letters.first, letters.later):
        with pytest.raises(NotUnderstood):
            read(plain)


@ANY
@given(said=st.dictionaries(st.sampled_from([*NAMES, "withdraw"]), JSON, max_size=8) | JSON)
def test_any_json_is_read_or_not_understood_or_refused_and_nothing_else(house, said):
    plain = json.dumps(said).encode()
    for read in (letters.first, letters.later):
        try:
            found = read(plain)
        except (NotUnderstood, Invalid):
            continue
        found.told.encode()
        assert "\0" not in found.told


@ANY
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_not_understood(house, plain):
    for read in (letters.first, letters.later):
        with pytest.raises((NotUnderstood, Invalid)):
            read(plain)


def test_a_later_letter_writes_or_withdraws(house):
    assert letters.later(b'{"told": "More."}').told == "More."
    assert letters.later(b'{"withdraw": true}').told == ""
    with pytest.raises(NotUnderstood):
        letters.later(b'{"withdraw": false}')
