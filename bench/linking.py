# ruff: noqa: E501
"""Quality and time of linkage on made-up worlds: `python -m bench.linking [--children 4000] [--seeds 3]`.

It measures and prints tables; it asserts nothing. Seconds are processor seconds of one process beside those on the wall.
The worlds are drawn anew by `bench.worlds`; give a folder with records.csv and truth.csv to measure on that instead.
"""

import argparse
import csv
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from amparo.methods.linkage.engine import Engine
from amparo.methods.linkage.index import Index
from amparo.methods.linkage.linking import cluster_rows, link
from amparo.methods.linkage.people import person
from amparo.methods.linkage.quality import judge
from amparo.methods.linkage.reading import Reader, people, truth
from amparo.methods.linkage.tally import completed, counts, histories, read
from bench import worlds


def measure(folder: Path, name: str) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    with Engine() as engine:
        linked = link(people([folder / "records.csv"], Reader()), engine=engine)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    known = truth(folder / "truth.csv")
    found = judge(linked.ids, linked.group.tolist(), known)
    with (folder / "clusters.csv").open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("record_id", "cluster_id", "agency", "sure_id", "may_be", "told_bits"))
        writer.writerows(cluster_rows(linked))
    of = read([folder / "clusters.csv"])
    count = counts(of)[0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"| {name} | {len(linked.ids):,} | {found.precision:.3f} / {found.recall:.3f} / {found.f1:.3f} | {found.linkable_f1:.3f} "
        f"| {found.twins_merged or 0:.1%} | {found.siblings_merged or 0:.2%} | {found.cross_script_recall or 0:.3f} "
        f"| {found.culture_gap or 0:.3f} | {found.over_merged or 0:.1%} | {_bias(of, linked.ids, known):+.1%} | {found.count_error:+.1%} | {count.estimate:,} ({count.low:,} – {count.high:,}) of {found.children:,} "
        f"| {int(np.bincount(linked.group).max())} | {wall:.0f} / {cpu:.0f} s, {memory:.1f} GB |",
        flush=True,
    )
    print("  by culture: " + ", ".join(f"{each} {value:.3f}" for each, value in found.by_culture.items()), flush=True)
    if (folder / "queries.csv").exists():
        asked(folder, name, linked.model, known)


def _bias(of, ids: list[str], known: dict) -> float:
    """How far Chao's estimate of all children is off after linkage, beside the same estimate from the truth."""
    number: dict[str, int] = {}
    true = np.array([number.setdefault(known[id]["person_id"], len(number)) for id in ids])
    drawn = [_chao(histories(of, parts)) for parts in completed(of, draws=20, seed=1)]
    return float(np.median(drawn) / _chao(histories(of, true)) - 1)


def _chao(seen: dict[tuple[int, ...], int]) -> float:
    times = np.zeros(max(map(len, seen)) + 1)
    for agencies, children in seen.items():
        times[sum(agencies)] += children
    return float(times.sum() + times[1] ** 2 / (2 * times[2]))


def asked(folder: Path, name: str, model, known: dict) -> None:
    index = Index()
    index.add(people([folder / "records.csv"], Reader()))
    answers = {row["query_id"]: row for row in csv.DictReader((folder / "queries_truth.csv").open())}
    times, first, ten, number, twins, alerts, right_scores = [], 0, 0, 0, [], [], []
    for row in Reader(key="query_id").read(folder / "queries.csv"):
        start = time.perf_counter()
        found = index.met(person(row), model)
        times.append(1000 * (time.perf_counter() - start))
        expected = answers[row["record_id"]]
        right = [known[each.id]["person_id"] == expected["person_id"] for each in found]
        if expected["kind"] == "existing":
            number, first, ten = number + 1, first + any(right[:1]), ten + any(right)
            right_scores.append(found[0].score if any(right[:1]) else 0.0)
        if expected["kind"] == "new":
            alerts.append(found[0].score if found else 0.0)
        if expected["kind"] == "new_twin" and found:
            twins.append(found[0].score >= 0.5)
    middle, most = np.quantile(times, [0.5, 0.95])
    least = float(np.quantile(alerts, 0.98)) if alerts else 0.0
    print(
        f"  {name}: alert recall {np.mean(np.array(right_scores) > least):.3f} at 2 % false alerts (score over {least:.2f}, {len(alerts)} new children)"
    )
    print(
        f"  {name}: right child first {first / number:.3f}, in the first ten {ten / number:.3f}; {middle:.1f} ms, p95 {most:.1f} ms; "
        f"unregistered twins shown as the same child {np.mean(twins) if twins else 0:.0%} of {len(twins)}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--children", type=int, default=4000)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--noise", type=float, default=1.0)
    parser.add_argument("--host", choices=worlds.HOSTS, action="append")
    given = parser.parse_args()
    print(
        "| world | records | P / R / F1 | linkable F1 | twins | siblings | cross-script R | gap | over-merged | Chao bias | count error | estimate | largest | wall / CPU, memory |"
    )
    print("| --- " * 14 + "|")
    if given.folder:
        measure(given.folder, given.folder.name)
        return
    for host in given.host or worlds.HOSTS:
        for seed in range(given.seeds):
            with tempfile.TemporaryDirectory() as folder:
                worlds.build(Path(folder), host=host, children=given.children, seed=100 + seed, noise=given.noise)
                measure(Path(folder), f"{host} {100 + seed}")


if __name__ == "__main__":
    main()
