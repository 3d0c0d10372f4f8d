"""Keys are changed under words that stay readable, findable and writable, whatever moment it stops at (X1)."""

from pathlib import Path

import pytest

from amparo.audit.models import Event
from amparo.common.errors import Refused
from amparo.common.ids import new_id
from amparo.common.types import WORKER
from amparo.vault import cipher, erasing, keyring, lookups, root, rotation, store, system_keys
from amparo.vault.compartments import Compartment
from amparo.vault.keyring import Erased
from amparo.vault.keys.models import AgencyKey, SubjectKey, SystemKey
from amparo.vault.reveal import reveal
from amparo.vault.root import Custodians, KeyFile, PassphraseFile, Sealed
from amparo.vault.shares import BadShares, split
from tests.cases.build import NAME, open_case

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_root(settings, tmp_path):
    """A root key of this test's own, for it is rotated."""
    settings.ROOT_KEY_FILE = tmp_path / "root.key"
    PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE).create()
    system_keys.lookup_secret.cache_clear()
    lookups._key.cache_clear()
    yield
    system_keys.lookup_secret.cache_clear()
    lookups._key.cache_clear()


def name_of(house, case):
    return reveal(by=house.actor("case_worker", "NORTH"), subject=case, pointer=case.child.identity,
                  compartment=Compartment.IDENTITY, purpose="care_planning")["given"]  # fmt: skip


def write(case):
    return store.put(subject=case.child_id, agency=case.agency_id, compartment=Compartment.HEALTH, column="x", value=1)


def test_three_generations_of_the_root_key_read_find_and_write(house):
    case, kids = open_case(house, "NORTH"), {root.newest()}
    token = lookups.token("child", "national", "x")
    for _ in range(3):
        assert sum(rotation.rotate_root(by=WORKER)) >= 2
        kids.add(root.newest())
        system_keys.lookup_secret.cache_clear()
        lookups._key.cache_clear()
        assert name_of(house, case) == NAME
        assert lookups.token("child", "national", "x") == token
        assert write(case)
    assert len(kids) == 4
    assert set(AgencyKey.objects.values_list("kid", flat=True)) == {root.newest()}
    assert set(SystemKey.objects.values_list("kid", flat=True)) == {root.newest()}
    assert len(root.key_file().generations()) == 2
    assert Event.objects.filter(verb="keys:root_rotated").count() == 3


def test_an_old_root_key_opens_nothing_after_the_rotation(house):
    case = open_case(house, "NORTH")
    stolen = root.root_key()
    list(rotation.rotate_root(by=WORKER))
    kept = AgencyKey.objects.get(agency=case.agency_id, compartment="identity")
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(cipher.derive(stolen, "wrap keys"), kept.wrapped, f"agency|{kept.agency}|identity")


def test_the_desk_reads_and_writes_between_any_two_batches_and_an_interruption_is_taken_up(house, monkeypatch):
    monkeypatch.setattr(rotation, "_AT_ONCE", 1)
    case = open_case(house, "NORTH")
    write(case)
    walk = rotation.rotate_root(by=WORKER)
    next(walk)
    walk.close()  # the machine stops here
    assert len(set(AgencyKey.objects.values_list("kid", flat=True))) == 2
    before = root.newest()
    for _ in rotation.rotate_root(by=WORKER):
        assert name_of(house, case) == NAME
        assert write(case)
    assert root.newest() == before  # the interrupted rotation was finished, not begun anew
    assert set(AgencyKey.objects.values_list("kid", flat=True)) == {before}


def test_agencies_get_new_keys_while_the_desk_goes_on(house, monkeypatch):
    monkeypatch.setattr(rotation, "_AT_ONCE", 1)
    cases = [open_case(house, "NORTH", given=f"{NAME} {number}") for number in range(3)]
    erasing.destroy_keys([cases[2].child_id])
    before = set(AgencyKey.objects.values_list("id", flat=True))
    for _ in rotation.rotate_agencies(by=WORKER):
        assert name_of(house, cases[0]) == f"{NAME} 0"
        assert open_case(house, "NORTH", given="Newcomer Testperson")
    assert before.isdisjoint(AgencyKey.objects.values_list("id", flat=True))
    assert name_of(house, cases[1]) == f"{NAME} 1"
    with pytest.raises(Erased):
        name_of(house, cases[2])


