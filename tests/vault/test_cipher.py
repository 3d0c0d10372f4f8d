"""A sealed value opens only with its key and in its place (X1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.vault import cipher

KEY = cipher.new_key()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_goes_in_comes_out(plain, place):
    assert cipher.unseal(KEY, cipher.seal(KEY, plain, place), place) == plain


@given(st.binary(min_size=1, max_size=100), st.data())
def test_a_flipped_bit_is_noticed(plain, data):
    sealed = bytearray(cipher.seal(KEY, plain, "here"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(KEY, bytes(sealed), "here")


def test_a_value_moved_to_another_place_does_not_open():
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(KEY, cipher.seal(KEY, b"a", "here"), "there")


def test_another_key_does_not_open():
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(cipher.new_key(), cipher.seal(KEY, b"a", "here"), "here")


def test_a_cut_value_does_not_open():
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(KEY, cipher.seal(KEY, b"a", "here")[:10], "here")


def test_two_equal_values_are_sealed_differently():
    assert cipher.seal(KEY, b"a", "here") != cipher.seal(KEY, b"a", "here")


def test_short_values_have_one_length():
    assert {len(cipher.seal(KEY, b"x" * n, "here")) for n in range(61)} == {1 + 12 + 64 + 16}


def test_keys_for_different_purposes_differ():
    assert cipher.derive(KEY, "a") != cipher.derive(KEY, "b")
