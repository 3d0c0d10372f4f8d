"""What our SQLite back end adds to Django's; on PostgreSQL there is nothing of it."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from django.db import OperationalError, connections

from amparo.audit.actions import record
from amparo.audit.models import Event, Shown
from amparo.common.ids import new_id
from amparo.common.types import OPERATOR
from amparo.config.databases import configured
from amparo.config.sqlite.base import DatabaseWrapper
from amparo.vault import lookups
from amparo.vault.models import Lookup

pytestmark = pytest.mark.django_db(databases="__all__")


def asked(alias: str, sql: str, *given):
    if connections[alias].vendor != "sqlite":
        pytest.skip("SQLite's own")
    with connections[alias].cursor() as cursor:
        return cursor.execute(sql, given).fetchall()


def linked(*ids: UUID) -> Event:
    return record(OPERATOR, "test:seen", "list", ids=ids)


def test_an_identifier_is_its_sixteen_bytes():
    id = new_id()
    record(OPERATOR, "test:done", "test", id)
    assert asked("default", "SELECT record FROM audit_event") == [(id.bytes,)]
    assert Event.objects.get(record=id).record == id


def test_a_hash_is_thirty_two_bytes_and_reads_as_its_digits():
    event = linked()
    [(kept,)] = asked("default", "SELECT hash FROM audit_event")
    assert (len(kept), kept.hex()) == (32, event.hash)
    assert Event.objects.get(hash=event.hash).hash == event.hash


def test_a_table_with_a_composite_key_has_no_second_tree():
    for alias, model in (("default", Shown), ("vault", Lookup)):
        [(sql,)] = asked(alias, "SELECT sql FROM sqlite_master WHERE name = %s", model._meta.db_table)
        assert sql.endswith("WITHOUT ROWID")
        assert asked(alias, "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
                     model._meta.db_table) == []  # fmt: skip


def test_a_whole_number_that_is_a_key_is_the_row_itself():
    linked()
    assert asked("default", "SELECT rowid = seq FROM audit_event") == [(1,)]
    assert asked("default", "SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_audit_event%%'") == []


def test_what_a_list_showed_is_found_by_identifier():
    one, two, other = new_id(), new_id(), new_id()
    event = linked(one, two)
    assert set(Shown.objects.values_list("record", "seq")) == {(one, event.seq), (two, event.seq)}
    assert not Shown.objects.filter(record=other).exists()


def test_a_subject_is_found_by_its_tokens_and_forgotten():
    one, two = new_id(), new_id()
    lookups.remember_many({one: [1, -2], two: [1]})
    assert set(lookups.having_any([1], limit=9)) == {one, two}
    assert lookups.having_each([[1], [-2, 7]], limit=9) == [one]
    lookups.forget(one)
    assert lookups.having_any([1, -2], limit=9) == [two]


@pytest.fixture
def on_disk(tmp_path):
    """A connection to a file, as the served programs have."""
    if connections["default"].vendor != "sqlite":
        pytest.skip("SQLite's own")
    made = DatabaseWrapper(connections["default"].settings_dict | configured(tmp_path, "default")["default"], "on_disk")
    yield made
    made.close()


def begin(connection) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def waits(connection) -> int:
    """How SQLite itself waits for the disk at a commit: 2 (FULL), or 1 (NORMAL), when we do."""
    return connection.cursor().execute("PRAGMA synchronous").fetchone()[0]


def test_nobody_goes_on_before_what_they_wrote_is_on_the_disk(on_disk, monkeypatch):
    waited = []
    monkeypatch.setattr(os, "fdatasync", lambda journal: waited.append(Path(f"/proc/self/fd/{journal}").readlink()))
    begin(on_disk)
    on_disk.cursor().execute("CREATE TABLE written (word TEXT)")
    assert (waits(on_disk), waited) == (1, [])
    on_disk.commit()
    assert (waits(on_disk), waited) == (2, [Path(f"{on_disk.settings_dict['NAME']}-wal")])


def test_what_is_written_outside_a_transaction_waits_as_sqlite_does(on_disk):
    assert waits(on_disk) == 2
    begin(on_disk)
    on_disk.rollback()
    assert waits(on_disk) == 2


def test_who_cannot_begin_waits_as_sqlite_does_afterwards(on_disk, monkeypatch):
    assert waits(on_disk) == 2
    monkeypatch.setattr(type(on_disk), "cursor", lambda _self: (_ for _ in ()).throw(OperationalError("locked")))
    with pytest.raises(OperationalError):
        begin(on_disk)
    monkeypatch.undo()
    assert waits(on_disk) == 2
