"""Times of the estimates of how many no list has, and their errors: `python -m bench.estimating [times|simulated]`.

It measures and prints tables; it asserts nothing. Seconds are processor seconds of one process, and those of the clock.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from amparo.methods.hidden import How, Table, estimate, read, run
from amparo.methods.hidden.unequal import unequal
from amparo.methods.hidden.weighing import weigh

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "mse"


def tables(name: str) -> list[Table]:
    return read((DATA / f"{name}.csv").read_text().splitlines())


def times() -> None:
    """1,000 resampled tables; the posterior methods as they are."""
    for name in ("korea_3", "allegheny_4", "neworleans_5", "netherlands_5", "uk2013_6"):
        lists = tables(name)[0].lists
        for method in ("main", "stepwise", "bic", "dga", "lcmcr"):
            cpu, wall = process_time(), perf_counter()
            found = run(method, lists, How())
            ends = "–" if found.low is None or found.high is None else f"{found.low:,.0f} – {found.high:,.0f}"
            seconds = f"{process_time() - cpu:7.2f} s {perf_counter() - wall:7.2f} s"
            said = f"{found.estimate:>11,.1f}   {ends:<20}   {found.verdict}"
            print(f"{name:<15}{method:<10}{seconds}   {said}", flush=True)


def simulated(boot: int = 200) -> None:
    """The 60 tables of five lists: each method and the pool, with and without the ten that have a hidden group."""
    truth = json.loads((DATA / "sim5.truth.json").read_text())
    rows: dict[str, list[tuple[bool, float, bool]]] = {}
    raised = [0, 0]
    for table in tables("sim5"):
        people, latent = truth[table.set]["N"], table.set.startswith("latent")
        lists = table.lists
        raised[latent] += unequal(lists.counts, 5, weigh(lists.counts, 5, order=2), seed=1).suspected
        report = estimate(table, boot=boot)
        told = [(each.method, each.estimate, each.low, each.high) for each in report.results]
        whole = report.combined
        for method, middle, low, high in [*told, ("together", whole.estimate, whole.low, whole.high)]:
            if middle is not None and low is not None:
                inside = low <= people <= (np.inf if high is None else high)
                rows.setdefault(method, []).append((latent, np.log(middle / people), inside))
    print(f"suspected: {raised[1]} of the 10 with a hidden group, {raised[0]} of the other 50")
    print(f"{'method':<12}{'RMSE all':>10}{'without':>10}{'held all':>10}{'without':>10}")
    for method, each in rows.items():
        apart = [row for row in each if not row[0]]
        errors = [np.sqrt(np.mean([row[1] ** 2 for row in some])) for some in (each, apart)]
        shares = [np.mean([row[2] for row in some]) for some in (each, apart)]
        print(f"{method:<12}{errors[0]:10.3f}{errors[1]:10.3f}{shares[0]:10.2f}{shares[1]:10.2f}")


if __name__ == "__main__":
    asked = sys.argv[1:] or ["times", "simulated"]
    for name in asked:
        {"times": times, "simulated": simulated}[name]()
