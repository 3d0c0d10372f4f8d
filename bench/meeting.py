# ruff: noqa: E501
"""Have we met this child, at the desk's own search: `python -m bench.meeting [--children 10000] [--host latin]`.

Builds a scratch house on SQLite, registers the records of a made-up world in bulk (names sealed, copies sealed, hashes
kept), and asks the world's questions through `linkage.meeting`: policy, ceiling, walls, audit rows, decryption and
scoring included; HTTP is not. It measures and prints; it asserts nothing. Seconds of the processor beside the wall's.
"""

import argparse
import csv
import os
import resource
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from bench import house, worlds

_AT_ONCE = 2000
_SEX = {"M": "male", "F": "female"}
_PEOPLE = 20
_NOW = datetime.now(UTC).date()


def main() -> None:
    given = _arguments()
    folder = Path(tempfile.mkdtemp(prefix="amparo-meeting-", dir=given.scratch))
    if given.postgresql:
        import tests.postgresql as cluster  # a private one, gone afterwards
    try:
        if given.world is None:
            worlds.build(folder, host=given.host, children=given.children, seed=given.seed)
        world = given.world or folder
        house.command(folder / "data", "setup", databases=given.postgresql)
        os.environ.update(house.environment(folder / "data", databases=given.postgresql))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings.desk")
        import django

        django.setup()
        agencies, somebody = _founded()
        records = _registered(world, agencies, given.most)
        print(f"{house.bytes_of(folder / 'data') / 1e6:,.0f} MB of databases", flush=True)
        if given.counted:
            _adopted(sum(1 for _ in records))
        _asked(world, records, somebody, given.questions)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if given.postgresql:
            cluster.pytest_unconfigure()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.meeting", description=__doc__)
    parser.add_argument("--children", type=int, default=6000, help="children of a made-up world")
    parser.add_argument("--host", choices=worlds.HOSTS, default="latin")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument(
        "--world", type=Path, help="a folder with records.csv, truth.csv, queries.csv, queries_truth.csv instead"
    )
    parser.add_argument("--most", type=int, default=None, help="register no more records than this")
    parser.add_argument("--postgresql", action="store_true", help="in a private cluster instead of SQLite")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument(
        "--counted", action="store_true", help="as after a nightly run: the weights know how many records there are"
    )
    parser.add_argument("--scratch", type=Path, default=None)
    return parser.parse_args()


def _founded():
    from amparo.common.types import OPERATOR
    from amparo.organisation import actions, queries

    place = actions.add_place(by=OPERATOR, code="BM", name="Bench")
    made = {}
    for code in [*worlds.AGENCIES, "asking"]:
        made[code] = actions.found_agency(
            by=OPERATOR, code=code[:10].upper(), name=code, kind="ministry", place=place, takes_reports=False
        )
    team = actions.add_team(by=OPERATOR, agency=made["asking"], name="First")
    people = []
    for number in range(_PEOPLE):
        person = actions.add_person(by=OPERATOR, username=f"asker.{number}", name="Demo asker")
        actions.give_post(by=OPERATOR, person=person, role="intake_officer", agency=made["asking"], team=team)
        people.append(queries.actor_of(person))
    return made, people


def _identity(row: dict):
    from amparo.linkage.actions import ChildFacts, Identity

    exact = len(row["date_of_birth"]) == 10 and row["dob_quality"] not in {"estimated", "unknown"}
    year = int(row["date_of_birth"][:4]) if row["date_of_birth"][:4].isdecimal() else None
    if year is None and row["age_years"].isdecimal():
        year = int((row["registered_on"] or "2025")[:4]) - int(row["age_years"])
    try:
        born = date.fromisoformat(row["date_of_birth"]) if exact else None
    except ValueError:
        born = None
    if year is not None and (year > _NOW.year or (born and born > _NOW)):
        born = year = None  # a slip of whoever wrote it: nobody registers a birth in the future
    identity = Identity(
        given=row["given_name"], family=row["family_name"], other=f"{row['middle_names']} {row['other_names']}".strip(),
        mother=row["mother_name"], father=row["father_name"], birth_place=row["place_of_birth"], birth_date=born, contact=row["phone"],
        address=", ".join(each for each in (row["settlement"], row["district"]) if each),
    )  # fmt: skip
    precision = "day" if born else "estimated" if year else "unknown"
    facts = ChildFacts(
        sex=_SEX.get(row["sex"], "unknown"), birth_year=year, birth_precision=precision,
        nationality=row["nationality"] if row["nationality"] in _countries() else "unknown",
    )  # fmt: skip
    return identity, facts


@cache
def _countries() -> set[str]:
    from amparo.vocabulary.queries import codes

    return set(codes("country"))


