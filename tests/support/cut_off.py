"""A server that can be cut off: whoever talks to it talks through here."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.support.processes import HOST


class Way:
    """The way from `url` to the server at `target`, until `cut()`, and again after `mend()`."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or HOST, parts.port or 0)
        self._connections: list[socket.socket] = []
        self._open()
        self.url = parts._replace(netloc=f"{HOST}:{self._port}").geturl()

    def _open(self, port: int = 0) -> None:
        self._server = socket.create_server((HOST, port))
        self._port = self._server.getsockname()[1]
        threading.Thread(target=self._take, args=(self._server,), daemon=True).start()

    def cut(self) -> None:
        """Refuse whoever comes, and drop whoever is there."""
        for each in (self._server, *self._connections):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._connections.clear()

    def mend(self) -> None:
        """Be there again."""
        self._open(self._port)

    def _take(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = server.accept()
                far = socket.create_connection(self._target)
                self._connections += [near, far]
                for here, there in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(here, there), daemon=True).start()


@contextmanager
def way(target: str) -> Iterator[Way]:
    """A way to `target` that is closed at the end."""
    made = Way(target)
    try:
        yield made
    finally:
        made.cut()


def _pass_on(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while data := here.recv(65536):
            there.sendall(data)
        there.shutdown(socket.SHUT_WR)
