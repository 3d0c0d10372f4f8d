"""A sealed letter opens for its reader only, and its length tells little (D1, X1)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.intake.postbox import sealing

PRIVATE, PUBLIC = sealing.new_pair()


@settings(deadline=None)
@given(st.binary(max_size=9000))
def test_what_is_sealed_opens_again(plain):
    assert sealing.unseal(PRIVATE, PUBLIC, sealing.seal(PUBLIC, plain)) == plain


def test_letters_of_the_same_step_have_the_same_length():
    assert len({len(sealing.seal(PUBLIC, b"x" * size)) for size in (0, 1, 400, 4092)}) == 1
    assert len(sealing.seal(PUBLIC, b"x" * 4093)) - len(sealing.seal(PUBLIC, b"")) == 4096


def test_the_same_letter_sealed_twice_differs():
    assert sealing.seal(PUBLIC, b"same") != sealing.seal(PUBLIC, b"same")


def test_another_key_does_not_open_it():
    other_private, other_public = sealing.new_pair()
    sealed = sealing.seal(PUBLIC, b"for one reader")
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(other_private, other_public, sealed)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(PRIVATE, other_public, sealed)


@pytest.mark.parametrize("place", [0, 40, -1])
def test_an_altered_letter_does_not_open(place):
    sealed = bytearray(sealing.seal(PUBLIC, b"for one reader"))
    sealed[place] ^= 1
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(PRIVATE, PUBLIC, bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"short", b"\0" * 48])
def test_what_is_no_letter_does_not_open(sealed):
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(PRIVATE, PUBLIC, sealed)
