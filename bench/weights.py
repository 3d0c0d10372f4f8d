"""The weights that come along: `python -m bench.weights src/amparo/linkage/first_weights.json`.

Trained without labels on records of made-up worlds in Latin, Arabic and Cyrillic script together, so that a new house
asks well from its first day. Made anew whenever the comparisons change: a file of other comparisons is refused.
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from amparo.methods.linkage.engine import Engine
from amparo.methods.linkage.people import person
from amparo.methods.linkage.reading import Reader
from bench import worlds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.weights", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--children", type=int, default=7000, help="of each world")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Engine() as engine:
        engine.take(_everybody(Path(folder), given.children))
        given.output.write_text(engine.train().saved() + "\n", encoding="utf-8")


def _everybody(folder: Path, children: int):
    for seed, host in enumerate(worlds.HOSTS, start=900):
        worlds.build(folder / host, host=host, children=children, seed=seed, queries=1, noise=1.2)
        for row in Reader().read(folder / host / "records.csv"):
            yield replace(person(row), id=f"{host}:{row['record_id']}")


if __name__ == "__main__":
    main()
