"""`amparo serve` runs both programs, gives each only what it may know, and ends when one of them ends."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

import httpx
import pytest

from amparo.interfaces.commands.serving import environment
from tests.interfaces.report_door.program import free_port


class Served:
    """`amparo serve` in a demonstration that is empty but for its databases."""

    def __init__(self, folder) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AMPARO_", "DJANGO_"))}
        self.environment = kept | {"AMPARO_DATA": str(folder), "AMPARO_DEMO": "true"}
        self.port = free_port()
        subprocess.run([*self.amparo(), "setup"], env=self.environment, check=True, capture_output=True)
        self.process = subprocess.Popen(
            [*self.amparo(), "serve", "--port", str(self.port)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        # The worker says that it is at work whenever it is.
        said = (line.split()[-1] for line in iter(self.process.stdout.readline, "") if "://" in line)
        self.addresses = list(islice(said, 3))

    @staticmethod
    def amparo() -> list[str]:
        return [sys.executable, "-m", "amparo.config.cli"]

    def get(self, host: str, path: str = "/") -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers={"host": f"{host}:{self.port}"}, timeout=60)

    def children(self) -> dict[str, int]:
        """The processes that this one started, by their names."""
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    line = (entry / "cmdline").read_text()
                    found[line.rpartition("program\0")[2].partition("\0")[0]] = int(entry.name)
        return found

    def ended(self) -> tuple[int, str]:
        said = self.process.stdout.read()
        return self.process.wait(30), said


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def served(folder):
    served = Served(folder)
    yield served
    if served.process.poll() is None:
        served.process.terminate()
        served.process.wait(30)
    served.process.stdout.close()


def gone(pids: list[int]) -> bool:
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def test_three_addresses_answer_and_a_stop_leaves_nothing_behind(served):
    assert served.addresses == [
        f"http://{host}:{served.port}" for host in ("door.localhost", "office.localhost", "localhost")
    ]
    assert served.get("door.localhost", "/en/").text.count("Demonstration: nobody reads this.") == 1
    assert served.get("office.localhost", "/sign-in/").status_code == 200
    assert served.get("localhost").status_code == 200
    assert served.get("evil.example").status_code == 400
    children = served.children()
    assert {"door", "desk"} <= set(children)
    served.process.send_signal(signal.SIGINT)
    assert served.ended()[0] == 0
    assert gone(list(children.values()))


def test_when_a_program_dies_all_end_and_it_is_named(served):
    children = served.children()
    os.kill(children["door"], signal.SIGKILL)
    code, said = served.ended()
    assert code == 1
    assert "The door ended by itself (status -9); everything was stopped." in said
    assert gone(list(children.values()))


def test_each_program_is_given_only_what_it_may_know(monkeypatch):
    secrets = {
        "AMPARO_VAULT_PASSPHRASE": "desk", "AMPARO_DESK_SECRET": "desk", "AMPARO_DATABASE_MAIN": "desk",
        "AMPARO_DATABASE_VAULT": "desk", "AMPARO_DATABASE_KEYS": "desk", "SOME_TOKEN": "desk",
        "AMPARO_DOOR_SECRET": "door", "AMPARO_DOOR_PEPPER": "door", "AMPARO_DATABASE_DOOR": "both",
        "AMPARO_DOOR_DATA": "both", "AMPARO_DEMO": "both", "PATH": "both",
    }  # fmt: skip
    for name, whose in secrets.items():
        monkeypatch.setenv(name, whose)
    for program in ("door", "desk"):
        given = environment(program)
        assert {name for name in secrets if name in given} == {
            name for name, whose in secrets.items() if whose in {program, "both"}
        }
        assert given["DJANGO_SETTINGS_MODULE"] == f"amparo.config.settings.{program}"
