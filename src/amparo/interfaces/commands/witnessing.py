"""Heads of the two chains for witnesses outside this machine: sent by the worker each hour, checked by who holds them.

A head is a small signed file (Ed25519). The signature says which house wrote it; that nothing was changed afterwards is
shown by the witness still having it. A folder of AMPARO_WITNESSES is whatever takes files away: a share of another
agency, a folder that is copied out, a card in the machine.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from amparo.audit import actions as audit
from amparo.audit.link import Link
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.errors import AmparoError
from amparo.intake.postbox import record as door_record
from amparo.intake.postbox.models import DoorEvent

FORM = "amparo head 1"
CHAINS: dict[str, type[Link]] = {"desk": Event, "door": DoorEvent}


def send() -> dict[str, int]:
    """Write the signed heads of now into every witness's folder; how many got them, and how many could not."""
    if not settings.WITNESSES:
        return {"sent": 0, "unreachable": 0}
    text = json.dumps(_signed(_heads()), indent=1)
    name = f"amparo-head-{clock.now():%Y%m%dT%H%M%SZ}.json"
    written = [_written(Path(folder), name, text) for folder in settings.WITNESSES]
    return {"sent": sum(written), "unreachable": written.count(False)}


def read(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The heads in a folder, oldest first, each with a right signature. Raises `AmparoError` naming the wrong one."""
    for file in sorted(folder.glob("amparo-head-*.json")):
        try:
            head = json.loads(file.read_text(encoding="utf-8"))
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
            public.verify(bytes.fromhex(head["signature"]), _said(head))
        except (ValueError, KeyError, TypeError, InvalidSignature):
            raise AmparoError(f"{file.name} is no head that this house wrote.") from None
        yield file, head


def _heads() -> dict[str, Any]:
    last = {"desk": audit.head(), "door": door_record.head()}
    return {
        "form": FORM,
        "at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        **{name: list(each) for name, each in last.items()},
    }


def _signed(head: dict[str, Any]) -> dict[str, Any]:
    key = _key()
    signed = head | {"key": key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()}
    return signed | {"signature": key.sign(_said(signed)).hex()}


def _said(head: dict[str, Any]) -> bytes:
    """What is signed: everything but the signature, written in one way only."""
    return json.dumps({name: head[name] for name in sorted(head) if name != "signature"}).encode()


def _key() -> Ed25519PrivateKey:
    """The house's own signing key: a file for the owner only, written with the first head."""
    path: Path = settings.WITNESS_KEY_FILE
    if not path.exists():
        fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _written(folder: Path, name: str, text: str) -> bool:
    """A folder that is away just now is no error: the next head says all that this one would have said."""
    try:
        draft = folder / f".{name}"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / name)
    except OSError:
        return False
    return True


@click.group(name="witness")
def witness() -> None:
    """Heads of the record for those outside this machine who keep them."""


@witness.command(name="send")
def send_now() -> None:
    """Write the signed heads of now into each folder of AMPARO_WITNESSES. The worker does it every hour."""
    done = send()
    click.echo(f"{done['sent']} witnesses got the heads.")
    if done["unreachable"] or not done["sent"]:
        raise click.ClickException(f"{done['unreachable']} folders could not be written; AMPARO_WITNESSES names them.")


@witness.command(name="check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--key", metavar="HEX", help="The public key that the witness wrote down at the beginning.")
def check(folder: Path, key: str | None) -> None:
    """Hold the chains of this house to every head in FOLDER, and walk them to the last."""
    heads = list(read(folder))
    if not heads:
        raise click.ClickException(f"There is no head in {folder}.")
    known = key or heads[0][1]["key"]
    for file, head in heads:
        if head["key"] != known:
            raise click.ClickException(f"{file.name} was signed with another key.")
        for name, model in CHAINS.items():
            _must_have(name, model, head[name], file)
    for name, walk in (("desk", audit.verify), ("door", door_record.verify)):
        if not (verdict := walk()).sound:
            raise click.ClickException(f"The chain of the {name} is broken: {verdict.why}.")
    click.echo(f"{len(heads)} heads from {heads[0][1]['at']} to {heads[-1][1]['at']} stand in both chains. Key {known}")


def _must_have(name: str, model: type[Link], head: list[Any], file: Path) -> None:
    seq, digest = head
    found = model._default_manager.filter(seq=seq).values_list("hash", flat=True).first()
    if seq and found != digest:
        why = "is not the one that the witness holds" if found else "is missing: the chain was cut, or is an old copy"
        raise click.ClickException(f"{file.name}: link {seq} of the {name} {why}.")


commands: list[click.Command] = [witness]
