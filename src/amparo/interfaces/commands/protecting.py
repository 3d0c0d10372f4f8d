"""`amparo protect` and `amparo attack`: tables and records of one's own. No database is touched."""

import contextlib
import csv
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import click

from amparo.common.errors import Invalid

_FEW = 100  # records
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--out", type=_OUT, help="Where the release goes: a file for a case, a new folder for records.")
@click.option("--by", "variables", help="For records: the columns to count by, with commas between them.")
@click.option("--count", help="For a CSV of counts: the column that says how many children a line stands for.")
@click.option("--policy", type=_FILE, help="For records: the policy, a YAML file; else counts below 5 are hidden.")
@click.option("--after", type=_FILE, multiple=True, help="A release that is public already; may be given again.")
@click.option(
    "--kind", type=click.Choice(["exact", "interval", "round", "perturb"]), default="exact", show_default=True
)
@click.option("--secret", type=_FILE, help="For round and perturb: a file with 16 bytes or more, the same for good.")
@click.option("--size", type=click.IntRange(2, 100), help="The base of rounding, or the bound of the noise.")
@click.option("--seconds", default=30.0, show_default=True, help="How long to look for fewer hidden cells, at most.")
def protect(
    file: Path, out: Path | None, variables: str | None, count: str | None, policy: Path | None,
    after: tuple[Path, ...], kind: str, secret: Path | None, size: int | None, seconds: float,
) -> None:  # fmt: skip
    """Protect a case (a JSON file) or records (a CSV file, a line a child), attack the result, and write it.

    The shapes of both are in the manual, under protect. Nothing is written unless the attacker found nothing.
    """
    from amparo.methods.disclosure.cases import read_case
    from amparo.methods.disclosure.microdata import case_of_records
    from amparo.methods.disclosure.protecting import protect_case

    how: dict[str, Any] = {"seconds": seconds, "kind": kind, "size": size, "former": [_json(path) for path in after]}
    how["secret"] = _secret(secret) if kind in {"round", "perturb"} else b""
    if variables or count or file.suffix.lower() == ".csv":
        if not (variables and out):
            raise Invalid({"protect": "Records need --by, and -o with a folder that is not there yet."})
        if out.exists():
            raise Invalid({"out": f"{out} is there already."})
        given, names = _yaml(policy) if policy else {}, [name.strip() for name in variables.split(",")]
        release = protect_case(case_of_records(file, names, given, count=count, secret=how["secret"]), **how)
        write_folder(release, out)
    else:
        release = protect_case(read_case(_json(file)), **how)
        write_whole(json.dumps(release, ensure_ascii=False, indent=1) + "\n", out)
    lost = release["information_loss"]
    click.echo(f"{lost['hidden']} of {lost['cells']} cells hidden; the attacker found nothing.", err=True)


def _secret(path: Path | None) -> bytes:
    secret = path.read_bytes().strip() if path else b""
    if not 16 <= len(secret) <= 64:  # noqa: PLR2004 - what BLAKE2 takes for a key
        raise Invalid({"secret": "Give a --secret, a file with 16 to 64 bytes, and use the same for good."})
    return secret


