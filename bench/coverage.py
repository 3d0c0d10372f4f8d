"""How often intervals hold the truth: `python -m bench.coverage [SETS]`. It measures and prints; it asserts nothing.

Tables are drawn from known truths (`amparo estimate simulate`): 20,000 people on four lists. The second table is of
lists whose links are uncertain: one in twenty is false. The tables stand in docs/explanation.
"""

import sys
from time import process_time

import numpy as np

from amparo.methods.hidden import How, Table, drawing, estimate, mislinked, run, simulate

PEOPLE, LISTS, BOOT = 20_000, 4, 300
KINDS = ("independent", "dependent", "sparse", "referral", "heterogeneous")
METHODS = ("main", "stepwise", "bic", "dga")
FALSE, DRAWINGS = 0.05, 20


def main() -> None:
    sets, began = int(sys.argv[1]) if len(sys.argv) > 1 else 200, process_time()
    print(f"{sets} tables a line, {BOOT} resampled tables each.\n")
    print("| lists | method | held the truth | root mean square of log |\n| --- | --- | --: | --: |")
    for kind in KINDS:
        of_kind(kind, sets)
    print("\n| links | held the truth | mean width of log | root mean square of log |\n| --- | --: | --: | --: |")
    of_links(sets)
    print(f"\n{process_time() - began:.0f} processor seconds.")


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
