"""Building the demonstration and saying who can sign in to it."""

import click
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.db import transaction

from amparo.common.errors import Conflict
from amparo.demo import build as demonstration
from amparo.demo import founding, papers
from amparo.demo.country import STAFF
from amparo.organisation.models import Agency, Person

DEMO_SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - the whole world may know it: it opens made-up children only

# Whom to be at each step of the way.
TOUR = [
    ("intake_officer", "HELP", "reads what the door brings: the queue, a conversation, forwarding"),
    ("intake_officer", "NHRI", "takes up what rose because nobody judged it in time"),
    ("intake_officer", "MIN", "takes a forwarded report and makes it a case"),
    ("supervisor", "MIN", "gives the case to a worker, approves plans, raises walls"),
    ("case_worker", "MIN", "works on cases: the child, the risk, care, referrals"),
    ("service_provider", "HOSP", "is asked for a service, accepts it, reports what came of it"),
    ("police", "POL-N", "investigates what is shared with the police"),
    ("prosecutor", "PROS", "prosecutes: stages, judgments, reparation"),
    ("case_worker", "BARN", "has no right to the cases of MIN: for walls and broken glass"),
    ("legal_focal_point", "MIN", "speaks up for children who were treated as offenders, until it is mended"),
    ("auditor", "NHRI", "reads who looked at what, walls, broken glass; confirms an erasure"),
    ("statistician", "STAT", "freezes a year and drafts its table"),
    ("reviewer", "STAT", "checks the table that waits; then it is public"),
    ("administrator", "MIN", "agencies, teams, people and posts"),
]


@click.group()
def demo() -> None:
    """Lumeria, a State that does not exist."""


@demo.command(name="build")
@click.option("--children", default=2000, show_default=True, help="How many histories are walked.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same histories.")
def build_demo(children: int, seed: int) -> None:
    """Build the demonstration, unless it is there: starting again keeps what is there."""
    _only_in_a_demonstration()
    if Agency.objects.exists():
        click.echo("The demonstration is there already; it was kept.")
        return
    with transaction.atomic(), click.progressbar(length=demonstration.length(), label="Walking the histories") as bar:
        country = demonstration.build(children=children, seed=seed, told=bar.update)
        for person in country.people.values():
            data = {"secret": get_adapter().encrypt(DEMO_SECRET)}
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)
    click.echo(f"{children} histories, {len(country.people)} people at {len(country.agencies)} agencies.")


@demo.command()
def code() -> None:
    """Print the second factor that every demonstration account takes now. Each code works once."""
    _only_in_a_demonstration()
    click.echo(format_hotp_value(hotp_value(DEMO_SECRET, next(iter(yield_hotp_counters_from_time())))))


@demo.command()
def sign_ins() -> None:
    """Print who can sign in to the demonstration, whom to try for which step, and the codes of some open threads."""
    _only_in_a_demonstration()
    there = set(Person.objects.values_list("username", flat=True))
    click.echo(f"Password of everybody: {founding.PASSWORD}")
    click.echo("Second factor:         uv run amparo demo code   (a new one every 30 seconds, each works once)")
    click.echo("\nA child's way, and whom to be at each step:")
    for role, agency, step in TOUR:
        _line(founding.username(role, agency), step, there)
    click.echo("\nEverybody:")
    for agency, roles in STAFF.items():
        for role in roles:
            _line(founding.username(role, agency), f"{role.replace('_', ' ')} of {agency}", there)
    click.echo("\nCodes to come back with at the door:")
    for receipt, about in papers.receipts(settings.DATA):
        click.echo(f"  {receipt:<28}{about}")


def _line(name: str, about: str, there: set[str]) -> None:
    if name in there:
        click.echo(f"  {name:<28}{about}")


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Conflict("This is no demonstration: AMPARO_DEMO is not true. Nothing was done.")


commands: list[click.Command] = [demo]
