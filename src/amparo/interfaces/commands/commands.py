"""Setting up and looking after an installation."""

from pathlib import Path

import click
from django.core.management import call_command
from django.db import connections

from amparo.access.roles import Role
from amparo.audit import actions as audit
from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR
from amparo.intake.postbox import record as door_record
from amparo.organisation import actions as organisation
from amparo.organisation.importing import read_places
from amparo.organisation.models import Agency, Membership, Person, Place, Team
from amparo.vault.root import key_file
from amparo.vault.system_keys import lookup_secret
from amparo.vocabulary.actions import load_shipped


@click.command()
def setup() -> None:
    """Make the root key, the databases and the shipped code lists. Run again after an upgrade: nothing is lost."""
    key = key_file()
    if not key.path.exists():
        key.create()
    key.unseal()
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        click.echo(f"database {alias:<8} ready")
    lookup_secret()
    load_shipped(by=OPERATOR)
    click.echo("code lists        ready")


@click.group(name="audit")
def audit_group() -> None:
    """The record of every act and every look."""


@audit_group.command()
@click.option("--head", metavar="SEQ:HASH", help="The head that a witness holds; shows a chain that was cut short.")
@click.option("--door-head", metavar="SEQ:HASH", help="The same for the door's chain.")
def verify(head: str | None, door_head: str | None) -> None:
    """Walk the desk's chain and the door's from their first links and name the first broken one."""
    for name, walk, held in (("desk", audit.verify, head), ("door", door_record.verify, door_head)):
        verdict = walk(expected_head=as_head(held) if held else None)
        if not verdict.sound:
            raise click.ClickException(f"The chain of the {name} is broken: {verdict.why}.")
        click.echo(f"{name}: {verdict.links} links, sound. Head {verdict.links}:{verdict.head}")
        if verdict.dated_back:
            click.echo(
                f"{name}: {verdict.dated_back} links bear an earlier time than the one before (imported acts do)."
            )


@audit_group.command(name="head")
def show_head() -> None:
    """Print the last links, for a witness outside this machine to keep."""
    for name, last in (("desk", audit.head()), ("door", door_record.head())):
        click.echo(f"{name} {last[0]}:{last[1]}")


def as_head(text: str) -> tuple[int, str]:
    """A head as people write it: its number and its hash."""
    seq, _, digest = text.partition(":")
    if not seq.isdigit() or len(digest) != 64:  # noqa: PLR2004
        raise click.BadParameter("A head is written SEQ:HASH, as `amparo audit head` prints it.")
    return int(seq), digest


@click.group()
def places() -> None:
    """Countries, regions and districts."""


@places.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_places(file: Path) -> None:
    """Take places from a CSV with the columns code, name, parent, or with HXL tags. All of it or nothing."""
    rows = read_places(file)
    organisation.import_places(by=OPERATOR, rows=rows)
    click.echo(f"{len(rows)} places taken.")


@click.group()
def people() -> None:
    """People who sign in at the desk."""


@people.command(name="add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--agency", required=True, help="The agency's code.")
@click.option("--role", required=True, type=click.Choice([str(value) for value in Role.values]))
@click.option("--team", help="The name of a team of the agency.")
@click.password_option(help="The first password; the second factor is set at the first sign-in.")
def add_person(username: str, name: str, agency: str, role: str, team: str | None, password: str) -> None:
    """Add somebody with one post and a first password."""
    found = Agency.objects.filter(code=agency).first()
    if found is None:
        raise Invalid({"agency": f"There is no agency {agency}."})
    unit = Team.objects.filter(agency=found, name=team).first() if team else None
    if team and unit is None:
        raise Invalid({"team": f"The agency has no team {team}."})
    organisation.add_person_with_post(
        by=OPERATOR, username=username, name=name, password=password, role=role, agency=found, team=unit
    )
    click.echo(f"{username} may sign in as {role} of {agency}.")


@click.command()
def status() -> None:
    """What is in the house: numbers only."""
    for label, model in (("places", Place), ("agencies", Agency), ("people", Person), ("posts", Membership)):
        click.echo(f"{label:<10}{model._default_manager.count():>8}")


commands: list[click.Command] = [setup, status, audit_group, places, people]
