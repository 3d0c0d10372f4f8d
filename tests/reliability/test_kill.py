"""Whatever moment the machine stops at, what was acknowledged is there and nothing is half there (X1)."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.reliability.conftest import desk, environment


def killed(data: Path, after: float, least: int = 1) -> list[str]:
    """Start a desk that writes, kill it `after` seconds from its first acknowledgement; what it had acknowledged."""
    program = [sys.executable, "-m", "tests.reliability.desk", "write"]
    with subprocess.Popen(program, env=environment(data), stdout=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(least)]
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    # A line cut in half was not an acknowledgement.
    return [line for line in told if line.endswith("\n")]


def kill_many(installed: Path, folder: Path, times: int) -> None:
    shutil.copytree(installed, folder)
    chance, told = random.Random(7), []
    for _ in range(times):
        told += killed(folder, chance.random())
    assert len(told) >= times
    assert desk(folder, "check", "".join(told)) == ""


def test_five_kills_lose_no_acknowledged_case_and_leave_no_half_one(installed, tmp_path):
    kill_many(installed, tmp_path / "data", 5)


@pytest.mark.long
def test_fifty_kills_lose_no_acknowledged_case_and_leave_no_half_one(installed, tmp_path):
    kill_many(installed, tmp_path / "data", 50)


@pytest.fixture(scope="module")
def stopped(installed, tmp_path_factory) -> Path:
    """A killed desk whose journal is still there."""
    folder = tmp_path_factory.mktemp("stopped") / "data"
    shutil.copytree(installed, folder)
    killed(folder, 0.5, least=40)
    assert (folder / "main.sqlite3-wal").stat().st_size > 100_000
    return folder


def cut_many(stopped: Path, folder: Path, times: int) -> None:
    chance = random.Random(11)
    whole = links(copied(stopped, folder / "whole"))
    seen = set()
    for number in range(times):
        copy = copied(stopped, folder / str(number))
        tear(copy.with_name("main.sqlite3-wal"), chance)
        left = links(copy)
        assert left == whole[: len(left)]
        seen.add(len(left))
        shutil.rmtree(copy.parent)
    assert len(seen) > 1  # some cuts did lose the end


def copied(stopped: Path, to: Path) -> Path:
    to.mkdir(parents=True)
    for name in ("main.sqlite3", "main.sqlite3-wal"):
        shutil.copy(stopped / name, to / name)
    return to / "main.sqlite3"


def tear(journal: Path, chance: random.Random) -> None:
    """End the journal anywhere, the last page perhaps half written and half rubbish."""
    size = journal.stat().st_size
    with journal.open("r+b") as file:
        # Half of them near its beginning: after a checkpoint the journal is written again from there.
        file.truncate(chance.randrange(size if chance.random() < 0.5 else size // 10))
        if chance.random() < 0.5:
            file.seek(0, 2)
            file.write(chance.randbytes(chance.randrange(4096)))


def links(database: Path) -> list[str]:
    """The hashes of the chain, in order, from a database that must be sound."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        found = connection.execute("SELECT seq, previous, hash FROM audit_event ORDER BY seq").fetchall()
    connection.close()
    assert [seq for seq, _, _ in found] == list(range(1, len(found) + 1))
    assert all(after[1] == before[2] for before, after in pairwise(found))
    return [digest for _, _, digest in found]


def test_twenty_power_cuts_leave_the_beginning_of_the_history_whole(stopped, tmp_path):
    cut_many(stopped, tmp_path, 20)


@pytest.mark.long
def test_three_hundred_power_cuts_leave_the_beginning_of_the_history_whole(stopped, tmp_path):
    cut_many(stopped, tmp_path, 300)
