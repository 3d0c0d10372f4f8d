"""An act has one transaction; a look has only that of its audit row, before anything is shown (X1)."""

from threading import Thread

import pytest
from django.db import connection, transaction

from amparo.access.gate import gated, look, looking
from amparo.audit import actions as audit
from amparo.audit.models import Event
from amparo.common.errors import Refused
from amparo.common.types import OPERATOR

seen: list[bool] = []


@looking
def see(*, by, fail: bool = False):
    seen.append(connection.in_atomic_block)
    if fail:
        raise Refused("no", rule="test:no")
    look(by, "test:seen", "test")
    return connection.in_atomic_block, Event.objects.count()


@gated
def act(*, by, fail: bool = False):
    shown = see(by=by)
    if fail:
        raise ValueError
    return shown


@pytest.fixture(autouse=True)
def _forget():
    seen.clear()


@pytest.mark.django_db(transaction=True)
def test_a_look_reads_without_a_transaction_and_its_row_stands_before_anything_is_shown():
    within, rows = see(by=OPERATOR)
    assert (seen, within, rows) == ([False], False, 1)


@pytest.mark.django_db(transaction=True)
def test_a_look_within_an_act_stands_or_falls_with_the_act():
    assert act(by=OPERATOR) == (True, 1)
    with pytest.raises(ValueError):
        act(by=OPERATOR, fail=True)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_look_leaves_a_row_of_its_own():
    with pytest.raises(Refused):
        see(by=OPERATOR, fail=True)
    assert Event.objects.get().outcome == "refused"


@pytest.mark.django_db(transaction=True)
def test_a_look_that_cannot_be_recorded_shows_nothing(monkeypatch):
    def full(*_given, **_named):
        raise OSError("the disk is full")

    monkeypatch.setattr(audit.chain, "append", full)
    with pytest.raises(OSError, match="full"):
        see(by=OPERATOR)


@pytest.mark.django_db(transaction=True)
def test_while_somebody_reads_another_may_write():
    def write() -> None:
        act(by=OPERATOR)
        connection.close()

    @looking
    def read(*, by):
        before = Event.objects.count()
        writer = Thread(target=write)
        writer.start()
        writer.join(10)  # less than SQLite waits for a lock
        look(by, "test:seen", "test")
        return before, writer.is_alive(), Event.objects.count()

    assert read(by=OPERATOR) == (0, False, 2)


@pytest.mark.django_db(transaction=True)
def test_an_act_still_needs_its_own_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(OPERATOR, "test:done", "test")
