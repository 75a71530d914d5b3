"""Sees what the processes that decode pictures are doing, from outside."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Self

DECODING = 60 * 2**20  # bytes that no decoder needs before it decodes


def darkrooms(owner: int | None = None) -> list[int]:
    """The processes that `owner` (this process unless said otherwise) started to fork decoders from."""
    return [child for child in _children(owner or os.getpid()) if _is_darkroom(child)]


def decoders() -> list[int]:
    """The processes that hold a picture of this process right now."""
    return [child for darkroom in darkrooms() for child in _children(darkroom)]


def decoding() -> list[int]:
    """Those that are in the middle of a large picture."""
    return [process for process in decoders() if peak(process) > DECODING]


def peak(process: int) -> int:
    """The most memory a process ever had, in bytes; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def wait_until(happens: Callable[[], object], seconds: float = 10) -> bool:
    """Whether the callable `happens` came true in time."""
    end = monotonic() + seconds
    while monotonic() < end:
        if happens():
            return True
        sleep(0.005)
    return False


class Watch:
    """While it lasts: `most_memory` of one decoder in bytes, and `most_at_once` of them."""

    def __enter__(self) -> Self:
        self.most_memory = self.most_at_once = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.002):
            seen = [memory for memory in map(peak, decoders()) if memory]
            self.most_memory = max([self.most_memory, *seen])
            self.most_at_once = max(self.most_at_once, len(seen))


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text().split())
    return found


def _is_darkroom(process: int) -> bool:
    try:
        return b"darkroom.serve" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
