"""Figures from the command line: freeze, draft, recount, and take over links."""

import csv
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

import click
from allauth.mfa.models import Authenticator

from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR, WORKER, Actor
from amparo.counting import actions as counting
from amparo.counting.frozen import actions as frozen
from amparo.counting.models import Snapshot
from amparo.counting.overlaps import actions as overlaps
from amparo.organisation.models import Person
from amparo.organisation.queries import actor_of
from amparo.publication import actions as publication
from amparo.publication import queries
from amparo.publication.models import Release


@click.group()
def figures() -> None:
    """Counts: frozen, protected, published."""


@figures.command(name="snapshot")
@click.argument("year", type=int)
def take_snapshot(year: int) -> None:
    """Freeze YEAR, which must be over. Prints the snapshot's reference."""
    snapshot = counting.take_snapshot(by=OPERATOR, year=year)
    click.echo(f"{snapshot.reference}  {snapshot.children} children, ends {snapshot.expires_at:%Y-%m-%d}")


@figures.command(name="draft")
@click.argument("snapshot")
@click.option("--by", "username", required=True, help="The statistician; asks for the password and the second factor.")
def draft_release(snapshot: str, username: str) -> None:
    """Protect and attack the table of SNAPSHOT, a reference. Two others check it at the desk."""
    found = Snapshot.objects.filter(reference=snapshot.strip().upper()).first()
    if found is None:
        raise Invalid({"snapshot": "There is no such snapshot."})
    _say(publication.draft(by=_sign_in(username), snapshot=found))


def _say(release: Release) -> None:
    hidden = release.cells.filter(shown=False).count()
    click.echo(
        f"{release.reference} drafted: {hidden} cells hidden; the attacker found nothing. It waits for its check."
    )


@figures.command(name="tables")
@click.argument("indicator")
@click.option("--first", type=int, required=True, help="The first year.")
@click.option("--last", type=int, help="The last year; else the first.")
@click.option("--table", "tables", multiple=True, required=True, help="Its dimensions: region,sex. May be given again.")
@click.option("--snapshot", "reference", default="", help="The reference of a snapshot of everything; else the latest.")
@click.option("--by", "username", required=True, help="The statistician; asks for the password and the second factor.")
def draft_tables(
    indicator: str, first: int, last: int | None, tables: tuple[str, ...], reference: str, username: str
) -> None:
    """Protect and attack tables of INDICATOR (`amparo indicators` names them). Two others check them at the desk.

    They are attacked together with every table of the same records that was ever public.
    """
    by = _sign_in(username)
    living = queries.sources(by=by)
    found = next((each for each in living if reference.strip().upper() in {"", each.reference}), None)
    if found is None:
        raise Invalid({"snapshot": "There is no such snapshot. Take one: amparo snapshot take"})
    release = publication.draft_tables(
        by=by, frozen=found, indicator=indicator, first=first, last=last or first,
        tables=[[name.strip() for name in table.split(",") if name.strip()] for table in tables],
    )  # fmt: skip
    _say(release)


@figures.command()
def recount() -> None:
    """Count all children again, name every cell that was wrong, set it right; wipe snapshots that have ended.

    For every night. Ends with 1 when a cell was wrong.
    """
    wrong = counting.recount(by=WORKER)
    click.echo(f"{counting.wipe_ended(by=WORKER) + frozen.wipe_ended(by=WORKER)} ended snapshots wiped.")
    for each in wrong:
        cell = each.cell
        click.echo(f"{cell.year} {cell.age_group} {cell.region} {cell.sex}: was {each.kept}, is {each.counted}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} cells were wrong and were set right.")
    click.echo("Every count is what the records say.")


@figures.command()
def fold() -> None:
    """Count what changed since the last time: for the worker's clock on PostgreSQL. On SQLite nothing ever waits."""
    click.echo(f"{counting.fold(by=WORKER)} changes folded.")


@figures.command(name="links")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_links(file: Path) -> None:
    """Take over which records are of one child, for estimates: FILE is the clusters that `amparo link` wrote.

    A CSV with the columns record_id and cluster_id. With a column partition too, each of its values is one drawing of
    uncertain links. It takes the place of what was taken over before.
    """
    drawings = _drawings(file)
    linked = overlaps.take_links(by=OPERATOR, drawings=drawings)
    click.echo(f"{linked} records linked, {len(drawings)} drawings of the links.")


def _drawings(file: Path) -> list[dict[UUID, UUID]]:
    """A mapping for each drawing; a cluster's own identifier is made of its name, whatever that is."""
    found: dict[str, dict[UUID, UUID]] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if not {"record_id", "cluster_id"} <= set(reader.fieldnames or ()):
            raise Invalid({"file": "Line 1 must name the columns record_id and cluster_id."})
        for row in reader:
            drawing = found.setdefault(row.get("partition") or "", {})
            try:
                record = UUID(row["record_id"])
            except ValueError:
                raise Invalid({"file": f"Line {reader.line_num}: this is no record of this house."}) from None
            if record in drawing:
                raise Invalid({"file": f"Line {reader.line_num}: this record stands here twice."})
            drawing[record] = uuid5(NAMESPACE_OID, row["cluster_id"] or "")
    return list(found.values())


def _sign_in(username: str) -> Actor:
    """Whoever gives the password and the code of the second factor. Raises `Invalid`, not saying which failed."""
    person = Person.objects.filter(username__iexact=username, is_active=True).first()
    password = click.prompt("Password", hide_input=True)
    code = click.prompt("Code of the second factor", hide_input=True)
    factor = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first() if person else None
    if not (person and factor and person.check_password(password) and factor.wrap().validate_code(code)):
        raise Invalid({"by": "The name, the password or the code is wrong."})
    return actor_of(person, session="command line", second_factor_at=clock.now())


commands: list[click.Command] = [figures]
