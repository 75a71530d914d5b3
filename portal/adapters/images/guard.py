"""Hands pictures to the darkroom and waits for what comes back, never longer than a picture may take."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from time import monotonic
from typing import Any

from portal.adapters.images.errors import (
    REFUSALS,
    ImagesUnavailable,
    PictureTooHeavy,
    PictureTooLarge,
    PictureTooSlow,
)

# The darkroom is started by its folder, so that it imports nothing of the portal and knows none of its secrets.
START = "import sys; sys.path.insert(0, sys.argv[1]); from darkroom.serve import serve; serve()"
# Huge pages spare a fresh child about a tenth of its time, which it spends on touching memory for the first time.
ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
PATIENCE = 20  # seconds for a free place, and for a first sign of life
MOST_BYTES = 32 * 2**20  # no answer is longer
GRACE = 2  # seconds a child may be late before it counts as lost


@dataclass(frozen=True)
class Limits:
    """What one picture may be and may cost.

    `seconds` are of CPU: on a busy machine an honest picture may take longer by the clock, up to `clock` seconds.
    `memory` is all the address space of its process, in bytes.
    """

    bytes: int = 30 * 2**20
    pixels: int = 64_000_000
    seconds: int = 5
    clock: int = 20
    memory: int = 512 * 2**20


@dataclass(frozen=True)
class Answer:
    """The files that came back, and (width, height) of each."""

    sizes: list[tuple[int, int]]
    files: list[bytes]


class Darkroom:
    """A process that decodes each picture in a child of its own. It starts with the first picture."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._places = threading.BoundedSemaphore(os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        atexit.register(self.close)

    def develop(self, recipe: str, data: bytes, sizes: tuple[int, ...]) -> Answer:
        """What `recipe` ("photo" or "logo") makes of `data`.

        Raises:
            PictureRefused: one of its kinds.
            ImagesUnavailable: no place became free, or no process could be started.
        """
        limits = self._limits
        if len(data) > limits.bytes:
            raise PictureTooLarge
        wish = {"recipe": recipe, "sizes": sizes, "length": len(data), **asdict(limits)}
        if not self._places.acquire(timeout=PATIENCE):
            raise ImagesUnavailable
        try:
            for _ in range(2):  # a darkroom that died meanwhile is replaced once
                if answer := self._ask(wish, data):
                    return answer
            raise ImagesUnavailable
        except OSError as error:  # no process or no socket to be had
            raise ImagesUnavailable from error
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process; the next picture starts another."""
        self._drop(self._control)

    def _ask(self, wish: dict[str, Any], data: bytes) -> Answer | None:
        """The answer of a fresh child, or nothing when none came to life."""
        ours, theirs = socket.socketpair()
        with ours:
            control = self._open()
            try:
                with theirs:
                    socket.send_fds(control, [b"!"], [theirs.fileno()])
                ours.settimeout(PATIENCE)
                alive = ours.recv(1)
            except OSError:
                alive = b""
            if alive:
                return self._wait(ours, json.dumps(wish).encode() + b"\n", data)
        self._drop(control)
        return None

    def _wait(self, child: socket.socket, wish: bytes, data: bytes) -> Answer:
        started = monotonic()
        child.settimeout(self._limits.clock + GRACE)
        with suppress(OSError):  # the child is gone or stuck, which reading will tell
            child.sendall(wish)
            child.sendall(data)
        said = _read(child, started + self._limits.clock + GRACE)
        if answer := _understand(said):
            return answer
        late = monotonic() - started > self._limits.seconds - 0.5
        raise PictureTooSlow if late else PictureTooHeavy

    def _open(self) -> socket.socket:
        with self._lock:
            if self._control is None:
                control, theirs = socket.socketpair()
                with theirs:
                    self._process = subprocess.Popen(
                        [sys.executable, "-I", "-W", "ignore", "-c", START, str(Path(__file__).parent)],
                        stdin=theirs.fileno(),
                        stdout=subprocess.DEVNULL,
                        env=ENVIRONMENT,
                        start_new_session=True,
                    )
                self._control = control
            return self._control

    def _drop(self, control: socket.socket | None) -> None:
        with self._lock:
            if control is None or control is not self._control:
                return
            control.close()
            self._control = None
            if self._process:
                self._process.kill()
                self._process.wait()


def _read(child: socket.socket, deadline: float) -> bytes:
    said = bytearray()
    while len(said) < MOST_BYTES and (left := deadline - monotonic()) > 0:
        child.settimeout(left)
        try:
            more = child.recv(2**18)
        except OSError:
            break
        if not more:
            break
        said += more
    return bytes(said)


def _understand(said: bytes) -> Answer | None:
    """The answer, or nothing when the child fell silent in the middle of it."""
    header, newline, rest = said.partition(b"\n")
    if not newline:
        return None
    answer = json.loads(header)
    if "refused" in answer:
        raise REFUSALS[answer["refused"]]
    ends = list(accumulate(answer["bytes"], initial=0))
    if len(rest) != ends[-1]:
        return None
    sizes = [(width, height) for width, height in answer["sizes"]]
    return Answer(sizes, [rest[start:end] for start, end in pairwise(ends)])
