"""Two people act at the same moment: threads that start together, each with connections of its own."""

import threading

from django.db import connections


def together(*calls) -> list[BaseException]:
    """Run the calls at the same moment; what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(calls))

    def run(call) -> None:
        try:
            start.wait()
            call()
        except BaseException as error:  # noqa: BLE001
            raised.append(error)
        finally:
            for connection in connections.all():
                connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
