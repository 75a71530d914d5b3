"""Programs that tests start, and that never outlive them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

HOME = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
STOP_SECONDS = 15


class Died(Exception):
    """A program ended that should run; the message ends with its last words."""


class Program:
    """A running program, in a process group of its own; what it says goes into `log`."""

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        cwd: Path = HOME,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        stop_signal: int = signal.SIGTERM,
    ) -> None:
        self.log = log
        self._name = " ".join(str(part) for part in command)
        self._stop_signal = stop_signal
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=env,
                user=user,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until `ready()`.

        Raises:
            Died: if the program ended before.
            TimeoutError: if it took longer.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running():
                raise Died(f"{self._name} ended with {self._process.returncode}:\n{self.words()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._name} is not ready:\n{self.words()}")
            time.sleep(0.05)

    def words(self) -> str:
        """The end of what it said."""
        return self.log.read_text(errors="replace")[-4000:]

    def kill(self) -> None:
        """End the program and all its children as a power cut would."""
        if self.is_running():
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ask the program to end; insist if it takes too long."""
        if self.is_running():
            self._process.send_signal(self._stop_signal)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def is_open(port: int) -> bool:
    """Whether somebody listens on `port`."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def _end_with_parent() -> None:
    # However a test run ends, even by SIGKILL, what it started is told to end. Only Linux knows how.
    if sys.platform == "linux":
        prctl_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(prctl_set_pdeathsig, signal.SIGTERM)