@click.command()
@click.argument("releases", type=_FILE, nargs=-1, required=True)
@click.option("--truth", type=_FILE, help="The case that the releases were made from: judged by its truth and policy.")
@click.option("--integer", is_flag=True, help="Children are whole: slower, and sharper.")
@click.option("--insider", multiple=True, help="With --truth: who knows all children of a cell, as region=R1.")
@click.option(
    "--threshold", default=5, show_default=True, help="Without --truth: counts from 1 up to below it are small."
)
@click.option("--sample", type=click.IntRange(1), help="Go for so many numbers only: that can refute, not prove.")
@click.option("--all", "everything", is_flag=True, help="Print every interval, not only those that are open.")
def attack(
    releases: tuple[Path, ...], truth: Path | None, integer: bool, insider: tuple[str, ...], threshold: int,
    sample: int | None, everything: bool,
) -> None:  # fmt: skip
    """Compute what a reader of all RELEASES together can infer. Ends with 0: safe, 1: open, 2: they contradict."""
    from amparo.methods.disclosure import reader
    from amparo.methods.disclosure.acceptance import accept
    from amparo.methods.disclosure.cases import read_case
    from amparo.methods.disclosure.policy import Policy

    given = [_json(path) for path in releases]
    case = read_case(_json(truth)) if truth else None
    frame = _frame(given)
    policy = case.policy if case else Policy(threshold=threshold, width=threshold)
    counts = case.counts if case else None
    facts = [
        fact for path, each in zip(releases, given, strict=True) for fact in reader.facts_of(each, frame, path.name)
    ]
    if insider and case is None:
        raise Invalid({"insider": "What an insider knows is in the truth: give --truth as well."})
    try:
        opened, tried = accept(frame, facts, policy, truth=counts, whole=integer, sample=sample)
        for known in insider:
            name, _, code = known.partition("=")
            more, times = accept(frame, facts, policy, truth=counts, whole=integer, insider={name: code}, sample=sample)
            opened, tried = [*opened, *more], tried + times
        if everything:
            for learned in reader.infer(frame, facts, order=policy.margin_order, whole=integer):
                click.echo(f"{learned.name}\t{learned.low:g}\t{learned.high:g}")
    except reader.Contradiction:
        click.echo("The releases contradict each other.", err=True)
        raise SystemExit(2) from None
    for found in opened:
        click.echo(f"open: {found.words}")
    click.echo(f"{len(opened)} open, {sum(o.exact for o in opened)} of them exactly; {tried} numbers tried.", err=True)
    if opened:
        raise SystemExit(1)


@click.command()
@click.argument("file", type=_FILE)
@click.option("-o", "--out", type=_OUT, required=True, help="A folder that is not there yet.")
@click.option("--by", "variables", help="The columns to make up, with commas between them; else all.")
@click.option("--policy", type=_FILE, help="A YAML file with the codes of each column; else those of the records.")
@click.option("--epsilon", default=4.0, show_default=True, help="The budget of the whole file.")
@click.option("--delta", type=float, help="The chance that the promise fails; else 1 / (n ln n).")
@click.option("--seed", default=1, show_default=True, help="The same noisy tables and seed make the same records.")
@click.option("--ledger", type=_OUT, help="The ledger of noise, a JSON file: refuses what is more than the budget.")
@click.option("--population", help="With --ledger: who the records are of.")
@click.option("--year", type=int, help="With --ledger: the year of the records.")
@click.option("--budget", type=float, help="With --ledger, once: the epsilon of this population and year.")
def synthesize(
    file: Path, out: Path, variables: str | None, policy: Path | None, epsilon: float, delta: float | None, seed: int,
    ledger: Path | None, population: str | None, year: int | None, budget: float | None,
) -> None:  # fmt: skip
    """Make up records whose tables are near those of FILE, a CSV with a line a child (differential privacy).

    Writes the records, the noisy tables that they were made from, and a report of how near they are, which is computed
    from the truth: keep the report in the house.
    """
    from math import log

    from amparo.methods.disclosure.budget import spend
    from amparo.methods.disclosure.synthetic import measure, utility
    from amparo.methods.disclosure.synthetic import synthesize as made_up

    if out.exists():
        raise Invalid({"out": f"{out} is there already."})
    codes, truth = _coded(file, variables, _yaml(policy) if policy else {})
    names, sizes = list(codes), [len(found) for found in codes.values()]
    promise = delta or 1 / (len(truth) * log(len(truth)))
    if ledger:
        if not population or year is None:
            raise Invalid({"ledger": "A ledger of noise needs --population and --year."})
        spend(ledger, population=population, year=year, epsilon=epsilon, delta=promise, budget=budget)
    measured = measure(truth, sizes, epsilon=epsilon, delta=promise)
    records = made_up(measured, seed=seed)
    report = {
        "keep": "Computed from the truth without noise: not for publication.", "epsilon": epsilon, "delta": promise,
        "rho": measured.rho, "noise": measured.scale, "seed": seed, **utility(truth, records, sizes),
    }  # fmt: skip
    tables = [
        {"variables": [names[a], names[b]], "counts": [int(each) for each in table]}
        for (a, b), table in measured.tables.items()
    ]
    listed = list(codes.values())
    _folder(out, {
        "synthetic.csv": _csv([names, *([listed[axis][place] for axis, place in enumerate(line)] for line in records)]),
        "noisy-tables.json": json.dumps({"codes": codes, "tables": tables}) + "\n",
        "report.json": json.dumps(report, indent=1) + "\n",
    })  # fmt: skip
    click.echo(f"{len(records)} made-up records; budget spent: epsilon {epsilon:g}, delta {promise:.1e}.", err=True)


