"""`python -m bench.protecting`: how many cells are hidden, and in what time of this programme (CPU seconds).

Tables are invented here, alike on every machine: 20x8x5, 50x10x6 and 200x20x10 with margins.
"""

import resource
import sys
from time import perf_counter, process_time

import numpy as np

from amparo.methods.disclosure.blocks import solve
from amparo.methods.disclosure.frame import TOTAL, Frame, Request
from amparo.methods.disclosure.policy import Policy
from amparo.methods.disclosure.suppress import Problem, keys_of

SHAPES = {"20x8x5": ((20, 8, 5), 5.5), "50x10x6": ((50, 10, 6), 8.3), "200x20x10": ((200, 20, 10), 1.5)}


def counts_of(shape: tuple[int, ...], mean: float) -> np.ndarray:
    random = np.random.default_rng(7)
    expected = np.ones(())
    for size in shape:
        expected = np.multiply.outer(expected, random.lognormal(0, 0.9, size))
    expected = expected * random.lognormal(0, 0.8, shape)
    return random.poisson(expected / expected.mean() * mean).astype(float)


def main(names: list[str]) -> None:
    for name in names:
        shape, mean = SHAPES[name]
        counts = counts_of(shape, mean)
        axes = {f"v{axis}": [str(place) for place in range(size)] for axis, size in enumerate(shape)}
        frame = Frame(axes, {})
        table = Request("t", tuple((each, (*codes, TOTAL)) for each, codes in axes.items()))
        began, wall = process_time(), perf_counter()
        problem = Problem(frame, counts, Policy(), keys_of(frame, [table]), seconds=15)
        found = solve(problem)
        used, took = process_time() - began, perf_counter() - wall
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name}: {len(problem.wanted):,} cells, {int(problem.forced.sum()):,} small, "
            f"{len(found.hidden):,} hidden; {used:.1f} CPU s, {took:.1f} s, {memory:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:] or list(SHAPES))
