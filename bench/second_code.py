"""`python -m bench.second_code`: does time tell a code to show from the code of an answered report? (T6)

In a scratch house of its own, through the door's whole program, both codes are opened in turn, in random order. It
measures and never asserts; below ten in a hundred between the medians is what is wanted.
"""

import argparse
import os
import random
import re
import statistics
import tempfile
import time
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500, help="how often each code is opened")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "AMPARO_DATA": data, "AMPARO_DEMO": "true", "AMPARO_DOOR_AN_HOUR": "0",
            "DJANGO_SETTINGS_MODULE": "amparo.config.settings.door",
        }  # fmt: skip
        codes = _made()
        _measured(codes, given.times)


def _made() -> dict[str, str]:
    """A report that was answered in three paragraphs, and a code to show."""
    import django

    django.setup()
    from django.core.management import call_command

    from amparo.intake.postbox import desk, door, sealing
    from amparo.interfaces.report_door import show

    call_command("migrate", database="door", verbosity=0, interactive=False)
    _private, public = sealing.new_pair()
    lines = [{"name": "Helpline of Lumeria", "number": "555 0100", "hours": "24 h", "languages": "", "place": ""}] * 2
    key = b64encode(public).decode()
    desk.publish_board(
        {"open": True, "intake_key": key, "help_lines": lines, "labels": {}, "places": [], "agencies": []}
    )
    own = door.tell({"told": "A synthetic sentence."}, form=uuid4().hex)
    thread = desk.waiting()[0].thread
    desk.push(thread, uuid4(), "We read it.\n\nWe are here.\n\nYou can write.")
    desk.set_status(thread, "answered")
    return {"answered report": own.text, "code to show": door.keep_help(show.help_text()).text}


def _pressed(client: Any, **form: str) -> Any:
    """A button of the page, pressed as a browser does it: the door takes no other kind of body."""
    return client.post("/en/", urlencode(form), content_type="application/x-www-form-urlencoded")


def _measured(codes: dict[str, str], times: int) -> None:
    from django.test import Client

    client = Client(headers={"host": "door.localhost"})
    order = [name for name in codes for _ in range(times)]
    random.Random(1).shuffle(order)
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in codes}
    lengths = set()
    for name in order:
        page = _pressed(client, go="back").content.decode()
        sheet = re.search(r'name="sheet" value="([^"]+)"', page)[1]
        began, worked = time.perf_counter(), time.process_time()
        answer = _pressed(client, go="open", sheet=sheet, code=codes[name])
        seen[name].append((time.perf_counter() - began, time.process_time() - worked))
        lengths.add((name, answer.status_code, len(answer.content)))
    print("| code | opened | p50 ms | p95 ms | p50 CPU ms |\n| --- | --: | --: | --: | --: |")
    medians = []
    for name, spent in seen.items():
        wall, cpu = ([each[of] * 1000 for each in spent] for of in (0, 1))
        medians.append((statistics.median(wall), statistics.median(cpu)))
        p95 = statistics.quantiles(wall, n=20)[-1]
        print(f"| {name} | {len(spent)} | {medians[-1][0]:.2f} | {p95:.2f} | {medians[-1][1]:.2f} |")
    (wall, cpu), (wall_shown, cpu_shown) = medians
    print(
        f"\nMedians differ by {abs(wall_shown / wall - 1):.1%} (CPU {abs(cpu_shown / cpu - 1):.1%}). {sorted(lengths)}"
    )


if __name__ == "__main__":
    main()