def _coded(file: Path, variables: str | None, given: dict[str, Any]) -> tuple[dict[str, list[str]], Any]:
    """The codes of each column, and the records as the places of their codes, those that are alike together."""
    from collections import Counter

    import numpy as np

    from amparo.methods.disclosure import microdata

    with file.open(encoding="utf-8-sig") as lines:
        names = [name.strip() for name in (variables or lines.readline()).split(",")]
    alike = Counter(line for line, _number, _key in microdata.records(file, names, given))
    if alike.total() < _FEW:
        raise Invalid({"file": f"Fewer than {_FEW} records: noise would be all that is left."})
    codes = microdata.variables(names, alike, given.get("codes") or {})
    places = [{code: place for place, code in enumerate(found)} for found in codes.values()]
    each = np.array([[place[code] for place, code in zip(places, line, strict=True)] for line in alike])
    return codes, np.repeat(each, list(alike.values()), axis=0)


def _frame(given: list[Any]) -> Any:
    from amparo.methods.disclosure.frame import Frame

    groups: dict[str, dict[str, Any]] = {}
    for each in given:
        if not isinstance(each, dict) or "variables" not in each or "tables" not in each:
            raise Invalid({"release": "A release is a JSON object with variables, groups and tables."})
        if each["variables"] != given[0]["variables"]:
            raise Invalid({"release": "The releases do not speak of the same variables and codes."})
        for name, found in (each.get("groups") or {}).items():
            groups.setdefault(name, {}).update(found)
    return Frame(given[0]["variables"], groups)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise Invalid({"file": f"{path.name} is no JSON: {wrong}"}) from None


def _yaml(path: Path) -> Any:
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (UnicodeDecodeError, yaml.YAMLError) as wrong:
        raise Invalid({"policy": f"{path.name} is no YAML: {wrong}"}) from None


def write_whole(text: str, out: Path | None) -> None:
    """Write all of it or nothing."""
    if out is None:
        click.echo(text, nl=False)
        return
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, out)  # noqa: PTH105 - one step, on one disk
    except OSError as wrong:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise Invalid({"out": f"{out} could not be written: {wrong.strerror}."}) from None


def write_folder(release: dict[str, Any], out: Path) -> None:
    """A CSV a table, and the release as JSON with its certificate."""
    from amparo.methods.disclosure.protecting import tables_of

    files = {f"{name.replace('/', '-')}.csv": _csv([header, *lines]) for name, header, lines in tables_of(release)}
    _folder(out, {**files, "release.json": json.dumps(release, ensure_ascii=False, indent=1) + "\n"})


def _csv(lines: list[list[str]]) -> str:
    from amparo.methods.disclosure.files import harmless

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([harmless(each) for each in line] for line in lines)
    return text.getvalue()


def _folder(out: Path, files: dict[str, str]) -> None:
    """A folder that appears only when everything is in it."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.mkdir(parents=True)
        for name, text in files.items():
            (part / name).write_text(text, encoding="utf-8")
        part.rename(out)
    except OSError as wrong:
        shutil.rmtree(part, ignore_errors=True)
        raise Invalid({"out": f"{out} could not be written: {wrong.strerror}."}) from None


commands: list[click.Command] = [protect, attack, synthesize]
