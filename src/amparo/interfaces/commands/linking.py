"""Are these records one child? `amparo link A.csv …`. Files in, files out; no database of the house is touched."""

import csv
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.common.errors import AmparoError, Invalid

if TYPE_CHECKING:
    from amparo.methods.linkage.learning import Model
    from amparo.methods.linkage.linking import Linked
    from amparo.methods.linkage.people import Person
    from amparo.methods.linkage.quality import Quality
    from amparo.methods.linkage.tables import Tables

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_COLUMN = click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME",
    help="What a field is called in the file, e.g. given_name=FORENAME. May be given again.",
)  # fmt: skip
_ENCODING = click.option("--encoding", default="utf-8", show_default=True, help="How the files' letters are encoded.")


class _Link(click.Group):
    """`amparo link A.csv` is short for `amparo link records A.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["records", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Link)
def link() -> None:
    """Which records of several agencies are of one child, and how many children there are.

    `amparo link A.csv B.csv -o pairs.csv --clusters clusters.csv` is short for `amparo link records …`.
    """
    try:
        import duckdb  # noqa: F401 - asked only whether they are there
        import scipy  # noqa: F401
        import splink  # noqa: F401
    except ModuleNotFoundError:
        raise AmparoError("Linkage needs the extra `linkage`: install amparo[linkage].") from None


@link.command(name="records")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=_OUT,
    help="Write every two records of one child: record_id_l, record_id_r, score, weight, answer.",
)
@click.option("--clusters", "to_clusters", type=_OUT, help="Write each record's child: record_id, cluster_id and more.")
@click.option("--undecided", type=_OUT, help="Write the pairs that a person should look at, the likeliest first.")
@click.option("--truth", type=_FILE, help="A CSV with record_id and person_id: prints how good the linkage is.")
@click.option(
    "--threshold",
    type=click.FloatRange(0.05, 0.999),
    default=0.6,
    show_default=True,
    help="How likely two groups must be one child, on average over their pairs, to be joined.",
)
@click.option("--explain", type=(str, str), metavar="ID1 ID2", help="Draw why two records are, or are not, one child.")
@click.option("--model", "from_model", type=_FILE, help="Use weights that were saved, instead of training.")
@click.option("--save-model", type=_OUT, help="Save the weights.")
@click.option("--secret-file", type=_FILE, help="Encode the clear files in memory, to link them with encoded ones.")
@click.option("--prefix-ids", is_flag=True, help="Put the file's name before each id, where two files use the same.")
@click.option("--memory", default="2GB", show_default=True, help="What the engine may use; the rest goes to disk.")
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the work in this folder; the same command goes on there after an interruption.",
)
@click.option("--add", "more", is_flag=True, help="Link the files with the records that --work holds, by its weights.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What compares; for Spark the extra `spark` and Java 17, and a folder of --work that all reach.",
)
@_COLUMN
@_ENCODING
def records(  # noqa: PLR0917 - the options of one command
    files: tuple[Path, ...], output: Path | None, to_clusters: Path | None, undecided: Path | None,
    truth: Path | None, threshold: float,
    explain: tuple[str, str] | None, from_model: Path | None, save_model: Path | None, secret_file: Path | None,
    prefix_ids: bool, memory: str, work: Path | None, more: bool, engine: str, columns: tuple[str, ...], encoding: str,
) -> None:  # fmt: skip
    """Link the records in FILES, within and between them. The weights are learned from the records; no labels needed.

    The first line names the columns; those of `docs/how-to/link-records.md` are known without any option.
    """
    from amparo.methods.linkage import engine as engines
    from amparo.methods.linkage import learning, linking, reading

    reader = reading.Reader(_columns(columns), encoding)
    known = reading.truth(truth) if truth else None
    model = learning.loaded(from_model.read_text(encoding="utf-8")) if from_model else None
    if more and work is None:
        raise Invalid({"add": "Say with --work which folder holds the records that these are added to."})
    if engine == "spark" and more:
        raise Invalid({"engine": "A run on Spark is not kept; records are added to a run of DuckDB."})
    kept = engines.Work(work, files, more=more) if work else None
    tables = _spark(work) if engine == "spark" else None
    with engines.Engine(memory=memory, work=kept, tables=tables, told=_told) as running:
        people = reading.people(files, reader, secret=secret_file, prefix=prefix_ids, skip=running.taken)
        linked = linking.link(_progress(people, files), engine=running, threshold=threshold, model=model)
        rare = {id: running.rare(id) for id in explain or ()}
    for sentence in reader.told():
        click.echo(sentence, err=True)
    if save_model:
        _write_text(save_model, linked.model.saved())
    pair = ("record_id_l", "record_id_r", "score", "weight", "answer")
    if output:
        _write(output, pair, linking.pair_rows(linked))
    if undecided:
        _write(undecided, pair, linking.doubt_rows(linked))
    if to_clusters:
        head = ("record_id", "cluster_id", "agency", "sure_id", "may_be", "told_bits")
        _write(to_clusters, head, linking.cluster_rows(linked))
    click.echo(_summary(linked))
    if known is not None:
        _judged(linked, known)
    if explain:
        again = reading.people(
            files, reading.Reader(_columns(columns), encoding), secret=secret_file, prefix=prefix_ids
        )
        _explained(
            {each.id: replace(each, rare=rare[each.id]) for each in again if each.id in rare}, explain, linked.model
        )


@link.command(name="check")
@click.argument("registry", type=_FILE, metavar="RECORDS.csv")
@click.argument("queries", type=_FILE, metavar="QUERIES.csv")
@click.option(
    "-o", "--output", type=_OUT, required=True, help="Write query_id, rank, record_id, score, latency_ms, answer."
)
@click.option(
    "--model", "from_model", type=_FILE, help="Use weights that were saved, instead of training on the records."
)
@click.option("--index", "kept", type=_OUT, help="Keep the index in this file, and use it again when it is there.")
@click.option("--ranks", default=10, show_default=True, type=click.IntRange(1, 100), help="How many to write a query.")
@_COLUMN
@_ENCODING
def check(
    registry: Path, queries: Path, output: Path, from_model: Path | None, kept: Path | None, ranks: int,
    columns: tuple[str, ...], encoding: str,
) -> None:  # fmt: skip
    """Have we met this child? Asks each of QUERIES against RECORDS, as intake does, and writes the best ten.

    `score` is the chance of being the same child; `answer` names what the pair most likely is, so that an unregistered
    twin shows as "twin", not as the same child. `latency_ms` holds the whole answer, normalising the query included.
    """
    from amparo.methods.linkage import learning, reading
    from amparo.methods.linkage.index import Index
    from amparo.methods.linkage.people import person as normalised

    reader = reading.Reader(_columns(columns), encoding)
    model = learning.loaded(from_model.read_text(encoding="utf-8")) if from_model else _trained(registry, reader)
    index = Index(kept, of=repr((registry.name, registry.stat().st_size, registry.stat().st_mtime_ns)))
    if not index.records:
        index.add(reading.people([registry], reading.Reader(_columns(columns), encoding)))
    asked = reading.Reader(_columns(columns), encoding, key="query_id")
    rows, times = [], []
    for row in asked.read(queries):
        start = time.perf_counter()
        found = index.met(normalised(row), model, shown=ranks)
        times.append(1000 * (time.perf_counter() - start))
        for rank, each in enumerate(found, start=1):
            rows.append((row["record_id"], rank, each.id, f"{each.score:.6f}", f"{times[-1]:.3f}", each.answer))
    _write(output, ("query_id", "rank", "record_id", "score", "latency_ms", "answer"), rows)
    ordered = sorted(times)
    if ordered:
        middle, most = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        click.echo(
            f"{len(times):,} questions to {index.records:,} records; {middle:.1f} ms in the middle, p95 {most:.1f} ms."
        )


@link.command(name="count")
@click.argument("clusters", type=_FILE, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--histories", is_flag=True, help="Print the capture histories instead: a CSV for `amparo estimate`.")
@click.option(
    "--draws",
    default=0,
    type=click.IntRange(0, 1000),
    help="With --histories: this many drawn ways in which the doubtful links may be, a `set` each.",
)
@click.option("--seed", default=1234, show_default=True, help="The same seed gives the same numbers.")
def count(clusters: tuple[Path, ...], as_json: bool, histories: bool, draws: int, seed: int) -> None:
    """How many children are in CLUSTERS, each counted once, with a 95 % interval; overall and by agency.

    The interval carries what the linkage left in doubt, and the records that tell too little to meet any other.
    """
    from amparo.methods.linkage import tally

    read = tally.read(clusters)
    if histories:
        _histories(read, draws, seed)
        return
    found = tally.counts(read, seed=seed)
    if as_json:
        click.echo(json.dumps({"children": vars(found[0]), "agencies": [vars(each) for each in found[1:]]}))
        return
    click.echo(f"{'':<24}{'records':>9}{'as grouped':>12}{'children':>10}   95 % interval")
    for each in found:
        ends = f"{each.low:,} – {each.high:,}"
        click.echo(f"{each.name:<24}{each.records:>9,}{each.grouped:>12,}{each.estimate:>10,}   {ends}")


@link.command(name="registry")
def registry_() -> None:
    """Link the children in this house's own records, as is done every night; names stay in the vault.

    Keeps a new edition of the weights, puts undecided pairs before supervisors, and lets every figure that counts
    children over agencies count each once. Merges nothing: two people do that, on the desk.
    """
    from amparo.common.types import OPERATOR
    from amparo.counting.overlaps.actions import take_links
    from amparo.linkage import running

    found = running.find(by=OPERATOR)
    take_links(by=OPERATOR, drawings=found.drawings)
    click.echo(
        f"{found.weights.records:,} records of {found.children:,} children as grouped; weights edition "
        f"{found.weights.number} ({found.weights.origin}); {found.pairs:,} new pairs for people to look at."
    )
    for each in found.weights.drift:
        click.echo(f"Changed since the edition before: {each['what']}, {each['before']} → {each['now']}.", err=True)


@link.command(name="encode")
@click.argument("file", type=_FILE, metavar="RECORDS.csv")
@click.option("--agency", required=True, help="The agency that takes part.")
@click.option("--secret-file", type=_FILE, required=True, help="The secret that the agencies share; 32 bytes or more.")
@click.option("-o", "--output", type=_OUT, required=True, help="Write the encoded records.")
@_COLUMN
@_ENCODING
def encode(file: Path, agency: str, secret_file: Path, output: Path, columns: tuple[str, ...], encoding: str) -> None:
    """Encode RECORDS so that they can be linked by who does not hold the secret. Runs at the agency, offline.

    Names leave as keyed tokens of how they sound, dates and numbers as keyed tokens; the year of birth and the sex stay
    readable. It is still personal data: see `docs/explanation/linking-without-names.md` before it leaves the house.
    """
    from amparo.methods.linkage import encoding as encodings
    from amparo.methods.linkage import reading
    from amparo.methods.linkage.people import person as normalised

    reader = reading.Reader(_columns(columns), encoding)
    secret = encodings.secret(secret_file.read_bytes())
    rows = (encodings.row(normalised({**row, "agency": agency}), secret) for row in reading.everybody([file], reader))
    _write(output, encodings.COLUMNS, rows)
    for sentence in reader.told():
        click.echo(sentence, err=True)
    click.echo(f"{reader.rows:,} records encoded with the secret {encodings.mark(secret)}.")


def _trained(registry: Path, reader: object) -> "Model":
    from amparo.methods.linkage import reading
    from amparo.methods.linkage.engine import Engine

    assert isinstance(reader, reading.Reader)
    with Engine() as engine:
        engine.take(reading.people([registry], reader))
        return engine.train()


def _columns(given: Iterable[str]) -> dict[str, str]:
    from amparo.methods.linkage.people import FIELDS

    found = {}
    for each in given:
        name, _, column = each.partition("=")
        if name not in FIELDS or not column:
            raise Invalid({"column": f"“{each}” must be FIELD=NAME; the fields are {', '.join(FIELDS)}."})
        found[name] = column
    return found


def _spark(folder: Path | None) -> "Tables":
    from amparo.methods.linkage.spark import Spark

    return Spark(folder)


def _told(what: str, share: float) -> None:
    """How far a long run is, on a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{what} {share:4.0%}", nl=False, err=True)


