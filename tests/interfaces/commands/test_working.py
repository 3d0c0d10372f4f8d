"""The worker and the commands about the door (D5, X4)."""

import logging
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from amparo.config.cli import build
from amparo.intake.models import Watch
from amparo.intake.postbox import door
from amparo.interfaces.commands import working
from tests.intake.build import watched

pytestmark = pytest.mark.django_db(databases="__all__")


def run(*arguments: str):
    return CliRunner().invoke(build(), list(arguments))


def test_the_door_status_says_why_it_is_closed_and_that_it_is_open(house):
    closed = run("door-status")
    assert closed.exit_code == 1
    assert closed.output.startswith("The door is closed:\n")
    assert closed.output.count("no agency is named to answer.") == 3
    watched(house)
    opened = run("door-status")
    assert (opened.exit_code, opened.output) == (0, "The door is open.\nLetters set aside: 0\n")


def test_a_watch_is_set_by_codes(house):
    watched(house)
    done = run("watch", "set", "urgent", "--owner", "SOUTH", "--escalate", "OMB")
    assert done.exit_code == 0, done.output
    assert Watch.objects.get(urgency="urgent").owner == house.agencies["SOUTH"]
    for wrong in (["urgent", "--owner", "NONE", "--escalate", "OMB"], ["x", "--owner", "SOUTH", "--escalate", "OMB"],
                  ["urgent", "--owner", "SOUTH", "--escalate", "NORTH"]):  # fmt: skip
        answer = run("watch", "set", *wrong)
        assert answer.exit_code == 1
        assert answer.output.startswith("Error: ")


def test_one_round_of_work_carries_letters_and_says_how_many(house):
    watched(house)
    assert run("work", "--once").output == ""
    door.tell({"told": "A neutral sentence."}, form="sheet")
    assert run("work", "--once").output == "letters: 1 taken, 0 sent, 1 shown\n"


def test_a_job_that_fails_is_named_without_its_words_and_the_others_go_on(house, monkeypatch, caplog):
    done = []

    def fails() -> dict[str, int]:
        raise ValueError("words of a person")

    jobs = (working.Job("one", 0, fails), working.Job("two", 0, lambda: done.append(1) or {}))
    monkeypatch.setattr(working, "JOBS", jobs)
    with caplog.at_level(logging.ERROR):
        working._round({}, loud=False)
    assert done == [1]
    assert caplog.messages == ["The worker's job one failed: ValueError. It is tried again."]
    assert "words of a person" not in caplog.text
    assert isinstance(run("work", "--once").exception, ValueError)


def test_a_job_is_done_again_only_after_its_time(monkeypatch):
    done, now, last = [], [1000.0], {}
    monkeypatch.setattr(working, "JOBS", (working.Job("rare", 600, lambda: done.append(now[0]) or {}),))
    monkeypatch.setattr(working.time, "monotonic", lambda: now[0])
    for now[0] in (1000.0, 1599.0, 1600.0, 1601.0):
        working._round(last, loud=True)
    assert done == [1000.0, 1600.0]


def test_the_worker_stops_when_it_is_asked_to(tmp_path):
    environment = os.environ | {"AMPARO_DATA": str(tmp_path), "AMPARO_DEMO": "true"}
    command = [sys.executable, "-m", "amparo.config.cli"]
    subprocess.run([*command, "setup"], env=environment, check=True, capture_output=True)
    worker = subprocess.Popen([*command, "work", "--every", "0.2"], env=environment, stdout=subprocess.PIPE, text=True)
    assert "at work" in worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=60)
    assert worker.returncode == 0
