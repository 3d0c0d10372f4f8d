"""Taking what others compiled of States' laws: labelled with whose it is, and public once a second person read it."""

from functools import partial
from pathlib import Path

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.common.types import Actor
from amparo.law.actions import write
from amparo.monitoring.actions import settle, unheard
from amparo.monitoring.importing import law, reading
from amparo.monitoring.importing.reading import Outcome, Told
from amparo.monitoring.models import State
from amparo.monitoring.world import Atlas


@gated
def import_law(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take provisions from a CSV of the columns of `importing.law`; each waits for a review. Raises `Invalid`."""
    rule = allow(by, Permission.PROVISION_WRITE)
    rows = reading.csv_rows(file, law.COLUMNS, law.OPTIONAL, told)
    outcome = law.take(Atlas(State.objects.all()), rows, partial(write, by=by))
    return settle(by, rule, "law", outcome, dry_run=dry_run, keep_good=keep_good)
