"""Two writers at once keep one chain (X1)."""

import threading

import pytest
from django.db import connection, transaction

from amparo.audit import actions
from amparo.common.types import WORKER

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_four_writers_at_once_leave_one_sound_chain_without_gaps():
    failed: list[BaseException] = []
    start = threading.Barrier(4)

    def write() -> None:
        try:
            start.wait()
            for _ in range(10):
                with transaction.atomic():
                    actions.record(WORKER, "case:read", "case")
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert actions.verify().links == 40
