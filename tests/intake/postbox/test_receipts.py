"""The code that a person keeps: any slip of the pen is noticed, any script is read (D1)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.intake.postbox import receipts
from amparo.intake.postbox.receipts import Receipt, check_digit, read

DIGITS = st.text("0123456789", min_size=19, max_size=19)
SCRIPTS = {"Arabic-Indic": 0x660, "Persian": 0x6F0, "Devanagari": 0x966, "Bengali": 0x9E6, "full width": 0xFF10}


def made(body: str) -> Receipt:
    return Receipt(locator=body[:6], secret=body[6:])


def test_the_check_digit_is_that_of_the_published_example():
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


def test_a_new_code_is_twenty_digits_in_five_groups_of_four():
    receipt = receipts.new()
    assert [len(group) for group in receipt.text.split(" ")] == [4, 4, 4, 4, 4]
    assert receipt.text.replace(" ", "").isdigit()
    assert read(receipt.text) == receipt


def test_codes_are_not_alike():
    assert len({receipts.new().digits for _ in range(1000)}) == 1000


@settings(deadline=None)
@given(DIGITS)
def test_every_single_wrong_digit_is_noticed(body):
    digits = made(body).digits
    for place in range(20):
        for other in set("0123456789") - {digits[place]}:
            assert read(digits[:place] + other + digits[place + 1 :]) is None


@settings(deadline=None)
@given(DIGITS)
def test_every_two_neighbours_that_changed_places_are_noticed(body):
    digits = made(body).digits
    for place in range(19):
        one, two = digits[place], digits[place + 1]
        if one != two:
            assert read(digits[:place] + two + one + digits[place + 2 :]) is None


@pytest.mark.parametrize("script", SCRIPTS)
def test_digits_of_other_scripts_are_read(script):
    receipt = receipts.new()
    typed = "".join(chr(SCRIPTS[script] + int(letter)) if letter.isdigit() else letter for letter in receipt.text)
    assert read(typed) == receipt


@pytest.mark.parametrize("between", [" ", "", "-", " – ", "\u200f", "\u00a0", "\t", "\n"])
def test_blanks_dashes_and_invisible_marks_do_not_count(between):
    receipt = receipts.new()
    assert read(between.join(receipt.text.split(" "))) == receipt


@settings(deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_code_or_nothing(typed):
    found = read(typed)
    assert found is None or read(found.text) == found


@pytest.mark.parametrize("typed", ["", "1234", "a" * 20, "½" * 20, "²" * 20, "१" * 19, "0" * 21])
def test_what_is_no_code_gives_nothing(typed):
    assert read(typed) is None


def test_a_text_that_holds_the_secret_is_found_out_in_any_script_and_grouping():
    receipt = made("1234567890123456789")
    assert receipts.told_in(receipt, "my code is 1234 5678 9012 3456 7890")
    assert receipts.told_in(receipt, "٧٨٩٠-١٢٣٤-٥٦٧٨-٩")
    assert not receipts.told_in(receipt, "call 7890 1234 5678")
    assert not receipts.told_in(receipt, "")
