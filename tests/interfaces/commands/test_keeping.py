"""The operator's words for the keys, the vault and the back-ups (X1)."""

import pytest
from click.testing import CliRunner

from amparo.common.errors import Conflict
from amparo.interfaces.commands import keeping
from amparo.organisation.models import Agency
from amparo.vault import root, shares
from amparo.vault.root import PassphraseFile
from tests.cases.build import open_case

pytestmark = pytest.mark.django_db(databases="__all__")


def run(*arguments: str):
    command = {each.name: each for each in keeping.commands}[arguments[0]]
    return CliRunner().invoke(command, list(arguments[1:]))


@pytest.fixture
def own_root(settings, tmp_path):
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE).create()


def test_the_sweep_says_how_many_rows_would_go(house):
    open_case(house, "NORTH")
    assert run("vault", "sweep", "--dry-run").output == "0 rows would be removed.\n"


def test_finished_erasures_need_no_resuming(house):
    assert run("vault", "resume-erasures").output == "0 erasures finished.\n"


def test_each_share_is_printed_once_and_any_two_open_the_vault(own_root, settings):
    kept = root.root_key()
    told = run("vault", "split-root")
    assert told.exit_code == 0
    printed = [line.split(": ")[1] for line in told.output.splitlines() if "custodian" in line]
    assert len(printed) == 3
    settings.ROOT_KEY_UNSEAL, settings.ROOT_KEY_SHARES = "shares", " ".join(printed[1:])
    assert root.key_file().unseal() == kept
    assert shares.combine(printed[:2])


def test_both_rotations_say_how_many_keys_they_wrapped(own_root, house):
    open_case(house, "NORTH")  # a child's identity, and the copy that searches are compared with
    assert "keys wrapped by the new root key" in run("vault", "rotate-root").output
    assert run("vault", "rotate-agencies").output == "2 subjects' keys wrapped by new agency keys.\n"


def test_a_house_is_proved_and_a_wrong_head_is_not(house):
    open_case(house, "NORTH")
    assert "2 sealed values open" in run("prove").output
    wrong = run("prove", "--head", f"1:{'0' * 64}")
    assert isinstance(wrong.exception, Conflict)
    assert "not the one the witness holds" in wrong.exception.reason


def test_a_key_for_back_ups_is_written_once_for_its_owner_alone(tmp_path):
    public = run("backup-key", str(tmp_path / "key")).output.strip()
    assert len(public) == 44
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert isinstance(run("backup-key", str(tmp_path / "key")).exception, FileExistsError)


def test_no_crowd_comes_into_a_real_house(house):
    assert isinstance(run("crowd", "--children", "1").exception, Conflict)
    assert not Agency.objects.filter(code="CR01").exists()
