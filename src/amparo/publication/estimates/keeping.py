"""Overlaps sealed, answers kept between two steps of the worker, and the figures that leave, rounded."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

import numpy as np

from amparo.counting.overlaps.queries import Overlap
from amparo.counting.sealing import seal, unseal
from amparo.methods.hidden import Caution, Lists, Report, Result, Table, Word, about
from amparo.publication.estimates.cautions import PUBLIC

FEWEST = 30  # children: of fewer nothing is estimated, and no part is published
_SMALL, _DIGITS = 1000, 3


def sealed(estimate: UUID, overlap: Overlap) -> bytes:
    """The overlaps, readable by the worker only."""
    return seal(estimate, json.dumps({"lists": overlap.lists, "drawings": overlap.drawings}).encode())


def opened(estimate: UUID, kept: bytes) -> Overlap:
    """What was sealed."""
    told = json.loads(unseal(estimate, kept))
    drawings = tuple(
        {name: {int(history): number for history, number in each.items()} for name, each in drawing.items()}
        for drawing in told["drawings"]
    )
    return Overlap(tuple(told["lists"]), drawings)


def table_of(overlap: Overlap, strata: str) -> Table:
    """As the methods read it: the whole and each stratum, under every drawing of the links."""
    whole = tuple(_lists(overlap.lists, list(each.values())) for each in overlap.drawings)
    table = _table(whole, tuple(about(whole[0])))
    if not strata:
        return table
    names = sorted({name for each in overlap.drawings for name in each})
    parts: dict[tuple[str, ...], Table] = {
        (name,): _table(tuple(_lists(overlap.lists, [each.get(name, {})]) for each in overlap.drawings))
        for name in names
    }
    return replace(table, strata=parts, strata_columns=(strata,))


def _table(draws: tuple[Lists, ...], warnings: tuple[Caution, ...] = ()) -> Table:
    return Table("", draws[0], warnings=warnings, draws=draws if len(draws) > 1 else ())


def _lists(names: tuple[str, ...], parts: Sequence[Mapping[int, int]]) -> Lists:
    counts = np.zeros(2 ** len(names) - 1)
    for part in parts:
        for history, number in part.items():
            counts[history - 1] += number
    return Lists(names, counts)


def kept(result: Result) -> dict[str, Any]:
    """A result as JSON keeps it: what is infinite is null."""
    limits = [float(f"{each:.6g}") if np.isfinite(each) else None for each in result.limits]
    return asdict(result) | {"limits": limits, "verdict": str(result.verdict)}


def restored(told: Mapping[str, Any]) -> Result:
    """The result that was kept."""
    limits = np.array([np.inf if each is None else each for each in told["limits"]], dtype=float)
    notes = tuple(Caution(**each) for each in told["notes"])
    return Result(**{**told, "limits": limits, "verdict": Word(told["verdict"]), "notes": notes})


def leaving(report: Report) -> dict[str, Any]:
    """The columns of an estimate that the public sees.

    Children and estimates are rounded to tens, from a thousand on to three digits, the ends of an interval outwards: an
    overlap of a few children cannot be computed from them. A lower bound has no middle, and what is not defensible has
    no number.
    """
    return {
        "children": _near(report.observed),
        **_whole(report),
        "parts": {
            "methods": [{"method": each.method} | _ends(each, str(each.verdict)) for each in report.results],
            "strata": [
                {"stratum": key[0], "children": _near(each.observed)} | _whole(each)
                for key, each in report.strata.items()
                if each.observed >= FEWEST
            ],
            "cautions": [each.plain() for each in report.warnings if each.code in PUBLIC],
        },
    }


def _whole(report: Report) -> dict[str, Any]:
    found = _ends(report.combined, str(report.combined.verdict))
    if report.combined.verdict in {Word.UNSTABLE, Word.NOT}:
        return found | {"total": None, "low": None, "high": None}
    return found | {"total": None} if report.combined.verdict == Word.LOWER else found


def _ends(each: Any, verdict: str) -> dict[str, Any]:
    return {
        "total": None if each.estimate is None else _near(each.estimate),
        "low": None if each.low is None else _step(each.low) * int(each.low // _step(each.low)),
        "high": None if each.high is None else -_step(each.high) * int(-each.high // _step(each.high)),
        "verdict": verdict,
    }


def _near(number: float) -> int:
    return round(number / _step(number)) * _step(number)


def _step(number: float) -> int:
    return 10 if number < _SMALL else int(10 ** (len(str(int(number))) - _DIGITS))
