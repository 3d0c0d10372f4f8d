"""What the operator hears of in time, and the lock held to advisories without a network (T13)."""

import json
import os
import time
from datetime import timedelta

import pytest
from click.testing import CliRunner

from amparo.common import clock
from amparo.interfaces.commands import health, witnessing
from amparo.organisation.models import Person
from amparo.vault.root import PassphraseFile
from tests.organisation.machines.build import machine

pytestmark = pytest.mark.django_db(databases="__all__")
LOCK = '[[package]]\nname = "Some-Part"\nversion = "2.1"\n\n[[package]]\nname = "other"\nversion = "1.0"\n'


@pytest.fixture
def well(settings, tmp_path, monkeypatch):
    """A house in which there is nothing to do."""
    settings.ROOT_KEY_FILE, settings.WITNESS_KEY_FILE = tmp_path / "root.key", tmp_path / "witness.key"
    PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE).create()
    settings.WITNESSES = [str(tmp_path)]
    monkeypatch.setattr(health.intake, "why_closed", list)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: health.shutil._ntuple_diskusage(100, 50, 50))
    witnessing.send()
    return tmp_path


def doctor():
    return CliRunner().invoke(health.doctor)


def test_where_all_is_well_there_is_nothing_to_do(well):
    told = doctor()
    assert (told.exit_code, told.output) == (0, "Nothing to do.\n")


def test_a_root_key_of_more_than_a_year_is_to_be_changed(well, settings):
    long_ago = time.time() - 400 * 86400
    os.utime(settings.ROOT_KEY_FILE, (long_ago, long_ago))
    told = doctor()
    assert told.exit_code == 1
    assert "amparo vault rotate-root" in told.output


def test_a_systems_key_that_ends_soon_is_named_by_the_reference_alone(well, house):
    soon, _key = machine(house, days=10)
    later, _key = machine(house, days=90)
    told = doctor().output
    assert soon.reference in told
    assert later.reference not in told
    assert soon.name not in told


def test_heads_that_nobody_got_and_first_passwords_that_ended_are_told(well, house, settings):
    for file in well.glob("amparo-head-*"):
        file.unlink()
    Person.objects.filter(pk=house.people["police", "NORTH"].pk).update(
        first_password_until=clock.now() - timedelta(days=1)
    )
    told = doctor().output
    assert "got no head" in told
    assert "1 people never changed" in told
    assert "police" not in told
    settings.WITNESSES = []
    assert "No witness" in doctor().output


def test_little_room_and_a_closed_door_are_told(well, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: health.shutil._ntuple_diskusage(100, 95, 5))
    monkeypatch.setattr(health.intake, "why_closed", lambda: ["nobody answers for urgent reports"])
    told = doctor().output
    assert "MB are free" in told
    assert "The door is closed: nobody answers for urgent reports" in told


def advisory(events, *, name="some_part", ecosystem="PyPI", **more):
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    return {"id": "X-1", "affected": [{"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, **more}]}


def held_to(tmp_path, text: str):
    (tmp_path / "uv.lock").write_text(LOCK)
    (tmp_path / "list.json").write_text(text)
    return CliRunner().invoke(health.advisories, [str(tmp_path / "list.json"), "--lock", str(tmp_path / "uv.lock")])


@pytest.mark.parametrize(
    ("events", "concerns"),
    [
        ([{"introduced": "0"}, {"fixed": "2.2"}], True),
        ([{"introduced": "0"}, {"fixed": "2.1"}], False),
        ([{"introduced": "2.1"}, {"fixed": "2.2"}], True),
        ([{"introduced": "2.2"}], False),
        ([{"introduced": "0"}, {"last_affected": "2.1"}], True),
        ([{"introduced": "0"}, {"last_affected": "2.0.9"}], False),
        ([{"introduced": "0"}, {"fixed": "1.9"}, {"introduced": "2.0"}, {"fixed": "2.1.1"}], True),
        ([{"introduced": "0"}, {"fixed": "1.9"}, {"introduced": "2.1.post1"}], False),
        ([{"fixed": "2.2"}, {"introduced": "2.0rc1"}], True),
    ],
)
def test_the_lock_is_held_to_the_versions_that_an_advisory_names(tmp_path, events, concerns):
    told = held_to(tmp_path, json.dumps(advisory(events)))
    assert told.exit_code == int(concerns), told.output
    assert ("X-1 (not rated): some-part 2.1" in told.output) == concerns


def test_versions_named_outright_lists_and_lines_are_read_and_other_ecosystems_are_not_ours(tmp_path):
    named = advisory([{"introduced": "9"}], versions=["2.1"])
    named["database_specific"] = {"severity": "HIGH"}
    foreign = advisory([{"introduced": "0"}], ecosystem="npm")
    elsewhere = advisory([{"introduced": "0"}], name="not-here")
    for text in (json.dumps([named, foreign]), f"{json.dumps(foreign)}\n{json.dumps(named)}\n"):
        assert "X-1 (high): some-part 2.1" in held_to(tmp_path, text).output
    told = held_to(tmp_path, json.dumps([foreign, elsewhere]))
    assert told.output == "None of 2 advisories concerns the 2 packages of the lock.\n"


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"id": "X"}', '"words"', "null"])
def test_what_is_no_list_of_advisories_is_said_so(tmp_path, text):
    told = held_to(tmp_path, text)
    if text == "":
        assert "None of 0" in told.output
    else:
        assert told.exit_code == 1
        assert "OSV form" in str(told.exception)
