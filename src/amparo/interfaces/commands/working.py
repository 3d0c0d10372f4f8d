"""The worker, and who answers for what it brings in."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from django.db import close_old_connections

from amparo.care.referring import remind_of_unanswered
from amparo.cases import erasure
from amparo.common.errors import Invalid
from amparo.common.types import OPERATOR, WORKER
from amparo.counting import actions as counting
from amparo.intake import actions, exchange, queries
from amparo.intake.models import Unreadable
from amparo.interfaces.commands import witnessing
from amparo.justice.actions import find_stalled
from amparo.justice.alarms import find_unanswered
from amparo.linkage.contacts import find_late
from amparo.organisation.models import Agency
from amparo.publication.estimates.actions import compute
from amparo.vault.sweep import sweep

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something the worker does every so many seconds; `do` tells what it did in numbers."""

    name: str
    every: float
    do: Callable[[], dict[str, int]]


# In this order. Letters and reports wait for nobody; what is measured in days is looked at every ten minutes.
JOBS: tuple[Job, ...] = (
    Job("letters", 0, lambda: exchange.run(by=WORKER)),
    Job("clocks", 0, lambda: {"rose": actions.escalate_overdue(by=WORKER)}),
    Job("counts", 2, lambda: {"folded": counting.fold(by=WORKER)}),
    # A method a round, so that letters never wait for a whole estimate.
    Job("estimates", 0, lambda: {"methods": compute(by=WORKER)}),
    Job("referrals", 600, lambda: {"unanswered": remind_of_unanswered(by=WORKER)}),
    Job("contacts", 600, lambda: {"late": find_late(by=WORKER)}),
    Job("alarms", 60, lambda: {"unanswered": len(find_unanswered(by=WORKER))}),
    Job("proceedings", 600, lambda: {"stalled": len(find_stalled(by=WORKER))}),
    Job("erasures", 600, lambda: {"finished": erasure.resume(by=WORKER)}),
    Job("snapshots", 3600, lambda: {"wiped": counting.wipe_ended(by=WORKER)}),
    Job("witnesses", 3600, witnessing.send),
    Job("vault", 86400, lambda: {"swept": sweep(by=WORKER).total()}),
    Job("recount", 86400, lambda: {"corrected": len(counting.recount(by=WORKER))}),
)


@click.command()
@click.option("--once", is_flag=True, help="One round, and loud when anything fails.")
@click.option("--every", default=2.0, show_default=True, type=click.FloatRange(min=0.1), help="Seconds between rounds.")
def work(*, once: bool, every: float) -> None:
    """Carry letters between door and desk, run the clocks, keep the counts. Runs until it is stopped."""
    if once:
        _round({}, loud=True)
        return
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    click.echo("The worker is at work. Ctrl+C stops it after the round it is in.")
    last: dict[str, float] = {}
    while not stop.is_set():
        close_old_connections()
        _round(last, loud=False)
        stop.wait(every)


def _round(last: dict[str, float], *, loud: bool) -> None:
    """Do what is due. `last` remembers when each job was done, on a clock that nobody sets back."""
    for job in JOBS:
        if time.monotonic() - last.get(job.name, -job.every) >= job.every:
            last[job.name] = time.monotonic()
            _do(job, loud=loud)


def _do(job: Job, *, loud: bool) -> None:
    """A job that fails must not stop the others; its error is named without its words, which may be a person's."""
    try:
        done = job.do()
    except Exception as error:
        if loud:
            raise
        logger.error("The worker's job %s failed: %s. It is tried again.", job.name, type(error).__name__)  # noqa: TRY400
        return
    if any(done.values()):
        click.echo(f"{job.name}: " + ", ".join(f"{number} {what}" for what, number in done.items()))


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
