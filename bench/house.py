"""A scratch house of many made-up children, its programs, and people who are signed in."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET_COOKIE = "b" * 32  # the form token: cookie and field must agree, and here they do


def environment(data: Path, *, databases: bool = False) -> dict[str, str]:
    """Of this process's environment all but Amparo's own, for a house in `data`; `databases`: in those it names."""
    own = {name: value for name, value in os.environ.items() if name.startswith("AMPARO_DATABASE_") and databases}
    kept = own | {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    limits = {"AMPARO_DOOR_AN_HOUR": "0", "AMPARO_SEARCHES_A_DAY": "1000000"}  # one client does what many do
    return kept | limits | {"AMPARO_DATA": str(data), "AMPARO_DEMO": "true"}


def command(data: Path, *words: str, databases: bool = False) -> None:
    """Run one of the operator's commands in the house."""
    env = environment(data, databases=databases)
    subprocess.run([sys.executable, "-m", "amparo.config.cli", *words], env=env, check=True)


@dataclass
class Program:
    """A served program and what it costs."""

    port: int
    process: subprocess.Popen
    cold_start: float

    def memory(self) -> float:
        """Megabytes that the process and its children hold, the largest of them: a worker."""
        return max(_resident(pid) for pid in family(self.process.pid)) / 1024


@contextmanager
def serving(name: str, data: Path, path: str, host: str):
    """Serve "desk" or "door" on a free port until the block ends; the first page is the end of the cold start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "amparo.config.cli", name, "--port", str(port)],
        env=environment(data), start_new_session=True,
    )  # fmt: skip
    try:
        _until_it_answers(port, path, host)
        yield Program(port, process, time.perf_counter() - began)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _until_it_answers(port: int, path: str, host: str) -> None:
    from bench.load import Call, Connection

    for _ in range(600):
        if Connection(port, host).ask(Call(path))[0]:
            return
        time.sleep(0.05)
    raise SystemExit("The program did not begin.")


def family(pid: int) -> list[int]:
    found = [pid]
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(each.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent in found:
            found.append(int(each.parent.name))
    return found


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def signed_in(person) -> str:
    """The cookies of a new session of `person`, through both factors as far as the desk can tell."""
    from allauth.account.internal.userkit import user_id_to_str
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "amparo.config.backends.DeskBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    factors = [{"method": factor, "at": time.time()} for factor in ("password", "mfa")]
    session["account_authentication_methods"] = factors
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={SECRET_COOKIE}"


def open_door() -> None:
    """Somebody answers for every urgency, so that the door takes reports."""
    from amparo.access.roles import Role
    from amparo.common.types import OPERATOR
    from amparo.intake.actions import set_watch
    from amparo.organisation import actions
    from amparo.organisation.models import Place

    made = {}
    for code, independent in (("BENCH-A", False), ("BENCH-B", True)):
        made[code] = actions.found_agency(
            by=OPERATOR, code=code, name=f"Agency {code}", kind="ministry", place=Place.objects.first(),
            takes_reports=True, independent=independent,
        )  # fmt: skip
        person = actions.add_person(by=OPERATOR, username=f"officer.{code.lower()}", name="Demo officer")
        actions.give_post(by=OPERATOR, person=person, role=Role.INTAKE_OFFICER, agency=made[code])
    for urgency in ("danger_now", "urgent", "normal"):
        set_watch(by=OPERATOR, urgency=urgency, owner=made["BENCH-A"], escalation=made["BENCH-B"])


def bytes_of(data: Path) -> int:
    """What main, vault and keys hold, journals included."""
    return sum(each.stat().st_size for name in ("main", "vault", "keys") for each in data.glob(f"{name}.sqlite3*"))
