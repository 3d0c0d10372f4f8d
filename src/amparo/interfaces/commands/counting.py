"""Counting from the command line: freeze the coded facts, keep the cubes, and ask any table."""

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

import click

from amparo.common.errors import AmparoError, Invalid, NotFound
from amparo.common.types import OPERATOR
from amparo.counting.frozen import actions, cubes, queries
from amparo.counting.frozen.models import Frozen
from amparo.counting.frozen.queries import Answer
from amparo.methods.formats import lines
from amparo.methods.tabulation.asking import TOTAL, Question
from amparo.methods.tabulation.columns import to_parquet
from amparo.methods.tabulation.cube import CUBES
from amparo.methods.tabulation.engines import NAMES
from amparo.methods.tabulation.funnel import COURSES, GROUPS, NEXT
from amparo.methods.tabulation.indicators import catalogue
from amparo.methods.tabulation.schema import TABLES

_EXACT = "Exact counts of children: they tell of single children and stay with whoever answers for the figures."
_NOISY = "Every count has noise of up to {most}; totals too, so that they need not be the sum of their cells."


@click.group()
def snapshot() -> None:
    """The coded facts of the whole house, frozen: sealed, without names, dated to the month, until a day."""


@snapshot.command(name="take")
def take_snapshot() -> None:
    """Freeze all coded facts of this moment and count the maintained cubes."""
    taken = actions.take(by=OPERATOR)
    cubes.rebuild(by=OPERATOR, frozen=taken)
    _say(taken)


@snapshot.command(name="list")
def list_snapshots() -> None:
    """The snapshots that have not ended."""
    for each in queries.snapshots(by=OPERATOR):
        _say(each)


@snapshot.command(name="verify")
@click.argument("reference", default="")
def verify_snapshot(reference: str) -> None:
    """Open every part of a snapshot (the latest) and compare it with its hash. Ends with 1 when one was altered."""
    found = _found(reference)
    tables = actions.opened(by=OPERATOR, frozen=found)
    for name, table in tables.items():
        click.echo(f"{name:<12}{len(table):>12,} rows  {found.about['tables'][name]['hash'][:16]}")
    click.echo(f"{found.reference} is what was taken: {found.content_hash}")


@snapshot.command(name="export")
@click.option("--table", "name", type=click.Choice(list(TABLES)), default="child", show_default=True)
@click.option("--snapshot", "reference", default="", help="The reference of a snapshot; else the latest.")
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="A name in .csv, .parquet or .xlsx.",
)  # fmt: skip
def export_snapshot(name: str, reference: str, out: Path) -> None:
    """Write the rows of a table of a snapshot to a file: personal data, a row a child. The export is recorded.

    Rows have no name and a number of this snapshot only; record keys are left out. Whoever holds the file answers for
    it: nothing wipes it when the snapshot ends. A spreadsheet holds 1,048,575 rows.
    """
    kind = out.suffix.lower()
    if kind not in {".csv", ".parquet", ".xlsx"}:
        raise Invalid({"out": f"The name of the file ends in .csv, .parquet or .xlsx, not in {kind or 'nothing'}."})
    found = actions.exported(by=OPERATOR, frozen=_found(reference), table=name)
    batches = found.lines(lines.AT_ONCE)
    pieces = {
        ".csv": lambda: lines.as_csv(found.schema, batches),
        ".parquet": lambda: lines.as_parquet(found.schema, batches),
        ".xlsx": lambda: lines.as_xlsx(name, found.rows, found.schema, batches),
    }
    _write(out, pieces[kind]())
    click.echo(f"{found.rows:,} rows of {name} are in {out}: personal data.", err=True)


@click.group(name="cubes")
def cubes_group() -> None:
    """Tables counted in advance, so that they cost the same however many children there are."""


@cubes_group.command(name="list")
def list_cubes() -> None:
    """Which cubes are maintained, and what each can be broken down by."""
    for indicator, axes in CUBES.items():
        click.echo(f"{indicator:<32}{' × '.join(axes)}")


@cubes_group.command(name="rebuild")
@click.argument("reference", default="")
def rebuild_cubes(reference: str) -> None:
    """Count every cube of a snapshot (the latest) again."""
    for indicator, cells in cubes.rebuild(by=OPERATOR, frozen=_found(reference)).items():
        click.echo(f"{indicator:<32}{cells:>12,} cells {cells * 8 / 1e6:>8.1f} MB")


@click.command()
def indicators() -> None:
    """What can be counted, and by what."""
    for each in catalogue().indicators.values():
        click.echo(f"{each.code}\n    {each.sentence}\n    by {', '.join(each.dimensions)}")


@click.command()
@click.argument("indicator")
@click.option("--by", "dimensions", default="", help="Up to six dimensions, parted by commas: form,sex.")
@click.option("--where", multiple=True, help="DIMENSION=CODE[,CODE]: only these. May be given again.")
@click.option("--snapshot", "reference", default="", help="The reference of a snapshot; else the latest.")
@click.option("--engine", type=click.Choice(NAMES), help="Count with this one; else from a cube, or from the facts.")
@click.option("--totals/--no-totals", default=True, show_default=True, help="With every margin, as _T.")
@click.option("--noise", is_flag=True, help="The counts that explorers see, with the noise of the cell-key method.")
@click.option(
    "--out",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write Parquet for a name in .parquet, else CSV; without it CSV is printed.",
)
def table(
    indicator: str, dimensions: str, where: tuple[str, ...], reference: str, engine: str | None, totals: bool,
    noise: bool, out: Path | None,
) -> None:  # fmt: skip
    """Count INDICATOR (`amparo indicators` names them) in a snapshot, as CSV. The look is recorded.

    The counts are exact unless --noise is given: not for publication (`amparo protect`, `amparo figures`).
    """
    by = tuple(name.strip() for name in dimensions.split(",") if name.strip())
    question = Question(indicator, by, dict(map(_filter, where)), totals)
    found = _found(reference)
    if noise:
        answer = queries.explore(by=OPERATOR, question=question, frozen=found)
    else:
        answer = queries.exact(by=OPERATOR, question=question, frozen=found, engine=engine or "")
    click.echo(_NOISY.format(most=queries.MOST_NOISE) if noise else _EXACT, err=True)
    if out and out.suffix == ".parquet":
        _write(out, [to_parquet(answer.grid.columns())])
    elif out:
        _write(out, [_csv(answer).encode()])
    else:
        click.echo(_csv(answer), nl=False)


