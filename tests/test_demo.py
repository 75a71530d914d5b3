"""`bin/demo`: everything at once, and nothing left of it afterwards."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.processes import HOME, HOST, Program, free_port, is_open

DEMO = [sys.executable, HOME / "bin" / "demo.py"]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "demo"


def start(data, port, *more):
    log = data.with_name(f"{secrets.token_hex(4)}.log")
    demo = Program([*DEMO, "--port", str(port), "--data", data, *more], log)
    demo.wait_until(lambda: "Ctrl-C stops it" in demo.words())
    return demo


def refused(data, *more, port=None):
    command = [*DEMO, "--port", str(port or free_port()), "--data", data, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    return done.stderr


def addresses(demo):
    return re.findall(r"http://localhost:\d+/\S*", demo.words())


def children(pid):
    """All processes below `pid`."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def running(pids):
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and "Z" not in state(pid)}


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_started_afresh_every_address_it_prints_answers_and_nothing_is_left_behind(data):
    data.mkdir()
    (data / "demo-secret").write_text("of an earlier demo")
    (data / "leftover").touch()
    port = free_port()
    with start(data, port, "--fresh") as demo:
        assert not (data / "leftover").exists()
        assert (data / "demo-secret").read_text() != "of an earlier demo"
        everything = answering(demo)
    assert not running(everything)
    assert not is_open(port)

    # Once more on the same data; and when one program dies, it says which and stops all.
    with start(data, port) as again:
        assert "unchanged" in again.words()
        everything = answering(again)
        kill_worker(everything)
        deadline = time.monotonic() + 30
        while again.is_running():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert "the worker ended" in again.words()
    assert not running(everything)


def answering(demo):
    """All processes of a demo whose every address answers."""
    pages = addresses(demo)
    assert len(pages) >= 5  # inbox, health, garages with a location each
    for page in pages:
        with urlopen(page, timeout=30) as answer:
            assert answer.status == 200, page
    return children(demo.pid)


def kill_worker(everything):
    worker = next(
        pid for pid in everything if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    )
    os.kill(worker, signal.SIGKILL)


def test_a_folder_that_is_not_a_demo_is_left_alone(data):
    data.mkdir()
    (data / "thesis.txt").write_text("years of work")
    for more in ([], ["--fresh"]):
        assert "holds no demo" in refused(data, *more)
    assert [path.name for path in data.iterdir()] == ["thesis.txt"]


def test_a_taken_port_is_said_so(data):
    with socket.create_server((HOST, 0)) as somebody:
        port = somebody.getsockname()[1]
        assert f"port {port} cannot be had" in refused(data, port=port)
