"""The root key lies sealed in a file that no database holds (X1)."""

import pytest

from amparo.vault.root import PassphraseFile, Sealed


def test_the_passphrase_opens_what_it_sealed(tmp_path):
    file = PassphraseFile(tmp_path / "root.key", "four quiet words here")
    file.create()
    assert len(file.unseal()) == 32
    assert file.unseal() == PassphraseFile(tmp_path / "root.key", "four quiet words here").unseal()


def test_another_passphrase_does_not(tmp_path):
    PassphraseFile(tmp_path / "root.key", "right").create()
    with pytest.raises(Sealed, match="does not open"):
        PassphraseFile(tmp_path / "root.key", "wrong").unseal()


def test_without_a_file_the_vault_stays_closed(tmp_path):
    with pytest.raises(Sealed, match="no root key yet"):
        PassphraseFile(tmp_path / "root.key", "right").unseal()


def test_no_root_key_is_written_without_a_passphrase(tmp_path):
    with pytest.raises(Sealed, match="AMPARO_VAULT_PASSPHRASE"):
        PassphraseFile(tmp_path / "root.key", "").create()
    assert not (tmp_path / "root.key").exists()


def test_an_old_root_key_is_never_overwritten(tmp_path):
    file = PassphraseFile(tmp_path / "root.key", "right")
    file.create()
    kept = file.unseal()
    with pytest.raises(FileExistsError):
        file.create()
    assert file.unseal() == kept


def test_only_the_owner_may_read_the_file(tmp_path):
    file = PassphraseFile(tmp_path / "root.key", "right")
    file.create()
    assert file.path.stat().st_mode & 0o077 == 0
