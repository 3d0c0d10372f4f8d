"""Multinomial draws in the very order in which R makes them from the same seed.

A bootstrap interval of 1,000 draws is itself a draw: from seed to seed the ends of the New Orleans interval move by a
fifth. The published intervals were all drawn with R, mostly by `set.seed(1234)`. Drawing as R does, they can be
repeated to the last digit, and anybody can hold this package to R's.

Matsumoto and Nishimura (1998) for the numbers; for a binomial count inversion, or above a mean of 30 the algorithm BTPE
of Kachitvichyanukul and Schmeiser (1988); a multinomial is one binomial after the other, in the order of the file's
lines.
"""

from collections.abc import Iterator, Sequence
from math import log, sqrt

import numpy as np

from amparo.methods.hidden.terms import size
from amparo.methods.hidden.types import Floats

SEED = 1234
_SMALL = 30  # below this mean a binomial count is found by inversion
_BLOCK = 1 << 16


def resampled(counts: Floats, times: int, seed: int, order: Sequence[int] = ()) -> Floats:
    """`times` tables (x C) of as many people, each drawn from those of `counts`.

    `order` tells which histories are drawn first; the others follow, those of fewer lists first.
    """
    first = {history - 1: place for place, history in enumerate(order)}
    present = sorted(np.flatnonzero(counts).tolist(), key=lambda cell: (first.get(cell, len(first)), _place(cell)))
    people, numbers = int(counts.sum()), uniform(seed)
    drawn = np.zeros((times, len(counts)))
    for table in drawn:
        left, share = people, 1.0
        for cell in present:
            part = counts[cell] / people
            table[cell] = left if part / share >= 1 else binomial(left, part / share, numbers)
            left -= int(table[cell])
            share -= part
            if left <= 0:
                break
    return drawn


def _place(cell: int) -> tuple[int, list[int]]:
    """Histories of fewer lists first, among equals that of the earlier lists: A, B, C, AB, AC, BC, ABC."""
    history = cell + 1
    return size(history), [place for place in range(history.bit_length()) if history >> place & 1]


def uniform(seed: int) -> Iterator[float]:
    """Numbers between 0 and 1 from the Mersenne twister, its 624 words filled as R fills them."""
    word = seed & 0xFFFFFFFF
    for _ in range(50):
        word = (69069 * word + 1) & 0xFFFFFFFF
    words = []
    for _ in range(625):
        word = (69069 * word + 1) & 0xFFFFFFFF
        words.append(word)
    twister = np.random.MT19937()
    twister.state = {"bit_generator": "MT19937", "state": {"key": np.array(words[1:], dtype=np.uint32), "pos": 624}}
    while True:
        raw = np.asarray(twister.random_raw(_BLOCK), dtype=np.float64) * 2.3283064365386963e-10
        yield from np.clip(raw, 2.328306437080797e-10, 1 - 2.328306437080797e-10).tolist()


def binomial(trials: int, chance: float, numbers: Iterator[float]) -> int:
    """How many of the trials succeed."""
    less = min(chance, 1 - chance)
    found = _inverted(trials, less, numbers) if trials * less < _SMALL else _rejected(trials, less, numbers)
    return trials - found if chance > 0.5 else found  # noqa: PLR2004 - a half


def _inverted(trials: int, chance: float, numbers: Iterator[float]) -> int:
    ratio = chance / (1 - chance)
    first, top = (1 - chance) ** trials, ratio * (trials + 1)
    while True:
        count, mass, left = 0, first, next(numbers)
        while count <= 110:  # noqa: PLR2004 - beyond it only rounding leads
            if left < mass:
                return count
            left -= mass
            count += 1
            mass *= top / count - ratio


def _rejected(trials: int, p: float, numbers: Iterator[float]) -> int:
    """BTPE; the names are those of the paper."""
    q = 1 - p
    npq = trials * p * q
    fm = trials * p + p
    m = int(fm)
    p1 = int(2.195 * sqrt(npq) - 4.6 * q) + 0.5
    xm = m + 0.5
    xl, xr, c = xm - p1, xm + p1, 0.134 + 20.5 / (15.3 + m)
    al = (fm - xl) / (fm - xl * p)
    xll = al * (1 + 0.5 * al)
    al = (xr - fm) / (xr * q)
    xlr = al * (1 + 0.5 * al)
    p2 = p1 * (1 + c + c)
    p3 = p2 + c / xll
    p4 = p3 + c / xlr
    while True:
        u, v = next(numbers) * p4, next(numbers)
        if u <= p1:  # the triangle: taken at once
            return int(xm - p1 * v + u)
        if u <= p2:  # the parallelograms
            x = xl + (u - p1) / c
            v = v * c + 1 - abs(xm - x) / p1
            if v > 1 or v <= 0:
                continue
            y = int(x)
        elif u > p3:  # the right tail
            y = int(xr - log(v) / xlr)
            if y > trials:
                continue
            v *= (u - p3) * xlr
        else:  # the left tail
            y = int(xl + log(v) / xll)
            if y < 0:
                continue
            v *= (u - p2) * xll
        if _taken(trials, p, m, fm, y, v):
            return y


def _taken(trials: int, p: float, m: int, fm: float, y: int, v: float) -> bool:
    """Is the point under the curve of the binomial masses, against that of its mode?"""
    q, k = 1 - p, abs(y - m)
    npq = trials * p * q
    if k <= 20 or k >= npq / 2 - 1:  # noqa: PLR2004 - the paper's
        ratio, f = p / q, 1.0
        top = ratio * (trials + 1)
        for i in range(m + 1, y + 1):
            f *= top / i - ratio
        for i in range(y + 1, m + 1):
            f /= top / i - ratio
        return v <= f
    squeeze = k / npq * ((k * (k / 3 + 0.625) + 0.1666666666666) / npq + 0.5)
    normal, height = -k * k / (2 * npq), log(v)
    if height < normal - squeeze:
        return True
    if height > normal + squeeze:
        return False
    x1, f1, z, w = y + 1.0, fm + 1, trials + 1 - fm, trials - y + 1.0
    tail = sum(_stirling(each) for each in (f1, z, x1, w))
    middle = (m + 0.5) * log(f1 / x1) + (trials - m + 0.5) * log(z / w) + (y - m) * log(w * p / (x1 * q))
    return height <= middle + tail


def _stirling(x: float) -> float:
    s = x * x
    return (13860 - (462 - (132 - (99 - 140 / s) / s) / s) / s) / x / 166320
