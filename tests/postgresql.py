"""A pytest plug-in, `-p tests.postgresql`: a private PostgreSQL cluster for the whole run, gone afterwards.

It must run before Django reads its settings, hence a plug-in and not a fixture. As root the server runs as an
unprivileged user, as PostgreSQL demands.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

USER = "postgres"


def pytest_configure() -> None:
    """Nothing: the cluster is up since this module was imported."""


def pytest_unconfigure() -> None:
    """Stop the server and remove the cluster."""
    _as_server(["pg_ctl", "-D", str(CLUSTER / "data"), "-m", "immediate", "stop"])
    shutil.rmtree(CLUSTER, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    where = str(found[-1]) if found else shutil.which("initdb")
    if where is None:
        print("PostgreSQL is not installed; its tests cannot run.", file=sys.stderr)
        os._exit(1 if os.environ.get("CI") == "true" else 0)
    return Path(where).parent


def _as_server(command: list[str]) -> None:
    program = [str(PROGRAMS / command[0]), *command[1:]]
    user = USER if os.geteuid() == 0 else None
    subprocess.run(program, check=True, user=user, stdout=subprocess.DEVNULL, cwd=CLUSTER)


def _start() -> None:
    if os.geteuid() == 0:
        os.chown(CLUSTER, pwd.getpwnam(USER).pw_uid, -1)
    data = str(CLUSTER / "data")
    _as_server(["initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync"])
    # Tests lose nothing in a power cut.
    quick = f"-k {CLUSTER} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    _as_server(["pg_ctl", "-D", data, "-w", "-l", str(CLUSTER / "log"), "-o", quick, "start"])
    for name in ("main", "vault", "keys", "door"):
        _as_server(["createdb", "-h", str(CLUSTER), "-U", "owner", name])
        socket = str(CLUSTER).replace("/", "%2F")
        os.environ[f"AMPARO_DATABASE_{name.upper()}"] = f"postgresql://owner@{socket}/{name}"


PROGRAMS = _programs()
CLUSTER = Path(tempfile.mkdtemp(prefix="amparo-pg-"))
_start()
