"""`python -m bench`: a scratch house of made-up children, the real programs, and how long they take.

It measures and never asserts. The load comes from the same machine and competes with what is measured; a row without
a figure says why. Figures of different machines, or of a busy one, do not compare; those of one run do.
"""

import argparse
import os
import platform
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import django

from bench import house
from bench.load import Call, Connection, Seen, each_once, in_turn, run

OFFICE, DOOR = "office.localhost", "door.localhost"
HEAD = (
    "| operation | clients | p50 ms | p95 ms | p99 ms | req/s | errors | statements |\n"
    "| --- | --: | --: | --: | --: | --: | --: | --: |"
)


def main() -> None:
    given = _arguments()
    data = Path(tempfile.mkdtemp(prefix="amparo-bench-", dir=given.scratch))
    lines: list[str] = []

    def say(line: str = "") -> None:
        lines.append(line)
        print(line, flush=True)

    try:
        _facts(say, given)
        desk = _built(say, data, given.cases)
        _measure_desk(say, data, desk, given)
        _measure_door(say, data, given)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    kept = Path("build/bench")
    kept.mkdir(parents=True, exist_ok=True)
    target = kept / f"{datetime.now(UTC):%Y-%m-%d-%H%M}-{given.cases}.md"
    target.write_text("\n".join(lines) + "\n")
    print(f"\nWritten to {target}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=200, help="requests of each operation and number of clients")
    parser.add_argument("--reports", type=int, default=50, help="reports of each client at the door")
    parser.add_argument("--scratch", default=None, help="where the scratch house is built (default: the system's)")
    return parser.parse_args()


def _facts(say, given: argparse.Namespace) -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    processor = names[0].partition(":")[2].strip() if names else platform.processor()
    say(f"# Measured on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    say()
    say(f"{os.cpu_count()} cores ({processor}), {memory:.0f} GiB, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, Django {django.__version__}, SQLite; "
        "served as `amparo desk` and `amparo door` do; the load on the same machine. "
        f"Load average at the start: {os.getloadavg()[0]:.1f}. Warm caches.")  # fmt: skip
    say()
    say(f"{given.cases:,} cases, {given.each} requests a row.")
    say()


def _built(say, data: Path, cases: int):
    """Fill the house; return what to ask the desk for."""
    os.environ |= house.environment(data) | {"DJANGO_SETTINGS_MODULE": "amparo.config.settings.desk"}
    house.command(data, "setup")
    before, began = house.bytes_of(data), time.perf_counter()
    house.command(data, "crowd", "--children", str(cases))
    took, kept = time.perf_counter() - began, (house.bytes_of(data) - before) / cases  # nobody has the files open now
    django.setup()
    house.open_door()
    house.command(data, "work", "--once")
    from bench.operations import Desk

    say(
        f"- P21 the bulk verbs: {cases:,} cases in {took:.1f} s, {cases / took:,.0f}/s (40 agencies and "
        "1,000 people are founded in that time too)"
    )
    say(f"- P22 storage: {kept:,.0f} bytes a case (main, vault, keys and audit; in a small house mostly its people)")
    return Desk()


def _measure_desk(say, data: Path, desk, given: argparse.Namespace) -> None:
    from bench.operations import statements

    with house.serving("desk", data, "/sign-in/", OFFICE) as program:
        say(f"- P25 desk: cold start to its first page {program.cold_start:.2f} s; idle {program.memory():.0f} MB")
        say()
        say("## The desk\n")
        say(HEAD)
        supervisor, worker = house.signed_in(desk.supervisor), house.signed_in(desk.worker)

        def connect(cookies: str):
            return lambda: Connection(program.port, OFFICE, cookies)

        floor = in_turn([Call("/no-such-page/", expected=(404,))])
        for clients in (1, 16):
            _row(say, "the floor: a page that is not there", clients, run(connect(""), floor, **_size(given, clients)))
        for name, calls in desk.reads().items():
            run(connect(supervisor), in_turn(calls), clients=1, each=5)
            asked = statements(desk.supervisor, calls[0])
            for clients in (1, 16):
                _row(say, name, clients, run(connect(supervisor), in_turn(calls), **_size(given, clients)), asked)
        fresh = house.signed_in(desk.supervisor)  # a file is for a second factor given just now
        for name, calls in desk.files().items():
            _row(
                say,
                name,
                1,
                run(connect(fresh), in_turn(calls), clients=1, each=10),
                statements(desk.supervisor, calls[0]),
            )
        for name, calls, cookies in (
            ("P15 have we met this child?", desk.searches(), worker),
            ("P19 save one field", desk.saves(), supervisor),
            ("P20 register a child, open a case", desk.registrations(), worker),
        ):
            for clients in (1, 16):
                _row(say, name, clients, run(connect(cookies), each_once(calls), **_size(given, clients)))
        _row(say, "P23 mixed", 16, run(connect(supervisor), each_once(desk.mixed()), **_size(given, 16, times=4)))
        say(f"\n- memory of the desk's worker afterwards: {program.memory():.0f} MB")
        say()


def _measure_door(say, data: Path, given: argparse.Namespace) -> None:
    from amparo.intake.postbox.models import Thread

    said = urlencode({"go": "start"})
    with house.serving("door", data, "/en/", DOOR) as program:
        say("## The door\n")
        say(f"- P25 door: cold start to its first page {program.cold_start:.2f} s; idle {program.memory():.0f} MB")
        say()
        say(HEAD)

        def connect() -> Connection:
            return Connection(program.port, DOOR)

        for clients in (1, 16):
            _row(say, "the first page", clients, run(connect, in_turn([Call("/en/", said)]), **_size(given, clients)))
        for clients in (1, 8, 32):
            kept = Thread.objects.count()
            letter = Call(
                "/api/reports", '{"told": "A synthetic sentence."}', {"Content-Type": "application/json"}, (201,)
            )
            seen = run(connect, in_turn([letter]), clients=clients, each=given.reports)
            lost = len(seen.seconds) - (Thread.objects.count() - kept)
            _row(say, f"a report sent ({clients} × {given.reports}; {lost} lost)", clients, seen)
        say(f"\n- memory of the door's worker afterwards: {program.memory():.0f} MB")
        say()


def _size(given: argparse.Namespace, clients: int, *, times: int = 1) -> dict[str, int]:
    return {"clients": clients, "each": max(1, given.each * times // clients)}


def _row(say, name: str, clients: int, seen: Seen, asked: int | None = None) -> None:
    times = " | ".join(f"{seen.at(percent):.1f}" for percent in (50, 95, 99))
    say(f"| {name} | {clients} | {times} | {seen.rate:.1f} | {seen.errors} | {'' if asked is None else asked} |")


if __name__ == "__main__":
    main()
