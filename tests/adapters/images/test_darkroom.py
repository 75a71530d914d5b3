"""The process that decodes: whoever asks, whatever dies, the asker goes on."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from portal.adapters.images import ImagesUnavailable, PictureTooHeavy, PictureTooSlow, guard
from portal.adapters.images.guard import Darkroom
from tests.adapters.images.watch import DECODING, Watch, darkrooms, decoding, peak, wait_until
from tests.files import hostile, pictures

ROOT = Path(__file__).parents[3]
SIZES = (2048, 480)
SLOW = 60  # scans: some seconds


@pytest.fixture
def darkroom() -> Iterator[Darkroom]:
    room = Darkroom()
    yield room
    room.close()


def in_background(call: Any, *arguments: Any) -> tuple[threading.Thread, list[Any]]:
    """A thread that runs `call`, and a list that gets what it returned or raised."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(call(*arguments))
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def run(script: str, *, by_path: Path | None = None) -> str:
    """What a script of its own prints; read from standard input unless it lies at `by_path`."""
    if by_path:
        by_path.write_text(script)
    result = subprocess.run(
        [sys.executable, str(by_path or "-")],
        input=None if by_path else script,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_pictures_from_many_threads_do_not_mix(darkroom: Darkroom) -> None:
    orders = [(width, pictures.file(pictures.scene(width, 90), "JPEG")) for width in range(100, 140)]

    def width_of(order: tuple[int, bytes]) -> int:
        return darkroom.develop("photo", order[1], SIZES).sizes[0][0]

    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(width_of, orders)) == [width for width, _ in orders]


def test_no_more_pictures_at_a_time_than_there_are_processors(darkroom: Darkroom) -> None:
    places, slow = os.cpu_count() or 1, hostile.scan_bomb(5)
    with Watch() as watch, ThreadPoolExecutor(3 * places) as threads:
        list(threads.map(lambda _: darkroom.develop("photo", slow, SIZES), range(3 * places)))
    assert watch.most_at_once <= places


def test_a51_a_decoder_killed_from_outside_is_an_error_and_not_a_wait(darkroom: Darkroom) -> None:
    thread, outcome = in_background(darkroom.develop, "photo", hostile.scan_bomb(SLOW), SIZES)
    assert wait_until(decoding)
    killed = monotonic()
    os.kill(decoding()[0], signal.SIGKILL)
    thread.join(10)

    assert isinstance(outcome[0], PictureTooHeavy)
    assert monotonic() - killed < guard.Limits().seconds
    assert darkroom.develop("photo", pictures.mpo(), SIZES).files


def test_a51_a_decoder_that_hangs_is_not_waited_for() -> None:
    hasty = Darkroom(guard.Limits(seconds=1, clock=1))
    thread, outcome = in_background(hasty.develop, "photo", hostile.scan_bomb(SLOW), SIZES)
    assert wait_until(decoding)
    (stuck,) = decoding()
    os.kill(stuck, signal.SIGSTOP)
    thread.join(10)
    os.kill(stuck, signal.SIGKILL)
    hasty.close()

    assert isinstance(outcome[0], PictureTooSlow)


def test_a51_control_a_picture_decoded_in_the_worker_takes_the_worker_along(tmp_path: Path) -> None:
    script = "import sys; from PIL import Image; Image.open(sys.argv[1]).load()"
    (tmp_path / "slow.jpg").write_bytes(hostile.scan_bomb(SLOW))
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "slow.jpg")]) as worker:
        assert wait_until(lambda: peak(worker.pid) > DECODING)
        worker.kill()
    assert worker.returncode == -signal.SIGKILL


def test_a_darkroom_killed_from_outside_is_replaced(darkroom: Darkroom) -> None:
    darkroom.develop("photo", pictures.mpo(), SIZES)
    before = darkrooms()
    for process in before:
        os.kill(process, signal.SIGKILL)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: darkroom.develop("photo", pictures.mpo(), SIZES), range(8)))
    assert all(answer.files for answer in answers)
    assert not set(before) & set(darkrooms())


