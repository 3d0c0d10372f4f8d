"""The monitor from the command line: take public data, and ask who is bound by which treaty."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from amparo.common import clock
from amparo.common.types import OPERATOR
from amparo.monitoring import actions, assessing, legislating, publishing, queries, treaties
from amparo.monitoring.documents.incoming import import_questionnaire as take_questionnaire
from amparo.monitoring.importing.reading import Outcome
from amparo.monitoring.world import name

Command = Callable[..., Any]
_SHOWN = 20  # refused rows that are printed; all of them go to --refused
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _taking(command: Command) -> Command:
    """What every import takes."""
    for option in (
        click.option(
            "--refused", type=click.Path(dir_okay=False, path_type=Path), help="Write refused rows to this CSV."
        ),
        click.option("--keep-good", is_flag=True, help="Take the good rows although others are refused."),
        click.option("--dry-run", is_flag=True, help="Try everything and keep nothing."),
        click.argument("file", type=_FILE),
    ):
        command = option(command)
    return command


@click.group(name="import")
def import_group() -> None:
    """Take data from files: public data about States, and cases of other systems."""


@import_group.command(name="treaties")
@_taking
def import_treaties(file: Path, refused: Path | None, **how: Any) -> None:
    """Take who is bound by which treaty since when: a CSV, a row a State and treaty."""
    _take(actions.import_treaties, file, refused, **how)


@import_group.command(name="sdg")
@_taking
@click.option("--source", default="", help="A short code of the source; else the file's name.")
@click.option("--title", default="UNSD Global SDG Database", show_default=True, help="What the source is called.")
@click.option("--as-of", required=True, help="The day, month or year to which the source knows: 2026-10.")
def import_sdg(file: Path, refused: Path | None, source: str, title: str, as_of: str, **how: Any) -> None:
    """Take a series: a CSV as the Global SDG Database gives it, or with the same columns."""
    _take(actions.import_series, file, refused, source=source or file.stem[:40], title=title, as_of=as_of, **how)


@import_group.command(name="upr")
@_taking
def import_upr(file: Path, refused: Path | None, **how: Any) -> None:
    """Take recommendations of the Universal Periodic Review: a CSV of the UPR Info database."""
    _take(actions.import_upr, file, refused, **how)


@import_group.command(name="uhri")
@_taking
def import_uhri(file: Path, refused: Path | None, **how: Any) -> None:
    """Take recommendations of all mechanisms: a JSON export of the Universal Human Rights Index, however long."""
    _take(actions.import_uhri, file, refused, **how)


@import_group.command(name="questionnaire")
@_taking
def import_questionnaire(file: Path, refused: Path | None, **how: Any) -> None:
    """Take a filled questionnaire (XLSX), whole or not at all. Its answers wait for a second person's review."""
    _take(take_questionnaire, file, refused, **how)


@import_group.command(name="law")
@_taking
def import_law(file: Path, refused: Path | None, **how: Any) -> None:
    """Take what somebody compiled of States' laws: a CSV, a row a provision, labelled with whose compilation it is."""
    _take(legislating.import_law, file, refused, **how)


@import_group.command(name="assessments")
@_taking
def import_assessments(file: Path, refused: Path | None, **how: Any) -> None:
    """Take answers to the rubric: a CSV, a row an answer. They wait at the desk for a second person's review."""
    _take(assessing.import_assessments, file, refused, **how)


def _take(action: Callable[..., Outcome], file: Path, refused: Path | None, **how: Any) -> None:
    with _watched(file) as told:
        outcome = action(by=OPERATOR, file=file, told=told, **how)
    _tell(outcome, refused)


@click.command()
@click.argument("code")
@click.option("--state", "asked", help="Only this State: a code, a number of M49, or a name.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="How it stood on this day; else today.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def treaty(code: str, asked: str | None, day: datetime | None, as_json: bool) -> None:
    """Who is bound by treaty CODE (OPSC, CRC …) since when, how exactly that is known, and who says so."""
    found, on = treaties.treaty(code), day.date() if day else clock.today()
    only = queries.atlas().find(asked) if asked else None
    rows = [each for each in queries.standings(found, on) if only is None or each.state.iso3 == only.iso3]
    if as_json:
        click.echo(json.dumps(_for_machines(found, on, rows), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.code}  {found.title}\nAdopted {found.adopted}, in force {found.in_force}. As it stood on {on}.")
    for each in rows:
        if only or each.status in {treaties.PARTY, treaties.NOT_KNOWN}:
            click.echo(_line(each))
    if only is None:
        counts = {
            status: sum(each.status == status for each in rows) for status in (*treaties.STATUSES, treaties.NOT_KNOWN)
        }
        click.echo(", ".join(f"{status.replace('_', ' ')} {count}" for status, count in counts.items()))


def _line(each: queries.Standing) -> str:
    row = each.row
    told = f"{each.state.iso3}  {name(each.state)[:44]:<45}{each.status.replace('_', ' '):<11}{each.date or '–':<12}"
    return f"{told}{row.precision or '–':<6}{row.source}, as of {row.as_of}" if row else f"{told}no source"


def _for_machines(found: treaties.Treaty, on: date, rows: list[queries.Standing]) -> dict[str, Any]:
    return {
        "treaty": found.code, "title": found.title, "adopted": str(found.adopted), "in_force": str(found.in_force),
        "on": str(on), "states": [_row(each) for each in rows],
    }  # fmt: skip


def _row(each: queries.Standing) -> dict[str, Any]:
    row = each.row
    return {
        "state": each.state.iso3, "name": name(each.state), "status": each.status, "date": each.date or None,
        "precision": row.precision or None if row else None, "act": row.act or None if row else None,
        "signed": str(row.signed_on) if row and row.signed_on else None, "as_of": row.as_of if row else None,
        "source": row.source if row else None, "note": row.note if row else "",
    }  # fmt: skip


@contextmanager
def _watched(file: Path) -> Iterator[Callable[[int], object]]:
    """A bar of the bytes read."""
    with click.progressbar(length=file.stat().st_size, label="Reading") as bar:
        yield lambda at: bar.update(at - bar.pos) if at > bar.pos else None


def _tell(outcome: Outcome, refused: Path | None) -> None:
    for each in outcome.refusals[:_SHOWN]:
        where = f"line {each.line}, " if each.line else ""
        click.echo(f"{where}{each.column}: {each.rule}", err=True)
    if refused:
        _write_refused(outcome, refused)
    kept = "" if outcome.kept else " Nothing was kept."
    click.echo(
        f"{outcome.read} rows: {outcome.made} new, {outcome.changed} changed, {outcome.same} as before, "
        f"{outcome.refused} refused.{kept}"
    )
    if outcome.refused and not outcome.kept:
        raise click.exceptions.Exit(1)


def _write_refused(outcome: Outcome, to: Path) -> None:
    import csv

    fresh = to.with_suffix(to.suffix + ".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "column", "rule"])
        writer.writerows([each.line, each.column, each.rule] for each in outcome.refusals)
    fresh.rename(to)


@click.command(name="open-data")
@click.argument("folder", type=click.Path(path_type=Path))
def open_data(folder: Path) -> None:
    """Write everything public about States into a new FOLDER: CSV files and a Frictionless datapackage.json."""
    for table, number in publishing.write_package(folder).items():
        click.echo(f"{table:<16}{number:>9} rows")


commands: list[click.Command] = [import_group, treaty, open_data]
