"""What our SQLite back end adds to Django's; on PostgreSQL there is nothing of it."""

from uuid import UUID

import pytest
from django.db import connections

from amparo.audit.actions import record
from amparo.audit.models import Event, Shown
from amparo.common.ids import new_id
from amparo.common.types import OPERATOR
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
