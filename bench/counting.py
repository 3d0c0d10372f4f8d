"""Times of counting: `python -m bench.counting [--children 1000000]`. Made-up facts in the columns of a snapshot.

A scratch house gets a sealed snapshot of so many children; its cubes are counted, its tables are exported, and its desk
is asked over HTTP by a statistician who is signed in. It measures and prints a table; it asserts nothing. Each line:
the middle and the 95th of a hundred of wall and of processor seconds; over HTTP the processor seconds are the desk's.
"""

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice, permutations
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlencode

import numpy as np

from amparo.methods.disclosure.cellkey import noise_table
from amparo.methods.extra import arrow
from amparo.methods.tabulation.arrays import Arrays
from amparo.methods.tabulation.asking import Question, plan
from amparo.methods.tabulation.columns import shape
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import CODE, CODES, MONTH, TABLES, columns
from bench import house
from bench.load import Call, Connection

OFFICE = "office.localhost"
REGIONS, FORMS, YEARS, PIECE = 20, 29, 10, 1_000_000
CHOICES = {
    "sex": ["female", "male", "other", "unknown"], "age": [str(age) for age in range(18)] + ["unknown"],
    "age_group": ["Y0T4", "Y5T9", "Y10T14", "Y15T17", "unknown"], "adult": ["no"],
    "status": ["open", "closed", "delivered", "active"], "close_reason": ["goals_reached", "lost_contact", "other"],
    "region": [f"R{number:02}" for number in range(REGIONS)], "form": [f"f{number:02}" for number in range(FORMS)],
}  # fmt: skip
OF_A_CHILD = {
    "case": 1.1, "incident": 1.4, "referral": 0.9, "plan": 0.4, "view": 0.5, "proceeding": 0.25, "sanction": 0.01,
}  # fmt: skip
P10 = {"indicator": "children_identified", "rows": "sex", "rows_2": "age", "columns": "year"}
FIVE = ("form", "region", "age", "sex", "year")
# Tables that no cube answers: one of several codes a child, two of them, one of lists, five of one code each.
OTHERS = (
    ("setting", "sex"), ("how", "sex"), ("form", "setting", "sex"), ("nationality", "disability", "quarter"),
    ("form", "disability", "sex", "age_group", "year"), ("how", "form", "sex", "age_group", "region"),
    ("nationality", "disability", "separation", "region", "year"),
)  # fmt: skip


def written(children: int, seed: int = 4) -> Iterator[tuple[str, int, bytes]]:
    """Every table: its name, its rows, and its Parquet."""
    random, parquet = np.random.default_rng(seed), arrow().parquet
    sizes = {"child": children, "report": children, "load": 2000}
    for name in TABLES:
        size = sizes.get(name) or int(children * OF_A_CHILD[name])
        out = arrow().BufferOutputStream()
        with parquet.ParquetWriter(out, shape(name), compression="zstd") as writer:
            for start in range(0, size, PIECE):
                writer.write_table(_piece(name, start, min(PIECE, size - start), children, random))
        yield name, size, out.getvalue().to_pybytes()


def _piece(name: str, start: int, size: int, children: int, random: np.random.Generator) -> Any:
    pa = arrow()
    arrays = []
    for column, kind in columns(name).items():
        if column == name:
            values = pa.array(np.arange(start, start + size))
        elif column == "child":
            values = pa.array(random.integers(0, children, size))
        elif kind == CODE:
            choices = CHOICES.get(column, [f"{column[:3]}{number}" for number in range(6)])
            values = pa.array(choices).take(pa.array(_skewed(random, len(choices), size)))
        elif kind == MONTH:
            months = (2016 + random.integers(0, YEARS, size)) * 100 + random.integers(1, 13, size)
            values = pa.array(months.astype(np.int32))
        elif kind == CODES:
            ends = pa.array(np.arange(size + 1).astype(np.int32))
            codes = pa.array(["x", "y", "z"]).take(pa.array(random.integers(0, 3, size)))
            values = pa.ListArray.from_arrays(ends, codes)
        else:
            values = pa.array(random.integers(0, 2**32 if column == "key" else 400, size))
        arrays.append(values)
    return pa.Table.from_arrays(arrays, names=list(columns(name))).cast(shape(name))


def _skewed(random: np.random.Generator, most: int, size: int) -> np.ndarray[Any, Any]:
    return (most * random.random(size) ** 1.7).astype(np.int64)


