"""The tables that the tests share."""

from pathlib import Path

import numpy as np

from amparo.methods.hidden.lists import Lists, read

FOLDER = Path(__file__).resolve().parents[2] / "data" / "mse"


def table(name: str, **how):
    return read((FOLDER / f"{name}.csv").read_text().splitlines(), **how)[0]


def lists(name: str, **how) -> Lists:
    return table(name, **how).lists


def counted(*counts: int) -> Lists:
    """Counts in the order A, B, AB, C, AC, BC, ABC, …"""
    many = (len(counts) + 1).bit_length() - 1
    return Lists(tuple("ABCDEFGHIJ"[:many]), np.array(counts, dtype=float))


# Hepatitis A in a Taiwanese college, 1991; the true number, found afterwards, is about 545 (Chao et al. 2001).
HEPATITIS = counted(69, 55, 21, 63, 17, 18, 28)
