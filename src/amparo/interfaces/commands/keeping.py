"""Keeping an installation: erasures, the vault and its keys, back-ups, and large made-up crowds to measure with."""

import click
from django.conf import settings

from amparo.common.errors import Conflict
from amparo.demo import crowd as made_up
from amparo.organisation.models import Agency


@click.command()
@click.option("--children", default=10_000, show_default=True, help="How many children.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same crowd.")
def crowd(children: int, seed: int) -> None:
    """Fill an empty demonstration with a large crowd of made-up children, to measure with."""
    if not settings.DEMO:
        raise Conflict("This is no demonstration: AMPARO_DEMO is not true. Nothing was done.")
    if Agency.objects.filter(code="CR01").exists():
        raise Conflict("The crowd is here already; it was kept.")
    with click.progressbar(length=children, label="Letting it happen") as bar:
        made_up.build(children=children, seed=seed, told=bar.update)


commands: list[click.Command] = [crowd]