@click.command(name="funnel")
@click.argument("course", type=click.Choice(list(COURSES)))
@click.option("--first", type=int, required=True, help="Children identified from this year on.")
@click.option("--last", type=int, required=True, help="Up to this year.")
@click.option("--by", "group", type=click.Choice(GROUPS), help="A funnel for each code of it.")
@click.option("--snapshot", "reference", default="", help="The reference of a snapshot; else the latest.")
def lost(course: str, first: int, last: int, group: str | None, reference: str) -> None:
    """Where children are lost on the way: from being identified to reparation (justice) or to recovery (care).

    For each step: how many came to it, went on, were lost (by the reason, which competes with going on) and are still
    on the way; and of at least ten children the share that went on within 3, 6, 12 and 24 months. Exact counts.
    """
    found = queries.lost_on_the_way(
        by=OPERATOR, frozen=_found(reference), course=course, first=first, last=last, group=group or ""
    )
    click.echo(_EXACT, err=True)
    for code, passages in found.items():
        if code:
            click.echo(f"{group} {code}")
        for each in passages:
            shares = ", ".join(f"{by.get(NEXT, 0):.0%} in {months} months" for months, by in each.by.items())
            lost = ", ".join(f"{reason} {number}" for reason, number in each.lost.items()) or "none"
            click.echo(
                f"  {each.step:<14}{each.children:>7}  on {each.on}, waiting {each.waiting}, lost: {lost}  {shares}"
            )


@click.command()
@click.argument("indicator")
@click.option("--by", "dimension", required=True, help="A series of months for each code of this dimension.")
@click.option(
    "--months", default=36, show_default=True, type=click.IntRange(6, 240), help="How many, up to the last whole one."
)
@click.option(
    "--false-alarms",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0.001, 0.5),
    help="The expected share of false alarms among the alarms.",
)
@click.option("--snapshot", "reference", default="", help="The reference of a snapshot; else the latest.")
def trends(indicator: str, dimension: str, months: int, false_alarms: float, reference: str) -> None:
    """Where INDICATOR changed its level, and what is new: by code of a dimension, month by month.

    A code with fewer than 20 in all these months is not looked at. Exact counts: for whoever answers for the figures.
    """
    found = queries.changed_levels(
        by=OPERATOR, frozen=_found(reference), indicator=indicator, dimension=dimension, length=months,
        false_alarms=false_alarms,
    )  # fmt: skip
    click.echo(_EXACT, err=True)
    for month, each in found:
        what = "new" if each.new else f"{each.before:.1f} a month"
        click.echo(f"{each.code:<28}from {month}: {what} -> {each.after:.1f} a month (by chance {each.chance:.4f})")
    if not found:
        click.echo("No change stands out.")


def _filter(text: str) -> tuple[str, tuple[str, ...]]:
    name, _, codes = text.partition("=")
    if not codes:
        raise Invalid({"where": f"Write DIMENSION=CODE, not {text}."})
    return name.strip(), tuple(code.strip() for code in codes.split(",") if code.strip())


def _found(reference: str) -> Frozen:
    try:
        return queries.snapshot(by=OPERATOR, reference=reference)
    except NotFound:
        raise Invalid({"snapshot": "There is no such snapshot. Take one: amparo snapshot take"}) from None


def _csv(answer: Answer) -> str:
    """A line a cell that has anybody, the totals last."""
    cells = answer.grid.table().cells
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    quartiles = ["q1", "median", "q3"] if catalogue().indicator(answer.question.indicator).of else []
    writer.writerow([*answer.question.by, "number", *quartiles])
    for place in sorted(cells, key=lambda each: [(code == TOTAL, code) for code in each]):
        found = answer.quartiles.get(place, ("",) * len(quartiles))
        writer.writerow([*place, cells[place].number, *found])
    return out.getvalue()


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """All of it or nothing, for the eyes of its owner. Raises `AmparoError` when it cannot be written."""
    half = path.with_name(f".{path.name}.half")
    try:
        half.touch(mode=0o600)
        with half.open("wb") as out:
            out.writelines(pieces)
            os.fsync(out.fileno())  # a full disk may be told only now
        half.replace(path)
    except OSError as wrong:
        raise AmparoError(f"{path} cannot be written: {wrong.strerror}. Nothing was kept.") from None
    finally:
        half.unlink(missing_ok=True)


def _say(frozen: Frozen) -> None:
    children = frozen.about["tables"]["child"]["rows"]
    click.echo(
        f"{frozen.reference}  {frozen.taken_at:%Y-%m-%d %H:%M}  {children} children  "
        f"ends {frozen.expires_at:%Y-%m-%d}  {frozen.content_hash[:16]}"
    )


commands: list[click.Command] = [snapshot, cubes_group, indicators, table, lost, trends]
