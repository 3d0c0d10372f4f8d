"""The cell-key method: the same children give the same noise in every table, so that pivoting averages nothing out.

Every record has a key, drawn once from a secret; a cell's key is the sum of those of its records, and says which noise
the cell gets (Fraser and Wooton, "A proposed method for confidentialising tabular output", UNECE 2005). The noise has
the mean nought, a fixed variance and a bound, and is otherwise as uncertain as can be (Marley and Leaver, "A method
for confidentialising user-defined tables", ISI 2011). A cell without children stays nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from amparo.common.errors import Invalid

Whole = np.ndarray[Any, np.dtype[np.int64]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
_FINE = 16  # bits of chance: a probability is a multiple of 1 / 65,536
_KEY = 32  # bits of a record's key: two thousand million of them add up without overflow in any engine
_NEWTON = 100
_BLOCK = 1 << 15  # cells at a time: what is between keys and counts stays in the processor's cache
_MIXED = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class NoiseTable:
    """`noise[n, chance]`: what is added to a count of n; the last line is for all greater counts. `most`: its bound.

    `salt` keeps a cell's noise from being computed out of that of its parts.
    """

    noise: np.ndarray[Any, np.dtype[np.int8]]
    most: int
    variance: float
    salt: int


def noise_table(*, most: int = 5, variance: float = 2.0, never_below: int = 0, secret: bytes = b"") -> NoiseTable:
    """A table of noise between -`most` and `most`. `never_below`: counts from 1 up to below it are never shown.

    The variance of small counts may be greater, where the shown counts leave no other choice. Raises `Invalid`.
    """
    if not 1 <= most <= 100 or variance <= 0 or not 0 <= never_below <= most:  # noqa: PLR2004 - noise is one byte
        raise Invalid({"noise": "Noise needs a bound from 1 to 100, a variance above 0, and shows what lies in it."})
    lines = np.zeros((most + never_below + 1, 1 << _FINE), dtype=np.int8)
    for count in range(1, len(lines)):
        shown = [n for n in range(max(0, count - most), count + most + 1) if n == 0 or n >= never_below]
        steps = np.array(shown, dtype=float) - count
        ends = np.round(np.cumsum(_chances(steps, variance)) * (1 << _FINE)).astype(np.int64)
        lines[count] = np.repeat(steps, np.diff(ends, prepend=0))
    salt = int.from_bytes(blake2b(b"salt", key=secret, digest_size=8).digest(), "big")
    return NoiseTable(lines, most, variance, salt)


def record_keys(names: Iterable[str], secret: bytes) -> Whole:
    """A key for each record, from whatever names it for good: whole numbers from 0 to 2**32 - 1, to be added up."""
    size = _KEY // 8
    return np.array([_key(name, secret, size) for name in names], dtype=np.int64)


def _key(name: str, secret: bytes, size: int) -> int:
    return int.from_bytes(blake2b(name.encode(), key=secret, digest_size=size).digest(), "big")


def perturb(record_keys_sum: Any, count: Any, table: NoiseTable) -> Whole:
    """The counts as they may be shown: of any shape, never below nought, and at most `table.most` from the truth.

    `record_keys_sum`: of each cell, the sum of the keys of its records (modulo 2**32 or not).
    """
    counts, keys = np.asarray(count), np.asarray(record_keys_sum)
    shown = np.empty(counts.shape, dtype=np.int64)
    flat, counts, keys = shown.reshape(-1), counts.reshape(-1), keys.reshape(-1)
    for start in range(0, len(flat), _BLOCK):
        here = slice(start, start + _BLOCK)
        lines = np.minimum(counts[here], len(table.noise) - 1).astype(np.int64) << _FINE
        flat[here] = counts[here] + table.noise.take(lines + chance(keys[here], table))
    return shown


def chance(record_keys_sum: Any, table: NoiseTable) -> Whole:
    """What falls to each cell: a number from 0 to 65,535, the same for the same records."""
    mixed = _mixed(np.asarray(record_keys_sum).astype(np.uint64) & np.uint64((1 << _KEY) - 1), table.salt)
    return (mixed >> np.uint64(64 - _FINE)).astype(np.int64)


def _mixed(keys: np.ndarray[Any, np.dtype[np.uint64]], salt: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """SplitMix64: a sum of keys tells nothing of the parts."""
    start, one, two = _MIXED
    with np.errstate(over="ignore"):
        mixed = (keys ^ np.uint64(salt)) + start
        mixed ^= mixed >> np.uint64(30)
        mixed *= one
        mixed ^= mixed >> np.uint64(27)
        mixed *= two
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _chances(steps: Numbers, variance: float) -> Numbers:
    """The most uncertain distribution over these steps with the mean nought and this variance, or the nearest to it."""
    below, above = -steps[steps <= 0], steps[steps >= 0]
    least, greatest = float(below.min() * above.min()), float(below.max() * above.max())
    room = greatest - least
    aim = np.array([0.0, min(max(variance, least + 0.02 * room), least + 0.98 * room)])
    powers = np.stack([steps, steps**2])
    price = np.zeros(2)
    for _ in range(_NEWTON):
        chances = _softmax(price @ powers)
        away = powers @ chances - aim
        if np.abs(away).max() < 1e-9:  # noqa: PLR2004 - finer than the table
            break
        spread = (powers * chances) @ powers.T - np.outer(powers @ chances, powers @ chances)
        price -= _shortened(np.linalg.solve(spread + 1e-12 * np.eye(2), away), price, powers, aim)
    return _softmax(price @ powers)


def _shortened(step: Numbers, price: Numbers, powers: Numbers, aim: Numbers) -> Numbers:
    """Half the step, and half again, until it leads down."""

    def cost(at: Numbers) -> float:
        line = at @ powers
        return float(np.log(np.exp(line - line.max()).sum()) + line.max() - at @ aim)

    here = cost(price)
    while cost(price - step) > here + 1e-12:
        step = step / 2
    return step


def _softmax(line: Numbers) -> Numbers:
    chances: Numbers = np.exp(line - line.max())
    chances /= chances.sum()
    return chances
