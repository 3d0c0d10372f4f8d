"""How many incidents a second are classified on one core: `python -m bench.classifying [incidents]`.

Made-up facts, drawn with a seed. It measures and prints a table; it asserts nothing. Rates are by processor seconds of
one process, wall seconds beside them. Facts already read, facts as dictionaries, one incident after another with its
reasons, and JSON lines through `amparo classify` itself: from the file to the answer's last line, start-up included.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from amparo.vocabulary.classification import elements, rules
from amparo.vocabulary.classification.classify import classify
from amparo.vocabulary.classification.many import Table

FREE = [name for name in elements.names() if not any(name in pair for pair in elements.IMPLIES)]


def drawn(incidents: int) -> list[dict[str, object]]:
    """Facts of made-up incidents: an age, and answers to some fifteen questions."""
    chance = random.Random(1)
    return [
        {"age": chance.randrange(18)} | {name: chance.choice(elements.ANSWERS) for name in chance.sample(FREE, 15)}
        for _ in range(incidents)
    ]


def timed(name: str, incidents: int, do: Callable[[], None]) -> None:
    """One row: this process and the children that it waited for."""
    before, began = _processor(), time.perf_counter()
    do()
    used, wall = _processor() - before, time.perf_counter() - began
    print(f"| {name} | {incidents:,} | {used:.2f} | {wall:.2f} | {incidents / used:,.0f} |", flush=True)


def _processor() -> float:
    ways = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in ways)


def asked(table: Table, known: Iterable[elements.Known]) -> None:
    """In parts, as the command asks."""
    known = iter(known)
    while some := list(islice(known, 1000)):
        table.states(some)


def command(facts: list[dict[str, object]], *arguments: str) -> None:
    """JSON lines through the command, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "facts.jsonl"
        told.write_text("\n".join(json.dumps(each) for each in facts), encoding="utf-8")
        with (Path(folder) / "out.jsonl").open("w") as out:
            program = Path(sys.executable).parent / "amparo"
            subprocess.run([program, "classify", told, *arguments], stdout=out, check=True, env=os.environ | {
                "AMPARO_DATA": folder, "AMPARO_DEMO": "true",
            })  # fmt: skip


def main() -> None:
    incidents = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    facts, sets = drawn(incidents), list(rules.shipped().values())
    ready = [elements.known(each) for each in facts]
    offences = sum(len(each.offences) for each in sets)
    print(f"{len(sets)} rule sets, {offences} offences; load average {os.getloadavg()[0]:.1f}\n")
    print("| way | incidents | processor s | wall s | a second |\n| --- | --: | --: | --: | --: |")
    table, one = Table(sets), Table([rules.shipped()["report"]])
    timed("all rule sets, facts already read", incidents, lambda: asked(table, ready))
    timed("one rule set, from dictionaries", incidents, lambda: asked(one, map(elements.known, facts)))
    timed("all rule sets, from dictionaries", incidents, lambda: asked(table, map(elements.known, facts)))
    some = facts[: incidents // 20]
    timed("all rule sets, explained", len(some),
          lambda: [[classify(each, one) for one in sets] for each in some] and None)  # fmt: skip
    timed("`amparo classify`, one rule set", incidents, lambda: command(facts, "--rules", "report"))
    timed("`amparo classify`, all rule sets", incidents, lambda: command(facts))


if __name__ == "__main__":
    main()
