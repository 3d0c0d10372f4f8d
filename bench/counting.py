"""Times of counting: `python -m bench.counting [--children 1000000]`. Made-up facts in the columns of a snapshot.

It measures and prints a table; it asserts nothing. Each line: the middle and the 95th of a hundred of wall and of
processor seconds, over `--rounds` questions.
"""

import argparse
import resource
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import numpy as np

from amparo.methods.extra import arrow
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.columns import as_table, from_parquet, shape, to_parquet
from amparo.methods.tabulation.cube import CUBES, build
from amparo.methods.tabulation.duck import Duck
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import CODE, CODES, MONTH, TABLES, columns

REGIONS, FORMS, YEARS = 20, 29, 10
CHOICES = {
    "sex": ["female", "male", "other", "unknown"], "age": [str(age) for age in range(18)] + ["unknown"],
    "age_group": ["Y0T4", "Y5T9", "Y10T14", "Y15T17", "unknown"], "adult": ["no"],
    "region": [f"R{number:02}" for number in range(REGIONS)], "form": [f"f{number:02}" for number in range(FORMS)],
}  # fmt: skip
OF_A_CHILD = {
    "case": 1.1,
    "incident": 1.4,
    "referral": 0.9,
    "plan": 0.4,
    "view": 0.5,
    "proceeding": 0.25,
    "sanction": 0.01,
}


def made(children: int, seed: int = 4) -> dict[str, Any]:
    """Every table, as Arrow columns."""
    random = np.random.default_rng(seed)
    sizes = {"child": children, "report": children, "load": 2000} | {
        name: int(children * share) for name, share in OF_A_CHILD.items()
    }
    return {name: _table(name, sizes[name], children, random) for name in TABLES}


def _table(name: str, size: int, children: int, random: np.random.Generator) -> Any:
    pa = arrow()
    arrays = []
    for column, kind in columns(name).items():
        if column == name:
            values = pa.array(np.arange(size))
        elif column == "child":
            values = pa.array(random.integers(0, children, size))
        elif kind == CODE:
            choices = CHOICES.get(column, [f"{column[:3]}{number}" for number in range(6)])
            values = pa.array(choices).take(pa.array(_skewed(random, len(choices), size)))
        elif kind == MONTH:
            values = pa.array(
                ((2016 + random.integers(0, YEARS, size)) * 100 + random.integers(1, 13, size)).astype(np.int32)
            )
        elif kind == CODES:
            ends = pa.array(np.arange(size + 1).astype(np.int32))
            values = pa.ListArray.from_arrays(
                ends, pa.array(["x", "y", "z"]).take(pa.array(random.integers(0, 3, size)))
            )
        else:
            values = pa.array(random.integers(0, 2**32 if column == "key" else 400, size))
        arrays.append(values)
    whole = pa.Table.from_arrays(arrays, names=list(columns(name)))
    return whole.cast(shape(name)) if size else as_table(name, [])


def _skewed(random: np.random.Generator, most: int, size: int) -> np.ndarray[Any, Any]:
    return (most * random.random(size) ** 1.7).astype(np.int64)


def timed(name: str, rounds: int, call: Callable[[], object]) -> None:
    walls, works = [], []
    for _ in range(rounds):
        wall, work = perf_counter(), process_time()
        call()
        walls.append(perf_counter() - wall)
        works.append(process_time() - work)
    ends = [quantiles(each, n=20)[-1] if rounds > 1 else each[0] for each in (walls, works)]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"| {name} | {1000 * median(walls):,.1f} / {1000 * ends[0]:,.1f} | {1000 * median(works):,.1f} "
        f"/ {1000 * ends[1]:,.1f} | {most:,} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.counting", description=__doc__)
    parser.add_argument("--children", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    tables, rounds = made(given.children), given.rounds
    print(f"{given.children:,} children\n\n| what | wall ms p50 / p95 | processor ms p50 / p95 | most MB |")
    print("| --- | --: | --: | --: |")
    written: dict[str, bytes] = {}

    def write() -> None:
        written.update({name: to_parquet(table) for name, table in tables.items()})

    timed("write the snapshot's Parquet", 1, write)
    timed("read it again", 1, lambda: [from_parquet(name, each) for name, each in written.items()])
    engines: list[Duck] = []
    timed("load it into DuckDB", 1, lambda: engines.append(Duck(tables)))
    duck = engines[0]
    for by in (
        ("sex", "age", "year"),
        ("sex", "age", "year", "region", "form"),
        ("how", "sex"),
        ("nationality", "disability", "quarter"),
    ):
        timed(
            f"DuckDB: {' × '.join(by)}",
            min(rounds, 5),
            lambda by=by: duck.count(plan(Question("children_identified", by), catalogue())),
        )
    cubes = {}
    for indicator, axes in CUBES.items():
        timed(
            f"rebuild the cube {indicator}",
            1,
            lambda i=indicator, a=axes: cubes.update({i: build(duck, i, a, catalogue())}),
        )
        print(f"<!-- {cubes[indicator].cells:,} cells -->")
    cube = cubes["children_identified"]
    for by in (
        ("sex", "age", "year"),
        ("region", "form"),
        ("year", "region", "form"),
        ("year", "sex", "age", "region", "form"),
    ):
        timed(f"cube: {' × '.join(by)}", rounds, lambda by=by: cube.grid(Question("children_identified", by)))


if __name__ == "__main__":
    main()
