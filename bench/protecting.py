"""`python -m bench.protecting [NAME …]`: how many cells are hidden, what the attacker finds, and in what time.

CPU seconds of this programme stand beside wall seconds. Tables are invented here, alike on every machine: 20x8x5 and
50x10x6 with margins. 200x20x10 is `big_200x20x10.csv` of tests/data/sdc, `cases` are those beside it; `ledger` asks for
51 tables one after another; `records FILE` makes up records like those of FILE.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from math import log
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from amparo.methods.disclosure.acceptance import accept
from amparo.methods.disclosure.blocks import solve
from amparo.methods.disclosure.cases import Case, read_case
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.protecting import attack_releases, loss, protect_case, protect_step
from amparo.methods.disclosure.reader import Fact
from amparo.methods.disclosure.suppress import Problem, keys_of
from amparo.methods.disclosure.synthetic import measure, synthesize, utility

ATTACKED = {"50x10x6": 200, "200x20x10": 60}  # numbers that the attacker goes for; else all
SECONDS = {"200x20x10": 60.0}  # to look for fewer hidden cells; else 30, as the command has
CASES = Path(__file__).parents[1] / "tests/data/sdc"
TABLES = 51


@contextmanager
def timed(said: list[str]) -> Iterator[None]:
    used, wall = process_time(), perf_counter()
    yield
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said.append(f"{process_time() - used:.1f} CPU s, {perf_counter() - wall:.1f} s, {memory:.0f} MB")
    print("; ".join(said), flush=True)


def counts_of(
    shape: tuple[int, ...], mean: float, *, seed: int = 7, spread: float = 0.9, odd: float = 0.8
) -> np.ndarray:
    random = np.random.default_rng(seed)
    expected = np.ones(())
    for size in shape:
        expected = np.multiply.outer(expected, random.lognormal(0, spread, size))
    expected = expected * random.lognormal(0, odd, shape)
    return random.poisson(expected / expected.mean() * mean).astype(float)


def skewed(shape: tuple[int, ...], children: int, *, seed: int = 0) -> np.ndarray:
    random, chances = np.random.default_rng(seed), np.ones(())
    for size in shape:
        chances = np.multiply.outer(chances, random.permutation(1 / np.arange(1, size + 1)))
    return random.multinomial(children, (chances / chances.sum()).ravel()).reshape(shape).astype(float)


def filed() -> np.ndarray:
    with (CASES / "big_200x20x10.csv").open(encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    codes = [sorted({line[axis] for line in lines}) for axis in range(3)]
    counts = np.zeros([len(own) for own in codes])
    for *line, count in lines:
        counts[tuple(own.index(field) for own, field in zip(codes, line, strict=True))] = float(count)
    return counts


SHAPES = {
    "20x8x5": lambda: counts_of((20, 8, 5), 5.5),
    "20x8x5 skewed": lambda: skewed((20, 8, 5), 8000),  # the second code has half of the first, the third a third …
    "50x10x6": lambda: counts_of((50, 10, 6), 8.3),
    "200x20x10": filed,
}


def shape(name: str) -> None:
    counts = SHAPES[name]()
    axes = {f"v{axis}": [str(place) for place in range(size)] for axis, size in enumerate(counts.shape)}
    frame = Frame(axes, {})
    keys = keys_of(frame, [Request("t", tuple((each, (*codes, TOTAL)) for each, codes in axes.items()))])
    said = [name]
    with timed(said):
        problem = Problem(frame, counts, Policy(), keys, seconds=SECONDS.get(name, 30))
        found = solve(problem)
        said.append(f"{len(keys):,} cells, {int(problem.forced.sum()):,} small, {len(found.hidden):,} hidden")
    for whole in (False, True) if name not in ATTACKED else (False,):
        said = [f"{name} attacked in {'whole children' if whole else 'fractions'}"]
        with timed(said):
            ends = {key: float(counts[np.ix_(*key)].sum()) for key in keys if key not in found.hidden}
            facts = [Fact(key, "", ends.get(key, 0), ends.get(key, np.inf)) for key in keys]
            opened, _tried = accept(frame, facts, Policy(), truth=counts, sample=ATTACKED.get(name), whole=whole)
            said.append(f"{ATTACKED.get(name) or 'all'} numbers, {len(opened)} open")


def cases() -> None:
    for path in sorted(CASES.glob("*.case.json")):
        said, case = [path.name.split(".")[0]], read_case(json.loads(path.read_text()))
        with timed(said):
            release = protect_case(case, seconds=20)
            lost = release["information_loss"]
            answer = path.with_name(path.name.replace("case", "answer"))
            best = json.loads(answer.read_text())["count"]["objective_count"] if answer.exists() else "not known"
            said.append(f"{lost['hidden']} hidden, best {best}, harmless shown {lost['harmless_shown']:.0%}")
        for whole in (False, True):
            said = [f"{path.name.split('.')[0]} attacked in {'whole children' if whole else 'fractions'}"]
            with timed(said):
                opened, _tried = attack_releases([release], case, names=["it"], whole=whole)
                said.append(f"{len(opened)} open, {sum(each.exact for each in opened)} exactly")


def ledger() -> None:
    """Tables of one and two variables over one to five months of one year: each against all before it."""
    axes = {"region": "ABCDEFGH", "form": "wxyz", "sex": "gb", "age": "123", "month": "jfmams"[:5]}
    frame = Frame({name: [f"{name}-{n}" for n in range(len(codes))] for name, codes in axes.items()}, {})
    case = Case(frame, counts_of(tuple(map(len, axes.values())), 6), Policy(margin_order=3), [])
    chosen = [each for size in (1, 2) for each in combinations(list(axes)[:4], size)]
    months = tuple(frame.variables["month"])
    requests = [
        Request("t", tuple((n, (*frame.variables[n], TOTAL)) for n in each), {"month": months[:m]})
        for m in range(1, 6) for each in chosen
    ] + [Request("t", (("month", (*frame.variables["month"], TOTAL)),))]  # fmt: skip
    before, shown, every = set(), set(), []
    for number, request in enumerate(requests, 1):
        said = [f"ledger, table {number}"]
        with timed(said):
            wanted = keys_of(frame, [request])
            new = [key for key in wanted if key not in before]
            shown |= set(new) - protect_step(case, new, before, frozenset(shown), seconds=2).hidden
            before |= set(wanted)
            every += new
            facts = [Fact(key, "", *([_sum(case, key)] * 2 if key in shown else (0, np.inf))) for key in every]
            opened, _tried = accept(frame, facts, case.policy, truth=case.counts)
            lost = loss(case, wanted, shown)
            said.append(f"{lost['hidden']} of {lost['cells']} hidden, {len(opened)} open, "
                        f"harmless shown {lost['harmless_shown']:.0%}")  # fmt: skip
    print(f"all tables: harmless shown {loss(case, every, shown)['harmless_shown']:.0%}", flush=True)


def _sum(case: Case, key: tuple[tuple[int, ...], ...]) -> float:
    return float(case.counts[np.ix_(*key)].sum())


def records(path: str) -> None:
    with Path(path).open(encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    codes = [sorted({line[axis] for line in lines}) for axis in range(len(lines[0]))]
    truth = np.array([[own.index(field) for own, field in zip(codes, line, strict=True)] for line in lines])
    said = ["records"]
    with timed(said):
        measured = measure(truth, [len(own) for own in codes], epsilon=4, delta=1 / (len(truth) * log(len(truth))))
        made = synthesize(measured, seed=1)
        said.append(json.dumps(utility(truth, made, [len(own) for own in codes])))


def main(names: list[str]) -> None:
    if names[:1] == ["records"]:
        records(names[1])
        return
    for name in names or ["cases", *SHAPES, "ledger"]:
        {"cases": cases, "ledger": ledger}.get(name, lambda name=name: shape(name))()


if __name__ == "__main__":
    main(sys.argv[1:])
