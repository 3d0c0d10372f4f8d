"""What an operator should do soon, and the lock held to a list of advisories: both without a network."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db.models import F
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from amparo.common import clock
from amparo.common.errors import AmparoError
from amparo.intake import queries as intake
from amparo.organisation.machines.models import MachineKey
from amparo.organisation.models import Person

YEAR, SOON, HEADS = timedelta(days=365), timedelta(days=14), timedelta(hours=3)
LEAST_ROOM = 0.10
_BAD = ("low", "medium", "high", "critical")


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say what should be done soon: keys to change, heads that no witness got, no room. Ends with 1 if there is any."""
    found = [*_keys(), *_machines(), *_first_passwords(), *_witnesses(), *_room(), *_door()]
    for each in found:
        click.echo(f"- {each}")
    click.echo(f"{len(found)} things to do." if found else "Nothing to do.")
    context.exit(1 if found else 0)


def _keys() -> Iterator[str]:
    """Yearly, and whenever somebody who held a share or a passphrase has left (docs/how-to/keys.md)."""
    file: Path = settings.ROOT_KEY_FILE
    if not file.exists():
        yield "There is no root key: amparo setup"
    elif (age := _age(file)) > YEAR:
        yield f"The root key was last changed {age.days} days ago: amparo vault rotate-root"


def _machines() -> Iterator[str]:
    now = clock.now()
    newest = MachineKey.objects.filter(machine__revoked_at=None).order_by("machine", "-made_at")
    seen: set[Any] = set()
    for key in newest.annotate(reference=F("machine__reference")):
        if key.machine_id not in seen and key.until < now + SOON:
            yield f"The key of the system {key.reference} ends on {key.until:%Y-%m-%d}: give it a new one at the desk."
        seen.add(key.machine_id)


def _first_passwords() -> Iterator[str]:
    late = Person.objects.filter(first_password_until__lt=clock.now(), is_active=True).count()
    if late:
        yield f"{late} people never changed their first password in time: they cannot sign in."


def _witnesses() -> Iterator[str]:
    if not settings.WITNESSES:
        yield "No witness gets the heads of the record: set AMPARO_WITNESSES (docs/how-to/keep-the-record-honest.md)"
    for folder in map(Path, settings.WITNESSES):
        last = max(folder.glob("amparo-head-*.json"), default=None)
        if last is None or _age(last) > HEADS:
            yield f"The witness {folder} got no head in the last three hours: does the worker run?"


def _room() -> Iterator[str]:
    room = shutil.disk_usage(settings.DATA)
    if room.free / room.total < LEAST_ROOM:
        yield f"Only {room.free // 2**20} MB are free."


def _door() -> Iterator[str]:
    for reason in intake.why_closed():
        yield f"The door is closed: {reason}"


def _age(file: Path) -> timedelta:
    return clock.now() - datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lock", default="uv.lock", show_default=True, type=click.Path(exists=True, path_type=Path))
def advisories(file: Path, lock: Path) -> None:
    """Hold the lock to a list of advisories in FILE, brought here by hand. Ends with 1 when one of them concerns us.

    FILE holds advisories in the OSV form (https://ossf.github.io/osv-schema): one, or a list, or one a line.
    """
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    held: dict[str, str] = {canonicalize_name(each["name"]): each.get("version", "") for each in packages}
    read = list(_advisories(file))
    concerning = [line for each in read for line in _concerns(each, held)]
    for line in concerning:
        click.echo(line)
    if concerning:
        raise click.ClickException(
            f"{len(concerning)} of what is locked has a known hole (docs/how-to/keep-up-to-date.md)."
        )
    click.echo(f"None of {len(read)} advisories concerns the {len(held)} packages of the lock.")


def _advisories(file: Path) -> Iterator[dict[str, Any]]:
    text = file.read_text(encoding="utf-8")
    try:
        try:
            whole = json.loads(text)
        except ValueError:
            whole = [json.loads(line) for line in text.splitlines() if line.strip()]
        for each in whole if isinstance(whole, list) else [whole]:
            yield {"id": each["id"], "affected": each["affected"], "summary": each.get("summary", ""),
                   "bad": each.get("database_specific", {}).get("severity", "").lower()}  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AmparoError(f"{file.name} holds no advisories in the OSV form.") from None


def _concerns(advisory: dict[str, Any], held: dict[str, str]) -> Iterator[str]:
    for part in advisory["affected"]:
        package = part.get("package", {})
        name = canonicalize_name(package.get("name", ""))
        if package.get("ecosystem") == "PyPI" and name in held and _within(held[name], part):
            bad = advisory["bad"] if advisory["bad"] in _BAD else "not rated"
            yield f"{advisory['id']} ({bad}): {name} {held[name]}"


def _within(version: str, part: dict[str, Any]) -> bool:
    """OSV's own rule: named outright, or from an `introduced` to before the next `fixed`, or up to `last_affected`."""
    if version in part.get("versions", []):
        return True
    return any(
        _in_range(version, each.get("events", [])) for each in part.get("ranges", []) if each.get("type") != "GIT"
    )


def _in_range(version: str, events: list[dict[str, str]]) -> bool:
    hit, ours = False, _version(version)
    for event in sorted(events, key=lambda each: _version(next(iter(each.values())))):
        ((kind, at),) = event.items()
        if kind == "introduced" and ours >= _version(at):
            hit = True
        if (kind == "fixed" and ours >= _version(at)) or (kind == "last_affected" and ours > _version(at)):
            hit = False
    return hit


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        raise AmparoError(f"{text} is no version that Python's packages have.") from None


commands: list[click.Command] = [doctor, advisories]
