"""Connections that never finish what they say, and a proxy that takes a request in full before it passes it on."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

HALF_A_REQUEST = b"GET / HTTP/1.1\r\nHost: slow.example\r\nX-Slow: "


@contextmanager
def connections(url: str, many: int) -> Iterator[None]:
    """`many` connections to `url` that sent half a request and keep silent."""
    parts = urlsplit(url)
    opened = [socket.create_connection((parts.hostname or "", parts.port or 80)) for _ in range(many)]
    for each in opened:
        each.sendall(HALF_A_REQUEST)
    try:
        yield
    finally:
        for each in opened:
            each.close()


@contextmanager
def proxy(url: str) -> Iterator[str]:
    """The address of a proxy in front of `url`, as nginx is one, for requests without a body."""
    started: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(url, started)))
    thread.start()
    address, loop, over = started.result()
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


async def _serve(url: str, started: Future) -> None:
    parts, over = urlsplit(url), asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            upstream, passing = await asyncio.open_connection(parts.hostname, parts.port)
            passing.write(head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            writer.write(await upstream.read())
            passing.close()
        writer.close()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    started.set_result((f"http://127.0.0.1:{port}", asyncio.get_running_loop(), over))
    await over.wait()
    server.close()
