"""Heads for witnesses: written whole, signed, and enough to find a record that was cut, altered or set back (T4)."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from amparo.audit import actions as audit
from amparo.audit import append_only
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.ids import new_id
from amparo.common.types import WORKER
from amparo.interfaces.commands import witnessing, working

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def folder(settings, tmp_path):
    settings.WITNESSES = [str(tmp_path / "court"), str(tmp_path / "away")]
    settings.WITNESS_KEY_FILE = tmp_path / "witness.key"
    (tmp_path / "court").mkdir()
    return tmp_path / "court"


def acts(number: int) -> None:
    for _ in range(number):
        audit.record(WORKER, "case:read", "case", new_id())


def check(folder, *more: str):
    return CliRunner().invoke(witnessing.witness, ["check", str(folder), *more])


def test_the_worker_sends_heads_and_a_folder_that_is_away_stops_nothing(folder):
    acts(3)
    assert {job.name: job.every for job in working.JOBS}["witnesses"] == 3600
    assert witnessing.send() == {"sent": 1, "unreachable": 1}
    (file,) = folder.iterdir()
    assert json.loads(file.read_text())["desk"] == list(audit.head())
    assert witnessing.settings.WITNESS_KEY_FILE.stat().st_mode & 0o777 == 0o600


def test_heads_of_a_sound_record_stand_in_it(folder):
    for hour in range(3):
        acts(2)
        with clock.stopped(clock.now() + timedelta(hours=hour)):
            witnessing.send()
    told = check(folder)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("3 heads from")
    key = told.output.split()[-1]
    assert check(folder, "--key", key).exit_code == 0
    assert "another key" in check(folder, "--key", "00" * 32).output


def test_a_record_set_back_to_yesterdays_copy_is_found(folder):
    acts(5)
    witnessing.send()
    append_only.remove(connection, "audit_event")
    Event.objects.filter(seq__gt=Event.objects.latest("seq").seq - 2).delete()
    append_only.install(connection, "audit_event")
    assert audit.verify().sound  # in itself it is whole
    told = check(folder)
    assert told.exit_code == 1
    assert "the chain was cut, or is an old copy" in told.output


def test_a_record_written_anew_from_some_link_on_is_found(folder):
    acts(5)
    witnessing.send()
    last = Event.objects.latest("seq").seq
    append_only.remove(connection, "audit_event")
    Event.objects.filter(seq__gt=last - 3).delete()
    append_only.install(connection, "audit_event")
    acts(4)
    assert audit.verify().sound
    assert f"link {last} of the desk is not the one that the witness holds" in check(folder).output


@pytest.mark.parametrize("change", ["desk", "at", "signature", "key"])
def test_a_head_that_was_changed_or_made_up_is_refused(folder, change):
    acts(2)
    witnessing.send()
    (file,) = folder.iterdir()
    head = json.loads(file.read_text())
    head[change] = {"desk": [1, "0" * 64], "at": "2020-01-01T00:00:00Z"}.get(change, "ab" * 32)
    file.write_text(json.dumps(head))
    told = check(folder)
    assert (told.exit_code, "is no head that this house wrote" in told.output + str(told.exception)) == (1, True)


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense"])
def test_what_is_no_head_is_named(folder, text):
    (folder / "amparo-head-1.json").write_text(text)
    told = check(folder)
    assert (told.exit_code, "amparo-head-1.json" in told.output + str(told.exception)) == (1, True)


def test_without_witnesses_the_command_says_so_and_the_worker_does_nothing(settings, tmp_path):
    settings.WITNESSES = []
    assert witnessing.send() == {"sent": 0, "unreachable": 0}
    told = CliRunner().invoke(witnessing.witness, ["send"])
    assert told.exit_code == 1
    assert "AMPARO_WITNESSES" in told.output
    assert "There is no head" in check(tmp_path).output
