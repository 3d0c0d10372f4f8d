"""Questions that are made once: they answer as Django would, whoever asks, and whenever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import CharField, DateTimeField, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from amparo.audit.actions import record
from amparo.audit.asking import Given, Question
from amparo.audit.models import Event
from amparo.common import clock
from amparo.common.ids import new_id
from amparo.common.types import OPERATOR

pytestmark = pytest.mark.django_db


def of_kind() -> QuerySet[Event]:
    return Event.objects.filter(kind=Given("kind", CharField())).order_by("seq")


def linked(kind: str) -> Event:
    return record(OPERATOR, "test:done", kind, new_id())


def test_a_question_is_asked_with_other_values_and_gives_records_as_django_does():
    one, other, _noise = linked("one"), linked("other"), linked("noise")
    asked = Question(of_kind)
    assert asked(kind="one") == [one]
    assert asked(kind="other") == [other]
    assert asked(kind="nothing") == []
    assert (asked(kind="one")[0].record, asked(kind="one")[0].at) == (one.record, one.at)


def test_it_is_one_statement_and_its_words_stay_the_same():
    asked = Question(of_kind)
    with CaptureQueriesContext(connection) as seen:
        asked(kind="one")
        asked(kind="other")
    assert [query["sql"].replace("'one'", "?").replace("'other'", "?") for query in seen][0::2] == [
        query["sql"].replace("'one'", "?").replace("'other'", "?") for query in seen
    ][1::2]


def test_values_alone_come_in_the_order_asked_for():
    event = linked("one")
    assert Question(lambda: of_kind().values_list("verb", "seq"))(kind="one") == [(event.verb, event.seq)]
    assert Question(lambda: of_kind().values_list("seq", flat=True)[:1])(kind="one") == [event.seq]


def test_the_database_counts_what_there_is():
    linked("one"), linked("one"), linked("noise")
    asked = Question(lambda: of_kind().values_list("seq", flat=True)[:2])
    assert (asked.number(kind="one"), asked.number(kind="noise"), asked.number(kind="nothing")) == (2, 1, 0)
    assert Question(lambda: Event.objects.filter(pk__in=[])).number() == 0


def test_a_time_is_given_each_time_and_no_question_reads_the_clock():
    before = Question(lambda: Event.objects.filter(at__lt=Given("now", DateTimeField())))
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with clock.stopped(then):
        event = linked("one")
        assert before(now=clock.now()) == []
    assert before(now=then + timedelta(seconds=1)) == [event]
    with pytest.raises(LookupError):
        Question(lambda: Event.objects.filter(at__lt=clock.now()))()


def test_what_nothing_can_answer_is_not_asked():
    with CaptureQueriesContext(connection) as seen:
        assert Question(lambda: Event.objects.filter(Q(pk__in=[]), kind=Given("kind", CharField())))(kind="one") == []
    assert len(seen) == 0


def test_a_value_that_was_not_given_is_an_error():
    with pytest.raises(KeyError):
        Question(of_kind)(other="one")


@pytest.mark.django_db(transaction=True)
def test_many_threads_that_ask_first_at_once_get_the_same_answer():
    with transaction.atomic():
        event = linked("one")
    asked = Question(of_kind)

    def ask(_number: int) -> list[int]:
        try:
            return [row.seq for row in asked(kind="one")]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, range(64))) == [[event.seq]] * 64
