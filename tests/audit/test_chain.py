"""The record of every act and look cannot be changed without being found out (X1)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.audit import actions, append_only, queries
from amparo.audit.chain import FIRST
from amparo.audit.models import Event, Shown
from amparo.common import clock
from amparo.common.types import WORKER

pytestmark = pytest.mark.django_db(databases="__all__")
CASE = UUID(int=77)


def add(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            actions.record(WORKER, "case:read", "case", CASE, detail={"n": number})


@pytest.fixture
def tampering():
    append_only.remove(connection, "audit_event")
    yield
    append_only.install(connection, "audit_event")


def test_an_empty_chain_is_sound():
    verdict = actions.verify()
    assert (verdict.sound, verdict.links, verdict.head) == (True, 0, FIRST)


def test_each_link_carries_the_hash_of_the_one_before():
    add(3)
    first, second, third = Event.objects.order_by("seq")
    assert first.previous == FIRST
    assert second.previous == first.hash
    assert third.previous == second.hash
    assert actions.verify().links == 3


def test_an_altered_link_is_named(tampering):
    add(5)
    Event.objects.filter(seq=3).update(actor=UUID(int=9))
    verdict = actions.verify()
    assert verdict.broken_at == 3
    assert verdict.why == "link 3 was altered"


def test_a_removed_link_is_named(tampering):
    add(5)
    Event.objects.filter(seq=2).delete()
    assert actions.verify().why == "link 2 is missing"


def test_two_swapped_links_are_found(tampering):
    add(4)
    Event.objects.filter(seq=2).update(seq=99)
    Event.objects.filter(seq=3).update(seq=2)
    Event.objects.filter(seq=99).update(seq=3)
    assert actions.verify().broken_at == 2


def test_an_altered_link_with_its_hash_made_anew_breaks_the_next_one(tampering):
    from amparo.audit.chain import COVERED, digest

    add(3)
    event = Event.objects.get(seq=2)
    event.verb = "case:closed"
    event.hash = digest(tuple(getattr(event, name) for name in COVERED))
    event.save()
    assert actions.verify().broken_at == 3


def test_a_chain_cut_short_is_sound_by_itself_and_unmasked_by_the_witness(tampering):
    add(4)
    witnessed = actions.head()
    Event.objects.filter(seq=4).delete()
    assert actions.verify().sound
    assert actions.verify(expected_head=witnessed).why == "the chain ends at 3; the witness holds link 4"


def test_a_replayed_older_copy_is_unmasked_by_the_witness(tampering):
    add(4)
    witnessed = actions.head()
    Event.objects.filter(seq__gte=3).delete()
    add(2)
    with transaction.atomic():
        actions.record(WORKER, "case:read", "case")
    assert actions.verify().sound
    assert actions.verify(expected_head=witnessed).broken_at == 4


@pytest.mark.parametrize("change", ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event"])
def test_the_database_itself_refuses_to_change_a_link(change):
    add(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.django_db(transaction=True)
def test_no_link_is_written_outside_the_transaction_of_its_act():
    with pytest.raises(transaction.TransactionManagementError):
        actions.record(WORKER, "case:read", "case")


def test_an_act_that_fails_leaves_no_link_and_a_link_that_fails_leaves_no_act():
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.record(WORKER, "case:read", "case")
        raise RuntimeError
    assert actions.head() == (0, FIRST)


def test_links_that_tell_of_older_days_are_sound_and_counted():
    add(1)
    acts = [actions.Act(CASE, at=clock.now() - timedelta(days=days)) for days in (3, 2, 4)]
    with transaction.atomic():
        actions.record_each(WORKER, "case:read", "case", acts)
    verdict = actions.verify()
    assert (verdict.sound, verdict.links, verdict.dated_back) == (True, 4, 2)


def test_a_list_is_recorded_by_number_and_hash_and_stands_in_the_log_of_each_that_it_shows():
    ids = [UUID(int=111), UUID(int=112)]
    with transaction.atomic():
        event = actions.record(WORKER, "case:listed", "list", ids=ids)
        same = actions.record(WORKER, "case:listed", "list", ids=reversed(ids))
    assert event.count == 2
    assert event.ids_hash == same.ids_hash
    assert list(queries.about(ids[0])) == list(queries.about(*ids)) == [same, event]
    assert list(queries.about(UUID(int=113))) == []


def test_a_record_shown_twice_in_a_list_counts_once():
    with transaction.atomic():
        assert actions.record(WORKER, "day:read", "list", ids=[CASE, CASE]).count == 1
    assert Shown.objects.filter(record=CASE).count() == 1


def test_whom_a_list_showed_cannot_be_unsaid():
    with transaction.atomic():
        actions.record(WORKER, "case:listed", "list", ids=[CASE])
    for change in (Shown.objects.all().delete, lambda: Shown.objects.update(seq=9)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_page_of_the_record_goes_backwards_from_a_link():
    add(5)
    assert [event.seq for event in queries.before(None, size=2)] == [5, 4]
    assert [event.seq for event in queries.before(4, size=2)] == [3, 2]
    assert queries.about(CASE).count() == 5


def test_many_links_at_once_continue_the_chain_as_single_ones_do():
    add(2)
    acts = [actions.Act(UUID(int=number), {"n": number}) for number in range(5)]
    with transaction.atomic():
        actions.record_each(WORKER, "case:read", "case", acts, rule="case.read#1")
    add(1)
    assert actions.verify().links == 8
    told = Event.objects.filter(rule="case.read#1").order_by("seq")
    assert [(event.record, event.detail) for event in told] == [(act.record, act.detail) for act in acts]


def test_none_at_once_leaves_no_link():
    with transaction.atomic():
        actions.record_each(WORKER, "case:read", "case", [])
    assert actions.head() == (0, FIRST)


@pytest.mark.django_db(transaction=True)
def test_many_links_are_not_written_outside_the_transaction_of_their_acts_either():
    with pytest.raises(transaction.TransactionManagementError):
        actions.record_each(WORKER, "case:read", "case", [actions.Act(CASE)])
