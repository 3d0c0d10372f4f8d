"""`python -m bench.monitoring`: how long the monitor's pages take over fictional States with many answers.

Of many answers most were said before and are superseded, as after ten years. It measures and never asserts;
wall time and processor time stand side by side, for other programs may compete.
"""

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

STATES, YEARS, ROLES = 193, 10, ("state", "nhri", "civil_society")
WORDS = ("met", "partly", "not_met", "not_known")
BATCH = 5000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.monitoring", description=__doc__)
    parser.add_argument("--answers", type=int, default=780_000)
    parser.add_argument("--each", type=int, default=20, help="requests of each page")
    given = parser.parse_args()
    data = Path(tempfile.mkdtemp(prefix="amparo-bench-monitor-"))
    os.environ |= {
        "AMPARO_DATA": str(data), "AMPARO_DEMO": "true", "DJANGO_SETTINGS_MODULE": "amparo.config.settings.desk",
    }  # fmt: skip
    try:
        _measure(given.answers, given.each)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _measure(answers: int, each: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from amparo.common.types import OPERATOR
    from amparo.monitoring.actions import load_shipped
    from amparo.vocabulary.actions import load_shipped as load_words

    call_command("migrate", verbosity=0)
    load_words(by=OPERATOR)
    _timed("all real data", lambda: load_shipped(by=OPERATOR))
    _timed(f"{answers} answers written", lambda: _fill(answers))
    client = Client(headers={"host": "localhost"})
    print("| page | cold ms | p50 ms | p95 ms | CPU p50 ms |\n| --- | --: | --: | --: | --: |")
    for name, path in {
        "world map of a question": "/states/by/question/L01/", "world map of a treaty": "/states/by/treaty/OPSC/",
        "State page": "/states/XAA/", "real State": "/states/NER/",
        "comparison of six": "/states/compare/?s=XAA&s=XAB&s=XAC&s=NER&s=NOR&s=KEN",
        "State by section": "/states/sections/?role=nhri", "region": "/states/regions/202/",
        "search": "/states/find/?q=marriage", "map as a picture": "/states/by/question/L01/map.png",
    }.items():  # fmt: skip
        _page(client, name, path, each)


def _page(client, name: str, path: str, each: int) -> None:
    wall, processor = [], []
    for _ in range(each + 1):
        began, worked = time.perf_counter(), time.process_time()
        assert client.get(path).status_code == 200
        wall.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    warm = sorted(wall[1:])
    late = warm[max(0, round(0.95 * len(warm)) - 1)]
    told = (wall[0], statistics.median(warm), late, statistics.median(processor[1:]))
    print(f"| {name} | " + " | ".join(f"{number:.0f}" for number in told) + " |", flush=True)


def _fill(answers: int) -> None:
    from amparo.monitoring.models import Assessment, State

    codes = [f"X{first}{second}" for first in "ABCDEFGH" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"][:STATES]
    State.objects.bulk_create([State(iso3=code, kind="fictional", names={"en": f"State {code}"}) for code in codes])
    rows = islice(_answers(codes, answers), answers)
    while batch := list(islice(rows, BATCH)):
        Assessment.objects.bulk_create(batch)


def _answers(codes: list[str], answers: int) -> Iterator:
    """As many years as it takes: the last is what holds now, the others were superseded."""
    from amparo.common.ids import new_id
    from amparo.monitoring.models import Assessment
    from amparo.monitoring.rubric.editions import rubric

    chance, questions = random.Random(1), list(rubric().questions.values())
    a_year = len(codes) * len(ROLES) * len(questions)
    somebody, another = new_id(), new_id()
    for back in range(max(1, -(-answers // a_year))):
        at = datetime(2026 - back, 1, 1, tzinfo=UTC)
        for state in codes:
            for q in questions:
                for role in ROLES:
                    yield Assessment(
                        state_id=state, rubric="2026-11", question=q.id, section=q.section, nature=q.nature, role=role,
                        answer=chance.choice(WORDS), valid_from=date(2026 - back, 1, 1), confidence="medium",
                        status="superseded" if back else "published", evidence_on=date(2025, 1, 1),
                        valid_to=date(2027 - back, 1, 1) if back else None, written_by=somebody, written_at=at,
                        reviewed_by=another, reviewed_at=at, published_at=at,
                        superseded_at=at.replace(year=at.year + 1) if back else None,
                    )  # fmt: skip


def _timed(name: str, act) -> None:
    began, worked = time.perf_counter(), time.process_time()
    act()
    print(f"- {name}: {time.perf_counter() - began:.1f} s, CPU {time.process_time() - worked:.1f} s", flush=True)


if __name__ == "__main__":
    main()
