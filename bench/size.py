"""`amparo link` at size: `python -m bench.size FOLDER [--children 620000] [--new 10000] [--full]`.

Makes a world of records (about 1.6 a child) in FOLDER when it is not there, links all but the last `--new` of them,
adds these, and with `--full` links all anew with the same weights, to compare. Each step is the command itself, in a
process of its own; seconds are those of the wall and of the processors, memory the most that the process had.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from bench import worlds


def step(name: str, *words: object) -> None:
    begun = time.perf_counter()
    running = subprocess.Popen([str(Path(sys.executable).with_name("amparo")), "link", *map(str, words)])
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6
    print(f"{name}: {seconds:.0f} s, {cpu:.0f} processor s, {memory:.2f} GB, exit {running.returncode}", flush=True)


def prepare(folder: Path, children: int, new: int) -> None:
    if (folder / "base.csv").exists():
        return
    worlds.build(folder, host="latin", children=children, seed=9, queries=0)
    lines = (folder / "records.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "base.csv").write_text("".join(lines[:-new]), encoding="utf-8")
    (folder / "new.csv").write_text("".join([lines[0], *lines[-new:]]), encoding="utf-8")


def pairs(path: Path) -> set[tuple[str, str]]:
    with path.open(newline="") as lines:
        return {(row["record_id_l"], row["record_id_r"]) for row in csv.DictReader(lines)}


def judged(folder: Path, name: str) -> None:
    with (folder / "truth.csv").open(newline="") as lines:
        person = {row["record_id"]: row["person_id"] for row in csv.DictReader(lines)}
    with (folder / f"{name}-clusters.csv").open(newline="") as lines:
        child = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(lines)}

    def joined(counts: Counter) -> int:
        return sum(number * (number - 1) // 2 for number in counts.values())

    true, made = Counter(person[each] for each in child), Counter(child.values())
    hit = joined(Counter((person[each], child[each]) for each in child))
    print(
        f"{name}: {len(child):,} records; precision {hit / joined(made):.3f}, recall {hit / joined(true):.3f}; "
        f"largest {max(made.values())} (true {max(true.values())}); {len(made):,} children (true {len(true):,})",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--children", type=int, default=620_000)
    parser.add_argument("--new", type=int, default=10_000)
    parser.add_argument("--full", action="store_true")
    given = parser.parse_args()
    folder = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    prepare(folder, given.children, given.new)
    if given.full:
        step("all at once", folder / "records.csv", "--model", folder / "model.json", *_out(folder, "full"))
        once, added = pairs(folder / "full-pairs.csv"), pairs(folder / "added-pairs.csv")
        print(f"pairs: {len(once):,} at once, {len(added):,} after adding, {len(once ^ added):,} in one of them only")
        return
    shutil.rmtree(folder / "work", ignore_errors=True)
    step(
        "batch",
        folder / "base.csv",
        "--work",
        folder / "work",
        "--save-model",
        folder / "model.json",
        *_out(folder, "batch"),
    )
    step("added", folder / "new.csv", "--work", folder / "work", "--add", *_out(folder, "added"))
    judged(folder, "batch")
    judged(folder, "added")


def _out(folder: Path, name: str) -> tuple[object, ...]:
    return "-o", folder / f"{name}-pairs.csv", "--clusters", folder / f"{name}-clusters.csv"


if __name__ == "__main__":
    main()
