"""Gunicorn with a web application, and what its workers cost."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import client, processes

# How the portal is run in earnest.
IN_EARNEST = ("--workers", "2", "--worker-class", "gthread", "--threads", "4")


@dataclass(frozen=True)
class Server:
    """A running server: the port it listens on, the process ids of its workers."""

    port: int
    workers: tuple[int, ...]

    def cpu(self) -> float:
        """Seconds of CPU its workers have used."""
        return sum(map(processes.cpu, self.workers))


@contextmanager
def serving(
    app: str, env: Mapping[str, str], folder: Path, ready: str, options: tuple[str, ...] = ()
) -> Iterator[Server]:
    """Gunicorn with `app`, one sync worker (`bare.py`) unless `options` say otherwise, once it answers at `ready`."""
    port = processes.free_port()
    arguments = (
        "--bind",
        f"{processes.HOST}:{port}",
        "--config",
        "python:benchmarks.bare",
        *options,
        app,
    )
    with processes.running("gunicorn", *arguments, env=env, log=folder / "gunicorn.log") as master:
        processes.wait_for(port)
        client.get(port, ready)
        time.sleep(0.5)  # the other workers have loaded the same by now
        yield Server(port, tuple(processes.children(master)))
