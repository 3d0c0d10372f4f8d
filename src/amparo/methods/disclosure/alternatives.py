"""Instead of hiding cells: rounding at random but alike everywhere, noise by cell key, intervals.

Both changes come from the keys of the records in the cell, so that the same children are changed alike in every table
(`cellkey`). A change says less than it seems where sums meet: the release is attacked, and what is open is hidden in
addition, until nothing is.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

import numpy as np

from amparo.common.errors import Conflict, Invalid
from amparo.methods.disclosure.acceptance import Opened, accept
from amparo.methods.disclosure.cases import Case
from amparo.methods.disclosure.cellkey import NoiseTable, chance, noise_table, perturb, record_keys
from amparo.methods.disclosure.frame import Frame, Key, Request, named_limits, where_of
from amparo.methods.disclosure.reader import Contradiction, Reader, facts_of
from amparo.methods.disclosure.system import Numbers

ROUND, PERTURB, INTERVAL = "round", "perturb", "interval"
_TURNS = 30  # of attack and hiding
_FINE = 1 << 16


def changed(case: Case, frame: Frame, kind: str, *, secret: bytes, size: int | None = None) -> list[dict[str, Any]]:
    """The tables of all steps, rounded to the base `size` or noised by `size` at most; what is open is hidden.

    Raises `Conflict` when it cannot be made safe, `Invalid` for a size that protects nothing.
    """
    size = size or (case.policy.threshold + 1 if kind == ROUND else case.policy.threshold + 2)
    if size <= case.policy.threshold:
        raise Invalid({"size": f"A base, or a bound, of {size} protects no count below {case.policy.threshold}."})
    keys = case.keys if case.keys is not None else _keys(case, secret)
    noise = noise_table(most=size, variance=size / 2, secret=secret)
    requests = [request for step in case.steps for request in step]
    shown: dict[Key, int | None] = {
        key: _shown(case, keys, key, kind, size, noise)
        for request in requests for _cell, key in request.cells(case.frame)
    }  # fmt: skip
    for _ in range(_TURNS):
        tables = [_table(request, case.frame, shown, kind, size) for request in requests]
        opened = _opened(tables, frame, case)
        if not opened:
            return tables
        _hide(shown, opened)
    raise Conflict("The policy cannot be met in this way: hide cells instead.")


def _keys(case: Case, secret: bytes) -> Numbers:
    """Keys for children of whom nothing is known but their cell: by the cell and their number in it."""
    found = np.zeros(case.counts.shape)
    for place in zip(*np.nonzero(case.counts), strict=True):
        names = (f"{'/'.join(map(str, place))}#{turn}" for turn in range(int(case.counts[place])))
        found[place] = record_keys(names, secret).sum() % (1 << 32)
    return found


def _shown(case: Case, keys: Numbers, key: Key, kind: str, size: int, noise: NoiseTable) -> int:
    count, mark = int(case.counts[np.ix_(*key)].sum()), int(keys[np.ix_(*key)].sum()) % (1 << 32)
    if kind == PERTURB:
        return int(perturb(mark, count, noise))
    down, rest = count - count % size, count % size
    up = rest and count > case.policy.lower and int(chance(mark, noise)) < rest * _FINE // size
    return down + size if up else down


def _table(request: Request, frame: Frame, shown: Mapping[Key, int | None], kind: str, size: int) -> dict[str, Any]:
    cells = [{**named_limits(frame, request), **cell, "value": shown[key]} for cell, key in request.cells(frame)]
    bound = {"base": size} if kind == ROUND else {"max": size}
    return {"id": request.id, "kind": kind, **bound, **where_of(request), "cells": cells}


def _opened(tables: list[dict[str, Any]], frame: Frame, case: Case) -> list[Opened]:
    facts = list(facts_of({"tables": tables}, frame, ""))
    try:
        opened, _tried = accept(frame, facts, case.policy, truth=case.counts)
        for insider in case.policy.insiders:
            opened += accept(frame, facts, case.policy, truth=case.counts, insider=insider)[0]
    except Contradiction:
        raise Conflict("The changed tables contradict each other.") from None
    return opened


def _hide(shown: dict[Key, int | None], opened: Sequence[Opened]) -> None:
    """Each open number itself; or, if it does not stand there, the smallest shown cell that it is part of."""
    for each in opened:
        if shown.get(each.key) is not None:
            shown[each.key] = None
            continue
        meeting = [key for key, value in shown.items() if value is not None and _meet(key, each.key)]
        if not meeting:
            raise Conflict(f"The policy cannot be met: {each.name} can be computed whatever is hidden.")
        shown[min(meeting, key=lambda key: np.prod([float(len(part)) for part in key]))] = None


def _meet(one: Key, other: Key) -> bool:
    return all(set(part) & set(more) for part, more in zip(one, other, strict=True))


def with_intervals(release: Mapping[str, Any], frame: Frame) -> list[dict[str, Any]]:
    """The tables, each hidden count with the interval that a reader can compute anyhow; safe as the release is."""
    reader = Reader(frame, list(facts_of(release, frame, "")))
    return [{**table, "kind": INTERVAL, "cells": list(_ended(table, frame, reader))} for table in release["tables"]]


def _ended(table: Mapping[str, Any], frame: Frame, reader: Reader) -> Iterator[dict[str, Any]]:
    for cell in table["cells"]:
        low = high = cell["value"]
        if cell["value"] is None:
            low, high = reader.bounds(frame.key({name: code for name, code in cell.items() if name != "value"}))
        yield {**cell, "low": round(low), "high": None if high == inf else round(high)}


def loss_of(tables: Sequence[Mapping[str, Any]], frame: Frame, case: Case) -> dict[str, Any]:
    """How far the published numbers are from the true ones."""
    told = {
        frame.key({name: code for name, code in cell.items() if name != "value"}): cell["value"]
        for table in tables for cell in table["cells"]
    }  # fmt: skip
    away = [abs(value - case.counts[np.ix_(*key)].sum()) for key, value in told.items() if value is not None]
    return {
        "cells": len(told), "hidden": sum(value is None for value in told.values()),
        "mean_change": round(float(np.mean(away)), 3) if away else 0.0, "largest_change": int(max(away, default=0)),
        "unchanged": round(float(np.mean(np.array(away) == 0)), 4) if away else 1.0,
    }  # fmt: skip
