"""Files on disk, in memory and on S3: wholly there or not at all, and a dead store says so soon."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from time import monotonic

import pytest

from portal.adapters.storage import DiskStorage, NotStored, Storage, StorageUnavailable, open_store

ROOT = Path(__file__).parents[2]
KEY = "photos/4f2a/large.jpg"
S3 = {"region": "eu-west-1", "access_key": "key", "secret_key": "secret"}


@pytest.fixture(params=["file", "memory", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    if request.param == "file":
        yield open_store((tmp_path / "with a space" / "files").as_uri())
    elif request.param == "memory":
        yield open_store("memory://")
    else:
        server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
        boto3 = pytest.importorskip("boto3")
        server.start()
        bucket = f"files-{token_hex(4)}"
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        boto3.client(
            "s3",
            endpoint_url=address,
            region_name=S3["region"],
            aws_access_key_id=S3["access_key"],
            aws_secret_access_key=S3["secret_key"],
        ).create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": S3["region"]})
        yield open_store(f"s3://{bucket}/of/garages", endpoint=address, **S3)
        server.stop()


def later() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import os, sys\nfrom portal.adapters.storage import *\n{script}",
            *arguments,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_what_was_put_is_got_and_the_last_one_wins(storage: Storage) -> None:
    storage.put(KEY, b"one")
    storage.put(KEY, bytes(range(256)) * 30_000)
    assert storage.get(KEY) == bytes(range(256)) * 30_000


def test_what_was_never_put_is_not_stored(storage: Storage) -> None:
    with pytest.raises(NotStored):
        storage.get(KEY)


def test_deleting_is_fine_for_what_is_there_and_what_is_not(storage: Storage) -> None:
    storage.put(KEY, b"one")
    storage.put("photos/4f2a/thumb.jpg", b"two")
    storage.delete(["photos/none/large.jpg", KEY])
    storage.delete([KEY])

    assert list(storage.list("photos/", later())) == ["photos/4f2a/thumb.jpg"]


def test_the_list_holds_what_is_old_enough_under_its_prefix(storage: Storage) -> None:
    storage.put(KEY, b"one")
    storage.put("logos/4f2a.png", b"two")

    assert list(storage.list("photos/", later())) == [KEY]
    assert list(storage.list("photos/", datetime.now(UTC) - timedelta(minutes=1))) == []
    assert list(storage.list("nothing/", later())) == []


def test_a_check_leaves_nothing_behind(storage: Storage) -> None:
    storage.check()
    assert list(storage.list("", later())) == []


def test_an_address_of_another_kind_is_refused() -> None:
    for url in ("ftp://somewhere/files", "files", "s3:///prefix", "file://host/files"):
        with pytest.raises(ValueError, match="no store"):
            open_store(url)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        open_store((tmp_path / "file" / "files").as_uri())


def test_a_folder_that_became_a_file_fails_its_check(tmp_path: Path) -> None:
    storage = open_store((tmp_path / "files").as_uri())
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        storage.check()


def test_a53_a_full_disk_leaves_no_file_and_what_was_there_before(tmp_path: Path) -> None:
    script = """
import resource
storage = open_store(sys.argv[1])
storage.put("photos/1/large.jpg", b"before")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
for key in ("photos/1/large.jpg", "photos/2/large.jpg"):
    try: storage.put(key, bytes(1_000_000))
    except StorageUnavailable: print("unavailable")
"""
    result = run(script, tmp_path.as_uri())

    assert result.stdout.split() == ["unavailable", "unavailable"], result.stderr
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"before"]


def test_a53_a_writer_killed_in_the_middle_leaves_only_what_the_sweep_finds(tmp_path: Path) -> None:
    script = """
import signal
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
open_store(sys.argv[1]).put("photos/1/large.jpg", b"half")
"""
    assert run(script, tmp_path.as_uri()).returncode == -signal.SIGKILL

    storage = open_store(tmp_path.as_uri())
    with pytest.raises(NotStored):
        storage.get("photos/1/large.jpg")
    (left,) = storage.list("photos/", later())
    assert left.startswith("photos/1/large.jpg.")
    storage.delete([left])
    assert list(tmp_path.rglob("*")) == [tmp_path / "photos"]


def test_a53_control_a_file_written_in_place_is_seen_half(tmp_path: Path) -> None:
    script = """
import signal
file = open(sys.argv[1], "wb", buffering=0)
file.write(b"ha")
os.kill(os.getpid(), signal.SIGKILL)
"""
    run(script, str(tmp_path / "file"))
    assert (tmp_path / "file").read_bytes() == b"ha"


def test_a_reader_sees_the_old_file_or_the_new_one_and_nothing_between(tmp_path: Path) -> None:
    storage, versions = DiskStorage(tmp_path), [b"1" * 500_000, b"2" * 700_000]
    storage.put(KEY, versions[0])
    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(lambda: [storage.put(KEY, versions[turn % 2]) for turn in range(60)])
        while not writing.done():
            assert storage.get(KEY) in versions


def test_puts_and_deletes_in_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)

    def put_and_delete(number: int) -> None:
        for _ in range(60):
            storage.put(f"logos/{number}.png", b"logo")
            storage.delete([f"logos/{number}.png"])

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(put_and_delete, range(6)))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("listens", [False, True], ids=["nobody there", "silent"])
def test_a_dead_object_store_is_unavailable_before_visitors_leave(listens: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        storage = open_store("s3://files", endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", **S3)
        started = monotonic()
        with pytest.raises(StorageUnavailable):
            storage.put(KEY, b"one")
        assert monotonic() - started < 15


def test_a_folder_that_may_not_be_written_is_unavailable(tmp_path: Path) -> None:
    storage = open_store((tmp_path / "files").as_uri())
    (tmp_path / "files" / "photos").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        storage.put(KEY, b"one")
    assert list((tmp_path / "files").iterdir()) == [tmp_path / "files" / "photos"]
