"""The relay looks at the host once and passes everything on; nothing is left open (design: two programs)."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from amparo.interfaces.commands import relay
from amparo.interfaces.commands.relay import Relay


class Behind:
    """A program on a socket that answers each request with its name, the host it saw and the body's length."""

    def __init__(self, name: str) -> None:
        self.name, self.open = name, 0

    async def __call__(self, reader, writer) -> None:
        self.open += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(head.lower().partition("content-length: ")[2].partition("\r\n")[0] or 0)
                body = await reader.readexactly(length)
                said = f"{self.name} {len(body)}".encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()


@asynccontextmanager
async def served(folder, *names: str):
    behind = {name: Behind(name) for name in ("door", "desk")}
    servers = [await asyncio.start_unix_server(behind[name], folder / name) for name in names]
    front = await Relay("door.localhost", folder / "door", folder / "desk").listen(0)
    try:
        yield front.sockets[0].getsockname()[1], behind
    finally:
        for server in (front, *servers):
            server.close()
            await server.wait_closed()


async def ask(port: int, *requests: bytes, end: bool = True) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        answers = b""
        for request in requests:
            writer.write(request)
            await writer.drain()
            if not end:
                return b""
            answers += await asyncio.wait_for(reader.read(65536), 5)
        return answers
    finally:
        writer.close()
        await writer.wait_closed()


def get(host: str) -> bytes:
    return f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("request_head", "name"),
    [(get("door.localhost:8000"), "door"), (get("DOOR.localhost"), "door"), (get("office.localhost:8000"), "desk"),
     (get("localhost"), "desk"), (get("evil.example"), "desk"), (b"GET / HTTP/1.0\r\n\r\n", "desk"),
     (b"GET / HTTP/1.1\r\nX: door.localhost\r\nHost:  office.localhost\r\n\r\n", "desk"),
     (b"GET /?\r\nhost:door.localhost\r\n\r\n", "door")],
)  # fmt: skip
def test_the_host_decides_who_answers(tmp_path, request_head, name):
    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, _):
            assert (await ask(port, request_head)).endswith(f"{name} 0".encode())

    asyncio.run(run())


def test_a_connection_is_used_again(tmp_path):
    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, _):
            answers = await ask(port, get("door.localhost"), get("door.localhost"), get("door.localhost"))
            assert answers.count(b"door 0") == 3

    asyncio.run(run())


def test_a_body_of_any_size_is_passed_on(tmp_path):
    body = b"x" * 500_000
    head = f"POST / HTTP/1.1\r\nHost: door.localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, _):
            assert (await ask(port, head + body)).endswith(b"door 500000")

    asyncio.run(run())


def test_a_head_that_is_too_large_is_refused(tmp_path):
    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, behind):
            assert b" 431 " in await ask(port, b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000)
            assert behind["desk"].open == 0

    asyncio.run(run())


def test_a_head_that_does_not_come_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(relay, "HEAD_TIME", 0.1)

    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, _):
            assert b" 408 " in await ask(port, b"GET / HTTP/1.1\r\n")

    asyncio.run(run())


def test_a_program_that_is_away_is_said_to_be_away(tmp_path):
    async def run() -> None:
        async with served(tmp_path, "desk") as (port, _):
            assert b" 502 " in await ask(port, get("door.localhost"))

    asyncio.run(run())


def test_callers_who_hang_up_leave_nothing_open(tmp_path):
    async def run() -> None:
        async with served(tmp_path, "door", "desk") as (port, behind):
            half = b"POST / HTTP/1.1\r\nHost: door.localhost\r\nContent-Length: 9999\r\n\r\nabc"
            for request in (get("door.localhost"), half, b"GET / HT", b"") * 20:
                await ask(port, request, end=False)
            for _ in range(100):
                if behind["door"].open == 0 and len(asyncio.all_tasks()) == 1:
                    return
                await asyncio.sleep(0.05)
            raise AssertionError([behind["door"].open, asyncio.all_tasks()])

    asyncio.run(run())
