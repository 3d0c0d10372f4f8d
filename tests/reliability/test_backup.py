"""A back-up taken while the desk runs comes back whole on an empty machine, and a bad one is refused loudly (X1)."""

import base64
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.reliability.conftest import amparo, desk
from tests.reliability.test_kill import killed


@pytest.fixture(scope="module")
def backed_up(installed, tmp_path_factory) -> Path:
    """A house with some cases, its back-up, and the key of the back-up, in one folder."""
    folder = tmp_path_factory.mktemp("backed-up")
    shutil.copytree(installed, folder / "data")
    killed(folder / "data", 0, least=8)
    public = amparo(folder / "data", "backup-key", str(folder / "private")).strip()
    amparo(folder / "data", "backup", str(folder / "copy"), "--to", public)
    return folder


def restored(backed_up: Path, into: Path, copy: Path | None = None, **more) -> str:
    return amparo(
        backed_up / "data", "restore", str(copy or backed_up / "copy"), "--into", str(into),
        "--key", str(more.pop("key", backed_up / "private")), "--root-key", str(backed_up / "data" / "root.key"), **more,
    )  # fmt: skip


def test_the_drill_restores_on_an_empty_machine_and_proves_what_is_there(backed_up, tmp_path):
    told = restored(backed_up, tmp_path / "new")
    head = re.search(r"--head (\d+:[0-9a-f]{64})", told).group(1)
    proof = amparo(tmp_path / "new", "prove", "--head", head)
    assert "sealed values open" in proof
    assert int(re.search(r"(\d+) sealed", proof).group(1)) == 20
    ids = cases(backed_up / "data")
    assert cases(tmp_path / "new") == ids
    assert desk(tmp_path / "new", "check", "\n".join(ids)) == ""


def cases(data: Path) -> list[str]:
    connection = sqlite3.connect(data / "main.sqlite3")
    found = connection.execute("SELECT hex(id) FROM cases_case WHERE status = 'closed' ORDER BY id").fetchall()
    connection.close()
    return [id for (id,) in found]


def test_nothing_is_restored_over_a_house(backed_up, tmp_path):
    (tmp_path / "house").mkdir()
    assert "never over a house" in restored(backed_up, tmp_path / "house", fails=True)
    assert list((tmp_path / "house").iterdir()) == []


def test_a_flipped_byte_is_refused_and_leaves_nothing(backed_up, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(backed_up / "copy", copy)
    damaged = bytearray((copy / "main.sealed").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (copy / "main.sealed").write_bytes(damaged)
    assert "not the file that was backed up" in restored(backed_up, tmp_path / "new", copy, fails=True)
    manifest = json.loads((copy / "manifest.json").read_text())  # even when somebody corrects the manifest
    manifest["files"]["main"]["sha256"] = __import__("hashlib").sha256(damaged).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert "damaged, or sealed to another key" in restored(backed_up, tmp_path / "new", copy, fails=True)
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_another_key_is_refused(backed_up, tmp_path):
    (tmp_path / "other").write_text(base64.b64encode(bytes(32)).decode())
    told = restored(backed_up, tmp_path / "new", key=tmp_path / "other", fails=True)
    assert "another key" in told
    assert not (tmp_path / "new").exists()


def test_a_restored_house_without_its_root_key_opens_nothing(backed_up, tmp_path):
    restored(backed_up, tmp_path / "new")
    (tmp_path / "new" / "root.key").unlink()
    assert "no root key" in amparo(tmp_path / "new", "prove", fails=True)


def test_a_back_up_goes_into_an_empty_folder_only(backed_up):
    told = amparo(backed_up / "data", "backup", str(backed_up / "copy"), "--to", "x", fails=True)
    assert "not empty" in told


def test_an_older_copy_of_main_is_unmasked_by_the_head(backed_up, tmp_path, installed):
    told = restored(backed_up, tmp_path / "new")
    head = re.search(r"--head (\S+)", told).group(1)
    for left in (tmp_path / "new").glob("main.sqlite3*"):
        left.unlink()
    shutil.copy(installed / "main.sqlite3", tmp_path / "new" / "main.sqlite3")
    assert "the witness holds link" in amparo(tmp_path / "new", "prove", "--head", head, fails=True)
