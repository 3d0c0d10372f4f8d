"""Two of three custodians open the vault; one alone, a stranger or a slip of the pen does not (X1)."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amparo.vault.shares import BadShares, _inverse, _times, combine, split

SECRET = bytes(range(32))
FIXED = split(SECRET, threshold=2, custodians=3)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=40), st.integers(2, 5), st.integers(0, 3), st.data())
def test_any_threshold_of_the_shares_gives_the_secret_back(secret, threshold, more, data):
    shares = split(secret, threshold=threshold, custodians=threshold + more)
    chosen = data.draw(st.permutations(shares))[: data.draw(st.integers(threshold, threshold + more))]
    assert combine(chosen) == secret


def test_one_of_two_is_not_enough_and_neither_is_one_twice():
    shares = split(SECRET, threshold=2, custodians=3)
    for too_few in ([shares[0]], [shares[0], shares[0]]):
        with pytest.raises(BadShares, match="2 different shares"):
            combine(too_few)
    with pytest.raises(BadShares, match="No share"):
        combine([])


def test_every_two_of_three_open():
    assert {combine(pair) for pair in combinations(split(SECRET, threshold=2, custodians=3), 2)} == {SECRET}


def test_shares_of_two_sets_do_not_mix():
    one, other = split(SECRET, threshold=2, custodians=3), split(bytes(32), threshold=2, custodians=3)
    with pytest.raises(BadShares, match="not of one set"):
        combine([one[0], other[1]])


def test_shares_of_two_splittings_of_one_secret_do_not_give_a_wrong_one():
    one, other = (split(SECRET, threshold=2, custodians=3) for _ in range(2))
    with pytest.raises(BadShares, match="do not fit"):
        combine([one[0], other[1]])


@settings(deadline=None)
@given(st.data())
def test_a_letter_typed_wrong_is_noticed(data):
    one, other, _ = FIXED
    place, letter = data.draw(st.integers(0, len(one) - 1)), data.draw(st.sampled_from("ABCDEFGH234567"))
    assume(one[place] not in {"-", letter})
    with pytest.raises(BadShares):
        combine([one[:place] + letter + one[place + 1 :], other])


@pytest.mark.parametrize("text", ["", "x", "not a share!", "AAAA", "é" * 20])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(BadShares):
        combine([text, split(SECRET, threshold=2, custodians=2)[0]])


def test_small_letters_and_blanks_do_not_matter():
    one, other, _ = split(SECRET, threshold=2, custodians=3)
    assert combine([one.lower().replace("-", " "), f" {other}\n"]) == SECRET


@pytest.mark.parametrize(("threshold", "custodians"), [(1, 3), (4, 3), (2, 256), (0, 0)])
def test_a_threshold_that_protects_nobody_is_refused(threshold, custodians):
    with pytest.raises(BadShares):
        split(SECRET, threshold=threshold, custodians=custodians)


def test_every_number_but_zero_has_its_inverse():
    assert all(_times(each, _inverse(each)) == 1 for each in range(1, 256))


def test_one_share_says_nothing_of_the_secret():
    """For every possible first byte there is a second share that leads to it: all secrets stay as likely."""
    share = 123
    assert {share ^ _times(slope, 1) for slope in range(256)} == set(range(256))
