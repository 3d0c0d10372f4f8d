"""Times and coverage of the estimates of how many no list has: `python bench/estimating.py [times|coverage|simulated]`.

It measures and prints tables; it asserts nothing. Seconds are processor seconds of one process.
"""

import json
import sys
from pathlib import Path
from time import process_time

import numpy as np

from amparo.methods.hidden import How, Table, estimate, read, run, simulate
from amparo.methods.hidden.unequal import unequal
from amparo.methods.hidden.weighing import weigh

DATA = Path(__file__).resolve().parents[1] / "tests" / "data" / "mse"
KINDS = ("independent", "dependent", "sparse", "referral", "heterogeneous")


def tables(name: str) -> list[Table]:
    return read((DATA / f"{name}.csv").read_text().splitlines())


def times() -> None:
    """1,000 resampled tables; the posterior methods as they are."""
    for name in ("korea_3", "allegheny_4", "neworleans_5", "netherlands_5", "uk2013_6"):
        lists = tables(name)[0].lists
        for method in ("main", "stepwise", "bic", "dga", "lcmcr"):
            start = process_time()
            found = run(method, lists, How())
            ends = "–" if found.low is None or found.high is None else f"{found.low:,.0f} – {found.high:,.0f}"
            print(f"{name:<15}{method:<10}{process_time() - start:7.2f} s   {found.estimate:>11,.1f}   {ends}")


def coverage(sets: int = 200, boot: int = 500) -> None:
    """How often the interval holds the truth, of tables drawn from one: 20,000 people on four lists."""
    print(f"{'kind':<15}{'method':<10}{'held':>7}{'root mean square of log':>25}   ({sets} tables each)")
    for kind in KINDS:
        held: dict[str, list[bool]] = {}
        away: dict[str, list[float]] = {}
        for seed in range(sets):
            drawn = simulate(kind, people=20_000, lists=4, seed=seed)
            for method in ("main", "stepwise", "bic", "dga"):
                found = run(method, drawn, How(boot, seed))
                if found.estimate and found.low is not None:
                    held.setdefault(method, []).append(found.low <= 20_000 <= (found.high or np.inf))
                    away.setdefault(method, []).append(np.log(found.estimate / 20_000))
        for method, each in held.items():
            error = np.sqrt(np.mean(np.square(away[method])))
            print(f"{kind:<15}{method:<10}{np.mean(each):7.1%}{error:25.3f}", flush=True)


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
    asked = sys.argv[1:] or ["times", "coverage", "simulated"]
    for name in asked:
        {"times": times, "coverage": coverage, "simulated": simulated}[name]()
