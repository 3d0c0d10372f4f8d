"""`amparo sdmx`: official statistics from published tables, and a check of SDMX-CSV. No database is touched."""

import csv
from pathlib import Path

import click

from amparo.common.errors import Invalid
from amparo.interfaces.commands.protecting import write_whole

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 20  # faults


@click.group()
def sdmx() -> None:
    """Published figures for official statistics."""


@sdmx.command()
@click.argument("table", type=_FILE)
@click.option("--series", default="VC_HTF_DETV", show_default=True, help="The series of indicator 16.2.2.")
@click.option("--area", required=True, help="The State that sends it: its M49 number without leading noughts.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where the SDMX-CSV goes; else it is printed.")
def sdg(table: Path, series: str, area: str, out: Path | None) -> None:
    """SDG indicator 16.2.2 from TABLE, a published CSV file of detected child victims of trafficking.

    In the global structure IAEG-SDGs:SDG(1.4): suppressed counts have the status Q and no value. Regions and forms
    have no place there; their totals are taken. Nothing is written when a code or a count is not what it asks for.
    """
    from amparo.methods.sdmx.sdg import series as global_series

    write_whole(global_series.as_csv(_lines(table), series=series, area=area).decode(), out)


@sdmx.command()
@click.argument("file", type=_FILE)
@click.option("--area", default="", help="The State that sends it, if it must be that one.")
def check(file: Path, area: str) -> None:
    """Check FILE, an SDMX-CSV of the global SDG structure: codes, keys, attributes, periods, Q without a value.

    Every fault is named with its observation; ends with 1 when there is one.
    """
    from amparo.methods.sdmx import checking
    from amparo.methods.sdmx.sdg import series

    rows = _lines(file)
    absent = sorted({*series.KEY, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"} - set(rows[0] if rows else ()))
    found = [f"no column {name}" for name in absent] or checking.faults(rows, series.codes(), key=series.KEY, area=area)
    for each in found[:_SHOWN]:
        click.echo(each)
    if found:
        raise click.ClickException(f"{len(found)} faults.")
    click.echo(f"{len(rows)} observations, no fault.")


def _lines(file: Path) -> list[dict[str, str]]:
    """The lines of a CSV file by its header. Raises `Invalid` when it is none."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.DictReader(text))
    except UnicodeDecodeError as wrong:
        raise Invalid({"file": f"This file is not UTF-8 (byte {wrong.start})."}) from None
    if any(None in row or None in row.values() for row in rows):
        raise Invalid({"file": "A line has more or fewer fields than the first."})
    return rows


commands: list[click.Command] = [sdmx]