def test_an_interrupted_rotation_of_agencies_goes_on_where_it_stopped(house, monkeypatch):
    monkeypatch.setattr(rotation, "_AT_ONCE", 1)
    for _ in range(3):
        open_case(house, "NORTH")
    walk = rotation.rotate_agencies(by=WORKER)
    next(walk)
    walk.close()
    made = AgencyKey.objects.get(compartment="identity", retired_at=None)
    assert sum(rotation.rotate_agencies(by=WORKER)) == 5  # two keys a child, one of the six moved before
    assert AgencyKey.objects.get(compartment="identity") == made


def test_nobody_at_a_desk_rotates_keys(house):
    with pytest.raises(Refused):
        list(rotation.rotate_root(by=house.actor("administrator", "NORTH")))


def test_a_key_of_an_unknown_root_is_refused(house):
    case = open_case(house, "NORTH")
    AgencyKey.objects.update(kid="0" * 16)
    with pytest.raises(Sealed, match="does not have"):
        name_of(house, case)


def custodians(tmp_path: Path, settings):
    secret = cipher.new_key()
    shares = split(secret, threshold=2, custodians=3)
    root.key_file().seal_again(Custodians(shares[:2]))
    settings.ROOT_KEY_UNSEAL = "shares"
    return shares


def test_any_two_of_three_custodians_open_the_vault_and_one_does_not(house, settings, tmp_path):
    case = open_case(house, "NORTH")
    kept = root.root_key()
    one, two, three = custodians(tmp_path, settings)
    (tmp_path / "third").write_text(three)
    for given in (f"{one} {two}", f"{two} {tmp_path / 'third'}"):
        settings.ROOT_KEY_SHARES = given
        assert root.key_file().unseal() == kept
        assert name_of(house, case) == NAME
    settings.ROOT_KEY_SHARES = one
    with pytest.raises(BadShares, match="2 different shares"):
        root.key_file().unseal()


def test_strangers_shares_and_the_old_passphrase_do_not_open_it(settings, tmp_path):
    custodians(tmp_path, settings)
    settings.ROOT_KEY_SHARES = " ".join(split(cipher.new_key(), threshold=2, custodians=3))
    with pytest.raises(Sealed, match="does not open"):
        root.key_file().unseal()
    with pytest.raises(Sealed, match="sealed by shares"):
        PassphraseFile(settings.ROOT_KEY_FILE, settings.ROOT_KEY_PASSPHRASE).unseal()


def test_without_shares_and_without_a_terminal_it_stays_closed(settings, tmp_path):
    custodians(tmp_path, settings)
    settings.ROOT_KEY_SHARES = ""
    with pytest.raises(Sealed, match="AMPARO_VAULT_SHARES"):
        root.key_file().unseal()


def test_a_rotation_goes_on_under_custodians(house, settings, tmp_path):
    case = open_case(house, "NORTH")
    shares = custodians(tmp_path, settings)
    settings.ROOT_KEY_SHARES = " ".join(shares[1:])
    list(rotation.rotate_root(by=WORKER))
    assert name_of(house, case) == NAME


def test_a_file_that_was_being_replaced_when_the_machine_stopped_is_the_old_one(settings, monkeypatch):
    file, before = root.key_file(), root.root_key()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        file.add_generation()
    monkeypatch.undo()
    assert KeyFile(file.path, file.unsealer).unseal() == before


def test_a_system_key_is_kept_once_and_opens(house):
    system_keys.keep("intake", b"private", b"public")
    assert bytes(system_keys.keep("intake", b"another", b"public").public) == b"public"
    assert system_keys.private("intake") == b"private"


def test_two_first_keys_for_one_subject_are_one(house, monkeypatch):
    """A second writer that read before the first one wrote goes on with the first one's key."""
    subject, agency = new_id(), house.agencies["NORTH"].id
    first = keyring.key_for_writing(subject, agency, Compartment.HEALTH)
    kept, asked = keyring._kept, []

    def late(*arguments):
        asked.append(1)
        return iter(()) if len(asked) == 1 else kept(*arguments)

    monkeypatch.setattr(keyring, "_kept", late)
    assert keyring.key_for_writing(subject, agency, Compartment.HEALTH) == first
    assert SubjectKey.objects.filter(subject=subject).count() == 1
