"""The worker, and who answers for what it brings in."""

import logging
import signal
import threading
from collections.abc import Callable
from typing import Any

import click
from django.db import close_old_connections

from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR, WORKER
from amparo.intake import actions, exchange, queries
from amparo.intake.models import Unreadable
from amparo.organisation.models import Agency

logger = logging.getLogger(__name__)

# What the worker does in each round, in this order; each tells what it did in numbers.
JOBS: tuple[tuple[str, Callable[[], dict[str, int]]], ...] = (
    ("letters", lambda: exchange.run(by=WORKER)),
    ("clocks", lambda: {"rose": actions.escalate_overdue(by=WORKER)}),
)


@click.command()
@click.option("--once", is_flag=True, help="One round, and loud when anything fails.")
@click.option("--every", default=2.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between rounds.")
def work(*, once: bool, every: float) -> None:
    """Carry letters and answers between door and desk, and let overdue reports rise. Runs until it is stopped."""
    if once:
        _round(loud=True)
        return
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    click.echo("The worker is at work. Ctrl+C stops it after the round it is in.")
    while not stop.is_set():
        close_old_connections()
        _round(loud=False)
        stop.wait(every)


def _round(*, loud: bool) -> None:
    for name, job in JOBS:
        _do(name, job, loud=loud)


def _do(name: str, job: Callable[[], dict[str, int]], *, loud: bool) -> None:
    """A job that fails must not stop the others; its error is named without its words, which may be a person's."""
    try:
        done = job()
    except Exception as error:
        if loud:
            raise
        logger.error("The worker's job %s failed: %s. It is tried again.", name, type(error).__name__)  # noqa: TRY400
        return
    if any(done.values()):
        click.echo(f"{name}: " + ", ".join(f"{number} {what}" for what, number in done.items()))


@click.command(name="door-status")
@click.pass_context
def door_status(context: click.Context) -> None:
    """Say whether the door takes reports, and if not, why. Ends with 1 when it is closed."""
    reasons = queries.why_closed()
    click.echo("The door is closed:" if reasons else "The door is open.")
    for reason in reasons:
        click.echo(f"  {reason}")
    click.echo(f"Letters set aside: {Unreadable.objects.count()}")
    if reasons:
        context.exit(1)


@click.group()
def watch() -> None:
    """Who answers for reports, and whom they rise to."""


@watch.command(name="set")
@click.argument("urgency")
@click.option("--owner", required=True, metavar="CODE", help="The agency that gets new reports of this urgency.")
@click.option("--escalate", required=True, metavar="CODE", help="The independent agency that overdue ones rise to.")
def set_watch(urgency: str, owner: str, escalate: str) -> None:
    """Name the agencies that answer for an urgency: danger_now, urgent or normal."""
    set_to: dict[str, Any] = {"owner": _agency(owner), "escalation": _agency(escalate)}
    actions.set_watch(by=OPERATOR, urgency=urgency, **set_to)
    click.echo(f"{urgency}: {owner} answers; what is overdue rises to {escalate}.")


def _agency(code: str) -> Agency:
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Invalid({"agency": f"There is no agency {code}."})
    return found


commands: list[click.Command] = [work, door_status, watch]