def _registered(world: Path, agencies, most: int | None) -> dict:
    """By child its record's number in the world."""
    from amparo.common.types import IMPORTER
    from amparo.linkage.bulk import Newcomer, register_children

    known, wall, cpu = {}, time.perf_counter(), time.process_time()
    by_agency: dict[str, list] = {}
    with (world / "records.csv").open(encoding="utf-8") as lines:
        for row in islice(csv.DictReader(lines), most):
            identity, facts = _identity(row)
            if not any((identity.given, identity.family, identity.other)):
                continue
            by_agency.setdefault(row["agency"], []).append((row["record_id"], Newcomer(identity, facts)))
    for code, rows in by_agency.items():
        agency = agencies.get(code) or next(iter(agencies.values()))
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            made = register_children(by=IMPORTER, agency=agency, newcomers=[each for _id, each in some])
            known.update({child.id: id for child, (id, _each) in zip(made, some, strict=True)})
    print(
        f"{len(known):,} records registered in {time.perf_counter() - wall:.0f} s ({time.process_time() - cpu:.0f} CPU-s)",
        flush=True,
    )
    return known


def _adopted(records: int) -> None:
    import json

    from amparo.common import clock
    from amparo.linkage import weighing
    from amparo.linkage.models import Weights

    Weights.objects.create(
        number=1, origin="shipped", model=json.loads(weighing.first().saved()), records=records, made_at=clock.now()
    )


def _ten_likeliest(by, identity, facts, person_of: dict, records: dict) -> set[str]:
    """The children of the ten likeliest records, however unlikely: what the index finds, before what is worth telling."""
    from dataclasses import asdict

    from amparo.linkage import matching
    from amparo.linkage.actions import plain

    asked = matching.as_person(plain(identity), asdict(facts))
    return {
        person_of[records[each.child.id]] for each in matching.candidates(by=by, asked=asked, purpose="triage")[:10]
    }


def _asked(world: Path, records: dict, people: list, most: int) -> None:
    from amparo.linkage.meeting import have_we_met
    from amparo.linkage.models import Contact

    person_of = {
        row["record_id"]: row["person_id"] for row in csv.DictReader((world / "truth.csv").open(encoding="utf-8"))
    }
    answers = {row["query_id"]: row for row in csv.DictReader((world / "queries_truth.csv").open(encoding="utf-8"))}
    registered = {person_of[id] for id in records.values()}
    times, cpus, first, ten, number, ranked = [], [], 0, 0, 0, 0
    new, alarms, twins, twin_same, minimal = 0, 0, 0, 0, [0, 0]
    rows = list(islice(csv.DictReader((world / "queries.csv").open(encoding="utf-8")), most))
    for at, row in enumerate(rows):
        identity, facts = _identity({**row, "registered_on": row.get("registered_on") or ""})
        if facts.birth_year is None or not any((identity.given, identity.family, identity.other)):
            continue
        wall, cpu = time.perf_counter(), time.process_time()
        met = have_we_met(by=people[at % len(people)], identity=identity, facts=facts, reason="triage")
        times.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
        truth = answers[row["query_id"]]
        children = dict(Contact.objects.filter(id__in=[each.contact for each in met]).values_list("id", "child"))
        found = [person_of[records[children[each.contact]]] for each in met]
        if truth["kind"] == "existing" and truth["person_id"] in registered:
            number, first, ten = (
                number + 1,
                first + (found[:1] == [truth["person_id"]]),
                ten + (truth["person_id"] in found),
            )
            ranked += truth["person_id"] in _ten_likeliest(people[0], identity, facts, person_of, records)
            if truth["minimal"] != "1":
                minimal = [minimal[0] + 1, minimal[1] + (truth["person_id"] in found)]
        elif truth["kind"] == "new_twin":
            twins, twin_same = twins + 1, twin_same + bool(met and met[0].may_be == "same")
        elif truth["kind"] == "new":
            new, alarms = new + 1, alarms + bool(met)
    rank = np.quantile(times, [0.5, 0.95, 0.99])
    print(
        f"{len(records):,} records, {len(times)} questions: {rank[0]:.1f} / {rank[1]:.1f} / {rank[2]:.1f} ms (p50 / p95 / p99); processor {np.quantile(cpus, 0.5):.1f} / {np.quantile(cpus, 0.95):.1f} ms; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB"
    )
    print(f"right child first {first / max(number, 1):.3f}, among those told {ten / max(number, 1):.3f}, among the ten likeliest {ranked / max(number, 1):.3f} of {number}; but for almost empty records {minimal[1] / max(minimal[0], 1):.3f}; "
          f"something shown for {alarms} of {new} new children; unregistered twins shown as the same child {twin_same} of {twins}")  # fmt: skip


if __name__ == "__main__":
    main()
