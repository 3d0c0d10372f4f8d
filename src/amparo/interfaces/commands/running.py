"""Building the demonstration and serving the house."""

import os
import signal
import socket
import subprocess
import sys

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
    with click.progressbar(length=children, label="Walking the histories") as bar:
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


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(port: int) -> None:
    """Serve the desk on 127.0.0.1: the office and the public site, two host names of one process."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Conflict(f"Port {port} is taken. Stop what listens there, or choose another: --port 8100.") from None
    click.echo(f"Office       http://{settings.OFFICE_HOST}:{port}")
    click.echo(f"Public site  http://{settings.PUBLIC_HOST}:{port}")
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
              "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
              "amparo.config.wsgi_desk:application"]  # fmt: skip
    process = subprocess.Popen(server, env=os.environ)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        sys.exit(process.wait())
    except KeyboardInterrupt:
        process.terminate()
        process.wait()


def _only_in_a_demonstration() -> None:
    if not settings.DEMO:
        raise Conflict("This is no demonstration: AMPARO_DEMO is not true. Nothing was done.")


commands: list[click.Command] = [demo, serve]
