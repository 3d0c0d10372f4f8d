"""The operator's commands say what they did, and one clear line when something is wrong (X4)."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from django.db import connection

from amparo.audit import append_only
from amparo.audit.models import Event
from amparo.config.cli import build
from amparo.organisation.models import Membership, Person, Place

pytestmark = pytest.mark.django_db(databases="__all__")


def run(*arguments: str):
    return CliRunner().invoke(build(), list(arguments))


def test_help_names_every_command():
    shown = run("--help")
    assert shown.exit_code == 0
    assert all(name in shown.output for name in ("setup", "audit", "places", "people", "status"))


def test_before_there_are_databases_a_command_says_how_to_make_them(tmp_path):
    env = {"PATH": os.environ["PATH"], "AMPARO_DATA": str(tmp_path), "AMPARO_DEMO": "true"}
    command = [sys.executable, "-m", "amparo.config.cli", "treaty", "OPSC"]
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr == "Error: The databases are not there, or not of this version: amparo setup\n"


def test_an_unknown_command_ends_with_two():
    assert run("nonsense").exit_code == 2


def test_a_sound_chain_is_said_to_be_sound(house):
    shown = run("audit", "verify")
    assert shown.exit_code == 0
    assert shown.output.startswith(f"desk: {Event.objects.count()} links, sound.")
    assert "door: 0 links, sound." in shown.output


def test_a_broken_chain_names_its_first_broken_link_and_fails(house):
    append_only.remove(connection, "audit_event")
    Event.objects.filter(seq=7).update(verb="case:closed")
    append_only.install(connection, "audit_event")
    shown = run("audit", "verify")
    assert shown.exit_code == 1
    assert shown.output == "Error: The chain of the desk is broken: link 7 was altered.\n"


def test_a_witness_confirms_the_head_it_was_given(house):
    head = run("audit", "head").output.splitlines()[0].removeprefix("desk ")
    assert run("audit", "verify", "--head", head).exit_code == 0
    assert run("audit", "verify", "--head", f"9999:{head.partition(':')[2]}").exit_code == 1
    assert run("audit", "verify", "--head", "nonsense").exit_code == 2


def write(tmp_path, text: str | bytes):
    file = tmp_path / "places.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


@pytest.mark.parametrize(
    "text",
    [
        "code,name,parent\nXX-1-2,Town,XX-1\nXX-1,Region,XX\nXX,Country,\n",
        "Pcode,Name,In\n#adm+code,#adm+name,#adm+code+parent\nXX,Country,\nXX-1,Region,XX\nXX-1-2,Town,XX-1\n",
        "\ufeffname,parent,code\nCountry,,XX\nRegion,XX,XX-1\nTown,XX-1,XX-1-2\n",
    ],
)
def test_places_come_in_whatever_the_order_with_headings_or_tags(tmp_path, text):
    shown = run("places", "import", write(tmp_path, text))
    assert (shown.exit_code, shown.output) == (0, "3 places taken.\n")
    assert Place.objects.get(code="XX-1-2").path == "XX/XX-1/XX-1-2/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The file is empty"),
        ("code,name\nXX,Country\n", "Line 1: no column parent"),
        ("code,name,parent\nXX,Country,\nXX-1,Region\n", "Line 3: 2 cells, too few"),
        ("code,name,parent\nXX,Country,\nYY,Region,ZZ\n", "Line 3: there is no place ZZ"),
        ("code,name,parent\nXX,Country,\nXX,Again,\n", "Line 3: There is a place with the code XX"),
        ("code,name,parent\nA/B,Country,\n", "Line 2: A code is letters and digits"),
        ("code,name,parent\nXX,Café,\n".encode("latin-1"), "Not UTF-8"),
    ],
)
def test_a_bad_file_of_places_is_refused_whole_with_its_line(tmp_path, text, told):
    shown = run("places", "import", write(tmp_path, text))
    assert shown.exit_code == 1
    assert told in shown.output
    assert Place.objects.count() == 0


def test_a_person_is_added_with_a_post_and_a_password(house):
    given = ["people", "add", "new.worker", "--name", "New Worker", "--agency", "NORTH", "--role", "case_worker"]
    shown = run(*given, "--team", "First team", "--password", "four quiet words here")
    assert shown.exit_code == 0, shown.output
    person = Person.objects.get(username="new.worker")
    assert person.check_password("four quiet words here")
    assert Membership.objects.get(person=person).role == "case_worker"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"--agency": "EAST"}, "There is no agency EAST"),
        ({"--team": "Second team"}, "The agency has no team Second team"),
        ({"--password": "short"}, "too short"),
        ({"--password": "passwordpassword1234567890"[:8]}, "too short"),
    ],
)
def test_a_person_is_not_half_added(house, changed, told):
    given = {
        "--name": "N W",
        "--agency": "NORTH",
        "--role": "case_worker",
        "--password": "four quiet words here",
    } | changed
    shown = run("people", "add", "new.worker", *[part for pair in given.items() for part in pair])
    assert shown.exit_code == 1
    assert told in shown.output
    assert not Person.objects.filter(username="new.worker").exists()


def test_status_tells_numbers_only(house):
    shown = run("status")
    assert "agencies         2" in shown.output
    assert "Demo" not in shown.output
