"""A53: no row without its files, ever; no file without its row an hour later. On a real disk, with real deaths."""

import resource
from contextlib import contextmanager
from datetime import timedelta

import pytest

from portal.adapters.images import Picture
from portal.adapters.storage import StorageUnavailable
from portal.domain.photos import queries, service
from portal.domain.photos.errors import TooManyPhotos
from portal.wiring import wired
from tests.domain.photos.given import (
    add,
    age,
    draft,
    files,
    files_of_rows,
    folder,
    move_to_case,
    now,
    put_file,
)
from tests.support import racers
from tests.support.racers import BEFORE_COMMIT, BEFORE_ROW, BETWEEN_FILES, ROW_FIRST

VAST = bytes(100_000)


@pytest.fixture
def mine(garage, context):
    return draft(garage.id)


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def sweep(moment=None):
    return service.forget_expired(wired().storage, moment or now())


@contextmanager
def files_no_larger_than(most):
    """As on a full disk: writing more fails in the middle."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    "picture", [Picture(4, 3, VAST, b"thumb"), Picture(4, 3, b"large", VAST)], ids=["large", "thumb"]
)
def test_a53_a_disk_that_takes_only_half_leaves_no_row(mine, picture):
    with files_no_larger_than(50_000), pytest.raises(StorageUnavailable):
        add(mine, picture=picture)
    assert queries.of_draft(mine) == []
    age(minutes=61)
    sweep()
    assert files() == set()
    add(mine, picture=picture)
    assert len(queries.of_draft(mine)) == 1 and files() == files_of_rows()


def test_a53_a_place_where_nothing_can_be_written_leaves_no_row(mine):
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / "photos").write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageUnavailable):
        add(mine)
    assert queries.of_draft(mine) == []
    (folder() / "photos").unlink()
    add(mine)
    assert files() == files_of_rows() != set()


def test_a53_a_refused_row_leaves_no_file(mine):
    for number in range(service.MAX_PHOTOS):
        add(mine, str(number))
    with pytest.raises(TooManyPhotos):
        add(mine, "one more")
    assert files() == files_of_rows()


def test_a53_a_photo_for_a_draft_that_is_gone_leaves_no_file(mine):
    with pytest.raises(Exception):  # noqa: B017 – whatever it is
        add(mine + 1)
    assert files() == files_of_rows() == set()


@pytest.mark.parametrize("moment", [BETWEEN_FILES, BEFORE_ROW, BEFORE_COMMIT])
def test_a53_a_worker_that_is_killed_leaves_no_row_and_its_files_are_swept(settings, track, mine, moment):
    kept = add(mine, "kept")
    assert die(settings, track, mine, moment) == "killed"
    assert files_of_rows() == set(service.keys(kept))
    assert len(files()) > 2
    sweep()
    assert len(files()) > 2  # somebody might just be about to write the row
    age(minutes=61)
    sweep()
    assert files() == files_of_rows()
    assert add(mine, "key") and files() == files_of_rows()


def test_a53_control_with_the_row_first_a_killed_worker_leaves_a_row_without_files(settings, track, mine):
    assert die(settings, track, mine, ROW_FIRST) == "killed"
    assert files_of_rows() - files()


def die(settings, track, draft_id, moment):
    call = {"do": "photo", "draft_id": draft_id, "client_key": "key", "now": now().isoformat()}
    (outcome,) = track.race(settings, [[[call]]], dies=moment)
    return outcome.end


def test_a53_the_sweep_takes_files_without_a_row_after_an_hour_and_never_a_fresh_one(mine):
    kept = add(mine)
    put_file("photos/nobody/large.jpg")
    put_file("photos/nobody/large.jpg.0a1b2c3d.half")
    strays = files() - set(service.keys(kept))
    age(minutes=59)
    sweep()
    assert strays < files()
    age(minutes=61)
    sweep()
    assert files() == set(service.keys(kept))
    assert not (folder() / "photos" / "nobody").exists()


def test_a53_the_sweep_leaves_alone_what_is_no_photo(mine):
    wired().storage.put("logos/0a1b.png", b"a logo")
    sweep(now() + timedelta(days=2))
    assert wired().storage.get("logos/0a1b.png") == b"a logo"


def test_a53_an_old_photo_with_a_row_is_never_swept(mine, garage):
    add(mine)
    move_to_case(mine, garage)
    age(hours=24 * 365)
    sweep()
    assert files() == files_of_rows() and len(files()) == 2
