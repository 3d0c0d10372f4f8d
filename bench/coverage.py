"""How often intervals hold the truth: `python -m bench.coverage [met|kinds|links] [SETS]`. It asserts nothing.

Tables are drawn from known truths (`amparo estimate simulate`). `met`: independent lists of few and of many people, of
which they hold a small or a large part, by the usual interval and by that of the observed people alone. `kinds`: 20,000
people on four lists of each kind. `links`: independent lists, of whose links one in twenty is false. The tables stand
in docs/explanation.
"""

import sys
from time import perf_counter, process_time

import numpy as np

from amparo.methods.hidden import How, Table, drawing, estimate, mislinked, run, simulate

PEOPLE, LISTS, BOOT = 20_000, 4, 300
KINDS = ("independent", "dependent", "sparse", "referral", "heterogeneous")
METHODS = ("main", "stepwise", "bic", "dga")
FALSE, DRAWINGS = 0.05, 20
MET = (
    (20_000, 4, (0.04, 0.2)), (5_000, 5, (0.04, 0.2)), (2_000, 4, (0.04, 0.2)), (500, 4, (0.1, 0.4)),
    (2_000, 3, (0.3, 0.6)), (60, 4, (0.15, 0.45)),
)  # fmt: skip


def main() -> None:
    asked = [each for each in sys.argv[1:] if not each.isdigit()] or ["met", "kinds", "links"]
    sets = next((int(each) for each in sys.argv[1:] if each.isdigit()), 200)
    for name in asked:
        cpu, wall = process_time(), perf_counter()
        print(f"{sets} tables a line, {BOOT} resampled tables each.\n")
        {"met": of_met, "kinds": of_kinds, "links": of_links}[name](sets)
        print(
            f"\n{process_time() - cpu:.0f} processor seconds, {perf_counter() - wall:.0f} on the clock.\n", flush=True
        )


def of_met(sets: int) -> None:
    """Lists that are independent, so that every model holds."""
    print("| people | lists | chance a list | observed | main | main, bca | stepwise | stepwise, bca |")
    print("| --: | --: | --- | --: | --: | --: | --: | --: |")
    for people, lists, chances in MET:
        held: dict[tuple[str, str], list[bool]] = {}
        observed = []
        for seed in range(sets):
            drawn = simulate("independent", people=people, lists=lists, seed=seed, chances=chances)
            observed.append(drawn.observed / people)
            for method in ("main", "stepwise"):
                for interval in ("usual", "bca"):
                    found = run(method, drawn, How(BOOT, seed, interval))
                    if found.low is not None:
                        inside = found.low <= people <= (found.high or np.inf)
                        held.setdefault((method, interval), []).append(inside)
        shares = " | ".join(f"{np.mean(each):.1%}" for each in held.values())
        print(
            f"| {people:,} | {lists} | {chances[0]} – {chances[1]} | {np.mean(observed):.0%} | {shares} |", flush=True
        )  # fmt: skip


def of_kinds(sets: int) -> None:
    print("| lists | method | held the truth | root mean square of log |\n| --- | --- | --: | --: |")
    for kind in KINDS:
        of_kind(kind, sets)


def of_kind(kind: str, sets: int) -> None:
    held: dict[str, list[bool]] = {name: [] for name in METHODS}
    away: dict[str, list[float]] = {name: [] for name in METHODS}
    for seed in range(sets):
        drawn = simulate(kind, people=PEOPLE, lists=LISTS, seed=seed)
        for name in METHODS:
            found = run(name, drawn, How(BOOT, seed))
            if found.estimate and found.low is not None:
                held[name].append(found.low <= PEOPLE <= (found.high or np.inf))
                away[name].append(np.log(found.estimate / PEOPLE))
    for name in METHODS:
        error = np.sqrt(np.mean(np.square(away[name])))
        print(f"| {kind} | {name} | {np.mean(held[name]):.1%} | {error:.3f} |", flush=True)


def of_links(sets: int) -> None:
    """Independent lists, of whose links one in twenty is false: taken as true, and drawn."""
    print("| links | held the truth | mean width of log | root mean square of log |\n| --- | --: | --: | --: |")
    kept: dict[str, list[tuple[bool, float, float]]] = {"taken as true": [], f"{DRAWINGS} drawings pooled": []}
    for seed in range(sets):
        draws = np.random.default_rng(seed)
        linked = mislinked(simulate("independent", people=PEOPLE, lists=LISTS, seed=seed), FALSE, draws)
        drawings = tuple(drawing(linked, FALSE, draws) for _ in range(DRAWINGS))
        for name, table in zip(kept, (Table("", linked), Table("", drawings[0], draws=drawings)), strict=True):
            found = estimate(table, methods=("stepwise",), boot=BOOT, seed=seed).results[0]
            if found.estimate and found.low and found.high:
                inside = found.low <= PEOPLE <= found.high
                kept[name].append((inside, np.log(found.high / found.low), np.log(found.estimate / PEOPLE)))
    for name, rows in kept.items():
        inside, width, away = np.array(rows).T
        print(f"| {name} | {inside.mean():.1%} | {width.mean():.3f} | {np.sqrt(np.mean(away**2)):.3f} |", flush=True)


if __name__ == "__main__":
    main()
