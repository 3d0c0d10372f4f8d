"""One address before two programs: reads the first head of a connection, looks at its host, then passes bytes on.

For one machine. It knows nothing of what it passes and writes nothing down; before a network stands a proxy of the
operator's choice (docs/how-to/run-door-and-desk.md).
"""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

HEAD_LIMIT = 16 * 1024  # bytes
HEAD_TIME = 10.0  # seconds
LINGER = 60.0  # seconds that an answer may still take when the caller has said all
CHUNK = 64 * 1024
_HOST = re.compile(rb"\r\nhost:[ \t]*([^\s:]+)", re.IGNORECASE)
_Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Relay:
    """Passes `door_host` to the socket `door`, and every other host to `desk`, which refuses those it does not know."""

    def __init__(self, door_host: str, door: Path, desk: Path) -> None:
        self.door_host, self.door, self.desk = door_host.encode(), door, desk

    async def listen(self, port: int) -> asyncio.Server:
        """Listen on 127.0.0.1. Raises `OSError` when the port is taken."""
        return await asyncio.start_server(self._one, "127.0.0.1", port, limit=HEAD_LIMIT)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await _head(reader)
        except asyncio.LimitOverrunError:
            await _refuse(writer, "431 Request Header Fields Too Large")
        except TimeoutError:
            await _refuse(writer, "408 Request Timeout")
        except (asyncio.IncompleteReadError, ConnectionError):
            await _close(writer)
        else:
            await self._pass_on(head, (reader, writer))

    async def _pass_on(self, head: bytes, caller: _Pair) -> None:
        try:
            behind = await asyncio.open_unix_connection(self._for(head))
        except OSError:
            await _refuse(caller[1], "502 Bad Gateway")
        else:
            behind[1].write(head)
            await _join(caller, behind)

    def _for(self, head: bytes) -> Path:
        host = _HOST.search(head)
        return self.door if host and host[1].lower() == self.door_host else self.desk


async def _head(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(HEAD_TIME):
        return await reader.readuntil(b"\r\n\r\n")


async def _join(caller: _Pair, behind: _Pair) -> None:
    """Both ways until either ends; whatever happens, nothing is left open."""
    there = asyncio.create_task(_pump(caller[0], behind[1]))
    back = asyncio.create_task(_pump(behind[0], caller[1]))
    try:
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({back}, timeout=LINGER)
    finally:
        for task in (there, back):
            task.cancel()
        await asyncio.gather(there, back, return_exceptions=True)
        await _close(behind[1])
        await _close(caller[1])


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await source.read(CHUNK):
            sink.write(chunk)
            await sink.drain()
        sink.write_eof()


async def _refuse(writer: asyncio.StreamWriter, status: str) -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    await _close(writer)


async def _close(writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        writer.close()
        await writer.wait_closed()
