"""How many no list has: `amparo estimate LISTS.csv`. Nothing is read or kept elsewhere; no database is touched."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.common.errors import Invalid
from amparo.methods.extra import special

if TYPE_CHECKING:
    from amparo.methods.hidden import Known, Lists, Report

_NAMES = ("main", "stepwise", "bic", "dga", "lcmcr", "chao", "sample-coverage")
_SIMULATED = ("independent", "dependent", "heterogeneous", "sparse", "referral")
_INTERVALS = ("usual", "bca", "parametric", "profile")
_ABOUT_INTERVALS = (
    "usual: BCa bootstrap with the choice of the model inside, and the chance of being observed; for main, whose model "
    "nobody chose, the profile of the likelihood. bca: as others publish it, of the observed people alone. "
    "parametric: tables drawn from the model. profile: the choice of the model left out."
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)


class _Estimate(click.Group):
    """`amparo estimate LISTS.csv` is short for `amparo estimate table LISTS.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["table", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Estimate)
def estimate() -> None:
    """How many people are on no list (multiple systems estimation): `amparo estimate LISTS.csv`, see `table`."""
    special()  # said before a long file is read


@estimate.command(name="table")
@click.argument("file", type=_FILE)
@click.option(
    "--method",
    "methods",
    multiple=True,
    default=("all",),
    show_default=True,
    help=f"{', '.join(_NAMES)}: one or more, with commas or given again; or all.",
)
@click.option("--strata", multiple=True, help="A column that divides the people. May be given again.")
@click.option("--count", default="count", show_default=True, help="The column of the number of people of a line.")
@click.option("--boot", default=1000, show_default=True, help="How many resampled tables an interval is drawn from.")
@click.option("--seed", default=1234, show_default=True, help="The same seed gives the same numbers (and R's).")
@click.option("--interval", type=click.Choice(_INTERVALS), default="usual", show_default=True, help=_ABOUT_INTERVALS)
@click.option("--criterion", type=click.Choice(["bic", "aic"]), default="bic", help="By what `bic` weighs its models.")
@click.option("--jobs", default=os.cpu_count() or 1, type=click.IntRange(1, 64), help="How many processes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a table.")
@click.option("--plot", type=_OUT, help="Draw the methods and their intervals: a file ending in .svg or .png.")
@click.option("--report", "to_page", type=_OUT, help="Write a page of its own: a file ending in .html or .pdf.")
@click.option("--internal-check", "check", is_flag=True, help="Estimate each list from the others; its truth is known.")
def from_table(  # noqa: PLR0917 - click hands them over
    file: Path, methods: tuple[str, ...], strata: tuple[str, ...], count: str, boot: int, seed: int, interval: str,
    criterion: str, jobs: int, as_json: bool, plot: Path | None, to_page: Path | None, check: bool,
) -> None:  # fmt: skip
    """Estimate from FILE, a CSV with one 0/1 column a list, and a column of counts or a line a person.

    A column `set` makes one table for each of its values; a column `partition` numbers drawings of uncertain links.
    """
    from amparo.methods import hidden

    _endings(plot, (".svg", ".png"), "plot")
    _endings(to_page, (".html", ".pdf"), "report")
    tables = hidden.read(_text(file).splitlines(), strata=strata, count=count)
    if plot is not None and len(tables) > 1:
        raise Invalid({"plot": "This file holds several sets; take one for a plot, or write a report."})
    named = [name.strip() for given in methods for name in given.split(",")]
    asked = list(_NAMES) if "all" in named else named
    reports = []
    for table in tables:
        report = hidden.estimate(
            table, methods=asked, boot=boot, seed=seed, interval=interval, criterion=criterion, jobs=jobs
        )
        how = hidden.How(boot, seed, interval, criterion)
        known = list(hidden.internal_check(table.lists, methods=asked, how=how)) if check else []
        reports.append(report)
        click.echo(
            _json(report, known, check=check) if as_json else "\n".join([hidden.text(report), *_told(known), ""])
        )
    if plot is not None:
        _write(plot, hidden.chart(reports[0], image=plot.suffix[1:].lower()))
    if to_page is not None:
        write = hidden.page if to_page.suffix.lower() == ".html" else hidden.pdf
        _write(to_page, write(reports, how))


@estimate.command(name="simulate")
@click.argument("kind", type=click.Choice(_SIMULATED))
@click.option("--people", default=5000, show_default=True, help="How many there are in truth.")
@click.option("--lists", default=5, show_default=True, help="How many lists are drawn.")
@click.option("--sets", default=1, show_default=True, type=click.IntRange(1, 10_000), help="How many tables.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same tables.")
@click.option("--false-links", default=0.0, type=click.FloatRange(0, 0.5), help="The part of the links that is false.")
@click.option("--drawings", default=20, show_default=True, help="Drawings of the links, when some are false.")
def simulated(kind: str, people: int, lists: int, sets: int, seed: int, false_links: float, drawings: int) -> None:
    """Draw lists of a known truth, as a CSV that `amparo estimate` reads."""
    import numpy as np

    from amparo.methods import hidden

    for number in range(sets):
        drawn, draws = (
            hidden.simulate(kind, people=people, lists=lists, seed=seed + number),
            np.random.default_rng(seed),
        )
        if number == 0:
            click.echo(",".join(["set", *(["partition"] if false_links else []), *drawn.names, "count"]))
        if not false_links:
            _echo(drawn, f"{kind}_{number}")
            continue
        linked = hidden.mislinked(drawn, false_links, draws)
        for place in range(drawings):
            _echo(hidden.drawing(linked, false_links, draws), f"{kind}_{number}", str(place))


def _echo(drawn: "Lists", *before: str) -> None:
    for history, found in zip(drawn.histories.tolist(), drawn.counts, strict=True):
        if found:
            on = [str(history >> place & 1) for place in range(len(drawn.names))]
            click.echo(",".join([*before, *on, str(int(found))]))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid({"file": f"This file is not UTF-8 (byte {wrong.start})."}) from None


def _write(path: Path, written: bytes) -> None:
    """Whole or not at all."""
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(written)
        half.replace(path)
    except OSError as wrong:
        half.unlink(missing_ok=True)
        raise Invalid({"file": f"{path.name} cannot be written: {wrong.strerror}."}) from None


def _endings(path: Path | None, endings: tuple[str, ...], option: str) -> None:
    if path is not None and path.suffix.lower() not in endings:
        raise Invalid({option: f"The file's name must end in {' or '.join(endings)}."})


def _json(report: "Report", known: "list[Known]", *, check: bool) -> str:
    found = report.plain()
    if check:
        found["internal_check"] = [
            {
                "list": each.list, "truth": each.truth, "method": each.result.method, "estimate": each.result.estimate,
                "low": each.result.low, "high": each.result.high, "covered": each.covered,
            }
            for each in known
        ]  # fmt: skip
    return json.dumps(found, ensure_ascii=False, allow_nan=False)


def _told(known: "list[Known]") -> list[str]:
    """The internal check, a line a list and method."""
    words = {True: "inside", False: "OUTSIDE", None: "no estimate"}
    return [
        f"Known: {each.truth:,} on list {each.list}; {each.result.method} says "
        + ("–" if each.result.estimate is None else f"{each.result.estimate:,.0f}")
        + f" ({words[each.covered]})"
        for each in known
    ]


commands: list[click.Command] = [estimate]
