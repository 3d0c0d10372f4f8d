"""What differential privacy has cost: a ledger of noise, by population and year, that refuses when all is spent.

Costs add up as zero-concentrated budgets (Bun and Steinke 2016, "Concentrated differential privacy"): what has been
measured twice has cost twice, whatever became of it. The ledger is a JSON file; a line is written before the noise is
drawn, so that no crash makes anything free.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from amparo.common.errors import Conflict, Invalid
from amparo.methods.disclosure.synthetic import rho_of

_SLACK = 1e-12


def spend(
    ledger: Path, *, population: str, year: int, epsilon: float, delta: float, budget: float | None = None
) -> float:
    """Write down what is about to be spent, and return what is left, as rho.

    `budget`: the epsilon of this population and year, at the same delta; said once, when its first line is written,
    and never changed. Raises `Conflict` when the budget is gone or another was set, `Invalid` for a broken ledger.
    """
    with _held(ledger):
        lines = _read(ledger)
        own = [line for line in lines if (line["population"], line["year"]) == (population, year)]
        opened: dict[str, Any] = own[0] if own else {"budget": budget, "delta": delta}
        if opened["budget"] is None:
            raise Conflict(f"No budget was set for {population}, {year}: say it once with --budget.")
        if budget not in (None, opened["budget"]) or delta > opened["delta"]:
            raise Conflict(f"The budget of {population}, {year} is epsilon {opened['budget']:g} and stays so.")
        left: float = rho_of(opened["budget"], opened["delta"]) - sum(line["rho"] for line in own)
        cost = rho_of(epsilon, delta)
        if cost > left + _SLACK:
            raise Conflict(
                f"The budget of {population}, {year} is spent: {left:.4f} is left, {cost:.4f} is asked (rho)."
            )
        line = {"population": population, "year": year, "budget": opened["budget"], "delta": opened["delta"]}
        _write(ledger, [*lines, {**line, "epsilon": epsilon, "rho": cost}])
        return left - cost


@contextmanager
def _held(ledger: Path) -> Iterator[None]:
    """Two who measure at once take turns."""
    with ledger.with_name(f".{ledger.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(ledger: Path) -> list[dict[str, Any]]:
    if not ledger.exists():
        return []
    try:
        lines: list[dict[str, Any]] = json.loads(ledger.read_text(encoding="utf-8"))
        for line in lines:
            if not line["rho"] > 0 or {"population", "year", "budget", "delta"} - line.keys():
                raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Invalid({"ledger": f"{ledger.name} is no ledger of noise. Nothing was measured."}) from None
    return lines


def _write(ledger: Path, lines: list[dict[str, Any]]) -> None:
    part = ledger.with_name(f".{ledger.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(lines, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(ledger)
    except OSError as wrong:
        part.unlink(missing_ok=True)
        raise Invalid({"ledger": f"{ledger} could not be written: {wrong.strerror}. Nothing was measured."}) from None
