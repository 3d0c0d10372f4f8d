"""A small load: threads with one kept connection each, and what they saw."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass(frozen=True)
class Call:
    """One request. `body` empty: a GET."""

    path: str
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    expected: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Seen:
    """Seconds of each answer that was as expected, how many were not, and how long everything took."""

    seconds: list[float]
    errors: int
    took: float

    def at(self, percent: float) -> float:
        """A percentile in milliseconds; NaN when nothing succeeded."""
        if not self.seconds:
            return float("nan")
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.took if self.took else 0.0


class Connection:
    """A kept connection to one host of the product on this machine."""

    def __init__(self, port: int, host: str, cookies: str = "") -> None:
        self.port, self.headers = port, {"Host": host, **({"Cookie": cookies} if cookies else {})}
        self.open = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, call: Call) -> tuple[int, bytes]:
        """Status and body; a broken connection is opened again by the next call."""
        headers = self.headers | call.headers
        if call.body:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} | headers
        try:
            self.open.request("POST" if call.body else "GET", call.path, call.body.encode() or None, headers)
            answer = self.open.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.open.close()
            return 0, b""


def run(connect: Callable[[], Connection], calls: Callable[[int], Call], *, clients: int, each: int) -> Seen:
    """Every client makes `each` calls, one after the other; `calls` gives the call of each number."""
    numbers, lock = count(), threading.Lock()
    seconds: list[float] = []
    errors = [0]

    def client() -> None:
        connection = connect()
        for _ in range(each):
            call = calls(next(numbers))
            began = time.perf_counter()
            status, _body = connection.ask(call)
            past = time.perf_counter() - began
            with lock:
                if status in call.expected:
                    seconds.append(past)
                else:
                    errors[0] += 1

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Seen(seconds, errors[0], time.perf_counter() - began)


def in_turn(calls: list[Call]) -> Callable[[int], Call]:
    """The calls over and over."""
    return lambda number: calls[number % len(calls)]


def each_once(calls: Iterator[Call]) -> Callable[[int], Call]:
    """Calls that may not be repeated."""
    lock = threading.Lock()

    def following(_number: int) -> Call:
        with lock:
            return next(calls)

    return following
