"""Serving: the door and the desk as two programs, each given only what it may know."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click
import django
from django.conf import settings
from django.core.management import call_command

from amparo.common.errors import AmparoError, Conflict
from amparo.interfaces.commands.relay import Relay

# All that the door may know of the environment; and what only the door may know.
_DOOR_KNOWS = {
    "PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV", "AMPARO_DATA", "AMPARO_DEMO", "AMPARO_DOMAIN",
    "AMPARO_HTTPS", "AMPARO_STATIC", "AMPARO_DATABASE_DOOR",
}  # fmt: skip
_DOOR_KNOWS_ALL = ("LC_", "PYTHON", "AMPARO_DOOR_")
_DOOR_ONLY = {"AMPARO_DOOR_SECRET", "AMPARO_DOOR_PEPPER"}
_START = 60.0  # seconds that a program may take to begin
_STOP = 10.0  # seconds that it may take to end
_LOOK = 0.2  # seconds between two looks at the children


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(port: int) -> None:
    """Serve door, office and public site on 127.0.0.1, and let the worker carry letters between door and desk."""
    _must_be_free(port)
    sockets = Path(tempfile.mkdtemp(prefix="amparo-"))
    children = {name: _start(name, "--uds", str(sockets / name)) for name in ("door", "desk")}
    try:
        asyncio.run(_relay(port, sockets, children))
    finally:
        _stop(list(children.values()))
        shutil.rmtree(sockets, ignore_errors=True)


@click.command()
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--setup", is_flag=True, help="Make or upgrade the door's own database, and stop.")
def door(port: int, *, setup: bool) -> None:
    """Serve the public door only, on 127.0.0.1, behind a proxy of yours."""
    if setup:
        django.setup()
        call_command("migrate", database="door", verbosity=0, interactive=False)
        click.echo("database door     ready")
        return
    _become("door", port)


@click.command()
@click.option("--port", default=8002, show_default=True, type=click.IntRange(1, 65535))
def desk(port: int) -> None:
    """Serve the office and the public site only, on 127.0.0.1, behind a proxy of yours."""
    _become("desk", port)


def environment(name: str) -> dict[str, str]:
    """What the program `name` may know of our environment: the door no key of the desk's, nor the desk the door's."""
    known = {key: value for key, value in os.environ.items() if _may_know(name, key)}
    return known | {"DJANGO_SETTINGS_MODULE": f"amparo.config.settings.{name}"}


def _may_know(name: str, key: str) -> bool:
    if name == "door":
        return key in _DOOR_KNOWS or key.startswith(_DOOR_KNOWS_ALL)
    return key not in _DOOR_ONLY


def _program(name: str, *where: str) -> list[str]:
    return [sys.executable, "-m", "amparo.config.program", name, "--workers", _workers(name), *where]


def _workers(name: str) -> str:
    """The desk works on every core, on four at most; at the door a laptop has its memory to spare for Argon2."""
    return str(min(os.cpu_count() or 1, 4)) if name == "desk" else "1"


def _start(name: str, *where: str) -> subprocess.Popen[bytes]:
    # Behind the relay everybody comes from nowhere: a limit by network would shut out all at once.
    env = {"AMPARO_DOOR_AN_HOUR": "0"} | environment(name)
    return subprocess.Popen(_program(name, *where), env=env, start_new_session=True)


def _start_worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "amparo.config.cli", "work"]
    return subprocess.Popen(command, env=environment("desk"), start_new_session=True)


def _become(name: str, port: int) -> None:
    """Be that program from now on, so that whoever started this one watches and stops the right process."""
    _must_be_free(port)
    program = _program(name, "--port", str(port))
    os.execve(program[0], program, environment(name))  # noqa: S606 - our own interpreter


async def _relay(port: int, sockets: Path, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Relay until a signal comes. Raises `AmparoError` when a child ends by itself or does not begin."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    begun = _open_when_ready(port, sockets, children)
    tasks = {asyncio.create_task(each) for each in (stop.wait(), _watch(children), begun)}
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    if not stop.is_set():
        done.pop().result()


async def _open_when_ready(port: int, sockets: Path, children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name in ("door", "desk"):
        await _until_there(sockets / name, name)
    children["worker"] = _start_worker()  # last: the first page needs it not
    server = await Relay(f"door.{settings.DOMAIN}", sockets / "door", sockets / "desk").listen(port)
    click.echo(f"Door         http://door.{settings.DOMAIN}:{port}")
    click.echo(f"Office       http://{settings.OFFICE_HOST}:{port}")
    click.echo(f"Public site  http://{settings.PUBLIC_HOST}:{port}")
    async with server:
        await server.serve_forever()


async def _until_there(path: Path, name: str) -> None:
    for _ in range(int(_START / _LOOK)):
        with suppress(OSError):
            (await asyncio.open_unix_connection(path))[1].close()
            return
        await asyncio.sleep(_LOOK)
    raise AmparoError(f"The {name} did not begin within {_START:.0f} seconds; everything was stopped.")


async def _watch(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raises `AmparoError` with the name of the first child that ended."""
    while True:
        for name, child in children.items():
            if (code := child.poll()) is not None:
                raise AmparoError(f"The {name} ended by itself (status {code}); everything was stopped.")
        await asyncio.sleep(_LOOK)


def _stop(children: Iterable[subprocess.Popen[bytes]]) -> None:
    """End every child with all that it started itself."""
    for child in children:
        _signal(child, signal.SIGTERM)
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(_STOP)
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _must_be_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Conflict(f"Port {port} is taken. Stop what listens there, or choose another: --port 8100.") from None


commands: list[click.Command] = [serve, door, desk]
