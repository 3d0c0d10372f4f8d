"""Taking what is public about States from files: whole or not at all, unless good rows are to be kept."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit.actions import MAIN, record
from amparo.common import clock
from amparo.common.errors import Invalid
from amparo.common.types import Actor
from amparo.monitoring import files
from amparo.monitoring.importing import reading, recommendations, sdg, treaties
from amparo.monitoring.importing.reading import Outcome, Row, Told
from amparo.monitoring.importing.taking import Shape, take
from amparo.monitoring.models import Source, State
from amparo.monitoring.world import Atlas


def unheard(_bytes: int) -> None:
    """Nobody watches."""


@gated
def load_shipped(*, by: Actor, told: Callable[[str], object] = unheard) -> int:  # type: ignore[assignment]
    """Take all data about States that comes with Amparo; `told` hears of each file. Returns how many rows there are.

    What a user imported meanwhile is not set back: a file whose hash is known is not read again.
    """
    rule = allow(by, Permission.MONITOR_IMPORT)
    _load_states()
    read = 0
    for name, taking in (("treaty_status.csv", import_treaties), ("upr.csv", import_upr)):
        told(name)
        read += _once(by, name, files.SHIPPED / name, taking)
    for each in files.sources():
        told(each.path.name)
        if not Source.objects.filter(code=each.code, sha256=reading.sha256(each.path)).exists():
            outcome = import_series(
                by=by, file=each.path, source=each.code, title=each.title, as_of=each.as_of, licence=each.licence
            )
            read += _whole(each.path.name, outcome)
    record(by, "states:loaded", "monitor", rule=rule, detail={"rows": read})
    return read


@gated
def import_treaties(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take statuses of treaties from a CSV of the columns of `importing.treaties`. Raises `Invalid`."""
    rule = allow(by, Permission.MONITOR_IMPORT)
    rows = reading.csv_rows(file, treaties.COLUMNS, treaties.OPTIONAL, told)
    return _taken(by, rule, "treaties", treaties.shape(_atlas()), rows, dry_run=dry_run, keep_good=keep_good)


@gated
def import_series(
    *,
    by: Actor,
    file: Path,
    source: str,
    title: str,
    as_of: str,
    licence: str = "",
    dry_run: bool = False,
    keep_good: bool = False,
    told: Told = unheard,
) -> Outcome:
    """Take observations from a CSV of the columns of `importing.sdg`, and its source with its day. Raises `Invalid`."""
    rule = allow(by, Permission.MONITOR_IMPORT)
    kept = sdg.source(code=source, title=title, as_of=as_of)
    kept.sha256, kept.loaded_at, kept.licence = reading.sha256(file), clock.now(), licence
    kept.save()
    rows = reading.csv_rows(file, sdg.COLUMNS, sdg.OPTIONAL, told)
    return _taken(by, rule, "series", sdg.shape(_atlas(), kept), rows, dry_run=dry_run, keep_good=keep_good)


@gated
def import_upr(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take recommendations from a CSV of the UPR Info database. Raises `Invalid`."""
    rule = allow(by, Permission.MONITOR_IMPORT)
    rows = reading.csv_rows(file, recommendations.UPR_COLUMNS, recommendations.UPR_OPTIONAL, told)
    return _taken(by, rule, "upr", recommendations.upr(_atlas()), rows, dry_run=dry_run, keep_good=keep_good)


@gated
def import_uhri(
    *, by: Actor, file: Path, dry_run: bool = False, keep_good: bool = False, told: Told = unheard
) -> Outcome:
    """Take recommendations from a JSON export of the Universal Human Rights Index. Raises `Invalid`."""
    rule = allow(by, Permission.MONITOR_IMPORT)
    shape = recommendations.uhri(_atlas())
    return _taken(by, rule, "uhri", shape, reading.json_rows(file, told), dry_run=dry_run, keep_good=keep_good)


@gated
def add_fictional_state(*, by: Actor, iso3: str, names: dict[str, str]) -> State:
    """Add a State that does not exist, for a demonstration or a bench: its code is one that ISO leaves to users."""
    rule = allow(by, Permission.MONITOR_IMPORT)
    if not ("XAA" <= iso3 <= "XZZ" and len(iso3) == 3 and names.get("en")):  # noqa: PLR2004
        raise Invalid({"state": "A fictional State has a code from XAA to XZZ and an English name."})
    made, _fresh = State.objects.get_or_create(iso3=iso3, defaults={"kind": "fictional", "names": names})
    record(by, "state:invented", "monitor", rule=rule, detail={"state": iso3})
    return made


def _taken(
    by: Actor, rule: str, kind: str, shape: Shape, rows: Iterable[Row], *, dry_run: bool, keep_good: bool
) -> Outcome:
    return settle(by, rule, kind, take(shape, rows, clock.now()), dry_run=dry_run, keep_good=keep_good)


def settle(by: Actor, rule: str, kind: str, outcome: Outcome, *, dry_run: bool, keep_good: bool) -> Outcome:
    """Keep what was taken and leave its audit row, or undo it all within the gate that is open."""
    outcome.kept = not dry_run and (keep_good or not outcome.refused)
    if not outcome.kept:
        transaction.set_rollback(True, using=MAIN)
        return outcome
    detail = {"read": outcome.read, "made": outcome.made, "changed": outcome.changed, "refused": outcome.refused}
    record(by, f"{kind}:imported", "monitor", rule=rule, detail=detail)
    return outcome


def _once(by: Actor, name: str, path: Path, taking: Callable[..., Outcome]) -> int:
    """Take a shipped file, unless its very bytes were taken before."""
    kept = Source(code=name, title=f"Amparo: {name}", as_of="", sha256=reading.sha256(path), loaded_at=clock.now())
    if Source.objects.filter(code=name, sha256=kept.sha256).exists():
        return 0
    kept.save()
    return _whole(name, taking(by=by, file=path))


def _whole(name: str, outcome: Outcome) -> int:
    """How many rows a shipped file has, every one of which is good."""
    if outcome.refused:
        first = outcome.refusals[0]
        raise Invalid({"file": f"{name}, line {first.line}, {first.column}: {first.rule}"})
    return outcome.read


def _load_states() -> None:
    fresh = [
        State(
            iso3=row["iso3"], iso2=row["iso2"], m49=row["m49"], kind=row["kind"], region=row["region"],
            subregion=row["subregion"], least_developed=row["ldc"] == "1", landlocked=row["lldc"] == "1",
            small_island=row["sids"] == "1", latitude=float(row["lat"]) if row["lat"] else None,
            longitude=float(row["lon"]) if row["lon"] else None, names=files.titles(row),
        )
        for row in files.rows("states.csv")
    ]  # fmt: skip
    columns = [field.name for field in State._meta.local_concrete_fields if not field.primary_key]
    State.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["iso3"], update_fields=columns)


def _atlas() -> Atlas:
    return Atlas(State.objects.all())