def _progress(people: "Iterable[Person]", files: Sequence[Path]) -> "Iterator[Person]":
    """A bar on a terminal; its length is a guess from the files' size."""
    guess = max(1, sum(each.stat().st_size for each in files) // 130)
    with click.progressbar(people, length=guess, label="Reading", update_min_steps=5_000, file=sys.stderr) as bar:
        yield from bar


def _summary(linked: "Linked") -> str:
    children = len(set(linked.group.tolist()))
    open_ = sum(1 for _ in linked.doubts())
    doubt = f"{open_:,} links in doubt (`amparo link count`)"
    return f"{len(linked.ids):,} records of {children:,} children as grouped; {doubt}."


def _judged(linked: "Linked", known: Mapping[str, Mapping[str, str]]) -> None:
    from amparo.methods.linkage.quality import judge

    found = judge(linked.ids, linked.group.tolist(), known)
    for name, value in _lines(found):
        click.echo(f"{name:<52}{value}")


def _lines(found: "Quality") -> Iterator[tuple[str, str]]:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.4f}"

    yield "pairs: precision", share(found.precision)
    yield "pairs: recall", share(found.recall)
    yield "pairs: F1", share(found.f1)
    yield "pairs: F1 without almost empty records", share(found.linkable_f1)
    yield "twins merged (share of pairs of twins)", share(found.twins_merged)
    yield "siblings merged (share of pairs of siblings)", share(found.siblings_merged)
    yield "children in a group with another child", share(found.over_merged)
    yield "children, in truth and as grouped", f"{found.children:,} and {found.counted:,} ({found.count_error:+.1%})"
    yield "recall across scripts", share(found.cross_script_recall)
    for culture, value in found.by_culture.items():
        yield f"F1, culture {culture}", share(value)
    yield "worst gap between cultures", share(found.culture_gap)


