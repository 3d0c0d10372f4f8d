"""A State's report to take along on a visit, and its questionnaire to fill in."""

from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils import translation

from amparo.common import clock
from amparo.monitoring import queries
from amparo.monitoring.assessing import ROLES
from amparo.monitoring.documents import questionnaire
from amparo.monitoring.documents.content import report
from amparo.monitoring.documents.pdf import pdf
from amparo.monitoring.documents.word import docx
from amparo.monitoring.profile import profile

_MAKERS = {".pdf": pdf, ".docx": docx}
_LANGUAGES = click.Choice([code for code, _name in settings.LANGUAGES] + ["zh"])


@click.group(name="export")
def export_group() -> None:
    """Write files: cases for other systems, a State's report, a questionnaire."""


@export_group.command(name="state-report")
@click.option("--state", "asked", required=True, help="A code, a number of M49, or a name.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="What held on this day; else today.")
@click.option("--language", default="en", type=_LANGUAGES, show_default=True, help="One of the six languages.")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="F.pdf or F.docx.")
def state_report(asked: str, day: datetime | None, language: str, out: Path) -> None:
    """Write all that is public of a State, and what to ask on a visit, as PDF or as a document of Word."""
    make = _MAKERS.get(out.suffix.lower())
    if make is None:
        raise click.UsageError(f"The file ends in {' or '.join(_MAKERS)}.")
    found = queries.atlas().find(asked)
    with translation.override("zh-hans" if language == "zh" else language):
        _write(out, make(report(profile(found, _not_to_come(day)))))


@export_group.command(name="questionnaire")
@click.option("--state", "asked", required=True, help="A code, a number of M49, or a name.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="Whose answers will be filled in.")
@click.option("--language", default="en", type=_LANGUAGES, show_default=True, help="One of the six languages.")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="F.xlsx.")
def export_questionnaire(asked: str, role: str, language: str, out: Path) -> None:
    """Write the rubric's questions about a State as a spreadsheet with choices, to be filled in and taken back."""
    found = queries.atlas().find(asked)
    with translation.override("zh-hans" if language == "zh" else language):
        _write(out, questionnaire.made(found, role))


def _not_to_come(day: datetime | None) -> date:
    return min(day.date(), clock.today()) if day else clock.today()


def _write(out: Path, made: bytes) -> None:
    """The file appears whole or not at all."""
    fresh = out.with_name(out.name + ".new")
    fresh.write_bytes(made)
    fresh.replace(out)
    click.echo(f"{out}: {len(made):,} bytes")


commands: list[click.Command] = [export_group]
