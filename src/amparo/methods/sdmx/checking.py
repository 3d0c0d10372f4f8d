"""Is this data what its structure promises? A schema says nothing of codes: we look ourselves before anything leaves.

Codes in their lists, every dimension there, no key twice, mandatory attributes, ``Q`` without a value and every other
status with one, the form of the period, and parts that add up to their total where all of them are shown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from amparo.methods.figure import TOTAL
from amparo.methods.sdmx.rows import KEY, SUPPRESSED, Row

_MANDATORY = ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE")
_NO_VALUE = {SUPPRESSED, "L", "O", "M"}  # suppressed, not collected, missing, cannot exist
_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|S[12]|W\d{2}|(0[1-9]|1[0-2])(-\d{2})?))?|\d{4}-01-01/P\d{1,2}Y")


def faults(
    rows: Sequence[Row], codes: Mapping[str, Iterable[str]], *, key: tuple[str, ...] = KEY,
    area: str = "", adds_up: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """What is wrong, a sentence each with the number of the observation (from 1); empty: nothing is.

    `codes` are the lists by component; a `REF_AREA`, where the structure has one, must be `area`. Along the dimensions
    in `adds_up` the parts of a total must sum to it.
    """
    lists = {name: set(every) for name, every in codes.items()}
    found = [f"{place}: {fault}" for place, row in enumerate(rows, 1) for fault in _of_row(row, lists, key, area)]
    times = Counter(_key(row, key) for row in rows)
    found += [f"{'.'.join(each)}: {number} observations of one key" for each, number in times.items() if number > 1]
    return found + (list(_sums(rows, key, adds_up)) if not found else [])


def _of_row(row: Row, lists: Mapping[str, set[str]], key: tuple[str, ...], area: str) -> Iterator[str]:
    for name in (*key, "TIME_PERIOD", *_MANDATORY):
        if row.get(name) in {None, ""}:
            yield f"{name} is missing"
    for name, codes in lists.items():
        if row.get(name) not in {None, ""} and str(row[name]) not in codes:
            yield f"{name} has no code {row[name]}"
    if row.get("TIME_PERIOD") and not _PERIOD.fullmatch(str(row["TIME_PERIOD"])):
        yield f"TIME_PERIOD is no period: {row['TIME_PERIOD']}"
    if area and row.get("REF_AREA") != area:
        yield f"REF_AREA is {row.get('REF_AREA')}, and the sender's is {area}"
    yield from _value(row)


def _value(row: Row) -> Iterator[str]:
    value, status = row.get("OBS_VALUE"), row.get("OBS_STATUS")
    absent = value is None or value == ""
    if status in _NO_VALUE and not absent:
        yield f"OBS_STATUS is {status}, and there is a value"
    if status and status not in _NO_VALUE and absent:
        yield f"OBS_STATUS is {status}, and there is no value"
    if not absent and not re.fullmatch(r"\d+(\.0+)?", str(value)):
        yield "OBS_VALUE is no whole number"


def _key(row: Row, key: tuple[str, ...]) -> tuple[str, ...]:
    return (*(str(row.get(name)) for name in key), str(row.get("TIME_PERIOD")))


def _sums(rows: Sequence[Row], key: tuple[str, ...], adds_up: Sequence[str]) -> Iterator[str]:
    """Where every part and the total are shown, they must agree; where one is hidden, nothing is said."""
    for name in adds_up:
        place = key.index(name)
        slices: dict[tuple[str, ...], dict[str, int | None]] = defaultdict(dict)
        for row in rows:
            each = _key(row, key)
            number = None if row["OBS_VALUE"] in {None, ""} else int(float(row["OBS_VALUE"]))
            slices[(*each[:place], *each[place + 1 :])][each[place]] = number
        for where, parts in slices.items():
            total = parts.pop(TOTAL, None)
            shown = [each for each in parts.values() if each is not None]
            if total is not None and parts and len(shown) == len(parts) and sum(shown) != total:
                yield f"{'.'.join(where)}: the parts along {name} do not add up to their total"