def _explained(wanted: "Mapping[str, Person]", ids: tuple[str, str], model: "Model") -> None:
    from amparo.methods.linkage.linking import waterfall

    missing = [id for id in ids if id not in wanted]
    if missing:
        raise Invalid({"explain": f"The record {missing[0]} is not in these files."})
    click.echo("\n".join(["", f"{ids[0]} and {ids[1]}", *waterfall(wanted[ids[0]], wanted[ids[1]], model)]))


def _histories(read: object, draws: int, seed: int) -> None:
    from amparo.methods.linkage import tally

    assert isinstance(read, tally.Grouped)
    ways = list(tally.completed(read, draws=draws, seed=seed)) if draws else [read.group]
    click.echo(",".join([*(["set"] if draws else []), *read.agencies, "count"]))
    for number, parts in enumerate(ways, start=1):
        for on, people in tally.histories(read, parts).items():
            click.echo(",".join([*([f"draw_{number}"] if draws else []), *map(str, on), str(people)]))


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV, whole or not at all."""
    half = path.with_name(path.name + ".part")
    try:
        with half.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
        half.replace(path)
    except OSError as wrong:
        raise AmparoError(f"{path.name} cannot be written: {wrong.strerror}.") from None
    finally:
        half.unlink(missing_ok=True)


def _write_text(path: Path, text: str) -> None:
    half = path.with_name(path.name + ".part")
    half.write_text(text, encoding="utf-8")
    half.replace(path)


commands: list[click.Command] = [link]