def test_a_darkroom_killed_while_it_works_neither_loses_that_picture_nor_delays_the_next(
    darkroom: Darkroom,
) -> None:
    thread, outcome = in_background(darkroom.develop, "photo", hostile.scan_bomb(SLOW), SIZES)
    assert wait_until(decoding)
    for process in darkrooms():
        os.kill(process, signal.SIGKILL)

    assert darkroom.develop("photo", pictures.mpo(), SIZES).files
    assert not outcome
    thread.join()
    assert isinstance(outcome[0], guard.Answer)


def test_a_darkroom_that_cannot_start_says_that_the_picture_may_be_fine(
    darkroom: Darkroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "START", "raise SystemExit")
    with pytest.raises(ImagesUnavailable):
        darkroom.develop("photo", pictures.mpo(), SIZES)


def test_a_picture_waits_for_a_place_only_so_long(
    darkroom: Darkroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, slow = os.cpu_count() or 1, hostile.scan_bomb(SLOW)
    busy = [in_background(darkroom.develop, "photo", slow, SIZES)[0] for _ in range(places)]
    assert wait_until(lambda: len(decoding()) == places)
    monkeypatch.setattr(guard, "PATIENCE", 0.05)
    try:
        with pytest.raises(ImagesUnavailable):
            darkroom.develop("photo", pictures.mpo(), SIZES)
    finally:
        for process in decoding():
            os.kill(process, signal.SIGKILL)
        for thread in busy:
            thread.join()


def test_the_darkroom_knows_none_of_our_secrets(darkroom: Darkroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "very-secret")
    before = darkrooms()
    darkroom.develop("photo", pictures.mpo(), SIZES)
    (started,) = set(darkrooms()) - set(before)

    assert b"very-secret" not in Path(f"/proc/{started}/environ").read_bytes()
    opened = [file for file in Path(f"/proc/{started}/fd").iterdir() if int(file.name) > 2]
    assert not [file for file in opened if str(file.readlink()).startswith("socket")]


@pytest.mark.parametrize("by_path", [True, False], ids=["from a file that is gone", "from standard input"])
def test_the_script_that_asks_is_never_run_again(tmp_path: Path, by_path: bool) -> None:
    script = f"""
import os, sys, threading
open({str(tmp_path / "runs")!r}, "a").write("run\\n")
if os.path.exists(sys.argv[0]): os.unlink(sys.argv[0])
from portal.adapters import images
from tests.files import pictures
thread = threading.Thread(target=lambda: print(images.process(pictures.mpo()).width))
thread.start(); thread.join()
"""
    assert run(script, by_path=tmp_path / "script.py" if by_path else None) == "600\n"
    assert (tmp_path / "runs").read_text() == "run\n"


def test_a_process_forked_from_one_that_has_a_darkroom_gets_its_own() -> None:
    script = """
import os
from portal.adapters import images
from tests.files import pictures
def width(): return images.process(pictures.mpo()).width
assert width() == 600
if (child := os.fork()) == 0:
    os._exit(width() != 600)
assert os.waitpid(child, 0)[1] == 0
assert width() == 600
print("fine")
"""
    assert run(script) == "fine\n"


def test_a_darkroom_does_not_outlive_a_worker_that_is_killed() -> None:
    script = """
import sys, time
from portal.adapters import images
from tests.files import pictures
images.process(pictures.mpo())
print("ready", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"ready\n"
        (started,) = darkrooms(worker.pid)
        worker.kill()
    assert wait_until(lambda: not Path(f"/proc/{started}").exists())


def test_uploads_through_gunicorn_threads_are_developed(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("""
from portal.adapters import images

def app(environ, start_response):
    picture = images.process(environ["wsgi.input"].read())
    start_response("200 OK", [])
    return [str(picture.width).encode()]
""")
    address = str(tmp_path / "socket")
    options = f"--worker-class gthread --threads 4 --no-control-socket --bind unix:{address}"
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options.split(), "page:app"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"},
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert wait_until(lambda: Path(address).exists(), seconds=30)
            with ThreadPoolExecutor(4) as threads:
                assert list(threads.map(lambda _: _post(address, pictures.mpo()), range(12))) == [b"600"] * 12
        finally:
            server.terminate()


def _post(address: str, body: bytes) -> bytes:
    connection = http.client.HTTPConnection("localhost", timeout=30)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(address)
    connection.request("POST", "/", body)
    answer = connection.getresponse().read()
    connection.close()
    return answer
