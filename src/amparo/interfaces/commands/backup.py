"""Back-ups of an embedded installation: taken while it runs, sealed to a key that is not on the machine, and proved.

The keys' database goes into a folder of its own, for its copies are kept for thirty days at most: an old one would
undo an erasure. The root key file and what opens it are not in the back-up.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from amparo.access.gate import allow, gated
from amparo.access.permissions import Permission
from amparo.audit import actions as audit
from amparo.audit.actions import record
from amparo.common import clock
from amparo.common.errors import Conflict
from amparo.common.types import OPERATOR, Actor
from amparo.vault import sealing

MANIFEST = "manifest.json"
_SEALED = ".sealed"


def make(folder: Path, public: str) -> dict[str, Any]:
    """Copy every database into `folder` (the keys into `folder`/keys) and write the manifest. Raises `Conflict`.

    The keys are copied last and the vault after `main`: every pointer and every key that a copy needs is in the others.
    """
    if any(connection.vendor != "sqlite" for connection in connections.all()):
        raise Conflict("These are PostgreSQL databases: use pg_basebackup for each; see docs/how-to/back-up.md.")
    if folder.exists() and any(folder.iterdir()):
        raise Conflict("This folder is not empty; a back-up goes into a folder of its own.")
    (folder / "keys").mkdir(parents=True, mode=0o700)
    _say(by=OPERATOR)
    head = audit.head()
    files = {file.stem: _copy(file, _place(folder, file.stem), public) for file in settings.SQLITE_FILES.values()}
    manifest = {"made_at": clock.now().isoformat(), "head": list(head), "public_key": public, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def restore(folder: Path, into: Path, private: str) -> dict[str, Any]:
    """Open a back-up into the new folder `into` and compare each database with the manifest.

    Raises `Conflict` when something stands there or the copy is not what was backed up, `NotOpened` for another key
    or a damaged file; then `into` does not exist.
    """
    if into.exists():
        raise Conflict("Something stands there already. A back-up is restored into a new folder, never over a house.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    part = into.with_name(f"{into.name}.part")
    part.mkdir(mode=0o700)
    try:
        for name, about in manifest["files"].items():
            _open(_place(folder, name), part / f"{name}.sqlite3", about, private)
        part.rename(into)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


@gated
def _say(*, by: Actor) -> None:
    """A back-up is a copy of everything: the record says so, in the copy too."""
    rule = allow(by, Permission.ORGANISATION_WRITE)
    record(by, "house:backed_up", "house", rule=rule)


def _place(folder: Path, name: str) -> Path:
    return (folder / "keys" if name == "keys" else folder) / f"{name}{_SEALED}"


def _copy(database: Path, target: Path, public: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".part-") as part:
        plain = Path(part) / "copy.sqlite3"
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(plain)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            about = {"rows": _rows(copy)}
        with target.open("xb") as stream:
            sealing.seal(plain, stream, public)
    target.chmod(0o600)
    return about | {"sha256": _sha256(target)}


def _open(source: Path, target: Path, about: dict[str, Any], private: str) -> None:
    if not source.exists() or _sha256(source) != about["sha256"]:
        raise Conflict(f"{source.name} is missing or not the file that was backed up. Nothing was restored.")
    target.touch(0o600)
    with source.open("rb") as sealed, target.open("wb") as plain:
        sealing.unseal(sealed, plain, private)
    with closing(sqlite3.connect(target)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)] or _rows(database) != about["rows"]:
            raise Conflict(f"{source.name} does not hold what was backed up. Nothing was restored.")


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
