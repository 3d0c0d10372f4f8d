"""A piece of a table: the same counts as the whole, the same noise, the total last, however it is cut (S1)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.methods.disclosure.cellkey import noise_table
from amparo.methods.tabulation.asking import TOTAL, Question
from amparo.methods.tabulation.cube import Cube
from amparo.methods.tabulation.sheet import WIDE, sheet

NOISE = noise_table(never_below=3, secret=b"test")
CODES = {"age": ("10", "9", "unknown"), "sex": ("female", "male"), "region": ("A", "B", "C"), "form": ("f", "g")}


def cube(numbers):
    """Three axes that add up, and one of several codes: its total is the greatest of its cells."""
    several = (False, False, False, True)
    finest = np.array(numbers, dtype=np.uint32).reshape([len(each) for each in CODES.values()])
    whole = np.concatenate([finest, finest.max(axis=3, keepdims=True)], axis=3)
    return Cube("made_up", tuple(CODES), tuple(CODES.values()), several, whole, whole * np.uint32(2654435761))


CUBES = st.lists(st.integers(0, 9), min_size=36, max_size=36).map(cube)
BY = st.lists(st.sampled_from(sorted(CODES)), max_size=4, unique=True).map(tuple)


@settings(max_examples=60, deadline=None)
@given(CUBES, BY, st.booleans(), st.integers(1, 7))
def test_pieces_put_together_are_the_whole_with_its_noise(whole, by, noisy, most):
    grid = whole.grid(Question("made_up", by))
    shown = (grid.perturbed(NOISE) if noisy else grid).table().cells
    rows, first = [], 0
    while True:
        piece = sheet(grid, [()] * len(by), first=first, most=most, noise=NOISE if noisy else None)
        rows += piece.rows
        first += most
        if first >= piece.of:
            break
    across = piece.across if len(piece.down) < len(by) else ()
    found = {}
    for heads, counts in [*rows, ((TOTAL,) * len(piece.down), piece.all)]:
        for code, count in zip(across or (None,), counts, strict=True):
            found[(*heads, code) if across else heads] = count
    assert len(rows) == piece.of == len({heads for heads, _counts in rows})
    left_out = {place for place in shown if place not in found}
    assert {place: shown[place].number if place in shown else 0 for place in found} == found
    assert not left_out or len(by) > 2
    assert not any(across and place[-1] == TOTAL for place in left_out), "a row with somebody was left out"


def test_rows_follow_their_list_then_numbers_by_size_and_the_total_is_last():
    grid = cube(range(36)).grid(Question("made_up", ("age", "sex")))
    heads = [heads for heads, _counts in sheet(grid, [("unknown",), ()], first=0, most=9).rows]
    assert heads == [("unknown",), ("9",), ("10",)]
    piece = sheet(grid, [(), ("male",)], first=0, most=9)
    assert piece.across == ("male", "female", TOTAL)
    assert piece.all[-1] == grid.numbers[-1, -1]


def test_a_last_dimension_of_many_codes_goes_down_too():
    many = Cube("made_up", ("sex", "month"), (("f",), tuple(map(str, range(WIDE)))), (False, False),
                np.ones((1, WIDE), np.uint32), np.ones((1, WIDE), np.uint32))  # fmt: skip
    piece = sheet(many.grid(Question("made_up", ("sex", "month"))), [(), ()], first=0, most=5)
    assert (piece.down, piece.across, len(piece.rows)) == (("sex", "month"), (TOTAL,), 5)


@pytest.mark.parametrize("first", [100, 10**8])
def test_beyond_the_last_row_there_is_nothing_but_the_total(first):
    piece = sheet(cube(range(36)).grid(Question("made_up", ("age",))), [()], first=first, most=5)
    assert (piece.rows, piece.of) == ([], 3)
