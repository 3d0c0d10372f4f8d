"""An installation of its own, in files, which tests may kill and cut."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    return {**kept, "AMPARO_DATA": str(data), "AMPARO_DEMO": "true", "PYTHONPATH": str(ROOT)}


def amparo(data: Path, *arguments: str, fails: bool = False, **more: str) -> str:
    """What a command of the command line printed; it must succeed, or fail when it should."""
    program = [sys.executable, "-m", "amparo.config.cli", *arguments]
    done = subprocess.run(program, env=environment(data) | more, capture_output=True, text=True, cwd=data, check=False)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def desk(data: Path, word: str, told: str = "") -> str:
    program = [sys.executable, "-m", "tests.reliability.desk", word]
    return subprocess.run(program, env=environment(data), input=told, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """A set-up house with agencies and people and no child; copy it before writing to it."""
    data = tmp_path_factory.mktemp("installed")
    amparo(data, "setup")
    amparo(data, "demo", "build", "--children", "0")
    return data
