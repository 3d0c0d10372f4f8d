"""`amparo import htcds` and `amparo export htcds`: files in and out."""

import csv
from pathlib import Path
from typing import BinaryIO

import click
from allauth.mfa.models import Authenticator

from amparo.access.roles import Role
from amparo.common import clock
from amparo.common.errors import Conflict, Invalid
from amparo.common.types import IMPORTER, Actor
from amparo.interfaces.exchange import exporting, importing
from amparo.interfaces.exchange.htcds.problems import FileRefused, Problem
from amparo.interfaces.exchange.importing import Outcome, Tick
from amparo.interfaces.exchange.models import ExportRequest
from amparo.organisation.models import Agency, Person, Team
from amparo.organisation.queries import actor_of

_SHOWN = 20


@click.group(name="import")
def import_group() -> None:
    """Cases from other systems' files."""


@import_group.command(name="htcds")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Check the file and write nothing.")
@click.option("--keep-good", is_flag=True, help="Take the good rows although others are refused.")
@click.option("--by", "username", help="The supervisor who imports; asks for the password and the second factor.")
@click.option("--agency", help="Without --by: the code of the agency whose cases these are.")
@click.option("--team", help="The team that gets the cases; needed when there are several.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every problem to this CSV.")
def import_htcds(
    file: BinaryIO, dry_run: bool, keep_good: bool, username: str | None, agency: str | None,
    team: str | None, report: Path | None,
) -> None:  # fmt: skip
    """Take the children's cases of FILE: a CSV of the Human Trafficking Case Data Standard 2.0 with case_id."""
    by, into = _destination(username, agency, team)
    try:
        with _bar(file, passes=1 if dry_run else 2) as tick:
            outcome = importing.import_cases(
                by=by, into=into, stream=file, keep_good=keep_good, dry_run=dry_run, tick=tick
            )
    except FileRefused as refused:
        _write_report(report, [refused.problem])
        raise
    _write_report(report, outcome.problems)
    _tell(outcome)
    if outcome.problems and not (keep_good or dry_run):
        raise click.ClickException("Nothing was taken. Correct the rows, or take the others with --keep-good.")


@click.group(name="export")
def export_group() -> None:
    """Cases as files for other systems: for a purpose, and never by one person alone."""


@export_group.command(name="htcds")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--purpose", required=True, help="A code of the list of purposes, such as legal_duty.")
@click.option("--by", "username", required=True, help="The supervisor who asks.")
def export_htcds(out: Path, purpose: str, username: str) -> None:
    """Ask for an export; once a second person has allowed it, the same command writes the file."""
    person, by = _sign_in(username)
    request = exporting.waiting_or_approved(by=by, purpose=purpose)
    if request is None:
        request = exporting.request_export(by=by, agency=_agency_of(person, by), purpose=purpose)
    if request.approved_at is None:
        raise click.ClickException(
            f"Nothing was written. Another supervisor allows it first: amparo export approve {request.reference}"
        )
    click.echo(f"{exporting.write_export(by=by, request=request, out=out)} cases written to {out}.")


@export_group.command()
@click.argument("reference")
@click.option("--by", "username", required=True, help="The supervisor who allows it.")
def approve(reference: str, username: str) -> None:
    """Allow an export that a colleague asked for."""
    _, by = _sign_in(username)
    request = ExportRequest.objects.filter(reference=reference).first()
    if request is None:
        raise Invalid({"reference": "There is no such export."})
    exporting.approve_export(by=by, request=request)
    click.echo(f"{reference} may be written once, within seven days.")


def _destination(username: str | None, agency: str | None, team: str | None) -> tuple[Actor, Team]:
    if username:
        _, by = _sign_in(username)
        teams = Team.objects.filter(id__in=by.teams_as(Role.SUPERVISOR))
    else:
        by, teams = IMPORTER, Team.objects.filter(agency__code=agency or "")
    found = list((teams.filter(name=team) if team else teams).select_related("agency")[:2])
    if len(found) != 1:
        raise Invalid({"team": "Say by --by, --agency and --team which one team gets the cases."})
    return by, found[0]


def _agency_of(person: Person, by: Actor) -> Agency:
    agency = Agency.objects.filter(id__in=by.agencies_as(Role.SUPERVISOR)).order_by("code").first()
    if agency is None:
        raise Conflict(f"{person.username} supervises nobody.")
    return agency


def _sign_in(username: str) -> tuple[Person, Actor]:
    """Whoever gives the password and the code of the second factor. Raises `Invalid`, not saying which failed."""
    person = Person.objects.filter(username__iexact=username, is_active=True).first()
    password = click.prompt("Password", hide_input=True)
    code = click.prompt("Code of the second factor", hide_input=True)
    factor = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first() if person else None
    if not (person and factor and person.check_password(password) and factor.wrap().validate_code(code)):
        raise Invalid({"by": "The name, the password or the code is wrong."})
    return person, actor_of(person, session="command line", second_factor_at=clock.now())


class _bar:  # noqa: N801
    """A progress bar over the bytes of a file that is read in one pass or two."""

    def __init__(self, file: BinaryIO, *, passes: int) -> None:
        size = file.seek(0, 2)
        file.seek(0)
        self.file, self.passes, self.seen, self.rows = file, passes, 0, 0
        self.bar = click.progressbar(length=max(size, 1) * passes, label="Rows")

    def __enter__(self) -> Tick:
        self.bar.__enter__()
        return self.tick

    def tick(self) -> None:
        self.rows += 1
        if self.rows % 100 == 0:
            here = self.file.tell()
            self.bar.update(max(here - self.seen, 0))
            self.seen = here

    def __exit__(self, *_: object) -> None:
        self.bar.__exit__(None, None, None)


def _tell(outcome: Outcome) -> None:
    for problem in outcome.problems[:_SHOWN]:
        click.echo(f"line {problem.line}, {problem.field or 'row'}: {problem.rule}: {problem.message}", err=True)
    if len(outcome.problems) > _SHOWN:
        click.echo(f"and {len(outcome.problems) - _SHOWN} more; --report FILE holds them all", err=True)
    click.echo(
        f"{outcome.good} rows good, {outcome.already_here} here already, {outcome.copies} copies, "
        f"{len(outcome.refused)} refused, {outcome.taken} taken."
    )


def _write_report(report: Path | None, problems: list[Problem]) -> None:
    if report is None:
        return
    with report.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["line", "field", "rule", "message"])
        writer.writerows([problem.line, problem.field, problem.rule, problem.message] for problem in problems)


commands: list[click.Command] = [import_group, export_group]
