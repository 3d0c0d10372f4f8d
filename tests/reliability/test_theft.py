"""Whoever steals the files, the journals, the back-up or the log reads no name (X1)."""

import base64
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.reliability.conftest import amparo, environment
from tests.reliability.desk import MARK, letters


@pytest.fixture(scope="module")
def stolen(installed, tmp_path_factory) -> Path:
    """All that a desk with two hundred marked identities leaves when it is pulled from the wall, and its back-up."""
    folder = tmp_path_factory.mktemp("stolen")
    shutil.copytree(installed, folder / "data")
    program = [sys.executable, "-m", "tests.reliability.desk", "identities"]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(
            program, env=environment(folder / "data"), stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout.readline() == "ready\n"
        shutil.copytree(folder / "data", folder / "running")  # journals and all
        process.kill()
    public = amparo(folder / "data", "backup-key", str(folder / "private")).strip()
    amparo(folder / "data", "backup", str(folder / "copy"), "--to", public)
    return folder


def disguises() -> dict[str, bytes]:
    """The mark as it might lie in a file: it is in every word of every identity."""
    plain = MARK.encode()
    found = {
        "plain": plain, "small": plain.lower(), "capital": plain.upper(), "reversed": plain[::-1],
        "utf-16 little": MARK.encode("utf-16-le"), "utf-16 big": MARK.encode("utf-16-be"),
        "hex": plain.hex().encode(), "HEX": plain.hex().upper().encode(),
    }  # fmt: skip
    for shift in range(3):  # whatever stands before it, the inner letters of its base64 are the same
        coded = base64.b64encode(b"\0" * shift + plain)
        found[f"base64 shifted {shift}"] = coded[4 * (shift > 0) : -4]
    return found


def test_no_file_holds_a_word_of_two_hundred_identities_in_any_disguise(stolen):
    read, hits = Counter(), []
    for file in (each for each in stolen.rglob("*") if each.is_file()):
        data = file.read_bytes()
        read[file.suffix] += len(data)
        hits += [(file.relative_to(stolen), name) for name, form in disguises().items() if form in data]
    assert hits == []
    assert read[".sqlite3"] > 500_000
    assert read[".sqlite3-wal"] > 500_000
    assert read[".sealed"] > 500_000


def test_the_search_would_find_what_lies_open(tmp_path):
    """The hunter is tried on prey: each disguise is found in a file that holds it."""
    for coded in (MARK.encode(), f"a {MARK}".encode("utf-16-le"), base64.b64encode(f"x{MARK} y".encode())):
        assert [name for name, form in disguises().items() if form in coded]


def test_two_equal_names_are_sealed_differently_and_to_one_length(stolen):
    connection = sqlite3.connect(stolen / "data" / "vault.sqlite3")
    rows = connection.execute("SELECT ciphertext FROM vault_sealed WHERE compartment = 'narrative'").fetchall()
    connection.close()
    assert len({sealed for (sealed,) in rows}) == len(rows) >= 200
    assert len({len(sealed) for (sealed,) in rows}) == 1


def test_a_guessed_name_is_not_confirmed_without_the_key(stolen):
    """The tokens of a thief who knows the code and guesses the name are not among the stored ones."""
    import hashlib
    import hmac

    from amparo.linkage import names

    connection = sqlite3.connect(stolen / "data" / "vault.sqlite3")
    stored = {token for (token,) in connection.execute("SELECT token FROM vault_lookup").fetchall()}
    connection.close()
    assert len(stored) >= 50
    guess = " ".join(names.skeletons(f"{MARK}{letters(7)}", MARK, f"Mc{MARK}7"))
    for key in (b"", bytes(32), b"national", b"child"):
        for text in (guess, f"{guess} 2012", guess.replace(" ", "+") + " 2012"):
            for digest in (hmac.digest(key, text.encode(), "sha256"), hashlib.sha256(text.encode()).digest()):
                assert int.from_bytes(digest[:8], "big", signed=True) not in stored
