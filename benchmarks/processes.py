"""Programs that are measured: started, watched, ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import portal

HOME = Path(portal.__file__).parent.parent
HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS = 60, 15
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def running(module: str, *arguments: str, env: Mapping[str, str], log: Path) -> Iterator[int]:
    """`python -m module arguments` as a process of its own, its pid; ended afterwards."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=HOME,
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens on `port`."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def cpu(pid: int) -> float:
    """Seconds of CPU a process has used, all its threads, to the nanosecond."""
    return time.clock_gettime(~pid << 3 | 2)  # the clock that clock_getcpuclockid(3) names


def cpu_of_tree(pid: int) -> float:
    """Seconds of CPU of a process and all it ever started, dead or alive, in steps of a hundredth."""
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]).split()
    return sum(map(int, fields[11:15])) / TICKS + sum(cpu_of_tree(child) for child in children(pid))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(pid: int) -> float:
    """MiB of RAM a process fills, what it shares with others included."""
    return _mebibytes(Path(f"/proc/{pid}/status"), "VmRSS")


def memory_of_tree(pid: int) -> float:
    """MiB of RAM a process and its children fill together, what they share counted once."""
    try:
        own = _mebibytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss")
        return own + sum(memory_of_tree(child) for child in children(pid))
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return 0


def _mebibytes(file: Path, name: str) -> float:
    return (
        next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(f"{name}:"))
        / 1024
    )
