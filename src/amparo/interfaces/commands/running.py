"""Building the demonstration and saying who can sign in to it."""

import click
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings

from amparo.common.errors import Conflict
from amparo.demo import build as demonstration
from amparo.demo.country import STAFF
from amparo.organisation.models import Agency, Person

DEMO_SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - the whole world may know it: it opens made-up children only


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
    with click.progressbar(length=demonstration.length(), label="Walking the histories") as bar:
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
    """Print who can sign in to the demonstration."""
    _only_in_a_demonstration()
    click.echo(f"Password of everybody: {demonstration.PASSWORD}")
    click.echo("Second factor:         uv run amparo demo code   (a new one every 30 seconds, each works once)")
    for agency, roles in STAFF.items():
        for role in roles:
            name = f"{role.replace('_', '.')}.{agency.lower()}"
            if Person.objects.filter(username=name).exists():
                click.echo(f"  {name:<28}{role.replace('_', ' ')} of {agency}")


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Conflict("This is no demonstration: AMPARO_DEMO is not true. Nothing was done.")


commands: list[click.Command] = [demo]