def row(name: str, walls: list[float], works: list[float], most: float | None = None) -> None:
    ends = [quantiles(each, n=20)[-1] if len(each) > 1 else each[0] for each in (walls, works)]
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024 if most is None else most
    print(
        f"| {name} | {1000 * median(walls):,.1f} / {1000 * ends[0]:,.1f} | {1000 * median(works):,.1f} "
        f"/ {1000 * ends[1]:,.1f} | {memory:,.0f} |",
        flush=True,
    )


def timed(name: str, rounds: int, call: Callable[[], object]) -> None:
    walls, works = [], []
    for _ in range(rounds):
        wall, work = perf_counter(), process_time()
        call()
        walls.append(perf_counter() - wall)
        works.append(process_time() - work)
    row(name, walls, works)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.counting", description=__doc__)
    parser.add_argument("--children", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--scratch", default=None, help="where the scratch house is built (default: the system's)")
    parser.add_argument("--keep", type=Path, help="keep the scratch house here, and use it when it is there")
    parser.add_argument("--only", default="arrays,cubes,desk,export", help="which parts, parted by commas")
    given = parser.parse_args()
    data = given.keep or Path(tempfile.mkdtemp(prefix="amparo-bench-", dir=given.scratch))
    try:
        _measure(data, given)
    finally:
        if not given.keep:
            shutil.rmtree(data, ignore_errors=True)


def _measure(data: Path, given: argparse.Namespace) -> None:
    import django

    os.environ |= house.environment(data) | {"DJANGO_SETTINGS_MODULE": "amparo.config.settings.desk"}
    if not (data / "main.sqlite3").exists():
        house.command(data, "setup")
    django.setup()
    from amparo.counting.frozen.models import Frozen

    if not Frozen.objects.exists():
        _store(given.children)
    print(f"{given.children:,} children\n\n| what | wall ms p50 / p95 | processor ms p50 / p95 | most MB |")
    print("| --- | --: | --: | --: |")
    parts = given.only.split(",")
    if "cubes" in parts:
        _command(data, "P14 rebuild every cube, `amparo cubes rebuild` and its start", "cubes", "rebuild")
        _rebuilt()
    if "arrays" in parts:
        _arrays(given.rounds)
    if "export" in parts:
        _exports(data)
    if "desk" in parts:
        _desk(data, given.rounds)


def _store(children: int) -> None:
    """A sealed snapshot, and a statistician."""
    from amparo.access.roles import Role
    from amparo.common import clock
    from amparo.common.ids import new_id, new_reference
    from amparo.common.types import OPERATOR
    from amparo.counting.frozen import actions as frozen
    from amparo.counting.frozen.models import Frozen
    from amparo.organisation import actions

    now = clock.now()
    about: dict[str, Any] = frozen.about_now()
    made = Frozen(id=new_id(), reference=new_reference("Z"), about=about, content_hash="", taken_by=OPERATOR.id,
                  taken_at=now, expires_at=now + frozen.KEEP)  # fmt: skip
    made.save(force_insert=True)
    about["tables"] = {}
    for name, rows, each in written(children):
        frozen.keep(made, name, each)
        about["tables"][name] = {"rows": rows, "hash": frozen.hash_of(each)}
    made.content_hash = frozen.hash_of_all(about)
    made.save()
    root = actions.add_place(by=OPERATOR, code="BENCH", name="Bench")
    for number in range(REGIONS):
        actions.add_place(by=OPERATOR, code=f"R{number:02}", name=f"Region {number}", parent=root)
    agency = actions.found_agency(by=OPERATOR, code="BENCH", name="Agency BENCH", kind="ministry", place=root)
    person = actions.add_person(by=OPERATOR, username="statistician.bench", name="Demo statistician")
    actions.give_post(by=OPERATOR, person=person, role=Role.STATISTICIAN, agency=agency)


def _command(data: Path, name: str, *words: str) -> None:
    """A program of its own, with its start; its memory."""
    wall = perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "amparo.config.cli", *words], env=house.environment(data),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _pid, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, name
    row(name, [perf_counter() - wall], [used.ru_utime + used.ru_stime], used.ru_maxrss / 1024)


def _rebuilt() -> None:
    from amparo.common.types import OPERATOR
    from amparo.counting.frozen import cubes, queries

    frozen = queries.snapshot(by=OPERATOR)
    sizes: dict[str, int] = {}
    timed("P14 the same in a program that runs", 1, lambda: sizes.update(cubes.rebuild(by=OPERATOR, frozen=frozen)))
    print(f"<!-- {sum(sizes.values()):,} cells, {sum(sizes.values()) * 8 / 1e6:.1f} MB -->")


def _arrays(rounds: int) -> None:
    from amparo.common.types import OPERATOR
    from amparo.counting.frozen import actions, cubes, queries

    frozen = queries.snapshot(by=OPERATOR)
    engine, noise = Arrays(actions.reading(frozen)), noise_table(secret=b"bench")
    for by in OTHERS:
        asked = plan(Question("children_identified", by), catalogue())
        timed(f"P11 {' × '.join(by)}, every margin, rows not kept", 1, lambda asked=asked: engine.grid(asked))
        others = iter([plan(Question("children_identified", each), catalogue()) for each in orders(by, rounds)])
        timed("P11 rows kept, another order each time", len(orders(by, rounds)), lambda o=others: engine.grid(next(o)))
    engine.close()
    cube = cubes.cube_of(frozen, "children_identified")
    assert cube
    for name, by in (("P10", ("sex", "age", "year")), ("P11", FIVE)):
        question = Question("children_identified", by)
        timed(f"{name} cube: {' × '.join(by)}, every margin", rounds, lambda each=question: cube.grid(each))
        timed("P13 the same with noise", rounds, lambda each=question: cube.grid(each).perturbed(noise))
    six = plan(Question("children_identified", ("form", "age_group", "sex", "region", "year", "agency_kind"),
                        totals=False), catalogue())  # fmt: skip

    def parquet() -> None:
        arrow().parquet.write_table(engine.grid(six).columns(), io.BytesIO())

    timed("P12 six dimensions from the facts, as Parquet, asked first", 1, parquet)
    timed("P12 asked again", rounds, parquet)


def _exports(data: Path) -> None:
    for kind in ("csv", "parquet", "xlsx"):
        out = data / f"children.{kind}"
        _command(data, f"P18 every child as {kind}", "snapshot", "export", "--table", "child", "--out", str(out))
        print(f"<!-- {out.stat().st_size / 1e6:,.0f} MB -->")
        out.unlink()


def _desk(data: Path, rounds: int) -> None:
    from amparo.organisation.models import Person

    cookies = house.signed_in(Person.objects.get(username="statistician.bench"))
    with house.serving("desk", data, "/sign-in/", OFFICE) as program:
        connection = Connection(program.port, OFFICE, cookies)
        asked = {"P10 sex × age × year": P10, "P11 " + " × ".join(FIVE): _asked(FIVE)}
        _seen(program, connection, "the page without a table", [{"indicator": "nonsense"}] * rounds)
        for name, each in asked.items():
            _seen(program, connection, f"{name}, exact, asked first", [each | {"exact": "1"}])
            _both(program, connection, name, [each], rounds)
        for by in OTHERS:
            name = f"P11 {' × '.join(by)}"
            _seen(program, connection, f"{name}, rows not kept", [_asked(by)])
            _both(program, connection, f"{name}, another order each time", [_asked(o) for o in orders(by, rounds)], 1)
            _both(program, connection, f"{name}, asked again", [_asked(by)], rounds)


def orders(by: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """The same dimensions in other orders: tables that nobody asked for yet."""
    return list(islice(permutations(by), 1, most + 1))


def _both(program: house.Program, connection: Connection, name: str, asked: list[dict[str, str]], rounds: int) -> None:
    """Exactly and with noise, page by page; of several tables the one half so, the other half so."""
    pages = [each | {"first": str(50 * (number % 3))} for number in range(rounds) for each in asked]
    half = max(1, len(pages) // 2) if len(asked) > 1 else len(pages)
    _seen(program, connection, f"{name}, exact", [each | {"exact": "1"} for each in pages[:half]])
    _seen(program, connection, f"P13 {name}, with noise", pages[-half:])


def _asked(by: tuple[str, ...]) -> dict[str, str]:
    *down, across = by
    names = ("rows", "rows_2", "rows_3", "rows_4")
    return {"indicator": "children_identified", **dict(zip(names, down, strict=False)), "columns": across}


def _seen(program: house.Program, connection: Connection, name: str, asked: list[dict[str, str]]) -> None:
    walls, works = [], []
    for each in asked:
        work, wall = _worked(program.process.pid), perf_counter()
        status, page = connection.ask(Call(f"/figures/explore/?{urlencode(each)}"))
        walls.append(perf_counter() - wall)
        works.append(_worked(program.process.pid) - work)
        assert status == 200, (name, status)
        assert b"too many cells" not in page, name
    row(name, walls, works, program.memory())


def _worked(pid: int) -> float:
    """Processor seconds of a program and its workers."""
    ticks = 0
    for each in house.family(pid):
        told = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
