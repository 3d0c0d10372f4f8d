"""The real program of the door, started as an operator starts it, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from amparo.intake.postbox import sealing
from tests.intake.postbox.conftest import board
from tests.interfaces.report_door.conftest import FULL

PRIVATE, PUBLIC = sealing.new_pair()
SETTINGS = "amparo.config.settings.door"
# As an administrator would have it by mistake: the desk's passphrase in the environment of whoever starts the door.
STRAY = {"AMPARO_VAULT_PASSPHRASE": "the desk's passphrase"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """`amparo door` on a port, its folder, and what it printed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder, self.printed = folder, folder.parent / "printed.txt"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AMPARO_", "DJANGO_"))}
        given = {
            "AMPARO_DATA": str(folder),
            "AMPARO_HTTPS": "false",
            "AMPARO_DOOR_AN_HOUR": "0",
            "AMPARO_DOOR_ROOM_MB": "1",
        }
        self.environment = kept | given | STRAY | environment
        self.port, self.process = free_port(), None
        self.run("-m", "amparo.config.cli", "door", "--setup")
        self.python(f"desk.publish_board(json.loads({json.dumps(json.dumps(board(PUBLIC, **FULL)))}))")

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        """Run a line inside the door's settings, as a second process beside the serving one."""
        begin = (
            f"import json, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = '{SETTINGS}'; import django; django.setup();"
        )
        imports = "from amparo.intake.postbox import desk, record; from amparo.intake.postbox.models import *;"
        return self.run("-c", begin + imports + code).strip()

    def start(self) -> "Program":
        command = [sys.executable, "-m", "amparo.config.cli", "door", "--port", str(self.port)]
        with self.printed.open("ab") as printed:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=printed, stderr=printed, start_new_session=True
            )
        for _ in range(300):
            with suppress(httpx.TransportError), self.client() as client:
                client.get("/x")
                return self
            assert self.process.poll() is None, self.printed.read_text()
            time.sleep(0.1)
        raise AssertionError("The door did not begin.")

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", headers={"host": "door.localhost"}, timeout=60)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        code = self.process.wait(30)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        return code
