"""A mail server that takes everything and keeps nothing; `--silent`: one that takes the call and never says a word."""

import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import processes

ANSWERS = {b"EHLO": b"250 8BITMIME", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


@contextmanager
def sink(folder: Path, port: int, *options: str) -> Iterator[None]:
    """A sink on `port`, in a process of its own."""
    with processes.running("benchmarks.sink", str(port), *options, env={}, log=folder / "sink.log"):
        processes.wait_for(port)
        yield


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say(b"220 sink")
        for line in self.rfile:
            verb = line[:4].upper().strip()
            self._say(ANSWERS.get(verb, b"250 OK"))
            if verb == b"DATA":
                for words in self.rfile:
                    if words == b".\r\n":
                        break
                self._say(b"250 OK")
            if verb == b"QUIT":
                return

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class _Silence(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        threading.Event().wait()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


if __name__ == "__main__":
    _Server((processes.HOST, int(sys.argv[1])), _Silence if "--silent" in sys.argv else _Talk).serve_forever()
